"""Readers report an error: the form, for a claim or any page, and the thanks for it."""

import math
import re

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.jobs.limits import TooManyError
from claims.jobs.requests import receive
from claims.models.identity import PUBLIC_ID_PATTERN
from claims.models.record import PublishedClaim

from .claims import TOMBSTONES, tombstone
from .public import is_from_another_site, public, public_form, public_page
from .request_forms import ReportForm

#: Every field filled up to its limit, in a script of four bytes to a character.
MAX_BODY_BYTES = 128 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"


@public_form
def request_form(request: HttpRequest) -> HttpResponse:
    return _answer(request, None)


@public_form
def claim_request(request: HttpRequest, public_id: str) -> HttpResponse:
    claim = get_object_or_404(PublishedClaim, pk=public_id)
    if claim.state in TOMBSTONES:
        return tombstone(request, claim)
    return _answer(request, claim)


@public
def request_received(request: HttpRequest, public_id: str) -> HttpResponse:
    """Thank for a report by its number; whether there is one is told to nobody."""
    if not re.fullmatch(PUBLIC_ID_PATTERN, public_id):
        raise Http404
    context = {"number": public_id, "answer_days": settings.TRACKER_ANSWER_DAYS}
    page = public_page(
        request,
        "claims/request_received.html",
        context,
        canonical=reverse("request_received", args=[public_id]),
    )
    page.headers["Cache-Control"] = "no-store"
    return page


def _answer(request: HttpRequest, claim: PublishedClaim | None) -> HttpResponse:
    now, number = timezone.now(), claim.pk if claim else ""
    if request.method == "POST" and _is_readable(request):
        form = ReportForm(request.POST, at=now, claim=number)
        return _take(request, form, claim)
    about = {"address": own_address(request.GET.get("about", ""))}
    form = ReportForm(at=now, claim=number, initial=about)
    if request.method == "POST":
        form.note = _("What was sent could not be read. Nothing was kept of it.")
        return _page(request, form, claim, 413)
    return _page(request, form, claim)


def _take(
    request: HttpRequest, form: ReportForm, claim: PublishedClaim | None
) -> HttpResponse:
    """Keep what was sent; where it is not kept, show it again with the reason."""
    is_valid = form.is_valid()
    if is_from_another_site(request):
        words = _("This came from another site. Please look it over and send it.")
        form.ask_again(words)
        return _page(request, form, claim, 403)
    if not is_valid:
        return _page(request, form, claim, 422)
    try:
        number = receive(form.sent(), get_client_ip_address(request), form.at)
    except TooManyError as error:
        return _wait(request, form, claim, error.seconds)
    return HttpResponseRedirect(reverse("request_received", args=[number]))


def _is_readable(request: HttpRequest) -> bool:
    """Whether it is what the form sends: no file, and no more than its fields hold."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_short = length.isdecimal() and int(length) <= MAX_BODY_BYTES
    return is_short and request.content_type == FORM_TYPE


def _wait(
    request: HttpRequest, form: ReportForm, claim: PublishedClaim | None, seconds: int
) -> HttpResponse:
    minutes = math.ceil(seconds / 60)
    words = ngettext(
        "Many reports came in just now. Please send yours once more in %(number)s minute.",
        "Many reports came in just now. Please send yours once more in %(number)s "
        "minutes.",
        minutes,
    )
    form.ask_again(words % {"number": minutes})
    page = _page(request, form, claim, 429)
    page.headers["Retry-After"] = str(seconds)
    return page


def _page(
    request: HttpRequest,
    form: ReportForm,
    claim: PublishedClaim | None,
    status: int = 200,
) -> HttpResponse:
    address = reverse("claim_request", args=[claim.pk]) if claim else reverse("request")
    context = {
        "form": form,
        "claim": claim,
        "action": address,
        "report_email": settings.TRACKER_REPORT_EMAIL,
        "answer_days": settings.TRACKER_ANSWER_DAYS,
        "forget_days": settings.TRACKER_FORGET_DAYS,
    }
    return public_page(
        request,
        "claims/request_form.html",
        context,
        canonical=address,
        is_demo=claim.is_demo if claim else False,
        status=status,
    )


def own_address(text: str) -> str:
    """Return an address that a link of ours names; "" for any other text.

    What stands in a link is shown in the form: nobody puts words of theirs there.
    """
    return text if re.fullmatch(r"/(?:[\w-]+/)*", text) else ""
