"""The front page: what this is, where the checking stands, what is new."""

from typing import Any

from django.db.models import Count
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
from claims.workflow.words import ArticleState

from .public import public, public_page

LATEST = 6


@public
def overview(request: HttpRequest) -> HttpResponse:
    statuses = statuses_of(newest_methodology())
    decisions = list(_latest_decisions())
    articles = list(_articles_in_progress())
    notices = list(_latest_notices())
    shown: list[Any] = [*decisions, *articles, *notices]
    counts = _counts(statuses)
    context = {
        "counts": counts,
        "largest": max((number for _status, number in counts), default=0),
        "decisions": [(row, status_words(statuses, row.status)) for row in decisions],
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


def _counts(statuses: Statuses) -> list[tuple[StatusWords, int]]:
    """Return each status with its number of claims, in printed order."""
    rows = PublishedClaim.objects.listed().order_by().values_list("status")
    numbers = dict(rows.annotate(number=Count("*")))
    return [(status, numbers.get(slug, 0)) for slug, status in statuses.items()]


def _latest_decisions() -> Any:
    rows = (
        PublishedClaim.objects.listed().filter(is_decided__in=[True]).defer("content")
    )
    return rows.order_by("-decided_at", "public_id")[:LATEST]


def _articles_in_progress() -> Any:
    rows = PublishedArticle.objects.filter(state=ArticleState.RELEASED)
    return rows.defer("content").order_by("-released_at", "public_id")[:LATEST]


def _latest_notices() -> Any:
    rows = PublishedNotice.objects.select_related("claim").defer("claim__content")
    return rows.order_by("-at", "-release_sequence")[:LATEST]
