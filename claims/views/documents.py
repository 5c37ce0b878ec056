"""Documents: where each is used, what became of its link, how to cite it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims.formats.citation_text import citation_text
from claims.models.documents import Contribution
from claims.models.record import (
    PublishedArticle,
    PublishedClaimDocument,
    PublishedDocument,
    PublishedSource,
)
from claims.publishing.content import day
from claims.reading.edtf_words import edtf_in_words
from claims.reading.names import NamedDocument
from claims.reading.status_words import (
    Statuses,
    newest_methodology,
    statuses_of,
)
from claims.reading.wording import set_apart
from claims.workflow.words import Provenance

from .filters import DocumentFilter
from .kept import takes
from .lists import (
    LIST_PARAMETERS,
    ROWS_PER_PAGE,
    ClaimItem,
    claim_items,
    list_context,
    list_page,
)
from .public import public, public_page
from .tables import DocumentTable


@public
@takes(*DocumentFilter.base_filters, *LIST_PARAMETERS)
def document_list(request: HttpRequest) -> HttpResponse:
    rows = PublishedDocument.objects.all()
    context = list_context(
        request, DocumentFilter(request.GET, queryset=rows), DocumentTable
    )
    return list_page(request, "document_list", context)


@public
def document_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    rows = PublishedDocument.objects.select_related("publisher")
    row = get_object_or_404(rows, pk=public_id)
    statuses = statuses_of(newest_methodology())
    contributions = _contributions(row)
    context = {
        "row": row,
        "shown_at_most": ROWS_PER_PAGE,
        "document": _named(row),
        "contributions": contributions,
        "copies": [_copy(copy) for copy in row.content["copies"]],
        "uses": _uses(row, statuses),
        "article": PublishedArticle.objects.filter(document=row).only("slug").first(),
        "makes_known": _makes_known(row),
        "cite": _cite(row, contributions),
    }
    return public_page(
        request,
        "claims/document_detail.html",
        context,
        canonical=row.get_absolute_url(),
        is_demo=row.is_demo,
    )


def _named(row: PublishedDocument) -> NamedDocument:
    return NamedDocument(
        title=row.title,
        kind=row.kind,
        publisher=row.publisher_name,
        content=row.content,
        link_state=row.link_state,
        link_checked_at=row.link_checked_at,
    )


def _uses(row: PublishedDocument, statuses: Statuses) -> list[ClaimItem]:
    links = PublishedClaimDocument.objects.filter(document=row).select_related("claim")
    newest = links.defer("claim__content", "claim__quotations").order_by(
        "-sequence", "id"
    )
    claims: dict[str, Any] = {}
    notes: dict[str, list[str]] = {}
    for link in newest[:ROWS_PER_PAGE]:
        claims[link.claim_id] = link.claim
        notes.setdefault(link.claim_id, []).append(_STANCE[link.stance]())
    return claim_items(claims.values(), statuses, notes)


#: What a claim uses the document for.
_STANCE: dict[str, Callable[[], str]] = {
    "": lambda: _("The chain of those who said it rests on this document."),
    "is_the_statement": lambda: _("This document is the statement itself."),
    "repeats_it": lambda: _("This document repeats the statement."),
    "differs": lambda: _("This document words the statement otherwise."),
    "supports": lambda: _("This document supports the claim."),
    "supports_in_part": lambda: _("This document supports part of the claim."),
    "contradicts": lambda: _("This document contradicts the claim."),
    "context": lambda: _("This document gives context."),
}


def _contributions(row: PublishedDocument) -> list[dict[str, Any]]:
    listed = row.content["contributions"]
    named = PublishedSource.objects.filter(pk__in=[part["source"] for part in listed])
    sources = {source.pk: source for source in named.only("name", "slug")}
    return [
        {
            "source": sources[part["source"]],
            "role": part["role"],
            "role_label": Contribution.Role(part["role"]).label,
        }
        for part in listed
        if part["source"] in sources
    ]


def _makes_known(row: PublishedDocument) -> PublishedDocument | None:
    known_from = row.content["known_only_from"]
    rows = PublishedDocument.objects.filter(pk=known_from).only("title")
    return rows.first() if known_from else None


def _copy(copy: dict[str, Any]) -> dict[str, Any]:
    return {
        **copy,
        "retrieved_on": day(copy["retrieved_at"][:10]),
        "sealed_on": day((copy["sealed_at"] or "")[:10]),
        "provenance_label": Provenance(copy["provenance"]).label,
    }


def _cite(row: PublishedDocument, contributions: list[dict[str, Any]]) -> str:
    authors = [
        part["source"].name for part in contributions if part["role"] == "author"
    ]
    return citation_text(
        authors=authors,
        title=row.title,
        publisher=row.publisher_name,
        date=set_apart(edtf_in_words(row.content["published_edtf"])),
        url=row.content["url"],
    )
