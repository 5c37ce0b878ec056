"""The list of claims as a search: marks, order, what was understood, what helps."""

import pytest
from django.urls import reverse

from claims.models import PublishedClaim
from claims.reading.search_words import search_words
from claims.search import find
from claims.views.found_claims import FoundClaims
from tests.views.conftest import page_of

CLAIMS = reverse("claim_list")


def shown(client, **query) -> list[str]:
    page = client.get(CLAIMS, query).context["page"]
    return [row.pk for row in page.rows]


def body_of(client, **query) -> str:
    return client.get(CLAIMS, query).content.decode()


def test_what_was_looked_for_is_marked_in_the_claim_and_its_source(town):
    body = body_of(town, words="votes zelin")
    assert "<mark>" not in page_of(town, CLAIMS)
    assert '<span dir="auto">Aaron <mark>Zelin</mark></span>' in body_of(
        town, words="zelin"
    )
    assert "by 17 <mark>votes</mark>" in body_of(town, words="votes")
    assert "Nothing was found. You could try this:" in body


def test_a_claim_found_by_other_words_than_its_own_says_by_which(town):
    row = PublishedClaim.objects.exclude(summary="").order_by("pk")[0]
    word = max(row.summary.split(), key=len).strip(".,")
    body = body_of(town, words=word)
    assert 'class="found-in"' in body
    assert f"<mark>{word}</mark>" in body


def test_what_fits_best_comes_first_and_the_page_says_so(town):
    body = body_of(town, words="bridge")
    assert "What fits best comes first." in body
    assert "Sort this list" in body
    first = PublishedClaim.objects.get(pk=shown(town, words="bridge")[0])
    assert "bridge" in first.text.lower()


def test_a_found_list_is_sorted_and_filtered_as_any_other(town):
    found = shown(town, words="bridge")
    by_source = shown(town, words="bridge", sort="source_name")
    assert sorted(found) == sorted(by_source)
    names = dict(PublishedClaim.objects.values_list("pk", "source_name"))
    assert [names[pk] for pk in by_source] == sorted(names[pk] for pk in found)
    assert "fits best" not in body_of(town, words="bridge", sort="source_name")
    verified = shown(town, words="bridge", status="verified")
    rows = PublishedClaim.objects.filter(status="verified")
    assert verified == [pk for pk in found if rows.filter(pk=pk).exists()] != []


def test_the_page_says_what_was_understood_in_plain_words(town):
    body = body_of(town, words='"town council" brid* -river')
    assert (
        "Looked for: the phrase “town council”, words that begin with “brid”." in body
    )
    assert "Left out: “river”." in body
    assert "Looked for" not in body_of(town, words="bridge")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("-river", "Type a word to look for as well"),
        ("***", "There is no word to look for in what you typed."),
        (" ".join("abcdefghijklmnopqrst"), "only the first 16 words count"),
        ('"no such thing"', "Leave out the quotation marks"),
        ("nosuchthing bridge", "Look for fewer words"),
        ("nosuchthing", "an asterisk: “counc*” finds councils."),
        ("nosuchthing -bridge", "Leave nothing out."),
    ],
)
def test_the_page_helps_where_a_search_leads_nowhere(town, words, sentence):
    assert sentence in body_of(town, words=words)


def test_signs_alone_leave_the_list_as_it_is(town):
    everything = shown(town)
    assert shown(town, words="***") == shown(town, words="-river") == everything


@pytest.mark.parametrize("words", ["<script>", "&amp;", '"><mark>', "%(number)s {}"])
def test_nothing_typed_becomes_markup(town, words):
    body = body_of(town, words=words)
    assert "<script>" not in body
    assert '"><mark>' not in body


class TestManyMatches:
    """Lists of a word that more claims have than are found at once: here, four."""

    def found(self, check="", **bounds):
        rows = PublishedClaim.objects.listed()
        if check:
            rows = rows.filter(attribution_check=check)
        found = find("the", most=4)
        return FoundClaims(found, rows, is_filtered=bool(check), **bounds)

    def test_the_newest_come_first_and_the_number_is_a_bound(self, town):
        found = self.found()
        assert (len(found), found.is_exact, found.notes()) == (4, False, [])
        assert len(found.page(0, 30)) == 4
        order = search_words(found.found, is_sorted=False).order
        assert order.startswith("The newest come first: more than")

    def test_other_filters_look_at_every_row_while_these_are_few(self, town):
        found = self.found("confirmed")
        rows = PublishedClaim.objects.filter(attribution_check="confirmed")
        assert found.is_exact
        assert len(found) > 4
        assert set(found.ids(0, 100)) <= set(rows.values_list("pk", flat=True))

    def test_other_filters_look_through_older_matches_too(self, town):
        exact = self.found("confirmed").ids(0, 100)
        walked = self.found("confirmed", few=0, looks=99)
        assert sorted(walked.ids(0, 100)) == sorted(exact)
        assert walked.is_exact
        bounded = self.found("confirmed", few=0, looks=1)
        assert set(bounded.ids(0, 100)) < set(exact)
        assert "only the newest of them were looked through" in bounded.notes()[0]

    def test_a_sorted_list_has_every_match(self, town):
        listed = PublishedClaim.objects.listed().order_by("source_name", "pk")
        rows = self.found().among(listed)
        assert len(rows) > 4
        assert {row.pk for row in rows} == set(find("the").public_ids())
