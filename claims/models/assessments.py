"""What is signed: assessments, the statuses they give, the methodology followed."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.workflow.words import OPEN_STATES, AssessmentState, CorrectionKind

from .claims import Claim
from .fields import READERS_NAME_CHARACTERS
from .identity import Identified, IdentifiedQuerySet, Versioned

SUMMARY_CHARACTERS = 280


class VerificationStatusQuerySet(models.QuerySet["VerificationStatus"]):
    def get_by_natural_key(self, slug: str) -> "VerificationStatus":
        return self.get(slug=slug)


class VerificationStatus(Versioned):
    """A verification status, with its printed definition and a shape of its own."""

    class Tone(models.TextChoices):
        OPEN = "open", _("open")
        POSITIVE = "positive", _("positive")
        MIXED = "mixed", _("mixed")
        NEGATIVE = "negative", _("negative")
        NEUTRAL = "neutral", _("neutral")

    slug = models.SlugField(_("name"), max_length=30, unique=True)
    label = models.CharField(_("label"), max_length=60)
    definition = models.TextField(_("printed definition"))
    symbol = models.CharField(
        _("symbol"), max_length=30, help_text=_("Name of a shape of its own.")
    )
    tone = models.CharField(_("tone"), max_length=10, choices=Tone)
    rating = models.PositiveSmallIntegerField(
        _("rating"),
        null=True,
        blank=True,
        help_text=_("1 (worst) to 5 (best), where the status has one."),
    )
    is_final = models.BooleanField(
        _("final"), default=True, help_text=_("An assessment may give this status.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = VerificationStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification status")
        verbose_name_plural = _("verification statuses")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                name="status_rating_one_to_five",
                condition=Q(rating=None) | Q(rating__range=(1, 5)),
                violation_error_message=_("A rating lies between 1 and 5."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class MethodologyQuerySet(models.QuerySet["Methodology"]):
    def get_by_natural_key(self, number: int) -> "Methodology":
        return self.get(number=number)

    def in_force(self, on: datetime.date) -> "Methodology | None":
        """Return the version in force on a day."""
        return self.filter(effective_on__lte=on).order_by("-effective_on").first()


class Methodology(Versioned):
    """A numbered version of how this desk works, with the statuses as they were."""

    number = models.PositiveIntegerField(_("number"), unique=True)
    effective_on = models.DateField(_("in force from"))
    text = models.TextField(_("text"), help_text=_("Markdown."))
    statuses = models.JSONField(
        _("statuses as they were"), default=list, editable=False
    )

    objects = MethodologyQuerySet.as_manager()

    class Meta:
        verbose_name = _("methodology")
        verbose_name_plural = _("methodologies")
        ordering = ["number"]

    def __str__(self) -> str:
        return str(_("Methodology %(number)s") % {"number": self.number})

    def natural_key(self) -> tuple[int]:
        return (self.number,)


class AssessmentQuerySet(IdentifiedQuerySet):
    def open(self) -> "AssessmentQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def published(self) -> "AssessmentQuerySet":
        return self.filter(state=AssessmentState.PUBLISHED)

    def returned_to(self, user: Any) -> "AssessmentQuerySet":
        return self.filter(state=AssessmentState.RETURNED, author=user)

    def to_sign_off(self) -> "AssessmentQuerySet":
        return self.filter(state=AssessmentState.SUBMITTED)

    def to_publish(self) -> "AssessmentQuerySet":
        return self.filter(state=AssessmentState.SIGNED_OFF)

    def by_others_than(self, user: Any) -> "AssessmentQuerySet":
        return self.exclude(author=user)


class Assessment(Identified, Versioned):
    """The thing that is signed: which status a claim gets, why, and as of when."""

    SIGNED_FIELDS = (
        "number",
        "status",
        "summary",
        "rationale",
        "as_of",
        "methodology",
        "part_that_holds",
        "part_that_fails",
        "attribution_reason",
        "independence_reason",
        "correction_kind",
        "notice",
        "asked_by",
    )
    #: Left out of the content while empty: what was signed before there was such a
    #: field keeps its digest.
    LEFT_OUT_WHEN_EMPTY = frozenset({"asked_by"})

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    number = models.PositiveIntegerField(_("number"), default=1, editable=False)
    status = models.ForeignKey(
        VerificationStatus,
        verbose_name=_("verification status"),
        on_delete=models.PROTECT,
        related_name="assessments",
        to_field="slug",
        limit_choices_to={"is_final": True},
    )
    summary = models.CharField(
        _("summary"),
        max_length=SUMMARY_CHARACTERS,
        blank=True,
        help_text=_("What a reader with ten seconds should know."),
    )
    rationale = models.TextField(
        _("rationale"), blank=True, help_text=_("Why this status. Markdown.")
    )
    as_of = models.DateField(
        _("as of"),
        null=True,
        blank=True,
        help_text=_("The day as of which the claim is judged."),
    )
    methodology = models.ForeignKey(
        Methodology,
        verbose_name=_("methodology"),
        on_delete=models.PROTECT,
        related_name="assessments",
        to_field="number",
        null=True,
        blank=True,
    )
    part_that_holds = models.TextField(_("part that holds"), blank=True)
    part_that_fails = models.TextField(_("part that does not"), blank=True)
    attribution_reason = models.TextField(
        _("why an attribution is unchecked"), blank=True
    )
    independence_reason = models.TextField(
        _("why no independent evidence is needed"),
        blank=True,
        help_text=_(
            "e.g. the claim is about the document itself, or it is a public "
            "primary record."
        ),
    )
    correction_kind = models.CharField(
        _("kind of correction"), max_length=15, choices=CorrectionKind, blank=True
    )
    notice = models.TextField(
        _("correction notice"),
        blank=True,
        help_text=_("Tells readers what changed and why."),
    )
    asked_by = models.CharField(
        _("reported by"),
        max_length=READERS_NAME_CHARACTERS,
        blank=True,
        help_text=_("Who asked for the correction, if they permit it. Readers see it."),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=AssessmentState,
        default=AssessmentState.DRAFT,
        editable=False,
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="assessments",
        editable=False,
    )
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("signed off by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="signed_assessments",
        editable=False,
    )
    signed_alone = models.BooleanField(
        _("signed without a second person"), default=False, editable=False
    )
    created_at = models.DateTimeField(
        _("begun at"), default=timezone.now, editable=False
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    signed_at = models.DateTimeField(_("signed off at"), null=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    return_reason = models.TextField(
        _("reason for the return"), blank=True, editable=False
    )
    withdrawal_reason = models.TextField(
        _("reason for the withdrawal"), blank=True, editable=False
    )
    signed_content = models.TextField(_("signed content"), blank=True, editable=False)
    digest = models.CharField(_("digest"), max_length=64, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()
    # A reader's name that was chosen and not published leaves no trace.
    history = HistoricalRecords(excluded_fields=["signed_content", "asked_by"])

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["claim", "number", "public_id"]
        permissions = [
            ("submit_assessment", "Can submit assessments for sign-off"),
            ("return_assessment", "Can return assessments to their authors"),
            ("sign_assessment", "Can sign off assessments of others"),
            ("publish_assessment", "Can publish signed assessments"),
            ("withdraw_assessment", "Can withdraw published assessments"),
            ("discard_assessment", "Can discard assessments not yet published"),
        ]
        indexes = [
            models.Index(fields=["state", "claim"], name="assessment_state_claim"),
            # The order of the desk's list, alone and narrowed by each filter.
            models.Index(fields=["-submitted_at", "-id"], name="assessment_desk"),
            *(
                models.Index(
                    fields=[name, "-submitted_at", "-id"],
                    name=f"assessment_desk_{name}",
                )
                for name in ("state", "status")
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state__in=OPEN_STATES),
                name="assessment_one_open_per_claim",
                violation_error_message=_("This claim already has an open assessment."),
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state=AssessmentState.PUBLISHED),
                name="assessment_one_published_per_claim",
                violation_error_message=_(
                    "This claim already has a published assessment."
                ),
            ),
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="assessment_number_once_per_claim",
                violation_error_message=_("That number is taken for this claim."),
            ),
            models.CheckConstraint(
                name="assessment_signed_by_another",
                condition=Q(signer=None)
                | ~Q(signer=F("author"))
                | Q(signed_alone=True),
                violation_error_message=_("Nobody signs an assessment of their own."),
            ),
            models.CheckConstraint(
                name="assessment_signature_covers_content",
                condition=~Q(
                    state__in=[
                        AssessmentState.SIGNED_OFF,
                        AssessmentState.PUBLISHED,
                        AssessmentState.SUPERSEDED,
                        AssessmentState.WITHDRAWN,
                    ]
                )
                | (Q(signer__isnull=False) & ~Q(digest="") & ~Q(signed_content="")),
                violation_error_message=_(
                    "A signature needs a signer, the signed content and its digest."
                ),
            ),
            models.CheckConstraint(
                name="assessment_asked_by_of_correction",
                condition=Q(asked_by="") | ~Q(correction_kind=""),
                violation_error_message=_("Only a correction names who asked for it."),
            ),
            models.CheckConstraint(
                name="assessment_withdrawn_with_reason",
                condition=~Q(state=AssessmentState.WITHDRAWN)
                | ~Q(withdrawal_reason=""),
                violation_error_message=_("A withdrawal needs a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status.label}: {self.claim}"
