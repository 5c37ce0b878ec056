"""Pairs of claims that are much alike: suggested by the tracker, decided by a person."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import PairState
from claims.workflow.words import ClaimState

from .claims import Claim
from .identity import Identified, IdentifiedQuerySet


class PairQuerySet(IdentifiedQuerySet):
    def of(self, claim: Claim | models.OuterRef) -> "PairQuerySet":
        return self.filter(Q(one=claim) | Q(other=claim))

    def suggested(self) -> "PairQuerySet":
        """Pairs of claims that are worked on and about which nobody has decided."""
        working = Q(one__state=ClaimState.WORKING, other__state=ClaimState.WORKING)
        return self.filter(working, state=PairState.SUGGESTED)

    def decided(self) -> "PairQuerySet":
        return self.exclude(state=PairState.SUGGESTED)


class ClaimPair(Identified):
    """That two claims may be the same; whoever decides gives a name and a note.

    One row for two claims, the older one first: a rejected pair is not suggested again.
    """

    one = models.ForeignKey(
        Claim,
        verbose_name=_("older claim"),
        on_delete=models.PROTECT,
        related_name="pairs_with_newer",
    )
    other = models.ForeignKey(
        Claim,
        verbose_name=_("newer claim"),
        on_delete=models.PROTECT,
        related_name="pairs_with_older",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=PairState, default=PairState.SUGGESTED
    )
    suggested_at = models.DateTimeField(_("suggested at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.TextField(
        _("note"), blank=True, help_text=_("Why, and what differs. Not public.")
    )

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of claims")
        verbose_name_plural = _("pairs of claims")
        ordering = ["other", "one", "public_id"]
        indexes = [
            models.Index(
                fields=["other"],
                condition=Q(state=PairState.SUGGESTED),
                name="pair_to_decide",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="pair_once",
                violation_error_message=_("These two claims are a pair already."),
            ),
            models.CheckConstraint(
                name="pair_older_first",
                condition=Q(one__lt=F("other")),
                violation_error_message=_(
                    "A pair is of two claims, the older one first."
                ),
            ),
            models.CheckConstraint(
                name="pair_decided_by_somebody",
                condition=Q(state=PairState.SUGGESTED, decided_by=None, decided_at=None)
                | ~Q(state=PairState.SUGGESTED)
                & Q(decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=_("Say who decided, and when."),
            ),
            models.CheckConstraint(
                name="pair_same_with_note",
                condition=~Q(state=PairState.SAME) | ~Q(note=""),
                violation_error_message=_("Say why the two are the same claim."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one.public_id}, {self.other.public_id}: {self.state}"

    @classmethod
    def between(cls, one: Claim, other: Claim, **fields: Any) -> "ClaimPair":
        """Return an unsaved pair of two claims, in whatever order they are given."""
        first, second = sorted((one, other), key=lambda claim: claim.pk)
        return cls(one=first, other=second, **fields)

    def partner_of(self, claim: Claim) -> Claim:
        return self.other if self.one_id == claim.pk else self.one
