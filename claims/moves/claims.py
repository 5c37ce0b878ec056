"""Moves of claims: hold back, re-check, retract, take down, discard, take up again."""

from typing import Any

from django.utils.translation import gettext as _

from claims.models.claims import Claim
from claims.models.record import PublishedClaim
from claims.models.releases import Release
from claims.publishing import releases
from claims.workflow.words import AssessmentState, ClaimState, ReleaseAct

from .errors import MoveRefusedError
from .steps import Step


def hold_back(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    if _is_public(claim):
        raise MoveRefusedError(
            _("This claim is listed already; it cannot be held back.")
        )
    if claim.is_held_back:
        raise MoveRefusedError(_("This claim is held back already."))
    claim.is_held_back = True
    return {}


def stop_holding(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    if not claim.is_held_back:
        raise MoveRefusedError(_("This claim is not held back."))
    claim.is_held_back = False
    return {}


def recheck(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    if claim.published_assessment is None:
        raise MoveRefusedError(_("Only a published claim can be put under re-check."))
    if claim.rechecking_since is not None:
        raise MoveRefusedError(_("This claim is under re-check already."))
    claim.rechecking_since = step.at
    releases.mark_recheck(claim, ReleaseAct.RECHECKING, step.reason, step.signature)
    return {}


def end_recheck(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    if claim.rechecking_since is None:
        raise MoveRefusedError(_("This claim is not under re-check."))
    if claim.open_assessment is not None:
        raise MoveRefusedError(
            _("Publish or discard the open assessment: that ends the re-check.")
        )
    claim.rechecking_since = None
    releases.mark_recheck(claim, ReleaseAct.RECHECK_ENDED, step.reason, step.signature)
    return {}


def retract(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    _refuse_unless_public(claim)
    _end_assessments(claim, step)
    claim.state = ClaimState.RETRACTED
    claim.rechecking_since = None
    claim.status_id = "unverified"
    releases.retract(claim, step.reason, step.signature)
    return {}


def take_down(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    if not Release.objects.of("claim", claim.public_id).exists():
        raise MoveRefusedError(
            _("Nothing of this claim is public. Discard it instead.")
        )
    _end_assessments(claim, step)
    claim.state = ClaimState.TAKEN_DOWN
    claim.rechecking_since = None
    claim.status_id = "unverified"
    releases.take_down(claim, step.signature)
    return {}


def discard(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    if Release.objects.of("claim", claim.public_id).exists():
        raise MoveRefusedError(_("Readers know this claim. Retract it instead."))
    _end_assessments(claim, step)
    claim.state = ClaimState.DISCARDED
    return {}


def restore(step: Step) -> dict[str, Any]:
    return {}


def _is_public(claim: Claim) -> bool:
    return PublishedClaim.objects.listed().filter(pk=claim.public_id).exists()


def _refuse_unless_public(claim: Claim) -> None:
    if not _is_public(claim):
        raise MoveRefusedError(
            _("Nothing of this claim is public. Discard it instead.")
        )


def _end_assessments(claim: Claim, step: Step) -> None:
    open_assessment = claim.open_assessment
    if open_assessment is not None:
        open_assessment.state = AssessmentState.DISCARDED
        open_assessment.ended_at = step.at
        open_assessment.version += 1
        open_assessment.save()
    published = claim.published_assessment
    if published is not None:
        published.state = AssessmentState.WITHDRAWN
        published.withdrawal_reason = step.reason
        published.ended_at = step.at
        published.version += 1
        published.save()
