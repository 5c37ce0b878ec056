"""Articles: the list with progress, and each text with its claims marked."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from claims.models.record import PublishedArticle
from claims.reading.article_page import (
    ArticleText,
    TextBlock,
    article_text,
    dimmed,
    placed_claims,
    status_counts,
)
from claims.reading.excerpts import excerpts
from claims.reading.names import NamedDocument
from claims.reading.status_words import newest_methodology, statuses_of
from claims.workflow.words import BlockRole, Display

from .filters import ArticleFilter
from .kept import takes
from .lists import LIST_PARAMETERS, list_context, list_page
from .public import public, public_page
from .tables import ArticleTable


@public
@takes(*ArticleFilter.base_filters, *LIST_PARAMETERS)
def article_list(request: HttpRequest) -> HttpResponse:
    rows = PublishedArticle.objects.defer("content")
    context = list_context(
        request, ArticleFilter(request.GET, queryset=rows), ArticleTable
    )
    return list_page(request, "article_list", context)


@public
@takes("status")
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    rows = PublishedArticle.objects.select_related("document")
    article = get_object_or_404(rows, slug=slug)
    return public_page(
        request,
        "claims/article_detail.html",
        _page(article, request.GET.get("status", "")),
        canonical=article.get_absolute_url(),
        is_demo=article.is_demo,
    )


def _page(article: PublishedArticle, status: str) -> dict[str, Any]:
    """Return what the page shows; ``status``: the only one the reader asked for."""
    statuses = statuses_of(newest_methodology())
    placed = placed_claims(article, statuses)
    counts = status_counts(placed, statuses, status)
    chosen = next((count for count in counts if count.is_chosen), None)
    placed = dimmed(placed, status if chosen else "")
    copy = article.content["copy"] or {}
    is_full = article.content["display"] == Display.FULL and bool(copy.get("text"))
    text = article_text(copy, placed) if is_full else ArticleText(apart=placed)
    headline = _headline(article.title, text.blocks)
    return {
        "article": article,
        "document": _document(article),
        "is_full": is_full,
        "is_retold": copy.get("provenance") == "retold",
        "total": len(placed),
        "counts": counts,
        "chosen": chosen,
        "headline": headline,
        "blocks": text.blocks[1:] if headline else text.blocks,
        "is_marked": text.is_marked,
        "apart": excerpts(article, text.apart),
    }


def _headline(title: str, blocks: list[TextBlock]) -> TextBlock | None:
    """Return the first block if it says what the page's own heading would repeat."""
    if not blocks or blocks[0].role != BlockRole.HEADLINE:
        return None
    return blocks[0] if blocks[0].text.strip() == title.strip() else None


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
