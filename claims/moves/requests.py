"""Correction requests: settled with an outcome, or emptied when the sender asks so."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import CorrectionRequest
from claims.models.events import Actor, append_event
from claims.models.requests import SETTLING
from claims.workflow.desk_words import RequestOutcome

from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError

#: What tells who sent a request, and what it becomes.
NOBODY = {"name": "", "email": "", "may_be_named": False}


def settle_request(
    request: CorrectionRequest,
    actor: Any,
    outcome: str,
    answer: str,
    at: datetime.datetime | None = None,
) -> CorrectionRequest:
    """Say what became of a request; it leaves the queue. Readers see nothing of it.

    Raises ``MoveForbiddenError``, ``MoveRefusedError`` without an outcome or (but for
    spam) an answer, or ``StaleMoveError`` when a colleague settled it.
    """
    _refuse_actor(actor)
    if outcome not in RequestOutcome.values:
        raise MoveRefusedError(_("Choose what became of the request."))
    if outcome != RequestOutcome.SPAM and not answer.strip():
        raise MoveRefusedError(
            _("Say what you answered, or why there was nothing to answer.")
        )
    with transaction.atomic():
        row = _locked(request)
        if row.settled_at is not None:
            raise StaleMoveError(
                _("%(name)s settled this meanwhile: %(outcome)s.")
                % {"name": row.settled_by, "outcome": row.get_outcome_display()}
            )
        row.outcome, row.answer = outcome, answer.strip()
        row.settled_by, row.settled_at = actor, at or timezone.now()
        _save(row)
        _record("request_settled", row, actor, row.settled_at, {"outcome": outcome})
    return row


def erase_request(
    request: CorrectionRequest, actor: Any, at: datetime.datetime | None = None
) -> CorrectionRequest:
    """Delete all that the sender typed; what the desk did with it stays.

    For a sender who wants it so. What an earlier correction named in public stays
    there; no later one may name it. Raises ``MoveForbiddenError``, or
    ``MoveRefusedError`` while the request is open.
    """
    _refuse_actor(actor)
    with transaction.atomic():
        row = _locked(request)
        if row.settled_at is None:
            raise MoveRefusedError(_("Settle the request first."))
        row.text = row.evidence = row.address = ""
        for field, nothing in NOBODY.items():
            setattr(row, field, nothing)
        _save(row)
        _record("request_erased", row, actor, at or timezone.now(), {})
    return row


def _refuse_actor(actor: Any) -> None:
    if not actor.has_perm(SETTLING):
        raise MoveForbiddenError(_("You may not settle correction requests."))


def _locked(request: CorrectionRequest) -> CorrectionRequest:
    rows = CorrectionRequest.objects.select_for_update()
    row: CorrectionRequest = rows.get(pk=request.pk)
    return row


def _save(row: CorrectionRequest) -> None:
    row.version += 1
    row.save()


def _record(
    verb: str,
    row: CorrectionRequest,
    actor: Any,
    at: datetime.datetime,
    details: dict[str, Any],
) -> None:
    """Append the event to the log: which request and claim, never a word of it."""
    if row.claim is not None:
        details = {**details, "claim": row.claim.public_id}
    append_event(verb, "correctionrequest", row.public_id, Actor.of(actor), at, details)
