"""The style page: every element and status, for contributors, while debugging."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from claims.reading.samples import sample_page
from claims.reading.status_words import newest_methodology, statuses_of
from claims.workflow.words import AttributionCheck

from .public import public, public_page

#: The tokens of site.css that are colours.
COLOURS = (
    *("paper", "tint", "highlight", "rule", "rule-strong"),
    *("ink", "strong", "quiet", "accent", "accent-hover"),
    *("positive", "mixed", "negative", "neutral", "open"),
)


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.TRACKER_DEBUG:
        raise Http404
    statuses = statuses_of(newest_methodology())
    return public_page(
        request,
        "claims/styleguide.html",
        {
            "colours": COLOURS,
            "statuses": statuses.values(),
            "checks": AttributionCheck,
            "page": sample_page(statuses["partly-verified"], statuses["verified"]),
            "chart": [
                (status, 3 * number) for number, status in enumerate(statuses.values())
            ],
        },
        canonical=reverse("styleguide"),
        is_demo=True,
    )
