"""What a person says of two claims that are alike: the same, related, or not the same."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimPair
from claims.models.events import Actor, append_event
from claims.workflow.desk_words import PairState
from claims.workflow.words import ClaimState

from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError

DECIDING = "claims.change_claim"
#: What a person may say.
DECISIONS = (PairState.SAME, PairState.RELATED, PairState.REJECTED)


def decide_pair(
    claim: Claim,
    other: Claim,
    actor: Any,
    decision: str,
    note: str,
    seen: str,
    at: datetime.datetime | None = None,
) -> ClaimPair:
    """Say what two claims are to each other; whether suggested or found by the person.

    It may be said anew: the latest word holds, and each is an event. Nothing public
    changes. ``seen``: the state the page showed, "" where there was no pair. Raises
    ``MoveForbiddenError``, ``MoveRefusedError`` or ``StaleMoveError``.
    """
    if not actor.has_perm(DECIDING):
        raise MoveForbiddenError(_("You may not decide about these claims."))
    _refuse(claim, other, decision, note)
    at = at or timezone.now()
    with transaction.atomic():
        _lock(claim, other)
        row = ClaimPair.objects.of(claim).of(other).first()
        if (row.state if row else "") not in {seen, PairState.SUGGESTED}:
            raise StaleMoveError(_stale(row))
        row = row or ClaimPair.between(claim, other, suggested_at=at)
        row.state, row.note = decision, note.strip()
        row.decided_by, row.decided_at = actor, at
        row.save()
        details = {"other": other.public_id, "pair": row.public_id, "state": decision}
        append_event(
            "pair_decided", "claim", claim.public_id, Actor.of(actor), at, details
        )
    return row


def _refuse(claim: Claim, other: Claim, decision: str, note: str) -> None:
    if claim.pk == other.pk:
        raise MoveRefusedError(_("A claim is no pair with itself."))
    if decision not in DECISIONS:
        raise MoveRefusedError(_("Choose what the two claims are to each other."))
    if decision == PairState.SAME and not note.strip():
        raise MoveRefusedError(
            _("Say why the two are the same claim, and what differs, if anything.")
        )


def _lock(claim: Claim, other: Claim) -> None:
    """Lock both claims, in the order everybody does; refuse those nobody works on."""
    rows = Claim.objects.filter(pk__in=[claim.pk, other.pk]).order_by("pk")
    for row in rows.select_for_update(no_key=True):
        if row.state != ClaimState.WORKING:
            raise MoveRefusedError(
                _("The claim “%(claim)s” is %(state)s.")
                % {"claim": row, "state": row.get_state_display()}
            )


def _stale(row: ClaimPair | None) -> str:
    if row is None:
        return _("This pair is not there any more: load the page anew.")
    return _("%(name)s decided this meanwhile: %(state)s.") % {
        "name": row.decided_by,
        "state": row.get_state_display(),
    }
