"""What holds for every public page: headers, sameness, no cookie, no secret."""

import hashlib

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from claims.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedSource,
)
from claims.views import urls
from tests.test_url_matrix import FORMS
from tests.views.conftest import town_article

LISTS = ["claim_list", "article_list", "source_list", "document_list"]
SINGLE = ["overview", "correction_list", "methodology", "about", "robots", "healthz"]


def every_address() -> list[str]:
    rows = [
        *PublishedArticle.objects.all(),
        *PublishedSource.objects.all(),
        *PublishedDocument.objects.all(),
    ]
    claims = PublishedClaim.objects.listed().values_list("pk", flat=True)
    return [
        *(reverse(name) for name in LISTS + SINGLE),
        *(row.get_absolute_url() for row in rows),
        *(reverse("claim_detail", args=[pk]) for pk in claims),
        *(reverse("claim_history", args=[pk]) for pk in claims),
    ]


def test_every_page_of_both_stories_answers(town):
    failed = [url for url in every_address() if town.get(url).status_code != 200]
    assert failed == []


def test_no_page_sets_a_cookie_or_varies_by_one(town):
    for url in every_address():
        response = town.get(url)
        assert not response.cookies, url
        assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        assert "Content-Security-Policy" in response.headers, url


def test_a_page_has_the_same_bytes_for_staff_and_strangers(town):
    staff = Client()
    staff.cookies["sessionid"] = "somebody"
    for url in [reverse("overview"), reverse("claim_list")]:
        assert staff.get(url).content == town.get(url).content


@pytest.mark.parametrize("pattern", urls.urlpatterns, ids=lambda row: row.name)
def test_every_view_is_declared_public_and_only_reads_or_takes_its_form(pattern):
    assert pattern.callback.login_required is False
    is_form = pattern.name in FORMS
    answers = (404, 413) if is_form else (404, 405)
    assert Client().post("/" + str(pattern.pattern)).status_code in answers


def test_the_addresses_are_those_of_the_design():
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {*LISTS, *SINGLE, "claim_detail", "claim_history"} <= names
    assert {"article_detail", "source_detail", "document_detail"} <= names


def test_a_page_may_be_kept_for_a_minute_and_asked_about_by_its_etag(town):
    response = town.get(reverse("about"))
    digest = hashlib.sha256(response.content).hexdigest()[:32]
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["ETag"] == f'"{digest}"'
    again = town.get(
        reverse("about"), headers={"If-None-Match": response.headers["ETag"]}
    )
    assert again.status_code == 304
    assert again.content == b""


def test_canonical_links_come_from_the_settings_not_from_the_host(town, settings):
    settings.ALLOWED_HOSTS = ["other.example"]
    body = town.get(reverse("about"), headers={"Host": "other.example"}).content
    assert b'<link rel="canonical" href="http://claims.example/about/">' in body
    assert b"other.example" not in body


def test_unknown_addresses_answer_alike(town):
    unknown = [f"/claims/{'0' * 10}/", "/claims/zzzzzzzzzz/", "/claims/nope/"]
    bodies = {town.get(url).content for url in unknown}
    assert len(bodies) == 1
    assert town.get(unknown[0]).status_code == 404


def test_pages_of_an_invented_story_say_so_and_stay_out_of_search(town):
    shown = [
        town_article().get_absolute_url(),
        reverse("overview"),
        PublishedClaim.objects.listed().filter(is_demo=True)[0].get_absolute_url(),
        reverse("correction_list"),
        reverse("claim_list") + f"?article={town_article().slug}",
    ]
    for url in shown:
        body = town.get(url).content
        assert b'name="robots" content="noindex"' in body, url
        assert b"Demonstration." in body, url


def test_pages_of_a_real_story_carry_no_banner(town):
    article = PublishedArticle.objects.get(is_demo=False)
    claim = PublishedClaim.objects.listed().filter(is_demo=False)[0]
    for url in [article.get_absolute_url(), claim.get_absolute_url()]:
        body = town.get(url).content
        assert b"noindex" not in body
        assert b"Demonstration." not in body


@pytest.mark.parametrize("name", ["404", "410", "403", "500", "400"])
def test_error_pages_stand_without_a_request(name):
    from django.template.loader import render_to_string

    assert "<h1>" in render_to_string(f"{name}.html", {})
