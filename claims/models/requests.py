"""Correction requests: what readers report, by when it is answered, what became of it."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import RequestOutcome
from claims.workflow.words import AssessmentState

from .assessments import Assessment
from .claims import Claim
from .fields import READERS_NAME_CHARACTERS
from .identity import Identified, IdentifiedQuerySet, Versioned

TEXT_CHARACTERS = 4000
EVIDENCE_CHARACTERS = 2000
ADDRESS_CHARACTERS = 2000
#: Whoever has it settles requests and sees those that are about nobody's claim.
SETTLING = "claims.change_correctionrequest"


class RequestQuerySet(IdentifiedQuerySet):
    def unsettled(self) -> "RequestQuerySet":
        return self.filter(settled_at=None)

    def waiting_for(self, user: Any) -> "RequestQuerySet":
        """Unsettled ones: all for who settles them, else those in somebody's care."""
        if user.has_perm(SETTLING):
            return self.unsettled()
        in_care = Claim.objects.in_care_of(user).values("pk")
        return self.unsettled().filter(Q(assignee=user) | Q(claim__in=in_care))

    def received_since(self, at: datetime.datetime) -> "RequestQuerySet":
        return self.filter(received_at__gt=at)

    def permitting_names(self, claim: Claim | int | None) -> "RequestQuerySet":
        """Requests about a claim, or its key, whose sender may be named."""
        return self.filter(claim__in=[claim], may_be_named=True)

    def permit(self, claim: Claim, name: str) -> bool:
        """Say whether somebody of that name asked about the claim and may be named."""
        return self.permitting_names(claim).filter(name=name).exists()

    def settled_until(self, at: datetime.datetime) -> "RequestQuerySet":
        return self.filter(settled_at__lte=at)

    def with_unused_name(self) -> "RequestQuerySet":
        """Those with a name that no correction of their claim gives, or is to give."""
        naming = Assessment.objects.filter(
            claim=models.OuterRef("claim"), asked_by=models.OuterRef("name")
        ).exclude(state=AssessmentState.DISCARDED)
        return self.exclude(name="").filter(~models.Exists(naming))


class CorrectionRequest(Identified, Versioned):
    """What a reader reported as wrong. Never public; only the desk reads it."""

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
    )
    address = models.CharField(
        _("page it is about"), max_length=ADDRESS_CHARACTERS, blank=True
    )
    text = models.TextField(_("what is wrong"), max_length=TEXT_CHARACTERS)
    evidence = models.TextField(
        _("what shows it"), max_length=EVIDENCE_CHARACTERS, blank=True
    )
    name = models.CharField(_("name"), max_length=READERS_NAME_CHARACTERS, blank=True)
    email = models.EmailField(_("mail address"), blank=True)
    may_be_named = models.BooleanField(
        _("may be named in the correction"), default=False
    )
    looks_like_spam = models.BooleanField(_("looks like spam"), default=False)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    due_on = models.DateField(_("to be answered by"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_requests",
    )
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=RequestOutcome, blank=True
    )
    answer = models.TextField(
        _("answer"),
        blank=True,
        help_text=_("What you answered, or why there was nothing to answer."),
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction request")
        verbose_name_plural = _("correction requests")
        ordering = ["-received_at", "public_id"]
        indexes = [
            models.Index(fields=["received_at"], name="request_received"),
            models.Index(
                fields=["due_on"],
                condition=Q(settled_at=None),
                name="request_unsettled",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="request_about_one_thing",
                condition=Q(claim=None) | Q(address=""),
                violation_error_message=_(
                    "A request is about a claim, or about another page."
                ),
            ),
            models.CheckConstraint(
                name="request_named_by_name",
                condition=Q(may_be_named=False) | ~Q(name=""),
                violation_error_message=_("Only a name that was given can be named."),
            ),
            models.CheckConstraint(
                name="request_settled_as_a_whole",
                condition=Q(settled_at=None, settled_by=None, outcome="")
                | Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~Q(outcome=""),
                violation_error_message=_(
                    "A settled request has an outcome, and the name of who settled it."
                ),
            ),
            models.CheckConstraint(
                name="request_settled_with_answer",
                condition=Q(outcome__in=["", RequestOutcome.SPAM]) | ~Q(answer=""),
                violation_error_message=_(
                    "Say what you answered, or why there was nothing to answer."
                ),
            ),
        ]

    def __str__(self) -> str:
        # Shown where Django logs what was done: never what a reader wrote.
        return str(_("Request %(number)s") % {"number": self.public_id})
