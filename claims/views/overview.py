"""The front page: what this is, where the checking stands, what is new."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.models.record import PublishedArticle, PublishedClaim, PublishedNotice
from claims.reading.status_words import (
    Statuses,
    StatusWords,
    newest_methodology,
    notice_row,
    status_words,
    statuses_of,
)
from claims.workflow.words import LISTING_STATUSES, ArticleState

from .counts import tallies_of
from .lists import claim_items
from .public import public, public_page

LATEST_DECISIONS = 7
LATEST_ARTICLES = 3
LATEST_CORRECTIONS = 3


@public
def overview(request: HttpRequest) -> HttpResponse:
    statuses = statuses_of(newest_methodology())
    decisions = list(_latest_decisions())
    articles = list(_articles_in_progress())
    notices = list(_latest_notices())
    shown: list[Any] = [*decisions, *articles, *notices]
    context = {
        **_chart(statuses),
        "four_eyes": settings.TRACKER_FOUR_EYES,
        "decisions": claim_items(decisions, statuses),
        "articles": articles,
        "corrections": [(row.claim, notice_row(row, statuses)) for row in notices],
    }
    return public_page(
        request,
        "claims/overview.html",
        context,
        canonical=reverse("overview"),
        is_demo=any(row.is_demo for row in shown),
    )


def _chart(statuses: Statuses) -> dict[str, Any]:
    """Return the claims by status, the decided ones apart from the open ones.

    Open claims are many at first; beside them no bar of a finding could be seen.
    """
    counts = _counts(statuses)
    decided = [row for row in counts if row[0].slug not in LISTING_STATUSES]
    return {
        "counts": counts,
        "decided": decided,
        "open_counts": [row for row in counts if row not in decided],
        "largest": max((number for _status, number in decided), default=0),
        "decided_total": sum(number for _status, number in decided),
        "total": sum(number for _status, number in counts),
    }


def _counts(statuses: Statuses) -> list[tuple[StatusWords, int]]:
    """Return each status with its number of claims, in printed order.

    A status that the newest methodology has dropped comes last, under its bare name.
    """
    numbers = tallies_of("status")
    printed = {**statuses, **{slug: status_words(statuses, slug) for slug in numbers}}
    return [(status, numbers.get(slug, 0)) for slug, status in printed.items()]


def _latest_decisions() -> Any:
    rows = (
        PublishedClaim.objects.listed()
        .filter(is_decided__in=[True])
        .defer("content", "quotations")
    )
    return rows.order_by("-decided_at", "public_id")[:LATEST_DECISIONS]


def _articles_in_progress() -> Any:
    rows = PublishedArticle.objects.filter(state=ArticleState.RELEASED)
    return rows.defer("content").order_by("-released_at", "public_id")[:LATEST_ARTICLES]


def _latest_notices() -> Any:
    rows = PublishedNotice.objects.select_related("claim").defer(
        "claim__content", "claim__quotations"
    )
    return rows.order_by("-at", "-release_sequence")[:LATEST_CORRECTIONS]
