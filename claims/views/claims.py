"""Claims: the table, the status page with its history and record, tombstones."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from claims.models.record import PublishedClaim
from claims.models.releases import Release
from claims.reading.history import versions_of
from claims.reading.statements import Statement
from claims.reading.status_page import status_page_from_record
from claims.reading.status_words import newest_methodology, statuses_of
from claims.reading.technical_record import technical_record

from .filters import ClaimFilter
from .kept import takes
from .lists import LIST_PARAMETERS, list_context, list_page
from .public import public, public_page
from .tables import ClaimTable

_CLAIMS = Statement(PublishedClaim.objects.all(), key="pk")
TOMBSTONES = (PublishedClaim.State.RETRACTED, PublishedClaim.State.TAKEN_DOWN)


@public
@takes(*ClaimFilter.base_filters, *LIST_PARAMETERS)
def claim_list(request: HttpRequest) -> HttpResponse:
    statuses = statuses_of(newest_methodology())
    filterset = ClaimFilter(request.GET, statuses=statuses)
    context = list_context(request, filterset, ClaimTable, statuses=statuses)
    context["table"].read_contents()
    return list_page(request, "claim_list", context)


@public
def claim_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    today = timezone.localdate()
    claim = _CLAIMS.first(public_id)
    if claim is None:
        raise Http404
    if claim.state in TOMBSTONES:
        return tombstone(request, claim)
    return public_page(
        request,
        "claims/claim_detail.html",
        {"page": status_page_from_record(claim, _recheck_reason(claim), today)},
        canonical=claim.get_absolute_url(),
        is_demo=claim.is_demo,
    )


def _recheck_reason(claim: PublishedClaim) -> str:
    """Return why a claim is under re-check; "" while it is not."""
    if claim.rechecking_since is None:
        return ""
    return Release.objects.recheck_reasons(claim.pk).first() or ""


@public
def claim_history(request: HttpRequest, public_id: str) -> HttpResponse:
    claim = get_object_or_404(PublishedClaim, pk=public_id)
    if claim.state in TOMBSTONES:
        return tombstone(request, claim)
    return public_page(
        request,
        "claims/claim_history.html",
        {"claim": claim, "versions": versions_of(claim)},
        canonical=reverse("claim_history", args=[claim.pk]),
        is_demo=claim.is_demo,
    )


@public
def claim_record(request: HttpRequest, public_id: str) -> HttpResponse:
    claim = get_object_or_404(PublishedClaim, pk=public_id)
    if claim.state in TOMBSTONES:
        return tombstone(request, claim)
    return public_page(
        request,
        "claims/claim_record.html",
        {"claim": claim, "record": technical_record(claim)},
        canonical=reverse("claim_record", args=[claim.pk]),
        is_demo=claim.is_demo,
    )


def tombstone(request: HttpRequest, claim: PublishedClaim) -> HttpResponse:
    """Say that a page is gone: a retracted claim keeps its words and the reason."""
    newest = claim.notices.order_by("-at", "-release_sequence").first()
    return public_page(
        request,
        "410.html",
        {"claim": claim, "notice": newest},
        canonical=claim.get_absolute_url(),
        is_demo=claim.is_demo,
        status=410,
    )
