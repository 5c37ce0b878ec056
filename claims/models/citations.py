"""Evidence: citations, searches that found nothing, inquiries, quotation checks."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.workflow.words import (
    REQUIRED_FACTS,
    STANCES,
    EvidenceForm,
    LocatorKind,
    Question,
    Stance,
)

from .claims import Claim
from .copies import Passage, StoredCopy
from .documents import Document
from .identity import Identified, IdentifiedQuerySet, Versioned


class Inquiry(Identified):
    """A question put to the author, the publisher or the claimant."""

    SIGNED_FIELDS = (
        "addressee",
        "addressed_to",
        "channel",
        "question",
        "asked_on",
        "deadline_on",
        "answered_on",
        "answer",
        "outcome",
    )

    class Addressee(models.TextChoices):
        AUTHOR = "author", _("the author")
        PUBLISHER = "publisher", _("the publisher")
        CLAIMANT = "claimant", _("the claimant")
        OTHER = "other", _("somebody else who should know")

    class Outcome(models.TextChoices):
        PENDING = "", _("no outcome yet")
        FIXED = "fixed", _("fixed")
        STANDS = "stands", _("stands by it")
        NO_REPLY = "no_reply", _("no reply")

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="inquiries",
    )
    addressee = models.CharField(_("to"), max_length=10, choices=Addressee)
    addressed_to = models.CharField(
        _("name of the addressee"),
        max_length=200,
        help_text=_("As it may be published, e.g. “the council's press office”."),
    )
    contact = models.CharField(
        _("contact"), max_length=300, blank=True, help_text=_("Not public.")
    )
    channel = models.CharField(
        _("channel"), max_length=60, blank=True, help_text=_("e.g. e-mail, telephone.")
    )
    question = models.TextField(_("what was asked"))
    asked_on = models.DateField(
        _("asked on"),
        null=True,
        blank=True,
        help_text=_("Empty while it is only prepared; then it is not public."),
    )
    deadline_on = models.DateField(_("deadline"), null=True, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=Outcome,
        blank=True,
        default=Outcome.PENDING,
    )

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        ordering = ["claim", "asked_on", "public_id"]
        constraints = [
            models.CheckConstraint(
                name="inquiry_outcome_after_asking",
                condition=Q(outcome="") | Q(asked_on__isnull=False),
                violation_error_message=_("An inquiry not asked has no outcome."),
            ),
            models.CheckConstraint(
                name="inquiry_answer_has_date",
                condition=Q(answer="") | Q(answered_on__isnull=False),
                violation_error_message=_("Give the day of the answer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.addressed_to}: {self.question[:60]}"


class Citation(Identified, Versioned):
    """That a document answers one question about a claim, with what and where."""

    SIGNED_FIELDS = (
        "position",
        "document",
        "question",
        "stance",
        "form",
        "quotation",
        "language",
        "locator_kind",
        "locator",
        "value",
        "working",
        "description",
        "observed_on",
        "inquiry",
        "passage",
    )

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="citations",
    )
    position = models.PositiveIntegerField(
        _("position"), default=1, help_text=_("Best evidence first.")
    )
    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="citations",
    )
    question = models.CharField(
        _("question"), max_length=12, choices=Question, default=Question.TRUTH
    )
    stance = models.CharField(_("stance"), max_length=20, choices=Stance)
    form = models.CharField(
        _("form of evidence"),
        max_length=12,
        choices=EvidenceForm,
        default=EvidenceForm.PASSAGE,
    )
    quotation = models.TextField(
        _("quotation"),
        blank=True,
        help_text=_("As typed from the document, word for word, without marks."),
    )
    language = models.CharField(
        _("language of the quotation"),
        max_length=20,
        blank=True,
        help_text=_("BCP 47, e.g. ar, when it is not the document's."),
    )
    locator_kind = models.CharField(
        _("kind of locator"),
        max_length=10,
        choices=LocatorKind,
        blank=True,
        default=LocatorKind.NONE,
    )
    locator = models.CharField(
        _("locator"), max_length=100, blank=True, help_text=_("e.g. 12, or 00:14:30.")
    )
    value = models.CharField(_("value, with its unit"), max_length=200, blank=True)
    working = models.TextField(
        _("working"),
        blank=True,
        help_text=_("For a calculation: the inputs and each step."),
    )
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("What the map, image, recording or observation shows."),
    )
    observed_on = models.DateField(_("observed on"), null=True, blank=True)
    inquiry = models.ForeignKey(
        Inquiry,
        verbose_name=_("inquiry"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
    )
    passage = models.ForeignKey(
        Passage,
        verbose_name=_("passage"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="citations",
        help_text=_("Where the quotation stands in a stored copy."),
    )
    desk_note = models.TextField(_("desk note"), blank=True, help_text=_("Not public."))

    objects = IdentifiedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["claim", "position", "public_id"]
        constraints = [
            models.CheckConstraint(
                name="citation_stance_answers_its_question",
                condition=models.Q(
                    question=Question.ATTRIBUTION,
                    stance__in=STANCES[Question.ATTRIBUTION],
                )
                | models.Q(question=Question.TRUTH, stance__in=STANCES[Question.TRUTH]),
                violation_error_message=_(
                    "That stance answers the other question: choose one of “is the "
                    "statement, repeats it, differs” for “Did they say it?”, one of "
                    "“supports, supports in part, contradicts, gives context” for "
                    "“Is it true?”."
                ),
            ),
            models.CheckConstraint(
                name="citation_locator_has_kind",
                condition=Q(locator="") | ~Q(locator_kind=""),
                violation_error_message=_("Choose the kind of locator."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.document}"

    def clean(self) -> None:
        super().clean()
        passage = self.passage
        if passage and passage.stored_copy.document_id != self.document_id:
            raise ValidationError(
                {"passage": _("The passage lies in another document.")}
            )
        if self.inquiry and self.inquiry.claim_id != self.claim_id:
            raise ValidationError(
                {"inquiry": _("That inquiry was made about another claim.")}
            )

    def missing_facts(self) -> list[str]:
        """Return the names of the facts this form of evidence still lacks."""
        return [
            str(getattr(self._meta.get_field(name), "verbose_name", name))
            for name in REQUIRED_FACTS[EvidenceForm(self.form)]
            if not getattr(self, name)
        ]


class EvidenceSearch(Identified):
    """That we looked somewhere for something and what came of it: a result too."""

    SIGNED_FIELDS = ("question", "looked_in", "looked_for", "searched_on", "result")

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="searches",
    )
    question = models.CharField(
        _("question"), max_length=12, choices=Question, default=Question.TRUTH
    )
    looked_in = models.CharField(_("looked in"), max_length=500)
    looked_for = models.CharField(_("looked for"), max_length=500)
    searched_on = models.DateField(_("searched on"))
    searched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("searched by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    result = models.TextField(
        _("result"), help_text=_("e.g. “No mention in the 2015 reports.”")
    )

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence search")
        verbose_name_plural = _("evidence searches")
        ordering = ["claim", "searched_on", "public_id"]

    def __str__(self) -> str:
        return f"{self.looked_in}: {self.looked_for}"


class QuoteCheck(Identified):
    """What a comparison of a quotation with one stored copy found. Only ever added."""

    class Verdict(models.TextChoices):
        EXACT = "exact", _("exact")
        TYPOGRAPHIC = "typographic", _("same words, other typography")
        LAYOUT = "layout", _("same words, other layout")
        EDITED_OPENLY = "edited_openly", _("shortened or supplied openly")
        ENCODING_REPAIR = "encoding_repair", _("same words after encoding repair")
        ALTERED = "altered", _("altered")
        SPLICED = "spliced", _("put together from far parts")
        ELISION_HIDES = "elision_hides", _("what is left out changes the sense")
        ABSENT = "absent", _("not in the copy")
        UNCHECKABLE = "uncheckable", _("cannot be checked by machine")

    citation = models.ForeignKey(
        Citation,
        verbose_name=_("citation"),
        on_delete=models.PROTECT,
        related_name="quote_checks",
    )
    stored_copy = models.ForeignKey(
        StoredCopy,
        verbose_name=_("stored copy"),
        on_delete=models.PROTECT,
        related_name="quote_checks",
    )
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    start = models.PositiveIntegerField(_("matched from"), null=True, blank=True)
    end = models.PositiveIntegerField(_("matched to"), null=True, blank=True)
    checker_version = models.CharField(_("version of the checker"), max_length=40)
    checked_at = models.DateTimeField(_("checked at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by eye by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation check")
        verbose_name_plural = _("quotation checks")
        ordering = ["citation", "checked_at", "public_id"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.checked_at:%Y-%m-%d})"
