"""Citations: what a document says to a claim, and where in it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.workflow.words import (
    BROKEN_LINKS,
    REQUIRED_FACTS,
    STANCES,
    ClaimState,
    EvidenceForm,
    LocatorKind,
    Question,
    Stance,
)

from .claims import Claim
from .copies import Passage
from .documents import Document
from .identity import Identified, IdentifiedQuerySet, Versioned
from .inquiries import Inquiry


class CitationQuerySet(IdentifiedQuerySet):
    def of_working_claims(self) -> "CitationQuerySet":
        return self.filter(claim__state=ClaimState.WORKING)

    def broken(self) -> "CitationQuerySet":
        """Citations whose document is no longer where it was, nor in an archive."""
        gone = self.filter(document__link_state__in=BROKEN_LINKS)
        return gone.filter(document__archive_url="")


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
        "origin",
    )
    #: Came later: what was signed before has no word of it, and keeps its digest.
    LEFT_OUT_WHEN_EMPTY = frozenset({"origin"})

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
    origin = models.CharField(
        _("goes back to"),
        max_length=200,
        blank=True,
        help_text=_(
            "What this document took it from, when it is not its own finding, e.g. "
            "“AP report of 3 March 2016”. All that go back to one origin count as one "
            "independent source. Empty: to itself."
        ),
    )
    desk_note = models.TextField(_("desk note"), blank=True, help_text=_("Not public."))

    objects = CitationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["claim", "position", "public_id"]
        indexes = [
            # What the desk's list is narrowed and sorted by.
            models.Index(fields=[name, "id"], name=f"citation_{name}")
            for name in ("question", "stance", "form")
        ]
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
