"""Claims: statements that can be checked, one each."""

import datetime
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.checking.reviews import RuleError, read_rule
from claims.workflow.words import (
    OPEN_STATES,
    RELEASED_STATES,
    SIGNED_STATES,
    AssessmentState,
    AttributionCheck,
    ClaimKind,
    ClaimState,
    Question,
    Voice,
    weakest_check,
)

from .articles import Article
from .attribution import Checked
from .events import Event
from .fields import DatedInWords, EdtfField, validate_review_rule
from .identity import Identified, IdentifiedQuerySet, Versioned
from .sources import Source
from .topics import Topic

#: One statement; what is longer is several.
MAX_CHARACTERS = 1000
#: Letters by which lists are sorted: an index takes no whole text.
SORTED_BY = 60
#: The order of lists: what is urgent first.
DESK_ORDER = ["-priority", "public_id"]
_TOO_LONG = _("One statement, please: at most %(number)s characters.")


def _model(name: str) -> Any:
    """Return the manager of a model that is made after this one."""
    return apps.get_model("claims", name)._default_manager


def _has_assessment(**wanted: Any) -> models.Exists:
    """Match claims with such an assessment."""
    assessments = _model("Assessment").filter(claim=models.OuterRef("pk"), **wanted)
    return models.Exists(assessments)


class ClaimQuerySet(IdentifiedQuerySet):
    def working(self) -> "ClaimQuerySet":
        return self.filter(state=ClaimState.WORKING)

    def waiting_for(self, user: Any) -> "ClaimQuerySet":
        """Claims assigned to somebody whose turn it is: nothing of it is submitted."""
        passed_on = _has_assessment(
            state__in=[
                AssessmentState.SUBMITTED,
                AssessmentState.SIGNED_OFF,
                AssessmentState.PUBLISHED,
            ]
        )
        return self.working().filter(~passed_on, assignee=user)

    def in_care_of(self, user: Any) -> "ClaimQuerySet":
        """Claims that somebody answers for.

        The one it is assigned to. Where that is nobody, or an account that was
        deactivated: who writes its open assessment, and the editor of its article.
        """
        writes = _has_assessment(state__in=OPEN_STATES, author=user)
        nobody = Q(assignee=None) | Q(assignee__is_active=False)
        next_in_line = Q(article__editor=user) | Q(writes)
        return self.working().filter(Q(assignee=user) | nobody & next_in_line)

    def unfinished(self) -> "ClaimQuerySet":
        """Claims without a published finding, or with a further one begun."""
        published = _has_assessment(state=AssessmentState.PUBLISHED)
        begun = _has_assessment(state__in=OPEN_STATES)
        return self.working().filter(~published | Q(begun))

    def undecided(self) -> "ClaimQuerySet":
        """Claims without a published finding: they may be listed as open."""
        return self.working().filter(~_has_assessment(state=AssessmentState.PUBLISHED))

    def overdue(self, today: datetime.date) -> "ClaimQuerySet":
        return self.unfinished().filter(due_on__lte=today)

    def untouched_since(self, at: datetime.datetime) -> "ClaimQuerySet":
        """Claims whose newest move or edit, ``touched_at``, is at least that old."""
        events = Event.objects.of("claim", models.OuterRef("public_id"))  # type: ignore[arg-type]
        newest = models.Subquery(events.order_by("-sequence").values("at")[:1])
        return self.annotate(touched_at=newest).filter(touched_at__lte=at)

    def changed_since_release(self) -> "ClaimQuerySet":
        """Claims of released articles whose content readers have not been shown."""
        released = Article.objects.filter(state__in=RELEASED_STATES).order_by()
        return self.working().filter(
            article__in=released, is_changed=True, is_held_back=False
        )

    def due_for_recheck(self, today: datetime.date) -> "ClaimQuerySet":
        return self.working().filter(next_review_on__lte=today)

    def unattributed(self) -> "ClaimQuerySet":
        return self.working().filter(source=None)

    def signed(self) -> "ClaimQuerySet":
        """Claims with a finding that somebody put their name to and that still holds."""
        return self.filter(_has_assessment(state__in=SIGNED_STATES))

    def with_new_information(self) -> "ClaimQuerySet":
        """Signed claims of which something came to be known that nobody settled."""
        news = _model("NewInformation").unsettled().since_sign_off()
        return self.working().signed().filter(pk__in=news.order_by().values("claim"))

    def with_changed_basis(self) -> "ClaimQuerySet":
        """Claims, signed or not, of which a basis changed and nobody settled it."""
        news = _model("NewInformation").unsettled().of_bases()
        return self.working().filter(pk__in=news.order_by().values("claim"))

    def with_quotations_to_look_at(self) -> "ClaimQuerySet":
        """Claims that quote what the copy does not say, as far as a program can tell."""
        checks = _model("QuoteCheck").to_look_at().order_by()
        return self.working().filter(pk__in=checks.values("citation__claim"))

    def with_passages_to_decide(self) -> "ClaimQuerySet":
        """Claims with a passage that a person must find again in the newest copy."""
        waiting = _model("Anchoring").waiting()
        appearing = waiting.exclude(appearance=None).values("appearance__claim")
        citing = waiting.exclude(citation=None).values("citation__claim")
        return self.working().filter(Q(pk__in=appearing) | Q(pk__in=citing))

    def with_pairs_to_decide(self) -> "ClaimQuerySet":
        """Claims that may have been checked before, under an older claim."""
        pairs = _model("ClaimPair").suggested()
        return self.working().filter(
            models.Exists(pairs.filter(other=models.OuterRef("pk")))
        )

    def dates_in_doubt(self) -> "ClaimQuerySet":
        """Claims dated from the date of an article that was corrected since."""
        return self.working().filter(said_in_doubt=True)


