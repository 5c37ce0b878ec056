"""The methodology, version by version, with the statuses as they were."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.models.record import PublishedMethodology
from claims.reading.status_words import methodology_in_words, statuses_of

from .public import public, public_page


@public
def methodology(request: HttpRequest) -> HttpResponse:
    versions = PublishedMethodology.objects.order_by("-number")
    context = {
        "versions": [
            (row, methodology_in_words(row.text), list(statuses_of(row).values()))
            for row in versions
        ]
    }
    return public_page(
        request, "claims/methodology.html", context, canonical=reverse("methodology")
    )
