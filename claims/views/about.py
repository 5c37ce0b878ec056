"""Who runs this and how it works; what search engines may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from .public import public, public_page

_ROBOTS = "User-agent: *\nDisallow: /admin/\n"


@public
def about(request: HttpRequest) -> HttpResponse:
    context = {
        "four_eyes": settings.TRACKER_FOUR_EYES,
        "report_email": settings.TRACKER_REPORT_EMAIL,
        "answer_days": settings.TRACKER_ANSWER_DAYS,
        "forget_days": settings.TRACKER_FORGET_DAYS,
        "publisher": settings.TRACKER_PUBLISHER,
        "funding": settings.TRACKER_FUNDING,
        "policies_url": settings.TRACKER_POLICIES_URL,
    }
    return public_page(
        request, "claims/about.html", context, canonical=reverse("about")
    )


@public
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_ROBOTS, content_type="text/plain; charset=utf-8")
