"""Status pages, their history, and tombstones."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from claims.models import PublishedClaim, Release
from claims.workflow.roles import EDITORS
from tests.factories import (
    fresh_from_database,
    make_assessment,
    make_claim,
    make_full_claim,
    make_user,
    move,
    publish_claim,
    release_article,
)
from tests.views.conftest import claim_with, page_of


def test_a_status_page_answers_in_the_order_of_the_design(town):
    body = page_of(town, claim_with(status="disputed").get_absolute_url())
    headings = [
        "Is it true?",
        "Did they say it?",
        "Why",
        "Best evidence",
        "The chain",
        "Where and when",
        "What changed",
    ]
    places = [body.index(f">{heading}</h2>") for heading in headings]
    assert places == sorted(places)


def test_a_status_stands_in_words_with_its_definition_and_shape(town):
    body = page_of(town, claim_with(status="disputed").get_absolute_url())
    assert "Evidence disagrees." in body
    assert "What “Evidence disagrees” means</summary>" in body
    assert "does not let us choose" in body
    assert 'class="symbol tone-mixed"' in body
    assert 'href="/methodology/#version-1"' in body


def test_a_status_page_costs_at_most_seven_queries(town):
    for claim in PublishedClaim.objects.listed():
        with CaptureQueriesContext(connection) as queries:
            town.get(claim.get_absolute_url())
        assert len(queries) <= 7, claim  # one of them tells whether it was kept


@pytest.mark.django_db
def test_more_evidence_costs_no_more_queries(client):
    claim = make_full_claim()
    publish_claim(claim)
    with CaptureQueriesContext(connection) as queries:
        client.get(reverse("claim_detail", args=[claim.public_id]))
    assert len(queries) == 6  # the claim, methodology, notices, three kinds of names


def test_dates_keep_the_words_of_the_article(town):
    body = page_of(town, claim_with(status="disputed").get_absolute_url())
    assert "“on Thursday” (13 March 2025" in body


def test_a_claim_under_recheck_says_since_when(town):
    claim = claim_with(rechecking_since__isnull=False)
    reason = Release.objects.recheck_reasons(claim.pk).get()
    body = page_of(town, claim.get_absolute_url())
    assert (
        f'Under re-check since 9 April 2025.</strong> <span dir="auto">{reason}' in body
    )


class TestTheNextLook:
    @pytest.fixture
    def page(self, client, db):
        """Read the page of a finding that is to be looked at again on a day."""

        def read(on: datetime.date | None, **fields) -> str:
            claim = publish_claim().claim
            rows = PublishedClaim.objects.filter(pk=claim.public_id)
            rows.update(review_on=on, **fields)
            return client.get(f"/claims/{claim.public_id}/").content.decode()

        return read

    def test_is_told_beside_the_day_of_the_finding(self, page):
        body = page(datetime.date(2099, 9, 2))
        assert "Checked as of 2 March 2026. We look again by 2 September 2099." in body

    def test_that_is_overdue_is_told_as_it_is(self, page):
        body = page(datetime.date(2026, 3, 3))
        assert "We meant to look again by 3 March 2026" in body
        assert "We look again" not in body

    def test_is_not_spoken_of_where_none_is_planned(self, page):
        body = page(None)
        assert "Checked as of 2 March 2026.</p>" in body

    def test_is_not_spoken_of_while_we_are_looking(self, page):
        body = page(datetime.date(2099, 9, 2), rechecking_since=timezone.now())
        assert "We look again" not in body


def test_a_claim_no_longer_under_recheck_keeps_no_reason_on_its_page(client, db):
    claim = publish_claim().claim
    move("recheck", claim, make_user(EDITORS), reason="A register has come out.")
    url = reverse("claim_detail", args=[claim.public_id])
    assert "A register has come out." in page_of(client, url)
    move("end_recheck", fresh_from_database(claim), make_user(EDITORS), reason="Held.")
    assert "A register has come out." not in page_of(client, url)


def test_a_claim_no_longer_current_says_so_beside_its_status(town):
    claim = next(
        row
        for row in PublishedClaim.objects.listed()
        if row.content["claim"]["superseded_since"]
    )
    assert "No longer current since" in page_of(town, claim.get_absolute_url())


def test_a_withdrawn_finding_leaves_the_claim_and_the_notice(town):
    claim = claim_with(state="withdrawn")
    body = page_of(town, claim.get_absolute_url())
    assert "Withdrawn." in body
    assert "Not checked yet." in body
    assert claim.notices.get().text in body


def test_quotations_carry_language_and_direction(town):
    claim = claim_with(status="misleading")
    body = page_of(town, claim.get_absolute_url())
    assert '<blockquote dir="auto" lang="ar">' in body


def test_links_to_other_sites_give_them_nothing(town):
    body = page_of(town, claim_with(status="refuted").get_absolute_url())
    assert 'rel="noopener nofollow"' in body
    assert body.count('href="https://') == body.count('rel="noopener nofollow"')


def test_a_page_has_a_permalink_and_an_address_for_errors(town):
    claim = claim_with(status="verified")
    body = page_of(town, claim.get_absolute_url())
    address = f"http://claims.example{claim.get_absolute_url()}"
    assert f'<link rel="canonical" href="{address}">' in body
    assert f'property="og:url" content="{address}"' in body
    assert "mailto:errors@claims.example?subject=" in body


def test_without_an_address_no_page_asks_for_reports(town, settings):
    settings.TRACKER_REPORT_EMAIL = ""
    body = page_of(town, claim_with(status="verified").get_absolute_url())
    assert "mailto:" not in body


def test_a_page_can_be_cited_by_copying_a_field(town):
    claim = claim_with(status="verified")
    body = page_of(town, claim.get_absolute_url())
    address = f"http://claims.example{claim.get_absolute_url()}"
    assert re.search(rf"<textarea[^>]* readonly[^>]*>“[^<]+{address}</textarea>", body)
    assert re.search(
        r'<button type="button" data-copies="cite-this-page"[^>]* hidden>', body
    )


def test_the_technical_record_shows_what_was_hashed(town):
    claim = claim_with(status="disputed")
    with CaptureQueriesContext(connection) as queries:
        body = page_of(town, reverse("claim_record", args=[claim.pk]))
    assert len(queries) <= 5
    assert escape(Release.objects.newest("claim", claim.pk).content) in body
    assert claim.digest in body


def test_history_tells_every_release_in_order(town):
    claim = claim_with(status="partly-verified")
    body = page_of(town, reverse("claim_history", args=[claim.pk]))
    releases = Release.objects.of("claim", claim.pk).order_by("number")
    places = [body.index(f'id="version-{release.number}"') for release in releases]
    assert places == sorted(places)
    for release in releases:
        summary = (release.parsed["assessment"] or {}).get("summary", "")
        assert summary in body


def test_history_says_in_words_what_changed(town):
    claim = claim_with(status="partly-verified")
    body = page_of(town, reverse("claim_history", args=[claim.pk]))
    assert "The status changed from “Verified” to “Correct in part”." in body
    assert "1 piece of evidence was added." in body


@pytest.mark.django_db
def test_history_costs_the_same_at_two_releases_as_at_five(client):
    claim = publish_claim().claim
    url = reverse("claim_history", args=[claim.public_id])
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _round in range(3):
        publish_claim(claim)
    with CaptureQueriesContext(connection) as many:
        body = client.get(url).content.decode()
    assert len(many) == len(few) <= 4
    assert body.count('<li id="version-') == 4


@pytest.mark.django_db
def test_a_draft_changes_no_byte_of_a_published_page(client):
    claim = publish_claim().claim
    url = reverse("claim_detail", args=[claim.public_id])
    before = client.get(url).content
    make_assessment(fresh_from_database(claim), state="submitted", status="refuted")
    assert client.get(url).content == before


@pytest.mark.django_db
def test_a_claim_not_yet_listed_answers_like_one_that_never_was(client):
    claim = make_claim()
    release_article(claim.article, listed=[])
    unlisted = client.get(reverse("claim_detail", args=[claim.public_id]))
    never = client.get(reverse("claim_detail", args=["0000000000"]))
    assert unlisted.status_code == never.status_code == 404
    assert unlisted.content == never.content


@pytest.mark.parametrize("page", ["claim_detail", "claim_history", "claim_record"])
def test_a_retracted_claim_keeps_its_words_and_the_reason(town, page):
    claim = claim_with(state="retracted")
    response = town.get(reverse(page, args=[claim.pk]))
    body = response.content.decode()
    assert response.status_code == 410
    assert "Hollin &amp; Tarr were fined" in body
    assert claim.notices.get().text.replace("&", "&amp;") in body


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["claim_detail", "claim_history", "claim_record"])
def test_a_claim_taken_down_leaves_a_neutral_notice(client, page):
    claim = publish_claim().claim
    move("take_down", claim, make_user(EDITORS), reason="A private matter.")
    response = client.get(reverse(page, args=[claim.public_id]))
    body = response.content.decode()
    assert response.status_code == 410
    assert "Taken down on" in body
    assert claim.text not in body
    assert "A private matter." not in body


@pytest.mark.django_db
def test_a_finding_of_a_desk_of_one_says_so(client, settings):
    settings.TRACKER_FOUR_EYES = False
    claim = publish_claim().claim
    settings.TRACKER_FOUR_EYES = True
    for page in ["claim_detail", "claim_history"]:
        body = client.get(reverse(page, args=[claim.public_id])).content.decode()
        assert "nobody else signed this" in body
