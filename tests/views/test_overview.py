"""The front page."""

from django.urls import reverse

from claims.models import PublishedClaim
from tests.views.conftest import page_of


def test_the_chart_counts_every_listed_claim_and_links_into_the_list(town):
    response = town.get(reverse("overview"))
    counts = response.context["counts"]
    assert sum(number for _status, number in counts) == (
        PublishedClaim.objects.listed().count()
    )
    body = response.content.decode()
    for status, _number in counts:
        assert f'href="/claims/?status={status.slug}"' in body


def test_decisions_articles_and_corrections_are_there(town):
    body = page_of(town, reverse("overview"))
    newest = PublishedClaim.objects.listed().order_by("-decided_at")
    assert newest.filter(is_decided=True)[0].text in body
    assert "50 claims: 0 decided, 50 open" in body
    assert "retraction" in body
