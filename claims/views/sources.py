"""Sources: who says what, counted with denominators and never scored."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claims.models.record import (
    Listing,
    PublishedDocument,
    PublishedSource,
)
from claims.models.sources import SourceKind
from claims.reading.edtf_words import edtf_in_words
from claims.reading.status_words import (
    Statuses,
    newest_methodology,
    status_words,
    statuses_of,
)
from claims.workflow.words import LISTING_STATUSES

from .filters import SourceFilter
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
from .tables import SourceTable

#: Below this many decided claims a chart would say more than we know.
MIN_DECIDED_FOR_CHART = 10


@public
@takes(*SourceFilter.base_filters, *LIST_PARAMETERS)
def source_list(request: HttpRequest) -> HttpResponse:
    rows = PublishedSource.objects.all()
    if not request.GET.get("words"):  # else other names are shown
        rows = rows.defer("content")
    context = list_context(
        request, SourceFilter(request.GET, queryset=rows), SourceTable
    )
    return list_page(request, "source_list", context)


@public
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(PublishedSource, slug=slug)
    statuses = statuses_of(newest_methodology())
    context = {
        "source": source,
        "shown_at_most": ROWS_PER_PAGE,
        "chart_from": MIN_DECIDED_FOR_CHART,
        "kind_label": SourceKind(source.kind).label,
        "affiliations": _affiliations(source),
        "said": _claims(source, statuses, Listing.CLAIMS),
        "relayed": _claims(source, statuses, Listing.RELAYED),
        "relayed_decided": _relayed_decided(source),
        "documents": _documents(source),
        "decided": _decided(source, statuses),
    }
    return public_page(
        request,
        "claims/source_detail.html",
        context,
        canonical=source.get_absolute_url(),
        is_demo=source.is_demo,
    )


def _claims(
    source: PublishedSource, statuses: Statuses, listing: Listing
) -> list[ClaimItem]:
    links = source.claim_links.filter(listing=listing).select_related("claim")
    newest = links.order_by("-sequence", "claim_id").defer(
        "claim__content", "claim__quotations"
    )
    return claim_items((link.claim for link in newest[:ROWS_PER_PAGE]), statuses)


def _relayed_decided(source: PublishedSource) -> int:
    links = source.claim_links.filter(listing=Listing.RELAYED)
    decided = links.exclude(status__in=LISTING_STATUSES).order_by()
    return decided.count() if source.relayed_by else 0


def _decided(source: PublishedSource, statuses: Statuses) -> list[tuple[Any, int]]:
    """Return the decided claims said by a source, by status; [] when too few."""
    if source.said_by_decided < MIN_DECIDED_FOR_CHART:
        return []
    return [
        (status_words(statuses, slug), number)
        for slug, number in source.tallies.items()
        if slug not in LISTING_STATUSES
    ]


def _affiliations(source: PublishedSource) -> list[dict[str, Any]]:
    rows = source.content["affiliations"]
    named = PublishedSource.objects.filter(pk__in=[row["organisation"] for row in rows])
    organisations = {row.pk: row for row in named.only("name", "slug")} if rows else {}
    return [
        {
            "role": row["role"],
            "organisation": organisations.get(row["organisation"]),
            "period": _period(row["since"], row["until"]),
        }
        for row in rows
    ]


def _period(since: str, until: str) -> str:
    return _PERIOD[bool(since), bool(until)]() % {
        "since": edtf_in_words(since),
        "until": edtf_in_words(until),
    }


#: By which ends of it are known.
_PERIOD: dict[tuple[bool, bool], Callable[[], str]] = {
    (True, True): lambda: _("from %(since)s to %(until)s"),
    (True, False): lambda: _("since %(since)s"),
    (False, True): lambda: _("until %(until)s"),
    (False, False): lambda: "",
}


def _documents(source: PublishedSource) -> list[PublishedDocument]:
    """Return what this source published, and the document that a report is."""
    rows = PublishedDocument.objects.filter(publisher=source)
    if source.content["document"]:
        rows |= PublishedDocument.objects.filter(pk=source.content["document"])
    return list(rows.defer("content").order_by("title", "public_id")[:ROWS_PER_PAGE])