class Claim(Identified, Versioned, DatedInWords, Checked):
    """One checkable statement of an article, in our words."""

    DATE_PREFIXES = ("said",)
    SIGNED_FIELDS = (
        "text",
        "kind",
        "voice",
        "article",
        "source",
        "role",
        "attribution_check",
        "attribution_checked_on",
        "attribution_citation",
        "said_words",
        "said_edtf",
        "said_basis",
        "superseded_since",
        "superseded_citation",
        "topics",
    )

    text = models.TextField(
        _("claim"),
        max_length=MAX_CHARACTERS,
        help_text=_("One statement that can be checked, in our own words."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ClaimKind)
    voice = models.CharField(
        _("voice"), max_length=10, choices=Voice, default=Voice.ATTRIBUTED
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ClaimState,
        default=ClaimState.WORKING,
        editable=False,
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="claims",
        help_text=_("The article it first appears in; decides when it may be public."),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        help_text=_(
            "Whom the article names; the publisher for its own voice; "
            "empty only when nobody is named."
        ),
    )
    role = models.CharField(
        _("role of the source"),
        max_length=300,
        blank=True,
        help_text=_("As of the statement, e.g. “fellow at the institute”."),
    )
    said_words = models.CharField(
        _("said, in the article's words"),
        max_length=200,
        blank=True,
        help_text=_("e.g. “last month”."),
    )
    said_edtf = EdtfField(_("said, EDTF"), help_text=_("e.g. 2016-02~."))
    said_from = models.DateField(_("said from"), null=True, blank=True, editable=False)
    said_to = models.DateField(_("said to"), null=True, blank=True, editable=False)
    said_basis = models.CharField(
        _("basis of the date"),
        max_length=300,
        blank=True,
        help_text=_("e.g. “if the article appeared in March”."),
    )
    said_in_doubt = models.BooleanField(
        _("date to be confirmed"), default=False, editable=False
    )
    superseded_since = models.DateField(
        _("no longer current since"),
        null=True,
        blank=True,
        help_text=_("Later change never alters a status: it is told beside it."),
    )
    superseded_citation = models.ForeignKey(
        "claims.Citation",
        verbose_name=_("shown by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    status = models.ForeignKey(
        "claims.VerificationStatus",
        verbose_name=_("verification status"),
        on_delete=models.PROTECT,
        related_name="claims",
        to_field="slug",
        default="unverified",
        editable=False,
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="claims"
    )
    depends_on = models.ManyToManyField(
        "self",
        verbose_name=_("depends on"),
        blank=True,
        symmetrical=False,
        related_name="dependents",
        help_text=_(
            "Claims that must hold for this one to hold. When one of them changes, this "
            "one is listed under “Its basis changed”."
        ),
    )
    suggested_wording = models.TextField(
        _("wording we would suggest"),
        blank=True,
        help_text=_("For the desk of the article. Not public."),
    )

    class Priority(models.IntegerChoices):
        LOW = 1, _("low")
        NORMAL = 2, _("normal")
        HIGH = 3, _("high")
        URGENT = 4, _("urgent")

    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority, default=Priority.NORMAL
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_claims",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    next_review_on = models.DateField(
        _("next look on"),
        null=True,
        blank=True,
        help_text=_(
            "Readers of a published claim are told. Empty: publishing sets it, by the "
            "rule or by the claim's kind."
        ),
    )
    review_rule = models.CharField(
        _("look again"),
        max_length=40,
        blank=True,
        validators=[validate_review_rule],
        help_text=_(
            "e.g. “every 6 months”, “quarterly”, “every 90 days”, or “never”. Empty: as "
            "for every claim of this kind."
        ),
    )
    is_held_back = models.BooleanField(_("held back"), default=False, editable=False)
    is_changed = models.BooleanField(
        _("changed since release"), default=True, editable=False
    )
    rechecking_since = models.DateTimeField(
        _("under re-check since"), null=True, blank=True, editable=False
    )

    objects = ClaimQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = DESK_ORDER
        permissions = [
            ("hold_back_claim", "Can hold claims back from release"),
            ("recheck_claim", "Can put published claims under re-check"),
            ("retract_claim", "Can retract claims"),
            ("take_down_claim", "Can take claims down"),
            ("discard_claim", "Can discard claims"),
        ]
        indexes = [
            models.Index(fields=["state", "status"], name="claim_state_status"),
            models.Index(fields=["next_review_on"], name="claim_next_review"),
            models.Index(fields=["state", "is_changed"], name="claim_changed"),
            # The order of the desk's list, alone and narrowed by each filter.
            models.Index(fields=DESK_ORDER, name="claim_desk"),
            *(
                models.Index(fields=[name, *DESK_ORDER], name=f"claim_desk_{name[:9]}")
                for name in ("status", "state", "attribution_check", "kind", "voice")
            ),
            models.Index(
                fields=DESK_ORDER,
                name="claim_held_back",
                condition=Q(is_held_back=True),
            ),
            # The queue of what readers were not shown so, article by article.
            models.Index(
                fields=["article", "state"],
                name="claim_changed_shown",
                condition=Q(is_changed=True, is_held_back=False),
            ),
            # How far an article is.
            models.Index(
                fields=["article", "state", "status", "is_held_back"],
                name="claim_progress",
            ),
            # Columns that the desk's list is sorted by.
            models.Index(Left("text", SORTED_BY), "id", name="claim_by_text"),
            models.Index(fields=["due_on", "id"], name="claim_by_due_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="claim_named_voice_has_source",
                condition=~Q(voice__in=[Voice.ATTRIBUTED, Voice.OWN])
                | Q(source__isnull=False),
                violation_error_message=_(
                    "Name the source: for the article's own voice, its publisher."
                ),
            ),
            models.CheckConstraint(
                name="claim_own_voice_needs_no_attribution_check",
                condition=Q(voice=Voice.OWN)
                | ~Q(attribution_check=AttributionCheck.NOT_APPLICABLE),
                violation_error_message=_(
                    "“Not applicable” is for the article's own voice only."
                ),
            ),
            models.CheckConstraint(
                name="claim_dated_with_basis",
                condition=Q(said_edtf="") | ~Q(said_basis=""),
                violation_error_message=_("Say what the date of the claim rests on."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:120]

    def clean(self) -> None:
        super().clean()
        if len(self.text) > MAX_CHARACTERS:
            raise ValidationError({"text": _TOO_LONG % {"number": MAX_CHARACTERS}})
        self._spell_review_rule()
        unnamed_in = self.source.article_id if self.source else None
        if unnamed_in is not None and unnamed_in != self.article_id:
            raise ValidationError(
                {"source": _("This unnamed source belongs to another article.")}
            )

    def _spell_review_rule(self) -> None:
        """Keep the rule in its one spelling, however it was typed."""
        if self.review_rule:
            with suppress(RuleError):  # the validator of the field says so
                self.review_rule = str(read_rule(self.review_rule))

    def weakest_check(self) -> str:
        """Return the weakest attribution check of the whole chain."""
        links = [link.attribution_check for link in self.chain.all()]
        return weakest_check([self.attribution_check, *links])

    def chain_documents(self) -> set[int]:
        """Return the primary keys of the documents the claim's own chain rests on."""
        links = list(self.chain.select_related("source"))
        sources = [self.source, *(link.source for link in links)]
        attributing = self.citations.filter(question=Question.ATTRIBUTION)
        resting_on = {
            self.article.document_id,
            *(source.document_id for source in sources if source is not None),
            *(link.document_id for link in links),
            *attributing.values_list("document_id", flat=True),
        }
        return {pk for pk in resting_on if pk is not None}

    @property
    def open_assessment(self) -> Any:
        return self.assessments.filter(state__in=OPEN_STATES).first()

    @property
    def published_assessment(self) -> Any:
        return self.assessments.filter(state=AssessmentState.PUBLISHED).first()
