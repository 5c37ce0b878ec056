"""What the claim page shows above its form: finding, evidence, moves, events."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import (
    Anchoring,
    Assessment,
    Citation,
    Claim,
    Document,
    Event,
    Inquiry,
    current_checks,
)
from claims.moves.news import SETTLING
from claims.reading.independence import independence_at_desk
from claims.workflow.words import OPEN_STATES, AssessmentState

from .checked_before import VIEWING as LOOKING_AT_PAIRS
from .checked_before import pairs_of
from .claim_parts import CITATIONS_IN_PLACE
from .log import act_in_words
from .moves import Offer, offers
from .origins import known_origins
from .quotation_rows import CheckRow, row_of
from .waits import age_in_words

EVENTS_SHOWN = 12
CITATIONS_LISTED = 1000
PARTS_SHOWN = 50


@dataclass(frozen=True)
class AssessmentRow:
    """One assessment of the claim, with the moves this user may make with it."""

    assessment: Assessment
    offers: list[Offer]


@dataclass(frozen=True)
class EvidenceRow:
    """One citation, with what comparing its quotation found."""

    citation: Citation
    compared: CheckRow | None


@dataclass(frozen=True)
class InquiryRow:
    """One inquiry; ``late`` says for how long its answer is overdue, if it is."""

    inquiry: Inquiry
    late: str


@dataclass(frozen=True)
class NewsGroup:
    """News of one queue that waits for a person; ``name`` is its place on the page."""

    name: str
    title: str
    rows: Any


@dataclass(frozen=True)
class EventRow:
    """One event of the claim, its act in words."""

    event: Event
    act: str


def panels_of(claim_id: int, user: Any) -> dict[str, Any]:
    """Return the context of the claim page, read afresh."""
    claim = Claim.objects.select_related("status", "source").get(pk=claim_id)
    rows = _assessment_rows(claim, user)
    claim_offers = offers(claim, user)
    events = Event.objects.of("claim", claim.public_id).order_by("-sequence")
    return {
        "claim": claim,
        "offers": claim_offers,
        "assessment_rows": rows,
        "current": _current(rows),
        "may_assess": user.has_perm("claims.add_assessment")
        and not any(row.assessment.state in OPEN_STATES for row in rows)
        and claim.state == "working",
        "may_cite": user.has_perm("claims.add_citation"),
        "chain": claim.chain.select_related("source").order_by("position")[
            :PARTS_SHOWN
        ],
        "news_groups": _news_groups(claim),
        "settled_news": claim.news.settled().select_related("settled_by", "basis")[
            :PARTS_SHOWN
        ],
        "may_settle": user.has_perm(SETTLING),
        "requests": _requests(claim, user),
        "pairs": pairs_of(claim) if user.has_perms(LOOKING_AT_PAIRS) else [],
        "may_see_pairs": user.has_perms(LOOKING_AT_PAIRS),
        "recheck": _recheck(claim_offers),
        "documents_to_search": _documents_to_search(claim),
        "bases": _with_status(claim.depends_on),
        "dependents": _with_status(claim.dependents),
        "events": [
            EventRow(event, act_in_words(event.verb)) for event in events[:EVENTS_SHOWN]
        ],
        **_evidence(claim),
    }


def _news_groups(claim: Claim) -> list[NewsGroup]:
    """Return what nobody settled yet, under a heading for each queue it stands in."""
    rows = claim.news.unsettled().select_related("basis__status")
    rows = rows.order_by("at", "public_id")
    groups = [
        NewsGroup("news", _("New information since sign-off"), rows.since_sign_off()),
        NewsGroup("basis", _("Its basis changed"), rows.of_bases()),
    ]
    shown = [replace(group, rows=group.rows[:PARTS_SHOWN]) for group in groups]
    return [group for group in shown if group.rows]


def _with_status(claims: Any) -> Any:
    return claims.select_related("status").order_by("public_id")[:PARTS_SHOWN]


def _requests(claim: Claim, user: Any) -> Any:
    """Return what readers report about the claim and nobody has settled."""
    if not user.has_perm("claims.view_correctionrequest"):
        return []
    return claim.requests.unsettled().order_by("due_on", "public_id")[:PARTS_SHOWN]


def _documents_to_search(claim: Claim) -> list[Document]:
    """Return the documents in whose newest copy passages of the claim are missing."""
    mine = Q(appearance__claim=claim) | Q(citation__claim=claim)
    waiting = Anchoring.objects.waiting().filter(mine)
    documents = waiting.values("stored_copy__document")
    return list(Document.objects.filter(pk__in=documents).order_by("title", "pk"))


def _recheck(claim_offers: list[Offer]) -> Offer | None:
    """Return the way to put the claim under re-check, where that is possible."""
    possible = [offer for offer in claim_offers if offer.move.name == "recheck"]
    return possible[0] if possible else None


def _assessment_rows(claim: Claim, user: Any) -> list[AssessmentRow]:
    assessments = claim.assessments.select_related(
        "status", "author", "signer", "claim"
    )
    return [
        AssessmentRow(assessment, offers(assessment, user))
        for assessment in assessments.order_by("-number")
    ]


def _current(rows: list[AssessmentRow]) -> AssessmentRow | None:
    """Return the assessment under way, else the published one."""
    for states in (OPEN_STATES, (AssessmentState.PUBLISHED,)):
        for row in rows:
            if row.assessment.state in states:
                return row
    return None


def _evidence(claim: Claim) -> dict[str, Any]:
    citations = claim.citations.select_related("document")
    newest = citations.order_by("-pk")
    total = citations.count()
    today = timezone.localdate()
    inquiries = claim.inquiries.order_by("asked_on", "public_id")[:PARTS_SHOWN]
    shown = list(citations.order_by("position", "public_id")[:CITATIONS_IN_PLACE])
    checks = current_checks(shown)
    return {
        "evidence": [
            EvidenceRow(row, row_of(row, checks.get(row.pk))) for row in shown
        ],
        "citation_total": total,
        "counted": independence_at_desk(claim),
        "known_origins": known_origins([claim.pk]),
        "older_citations": newest[CITATIONS_IN_PLACE:CITATIONS_LISTED]
        if total > CITATIONS_IN_PLACE
        else [],
        "searches": claim.searches.order_by("searched_on", "public_id")[:PARTS_SHOWN],
        "inquiries": [
            InquiryRow(inquiry, _late(inquiry, today)) for inquiry in inquiries
        ],
    }


def _late(inquiry: Inquiry, today: Any) -> str:
    is_late = inquiry.is_overdue(today)
    return age_in_words(inquiry.deadline_on, today) if is_late else ""
