"""Lists as searches: marks, order, what was understood, what helps."""

import pytest
from django.urls import reverse

from claims.models import PublishedClaim, PublishedNotice, PublishedSource
from claims.reading.search_words import search_words
from claims.search import CORRECTIONS, find
from claims.views.filters import CorrectionFilter
from claims.views.found_rows import FoundRows, Matches
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
        return Matches(found, rows, is_filtered=bool(check), **bounds)

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

    def test_so_far_into_a_sorted_list_nobody_walks(self, town):
        listed = PublishedClaim.objects.listed().order_by("source_name", "pk")
        assert FoundRows(self.found(), listed).page(5001, 30) is None


class TestNames:
    """The lists of sources, documents and articles, searched as claims are."""

    @pytest.mark.parametrize(
        ("name", "words", "expected"),
        [
            ("source_list", "VARNELY", ["Varnély & Oake"]),
            ("source_list", '"transport office"', ["Tessermouth Transport Office"]),
            ("source_list", "office -harbour -stat* trans*", ["Tessermouth Transport"]),
            ("document_list", "survey rivers", []),
            ("document_list", "survey river", ["Survey of the river bridges"]),
            ("document_list", '"lettre au journal" lantern', ["Lettre au journal"]),
            ("article_list", "maltings CHEAPER", ["Maltings Bridge to reopen"]),
        ],
    )
    def test_names_are_found_as_claims_are(self, town, name, words, expected):
        rows = town.get(reverse(name), {"words": words}).context["page"].rows
        assert len(rows) == len(expected)
        for row, beginning in zip(rows, expected, strict=True):
            assert str(row).startswith(beginning)

    def test_the_page_says_what_was_understood_and_marks_it(self, town):
        words = '"survey of" riv* -harbour'
        body = town.get(reverse("document_list"), {"words": words}).content.decode()
        assert (
            "Looked for: the phrase “survey of”, words that begin with “riv”." in body
        )
        assert "Left out: “harbour”." in body
        assert "<mark>Survey of</mark> the <mark>river</mark> bridges" in body

    def test_what_fits_best_comes_first_until_another_order_is_chosen(self, town):
        url = reverse("source_list")
        found = town.get(url, {"words": "tesser*"})
        assert "What fits best comes first." in found.content.decode()
        by_name = town.get(url, {"words": "tesser*", "sort": "name"}).context["page"]
        names = [row.name for row in by_name.rows]
        assert names == sorted(names)
        assert set(names) == {row.name for row in found.context["page"].rows}

    def test_other_filters_narrow_what_was_found(self, town):
        url = reverse("document_list")
        every = town.get(url, {"words": "bridge"}).context["page"].rows
        kind = every[-1].kind
        rows = town.get(url, {"words": "bridge", "kind": kind}).context["page"].rows
        assert rows == [row for row in every if row.kind == kind] != every

    def test_a_source_found_by_another_name_says_by_which(self, town):
        source = PublishedSource.objects.exclude(content__aliases=[])[0]
        alias = source.content["aliases"][0]
        query = {"words": f'"{alias}"'}
        body = town.get(reverse("source_list"), query).content.decode()
        assert f'Also written: <span dir="auto"><mark>{alias}</mark></span>' in body

    @pytest.mark.parametrize("name", ["source_list", "document_list", "article_list"])
    @pytest.mark.parametrize("words", ['"', "-", "***", "a AND (b", "'; DROP", "字*"])
    def test_nothing_typed_is_an_error(self, town, name, words):
        assert town.get(reverse(name), {"words": words}).status_code == 200


class TestCorrections:
    def shown(self, town, **query):
        rows = town.get(reverse("correction_list"), query).context["page"].rows
        return [row.pk for row in rows]

    def test_corrections_are_searched_as_claims_are(self, town):
        notice = PublishedNotice.objects.filter(kind="correction")[0]
        phrase = " ".join(notice.text.split()[:4]).upper()
        assert notice.pk in self.shown(town, words=f'"{phrase}"')
        word = notice.text.split()[0]
        assert notice.pk not in self.shown(town, words=f'"{phrase}" -{word}')
        kinds = {"words": f'"{phrase}"', "kind": "retraction"}
        assert notice.pk not in self.shown(town, **kinds)

    def test_they_stay_in_the_order_of_their_days_and_the_page_claims_no_other(
        self, town
    ):
        body = town.get(reverse("correction_list"), {"words": "the"}).content.decode()
        assert "fits best" not in body
        assert "Sorted by: Date" in body

    def test_where_only_the_newest_were_looked_through_the_page_says_so(self, town):
        filterset = CorrectionFilter(
            {"words": "the"}, queryset=PublishedNotice.objects.all()
        )
        filterset.__dict__["found"] = find("the", CORRECTIONS, most=1)
        rows = filterset.rows("", filterset.qs)
        assert {row.claim_id for row in rows.page(0, 30)} == {
            *filterset.found.public_ids()
        }
        assert not rows.count.is_exact
        assert "only the newest of them were looked through" in filterset.notes()[0]
