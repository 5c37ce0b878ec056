"""The methodology, version by version, with the statuses as they were."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from claims.models.record import PublishedMethodology
from claims.reading.methodology import versions_in_words

from .public import public, public_page


@public
def methodology(request: HttpRequest) -> HttpResponse:
    versions = PublishedMethodology.objects.all()
    return public_page(
        request,
        "claims/methodology.html",
        {"versions": versions_in_words(versions)},
        canonical=reverse("methodology"),
    )
