"""Filters of the claims: the filter is the address."""

import pytest
from django.urls import reverse

from claims.models import PublishedClaim, PublishedClaimDocument
from tests.views.conftest import page_of

CLAIMS = reverse("claim_list")


def shown(client, **query) -> set[str]:
    page = client.get(CLAIMS, query).context["page"]
    return {row.pk for row in page.rows}


def keys(**facts) -> set[str]:
    rows = PublishedClaim.objects.listed().filter(**facts).distinct()
    return set(rows.values_list("pk", flat=True)[:30])


@pytest.mark.parametrize(
    ("query", "facts"),
    [
        ({"status": "verified"}, {"status": "verified"}),
        ({"check": "confirmed"}, {"attribution_check": "confirmed"}),
        ({"source": "aaron-zelin"}, {"source__slug": "aaron-zelin"}),
        (
            {"article": "maltings-bridge"},
            {"article_links__article__slug": "maltings-bridge"},
        ),
        ({"topic": "bridge"}, {"topic_links__slug": "bridge"}),
        (
            {"relayed": "varnely-oake"},
            {
                "source_links__source__slug": "varnely-oake",
                "source_links__position__gte": 1,
            },
        ),
        ({"words": '"BY 17 votes"'}, {"text__contains": "by 17 votes"}),
    ],
)
def test_each_filter_shows_what_it_names(town, query, facts):
    assert shown(town, **query) == keys(**facts) != set()


def test_a_document_leads_to_the_claims_that_use_it(town):
    links = PublishedClaimDocument.objects.filter(claim__is_listed=True)
    document = links[0].document_id
    used = {"document_links__document": document}
    assert shown(town, document=document) == keys(**used) != set()


def test_filters_set_by_other_pages_are_shown_only_once_they_are_set(town):
    assert 'name="relayed"' not in page_of(town, CLAIMS)
    body = page_of(town, f"{CLAIMS}?relayed=varnely-oake")
    assert 'name="relayed"' in body
    assert "Relayed by: <bdi>" in body


def test_words_are_found_without_accents_and_in_the_name_of_the_source(town):
    assert shown(town, words="Varnély") == shown(town, words="varnely")
    assert shown(town, words="zelin") >= keys(source__slug="aaron-zelin")


def test_days_bound_when_it_was_said(town):
    days = {"said_from__gte": "2025-01-01", "said_from__lte": "2025-03-13"}
    found = shown(town, said_from="2025-01-01", said_to="2025-03-13")
    assert found == keys(**days) != set()


@pytest.mark.parametrize(
    "query",
    [
        {"said_from": "30 Feb"},
        {"said_to": "2025-02-30"},
        {"words": "a\x00b"},
        {"words": "x" * 201},
        {"status": "nope"},
        {"check": "1" + "0" * 30},
        {"source": "no\x00pe"},
        {"article": "nope"},
        {"topic": "'; DROP"},
        {"document": "nope"},
        {"relayed": "no\x00pe"},
    ],
)
def test_a_value_that_means_nothing_is_left_out_with_a_sentence(town, query):
    body = page_of(town, f"{CLAIMS}?{'&'.join(f'{k}={v}' for k, v in query.items())}")
    assert "is left out:" in body
    assert "No filters are on." in body


def test_filters_that_are_on_can_be_removed_one_by_one(town):
    body = page_of(town, f"{CLAIMS}?status=verified&words=bridge&sort=-changed_at")
    assert "Filters on:" in body
    assert 'href="/claims/?words=bridge&amp;sort=-changed_at"' in body
    assert 'href="/claims/?status=verified&amp;sort=-changed_at"' in body
    assert "Remove the filter “Words”" in body


def test_an_empty_result_says_which_filter_to_drop(town):
    body = page_of(town, f"{CLAIMS}?status=refuted&words=inhabitants")
    assert "Nothing fits all of these filters together." in body
    assert "without “Words: inhabitants”" in body
    assert "without “Is it true?: Refuted”" in body


def test_the_chosen_values_stay_in_the_form(town):
    body = page_of(town, f"{CLAIMS}?status=verified&said_from=2020-01-31&words=b%22x")
    assert '<option value="verified" selected>' in body
    assert 'value="2020-01-31"' in body
    assert "b&quot;x" in body


def test_a_list_without_anything_invented_carries_no_banner(town):
    assert b"Demonstration." not in town.get(CLAIMS, {"source": "reuters"}).content
