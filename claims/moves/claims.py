"""Moves of claims: hold back, re-check, retract, take down, discard, take up again."""

from typing import Any

from claims.models.claims import Claim
from claims.publishing import releases
from claims.workflow.words import AssessmentState, ClaimState, ReleaseAct

from . import bases
from .reviews import set_next_look
from .steps import Step


def hold_back(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    claim.is_held_back = True
    return {}


def stop_holding(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    claim.is_held_back = False
    return {}


def recheck(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    claim.rechecking_since = step.at
    bases.tell_of(claim, "rechecking", step.at)
    releases.mark_recheck(claim, ReleaseAct.RECHECKING, step.reason, step.signature)
    return {}


def end_recheck(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    claim.rechecking_since = None
    set_next_look(claim, step)
    bases.tell_of(claim, "recheck_ended", step.at)
    releases.mark_recheck(claim, ReleaseAct.RECHECK_ENDED, step.reason, step.signature)
    return {}


def retract(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    _end_assessments(claim, step)
    claim.state = ClaimState.RETRACTED
    claim.rechecking_since = None
    claim.status_id = "unverified"
    bases.tell_of(claim, "retracted", step.at)
    releases.retract(claim, step.reason, step.signature)
    return {}


def take_down(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    _end_assessments(claim, step)
    claim.state = ClaimState.TAKEN_DOWN
    claim.rechecking_since = None
    claim.status_id = "unverified"
    bases.tell_of(claim, "taken_down", step.at)
    releases.take_down(claim, step.signature)
    return {}


def discard(step: Step) -> dict[str, Any]:
    claim: Claim = step.subject
    _end_assessments(claim, step)
    claim.state = ClaimState.DISCARDED
    bases.tell_of(claim, "discarded", step.at)
    return {}


def restore(step: Step) -> dict[str, Any]:
    bases.tell_of(step.subject, "restored", step.at)
    return {}


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
