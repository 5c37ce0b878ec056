"""Moves of assessments: submit, return, sign off, publish, withdraw, discard."""

from typing import Any

from django.utils.translation import gettext as _

from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.events import digest_of
from claims.publishing import content as contents
from claims.publishing import releases
from claims.workflow.words import AssessmentState

from . import bases
from .edits import mark_changed, record_sealing
from .errors import MoveRefusedError
from .reviews import FIELDS as REVIEW_FIELDS
from .reviews import set_next_look
from .steps import Step


def submit(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    assessment.submitted_at = step.at
    assessment.return_reason = ""
    return {}


def give_back(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    assessment.return_reason = step.reason
    _unsign(assessment)
    return {}


def sign_off(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    content = contents.claim_content(assessment.claim, assessment)
    assessment.signed_content, assessment.digest = contents.sealed(content)
    assessment.signer, assessment.signed_at = step.actor, step.at
    assessment.signed_alone = step.actor.pk == assessment.author_id
    return {"digest": assessment.digest}


def publish(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    claim = assessment.claim
    # Readers get the signed text itself, so it must be what its digest says.
    if {assessment.digest, digest_of(assessment.signed_content)} != {step.digest}:
        raise MoveRefusedError(
            _("The content is not what was signed. Return it and have it signed anew.")
        )
    bases.tell_of_publication(claim, assessment, step.at)
    superseded = _supersede(claim, step)
    # Written before the release, so that the record and the desk agree in one step.
    claim.status_id = assessment.status_id
    claim.rechecking_since = None
    set_next_look(claim, step)
    claim.version += 1
    claim.save(update_fields=["status", "rechecking_since", *REVIEW_FIELDS, "version"])
    sealed = releases.publish_assessment(assessment, step.signature)
    record_sealing(sealed, step.actor, step.at)
    mark_changed(claim)
    assessment.published_at = step.at
    return {"digest": assessment.digest, "superseded": superseded}


def withdraw(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    claim = assessment.claim
    assessment.withdrawal_reason, assessment.ended_at = step.reason, step.at
    claim.status_id = "unverified"
    claim.rechecking_since = None
    claim.version += 1
    claim.save(update_fields=["status", "rechecking_since", "version"])
    bases.tell_of(claim, "withdrawn", step.at)
    releases.withdraw(assessment, step.reason, step.signature)
    mark_changed(claim)
    return {"digest": assessment.digest}


def discard(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    assessment.ended_at = step.at
    _end_recheck(assessment.claim, step)
    return {}


def _unsign(assessment: Assessment) -> None:
    assessment.signer = assessment.signed_at = None
    assessment.signed_content = assessment.digest = ""
    assessment.signed_alone = False


def _supersede(claim: Claim, step: Step) -> str | None:
    earlier = claim.published_assessment
    if earlier is None:
        return None
    earlier.state = AssessmentState.SUPERSEDED
    earlier.ended_at = step.at
    earlier.version += 1
    earlier.save()
    return str(earlier.public_id)


def _end_recheck(claim: Claim, step: Step) -> None:
    if claim.rechecking_since is None:
        return
    claim.rechecking_since = None
    set_next_look(claim, step)
    claim.version += 1
    claim.save(update_fields=["rechecking_since", *REVIEW_FIELDS, "version"])
    bases.tell_of(claim, "recheck_ended", step.at)
    releases.mark_recheck(claim, "recheck_ended", "", step.signature)
