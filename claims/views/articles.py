"""Articles: the list with progress, and each text with its claims marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
)
from claims.reading.names import NamedDocument
from claims.reading.status_words import (
    Statuses,
    StatusWords,
    newest_methodology,
    status_words,
    statuses_of,
)
from claims.workflow.words import BlockRole, Display

from .filters import ArticleFilter
from .lists import list_context, list_page
from .public import public, public_page
from .tables import ArticleTable

MAX_CONTEXT_CHARACTERS = 300


@public
def article_list(request: HttpRequest) -> HttpResponse:
    rows = PublishedArticle.objects.defer("content")
    context = list_context(
        request, ArticleFilter(request.GET, queryset=rows), ArticleTable
    )
    return list_page(request, "article_list", context)


@public
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = PublishedArticle.objects.select_related("document")
    article = get_object_or_404(rows, slug=slug)
    statuses = statuses_of(newest_methodology())
    placed = _placed_claims(article, statuses)
    copy = article.content["copy"] or {"id": "", "text": "", "blocks": []}
    is_full = article.content["display"] == Display.FULL and bool(copy["text"])
    in_text = [row for row in placed if is_full and row.stored_copy == copy["id"]]
    apart = [row for row in placed if row not in in_text]
    context = {
        "article": article,
        "document": _document(article),
        "is_full": is_full,
        "copy": copy,
        "in_text": in_text,
        "apart": _with_context(article, apart),
        "is_retold": copy.get("provenance") == "retold",
    }
    return public_page(
        request,
        "claims/article_detail.html",
        context,
        canonical=article.get_absolute_url(),
        is_demo=article.is_demo,
    )


@dataclass(frozen=True)
class PlacedClaim:
    """A claim at its place in an article; ``end`` 0 when it has no passage."""

    public_id: str
    number: int
    text: str
    url: str
    status: StatusWords
    stored_copy: str
    start: int
    end: int
    placement_label: str
    wording: str = ""
    prefix: str = ""
    suffix: str = ""


def _placed_claims(article: PublishedArticle, statuses: Statuses) -> list[PlacedClaim]:
    """Return each claim once, at its first place in this article, in text order."""
    links = PublishedClaimArticle.objects.filter(article=article, claim__is_listed=True)
    rows = links.order_by("start", "end", "claim").values_list(
        "claim",
        "claim__text",
        "claim__status",
        "stored_copy",
        "start",
        "end",
        "placement",
    )
    first = {row[0]: row for row in reversed(rows)}
    address = reverse("claim_detail", args=["-"])
    return [
        PlacedClaim(
            public_id=public_id,
            number=number,
            text=text,
            url=address.replace("-", public_id),
            status=status_words(statuses, status),
            stored_copy=stored_copy,
            start=start,
            end=end,
            placement_label=str(BlockRole(placement).label) if placement else "",
        )
        for number, (
            public_id,
            text,
            status,
            stored_copy,
            start,
            end,
            placement,
        ) in enumerate(
            sorted(first.values(), key=lambda row: (row[4], row[5], row[0])), 1
        )
    ]


def _with_context(
    article: PublishedArticle, placed: Iterable[PlacedClaim]
) -> list[PlacedClaim]:
    """Add wording and context, at most 300 characters, to claims shown apart."""
    by_id = {row.public_id: row for row in placed}
    if not by_id:
        return []
    contents = PublishedClaim.objects.filter(pk__in=by_id).values_list("pk", "content")
    found = {pk: _appearance(content, article.pk) for pk, content in contents}
    return [_excerpt(row, found.get(key) or {}) for key, row in by_id.items()]


def _appearance(content: dict[str, Any], article_id: str) -> dict[str, Any]:
    here = [
        row for row in content["claim"]["appearances"] if row["article"] == article_id
    ]
    return min(here, key=lambda row: (row["passage"] or {}).get("start", 0), default={})


def _excerpt(row: PlacedClaim, appearance: dict[str, Any]) -> PlacedClaim:
    passage = appearance.get("passage") or {}
    room = max(0, MAX_CONTEXT_CHARACTERS // 2)
    return PlacedClaim(
        **{
            **vars(row),
            "wording": appearance.get("wording", ""),
            "prefix": passage.get("prefix", "")[-room:],
            "suffix": passage.get("suffix", "")[:room],
        }
    )


def _document(article: PublishedArticle) -> NamedDocument:
    row = article.document
    return NamedDocument(
        title=row.title,
        url=row.get_absolute_url(),
        kind=row.kind,
        publisher=row.publisher_name,
        content=row.content,
        link_state=row.link_state,
        link_checked_at=row.link_checked_at,
    )
