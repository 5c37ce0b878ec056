"""Inquiries: what we asked somebody about a claim, and what came back."""

import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .claims import Claim
from .identity import Identified, IdentifiedQuerySet


class InquiryQuerySet(IdentifiedQuerySet):
    def unanswered(self) -> "InquiryQuerySet":
        """Inquiries that were made and have neither an answer nor an outcome."""
        return self.filter(asked_on__isnull=False, answered_on=None, outcome="")

    def overdue(self, today: datetime.date) -> "InquiryQuerySet":
        """Unanswered ones whose deadline has passed."""
        return self.unanswered().filter(deadline_on__lt=today)


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

    objects = InquiryQuerySet.as_manager()

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

    def is_overdue(self, today: datetime.date) -> bool:
        """Say whether the deadline has passed without an answer or an outcome."""
        is_open = self.asked_on and not self.answered_on and not self.outcome
        return bool(is_open and self.deadline_on and self.deadline_on < today)
