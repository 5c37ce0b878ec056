"""The one door: lock, table, permission, completeness, write, event, publish."""

import datetime
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.events import Actor, append_event
from claims.permissions import permission_refusal
from claims.publishing import content as contents
from claims.publishing.errors import PublishingError
from claims.publishing.facts import refresh_reviews
from claims.workflow.moves import MOVES, Move, moves_from

from . import articles, assessments, claims, public_fields
from .applicability import eyes_refusal, missing_for, objection
from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError
from .shown import shown_content
from .steps import Step, Subject

_ACTS: dict[tuple[str, str], Callable[[Step], dict[str, Any]]] = {
    ("assessment", "submit"): assessments.submit,
    ("assessment", "return"): assessments.give_back,
    ("assessment", "sign_off"): assessments.sign_off,
    ("assessment", "publish"): assessments.publish,
    ("assessment", "withdraw"): assessments.withdraw,
    ("assessment", "discard"): assessments.discard,
    ("article", "release"): articles.release,
    ("article", "clear"): articles.clear,
    ("claim", "hold_back"): claims.hold_back,
    ("claim", "stop_holding"): claims.stop_holding,
    ("claim", "recheck"): claims.recheck,
    ("claim", "end_recheck"): claims.end_recheck,
    ("claim", "retract"): claims.retract,
    ("claim", "take_down"): claims.take_down,
    ("claim", "discard"): claims.discard,
    ("claim", "restore"): claims.restore,
    ("source", "release"): public_fields.release_source,
    ("document", "release"): public_fields.release_document,
}
#: What an event calls the act of a move, where it is not the move's own name.
_VERBS = {
    "submit": "submitted",
    "return": "returned",
    "sign_off": "signed_off",
    "publish": "published",
    "withdraw": "withdrawn",
    "discard": "discarded",
    "release": "released",
    "clear": "cleared",
    "hold_back": "held_back",
    "stop_holding": "hold_ended",
    "recheck": "recheck_begun",
    "end_recheck": "recheck_ended",
    "retract": "retracted",
    "take_down": "taken_down",
    "restore": "restored",
}


def make_move(
    name: str,
    subject: Subject,
    actor: Any,
    seen: str | None = None,
    reason: str = "",
    details: Any = None,
    at: datetime.datetime | None = None,
) -> Any:
    """Make one editorial move; all of it happens or nothing does.

    ``seen``: the digest of what the actor was shown (``shown_digest``). ``reason``:
    needed where the table says so. ``details``: ``ReleaseDetails`` for an article's
    release, ``ReviewDetails`` where a look at a claim ends. ``at``: now unless given. Returns the subject, read afresh.

    Raises ``MoveForbiddenError`` (who may), ``MoveRefusedError`` (what is missing)
    or ``StaleMoveError`` (the subject is no longer what was shown).
    """
    move = MOVES[(subject_type(subject), name)]
    with transaction.atomic():
        refuse_actor(move, actor)
        row = _lock(subject)
        refuse_state(move, row, reason)
        digest = contents.digest(shown_content(row))
        if seen != digest:
            raise StaleMoveError(
                _("The content changed after you opened this page. Nothing was done.")
            )
        refuse_unready(move, row, actor)
        step = Step(
            move,
            row,
            actor,
            at or timezone.now(),
            reason.strip(),
            details,
            bool(settings.TRACKER_FOUR_EYES),
            digest,
        )
        old_state = state_of(row)
        try:
            event_details = _ACTS[move.key](step)
        except PublishingError as error:
            raise MoveRefusedError(str(error)) from error
        _save(step)
        if isinstance(row, Claim | Assessment):
            refresh_reviews([(row if isinstance(row, Claim) else row.claim).public_id])
        _append_event(step, old_state, event_details)
    return row


def refuse_actor(move: Move, actor: Any) -> None:
    refusal = permission_refusal(actor, move)
    if refusal:
        raise MoveForbiddenError(refusal)


def refuse_state(move: Move, row: Any, reason: str) -> None:
    if not move.starts_from(state_of(row)):
        raise MoveRefusedError(
            _("“%(move)s” is not possible: it is %(state)s.")
            % {"move": move.label, "state": row.get_state_display()}
        )
    if move.needs_reason and not reason.strip():
        raise MoveRefusedError(_("Give a reason."))


def refuse_unready(move: Move, row: Any, actor: Any) -> None:
    if refusal := eyes_refusal(move, row, actor):
        raise MoveForbiddenError(refusal)
    if refusal := objection(move, row):
        raise MoveRefusedError(refusal)
    if missing := missing_for(move, row):
        raise MoveRefusedError(missing)


def moves_for(subject: Subject, actor: Any) -> list[Move]:
    """Return the moves this actor may try now, by state and permission."""
    possible = moves_from(subject_type(subject), state_of(subject))
    return [move for move in possible if not permission_refusal(actor, move)]


def subject_type(subject: Any) -> str:
    return str(subject._meta.model_name)


def state_of(row: Any) -> str:
    """Return the state of a subject; "" for those that have none."""
    return getattr(row, "state", "")


def _lock(subject: Any) -> Any:
    """Lock what the move may change and read it afresh.

    Claim before assessment, article before claims: always in that order. SQLite
    has no row locks; there the transaction itself is exclusive from its start. The
    keys are left free: a move on another claim may tell this one of its basis, and
    would wait for it while holding the log.
    """
    if isinstance(subject, Assessment):
        claim = _locked(Claim, subject.claim_id)
        row = _locked(Assessment, subject.pk)
        row.claim = claim
        return row
    row = _locked(type(subject), subject.pk)
    if isinstance(row, Article):
        list(row.claims.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return row


def _locked(model: Any, pk: Any) -> Any:
    return model.objects.select_for_update(no_key=True).get(pk=pk)


def _save(step: Step) -> None:
    row = step.subject
    if step.move.target is not None:
        row.state = step.move.target
    row.version += 1
    row._history_user = step.actor
    row.save()


def _append_event(step: Step, old_state: str, details: dict[str, Any]) -> None:
    row, kind = step.subject, subject_type(step.subject)
    states = {"from": old_state, "to": state_of(row)} if old_state else {}
    if isinstance(row, Assessment):
        kind, row = "claim", row.claim
        details = {**details, "assessment": step.subject.public_id}
    append_event(
        _VERBS[step.move.name],
        kind,
        row.public_id,
        Actor.of(step.actor),
        step.at,
        {**states, **details},
    )
