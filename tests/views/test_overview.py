"""The front page."""

import pytest
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


def test_the_chart_sets_the_decided_claims_against_all(town):
    response = town.get(reverse("overview"))
    decided = PublishedClaim.objects.listed().filter(is_decided=True).count()
    total = PublishedClaim.objects.listed().count()
    body = response.content.decode()
    assert f"{decided} of {total} claims are decided." in body
    bars, open_rows = body.split("Claims still open")
    assert bars.count('class="bar ') == len(response.context["decided"])
    assert "bar tone-" not in open_rows.split("</table>")[0]


def test_a_desk_of_one_does_not_speak_of_a_second_person(town, settings):
    assert "signed by a second person" in page_of(town, reverse("overview"))
    settings.TRACKER_FOUR_EYES = False
    assert "second person" not in page_of(town, reverse("overview"))


@pytest.mark.django_db
def test_an_empty_tracker_says_what_will_stand_there(client):
    body = page_of(client, reverse("overview"))
    assert "No claim is listed yet." in body
    assert "No claim has been decided yet." in body
    assert "<table" not in body


def test_decisions_articles_and_corrections_are_there(town):
    body = page_of(town, reverse("overview"))
    newest = PublishedClaim.objects.listed().order_by("-decided_at")
    assert newest.filter(is_decided=True)[0].text in body
    assert "50 claims: 0 decided, 50 open" in body
    assert "Retraction" in body
