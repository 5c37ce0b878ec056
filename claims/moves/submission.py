"""Gathers the facts by which the completeness of an assessment is judged."""

from typing import Any

from django.utils.translation import gettext as _

from claims.models.assessments import Assessment
from claims.models.requests import CorrectionRequest
from claims.workflow.completeness import SubmissionFacts, TruthCitation
from claims.workflow.words import SHOWN_STATES, Question


def submission_facts(assessment: Assessment) -> SubmissionFacts:
    """Gather what completeness is judged by."""
    claim = assessment.claim
    citations = list(claim.citations.select_related("document"))
    searches = list(claim.searches.all())
    truth = [row for row in citations if row.question == Question.TRUTH]
    resting_on = claim.chain_documents()
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
        asked_by=assessment.asked_by,
        is_name_permitted=is_name_permitted(assessment),
        citation_gaps=tuple(_citation_gaps(citations)),
    )


def is_name_permitted(assessment: Assessment) -> bool:
    """Whether who is named as having asked for the correction permits it, still."""
    name = assessment.asked_by
    return not name or CorrectionRequest.objects.permit(assessment.claim, name)


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
