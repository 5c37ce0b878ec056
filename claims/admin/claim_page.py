"""What the claim page shows beside its form: moves, assessments, evidence, events."""

from dataclasses import dataclass
from typing import Any

from claims.models import Assessment, Claim, Event

from .claim_parts import CITATIONS_IN_PLACE
from .log import act_in_words
from .moves import Offer, offers

EVENTS_SHOWN = 12
CITATIONS_LISTED = 1000


@dataclass(frozen=True)
class AssessmentRow:
    """One assessment of the claim, with the moves this user may make with it."""

    assessment: Assessment
    offers: list[Offer]


@dataclass(frozen=True)
class EventRow:
    """One event of the claim, its act in words."""

    event: Event
    act: str


def panels_of(claim_id: int, user: Any) -> dict[str, Any]:
    """Return the context of the claim page, read afresh."""
    claim = Claim.objects.select_related("status").get(pk=claim_id)
    assessments = claim.assessments.select_related(
        "status", "author", "signer", "claim"
    )
    rows = [
        AssessmentRow(assessment, offers(assessment, user))
        for assessment in assessments.order_by("-number")
    ]
    citations = claim.citations.select_related("document").order_by("-pk")
    total = citations.count()
    events = Event.objects.of("claim", claim.public_id).order_by("-sequence")
    return {
        "claim": claim,
        "offers": offers(claim, user),
        "assessment_rows": rows,
        "may_assess": user.has_perm("claims.add_assessment")
        and claim.open_assessment is None
        and claim.state == "working",
        "citation_total": total,
        "older_citations": citations[CITATIONS_IN_PLACE:CITATIONS_LISTED]
        if total > CITATIONS_IN_PLACE
        else [],
        "events": [
            EventRow(event, act_in_words(event.verb)) for event in events[:EVENTS_SHOWN]
        ],
    }
