"""Moves of assessments: submit, return, sign off, publish, withdraw, discard."""

from typing import Any

from django.utils.translation import gettext as _

from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.events import digest_of
from claims.permissions import four_eyes_refusal
from claims.publishing import content as contents
from claims.publishing import releases
from claims.workflow.completeness import (
    SubmissionFacts,
    TruthCitation,
    missing_for_submission,
)
from claims.workflow.words import (
    SHOWN_STATES,
    AssessmentState,
    ClaimState,
    Question,
)

from .edits import mark_changed
from .errors import MoveForbiddenError, MoveRefusedError
from .steps import Step


def submit(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    missing = missing_for_submission(submission_facts(assessment))
    if missing:
        raise MoveRefusedError(missing)
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
    _refuse_own(step)
    missing = missing_for_submission(submission_facts(assessment))
    if missing:
        raise MoveRefusedError(missing)
    content = contents.claim_content(assessment.claim, assessment)
    assessment.signed_content, assessment.digest = contents.sealed(content)
    assessment.signer, assessment.signed_at = step.actor, step.at
    assessment.signed_alone = step.actor.pk == assessment.author_id
    return {"digest": assessment.digest}


def publish(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    claim = assessment.claim
    _refuse_own(step)
    if claim.state != ClaimState.WORKING:
        raise MoveRefusedError(_("This claim is no longer worked on."))
    if not claim.article.is_released:
        raise MoveRefusedError(
            _("Release the article “%(article)s” first: its claims follow it.")
            % {"article": claim.article}
        )
    # Readers get the signed text itself, so it must be what its digest says.
    if {assessment.digest, digest_of(assessment.signed_content)} != {step.digest}:
        raise MoveRefusedError(
            _("The content is not what was signed. Return it and have it signed anew.")
        )
    superseded = _supersede(claim, step)
    # Written before the release, so that the record and the desk agree in one step.
    claim.status_id = assessment.status_id
    claim.rechecking_since = None
    claim.version += 1
    claim.save(update_fields=["status", "rechecking_since", "version"])
    releases.publish_assessment(assessment, step.signature)
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
    releases.withdraw(assessment, step.reason, step.signature)
    mark_changed(claim)
    return {"digest": assessment.digest}


def discard(step: Step) -> dict[str, Any]:
    assessment: Assessment = step.subject
    assessment.ended_at = step.at
    _end_recheck(assessment.claim, step)
    return {}


def _refuse_own(step: Step) -> None:
    refusal = four_eyes_refusal(step.actor, step.subject.claim, step.subject.author_id)
    if refusal:
        raise MoveForbiddenError(refusal)


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
    claim.version += 1
    claim.save(update_fields=["rechecking_since", "version"])
    releases.mark_recheck(claim, "recheck_ended", "", step.signature)


def submission_facts(assessment: Assessment) -> SubmissionFacts:
    """Gather what completeness is judged by."""
    claim = assessment.claim
    citations = list(claim.citations.select_related("document"))
    searches = list(claim.searches.all())
    truth = [row for row in citations if row.question == Question.TRUTH]
    resting_on = chain_documents(claim)
    return SubmissionFacts(
        status=assessment.status_id,
        is_final=assessment.status.is_final,
        kind=claim.kind,
        summary=assessment.summary,
        rationale=assessment.rationale,
        as_of=assessment.as_of is not None,
        has_methodology=assessment.methodology_id is not None,
        checks=(
            claim.attribution_check,
            *(link.attribution_check for link in claim.chain.all()),
        ),
        attribution_reason=assessment.attribution_reason,
        truth=tuple(
            TruthCitation(row.stance, row.document_id in resting_on) for row in truth
        ),
        independence_reason=assessment.independence_reason,
        truth_searches=sum(row.question == Question.TRUTH for row in searches),
        attribution_searches=sum(
            row.question == Question.ATTRIBUTION for row in searches
        ),
        part_that_holds=assessment.part_that_holds,
        part_that_fails=assessment.part_that_fails,
        is_correction=claim.assessments.filter(state__in=SHOWN_STATES).exists(),
        correction_kind=assessment.correction_kind,
        notice=assessment.notice,
        citation_gaps=tuple(_citation_gaps(citations)),
    )


def _citation_gaps(citations: list[Any]) -> list[str]:
    return [
        _("Citation %(position)s (%(document)s) lacks: %(facts)s.")
        % {
            "position": citation.position,
            "document": citation.document,
            "facts": ", ".join(missing),
        }
        for citation in citations
        if (missing := citation.missing_facts())
    ]


def chain_documents(claim: Claim) -> set[int]:
    """Return the primary keys of the documents the claim's own chain rests on."""
    links = list(claim.chain.select_related("source"))
    sources = [claim.source, *(link.source for link in links)]
    attributing = claim.citations.filter(question=Question.ATTRIBUTION)
    resting_on = {
        claim.article.document_id,
        *(source.document_id for source in sources if source is not None),
        *(link.document_id for link in links),
        *attributing.values_list("document_id", flat=True),
    }
    return {pk for pk in resting_on if pk is not None}
