"""The claims an editor ticks when releasing an article, with the status each gets."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from claims.models import Article, Claim, VerificationStatus
from claims.moves import ReleaseDetails
from claims.moves.articles import listable
from claims.permissions import SHOWN_VERBS, four_eyes_refusals
from claims.workflow.words import LISTING_STATUSES


@dataclass(frozen=True)
class Choice:
    """One claim on the sheet: whether it is ticked, or why it cannot be."""

    claim: Claim
    is_ticked: bool
    status: str
    hint: str


@dataclass(frozen=True)
class Listing:
    """Everything the sheet of a release shows."""

    choices: list[Choice]
    statuses: list[VerificationStatus]


def choices_of(article: Article, user: Any, posted: QueryDict) -> Listing:
    """Return the claims that may be listed, as posted if the sheet comes back."""
    ticked = set(posted.getlist("list"))
    rows = listable(article).select_related("source", "status").order_by("public_id")
    claims = list(rows)
    hints = four_eyes_refusals(user, claims, since=SHOWN_VERBS)
    choices = [
        Choice(
            claim=claim,
            is_ticked=claim.public_id in ticked,
            status=posted.get(f"status_{claim.public_id}", claim.status_id),
            hint=hints[claim.public_id],
        )
        for claim in claims
    ]
    statuses = VerificationStatus.objects.filter(slug__in=LISTING_STATUSES)
    return Listing(choices, list(statuses))


def details_from(posted: QueryDict) -> ReleaseDetails:
    """Return the claims ticked on the sheet, each with its status."""
    return ReleaseDetails(
        tuple(
            (public_id, posted.get(f"status_{public_id}", LISTING_STATUSES[0]))
            for public_id in posted.getlist("list")
            if "\0" not in public_id
        )
    )
