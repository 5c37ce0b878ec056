"""A person decides where a passage stands in a newer stored copy, or that it is gone."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Anchoring, Appearance, Claim, Passage, Release
from claims.models.events import Actor, append_event
from claims.models.releases import SubjectType
from claims.workflow.desk_words import AnchoringState
from claims.workflow.words import SIGNED_STATES, ClaimState

from .edits import record_edit
from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError
from .news import tell_of_place

#: Both: a decision is about the place, and may change the claim.
DECIDING = ("claims.change_anchoring", "claims.change_claim")
#: What was thought to be gone may be found after all; nothing else is decided twice.
DECIDABLE = (AnchoringState.TO_DECIDE, AnchoringState.GONE)


def decide_anchor(
    anchoring: Anchoring,
    actor: Any,
    found: Passage | None,
    seen: str,
    at: datetime.datetime | None = None,
) -> Anchoring:
    """Decide where a passage stands in the newest copy; ``found=None``: it is gone.

    ``seen``: the state that the person was shown. On a claim with nothing signed and
    nothing public the appearance takes the place and its words, which is an edit by
    this person. On any other the signed words stay, and differing words are new
    information until somebody settles it. Raises ``MoveForbiddenError``,
    ``MoveRefusedError`` or ``StaleMoveError``.
    """
    if not actor.has_perms(DECIDING):
        raise MoveForbiddenError(_("You may not decide where passages stand."))
    at = at or timezone.now()
    with transaction.atomic():
        claim = Claim.objects.select_for_update(no_key=True).get(pk=anchoring.claim.pk)
        row: Anchoring = Anchoring.objects.select_for_update().get(pk=anchoring.pk)
        refuse_stale(row, claim, seen)
        _decide(row, found, actor, at)
        _follow_up(row, claim, actor, at)
        details = {
            "anchoring": row.public_id,
            "copy": row.stored_copy.public_id,
            "state": str(row.state),
        }
        append_event(
            "anchor_decided", "claim", claim.public_id, Actor.of(actor), at, details
        )
    return row


def refuse_stale(row: Anchoring, claim: Claim, seen: str) -> None:
    """Refuse a decision on what is no longer as the person was shown it."""
    if row.state != seen or row.state not in DECIDABLE:
        raise StaleMoveError(
            _("%(name)s decided this meanwhile: %(state)s. Nothing was changed.")
            % {
                "name": row.decided_by or _("The tracker"),
                "state": row.get_state_display(),
            }
        )
    same = Anchoring.objects.filter(pk=row.pk)
    if not same.in_newest().not_marked_anew().exists():
        raise StaleMoveError(
            _("The document has a newer copy, or the passage was marked anew.")
        )
    if claim.state != ClaimState.WORKING:
        raise MoveRefusedError(
            _("The claim is %(state)s.") % {"state": claim.get_state_display()}
        )


def _decide(
    row: Anchoring, found: Passage | None, actor: Any, at: datetime.datetime
) -> None:
    if found is not None and found.stored_copy_id != row.stored_copy_id:
        raise MoveRefusedError(_("That passage lies in another copy."))
    row.state = AnchoringState.CONFIRMED if found else AnchoringState.GONE
    row.found = found
    row.words_changed = found is not None and found.exact != row.base.exact
    row.decided_by, row.decided_at = actor, at
    row.save()


def _follow_up(row: Anchoring, claim: Claim, actor: Any, at: datetime.datetime) -> None:
    """Carry the decision to the claim, or tell of it where the claim is fixed."""
    if is_free(claim):
        if row.appearance and row.found:
            _take_place(row.appearance, row.found, claim, actor, at)
    elif is_signed(claim) and (row.found is None or row.reads_otherwise):
        tell_of_place(row, at)


def is_signed(claim: Claim) -> bool:
    return claim.assessments.filter(state__in=SIGNED_STATES).exists()


def is_free(claim: Claim) -> bool:
    """Whether nothing of a claim is signed, and nothing of it was ever released."""
    known = Release.objects.of(SubjectType.CLAIM, claim.public_id).exists()
    return not known and not is_signed(claim)


def _take_place(
    appearance: Appearance,
    found: Passage,
    claim: Claim,
    actor: Any,
    at: datetime.datetime,
) -> None:
    """Let an appearance stand at its place in the newer copy, with the words there."""
    role = found.stored_copy.role_at(found.start) or appearance.placement
    fields = ["appearance.passage", "appearance.wording"]
    fields += ["appearance.placement"] * (role != appearance.placement)
    appearance.passage, appearance.wording = found, found.exact
    appearance.placement = role
    try:
        appearance.full_clean()
    except ValidationError as error:
        raise MoveRefusedError(error.messages) from error
    appearance.save()
    Claim.raise_version(claim.pk)
    record_edit(claim, actor, fields, at=at)
