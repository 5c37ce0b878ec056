"""The workspace: a plain form for each act, a page that works without scripts."""

import re
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.workspace_acts import ACTS
from claims.jobs.marking import mark_background, place_in, reject, suggest
from claims.models import Article, Claim, Event, Source
from claims.workflow.desk_words import SuggestionState
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests.admin.pages import client_of
from tests.factories import (
    make_article,
    make_claim,
    make_copy,
    make_source,
    make_user,
    move,
)

pytestmark = pytest.mark.django_db

TEXT = (
    "👩‍🚒 The river rose by 40 centimetres in one night.\n\n"
    "The mayor, Ana Paz, said last month that the bridge was safe. "
    "Two of three shops have closed, according to a study by the Elm Institute."
)
IN_PARTS = {"HTTP_X_WORKSPACE": "1"}


class Page:
    """A researcher at the workspace of one article."""

    def __init__(self, article: Article, group: str = RESEARCHERS) -> None:
        self.article = article
        self.user = make_user(group)
        self.client = client_of(self.user)
        self.address = reverse("admin:claims_article_workspace", args=[article.pk])

    def get(self, **query: Any) -> Any:
        return self.client.get(self.address, query)

    def panel(self, **query: Any) -> Any:
        return self.client.get(f"{self.address}panel/", query)

    def post(self, act: str, in_parts: bool = False, **fields: Any) -> Any:
        sent = {"copy": self.article.newest_copy.public_id, **fields}
        extra = IN_PARTS if in_parts else {}
        return self.client.post(f"{self.address}{act}/", sent, **extra)

    def mark(self, words: str, in_parts: bool = False, **fields: Any) -> Any:
        given = {"words": words, "text": "All is well.", "kind": "state", **fields}
        return self.post("mark", in_parts, **{"who": "unclear", **given})

    def suggestion(self, words: str) -> Any:
        return self.article.suggestions.get(passage__exact__contains=words)


@pytest.fixture
def page() -> Page:
    article = make_article(text=TEXT)
    suggest(article)
    return Page(article)


class TestThePage:
    def test_the_text_stands_there_letter_for_letter(self, page):
        html = page.get().content.decode()
        block = re.search(r'data-start="0" dir="auto">(.*?)</div>', html, re.DOTALL)[1]
        assert re.sub(r"<[^>]*>", "", block) == TEXT

    def test_carriage_returns_reach_the_browser(self):
        page = Page(make_article(text="One line.\r\nAnother <line>."))
        assert "One line.&#13;\nAnother &lt;line&gt;." in page.get().content.decode()

    def test_claims_suggestions_and_background_are_marked_and_lead_to_panels(
        self, page
    ):
        claim = make_claim(page.article, wording="The river rose")
        copy = page.article.newest_copy
        place = place_in(copy, "in one night")
        row = mark_background(page.article, copy, place, "Known.", page.user)
        html = page.get().content.decode()
        for key, public_id in (
            ("claim", claim.public_id),
            ("suggestion", page.suggestion("bridge").public_id),
            ("background", row.public_id),
        ):
            assert f"?{key}={public_id}" in html
            assert page.get(**{key: public_id}).status_code == 200

    def test_without_a_stored_copy_it_says_what_to_do(self):
        response = Page(make_article(text="")).get()
        assert "add one to the document" in response.content.decode()

    def test_a_discarded_claim_is_not_marked(self, page):
        claim = make_claim(page.article, wording="The river rose")
        move("discard", claim, make_user("Editors"), reason="A mistake.")
        assert page.get(claim=claim.public_id).status_code == 404

    def test_a_claim_of_another_copy_is_listed_apart(self, page):
        claim = make_claim(page.article, wording="The river rose")
        make_copy(page.article.document, "Nothing of it is left.")
        html = page.get(claim=claim.public_id).content.decode()
        assert "1 claim stands nowhere in this copy" in html
        assert "It stands nowhere in the newest copy" in html

    @pytest.mark.parametrize(
        ("show", "words"),
        [
            ("suggestions", "Suggestion: that the bridge was safe"),
            ("unattributed", "Claim: Nobody knows."),
            ("open", "Claim: Nobody knows."),
            ("nonsense", "Mark claims"),
        ],
    )
    def test_it_can_be_filtered(self, page, show, words):
        make_claim(
            page.article,
            wording="The river rose",
            text="Nobody knows.",
            source=None,
            voice="passive",
        )
        assert words in page.get(show=show).content.decode()

    def test_rejected_suggestions_are_listed_and_can_be_decided_again(self, page):
        row = page.suggestion("bridge was safe")
        reject(row, page.user)
        assert "Decide again" in page.get(show="rejected").content.decode()
        page.post("restore", suggestion=row.public_id, show="rejected")
        row.refresh_from_db()
        assert row.state == SuggestionState.PROPOSED

    @pytest.mark.parametrize(
        "query",
        [
            {"suggestion": "0000000000"},
            {"claim": "0000000000"},
            {"background": "0000000000"},
            {"start": "a", "end": "4"},
            {"start": "-1", "end": "4"},
            {"start": "1", "end": "9" * 40},
            {"start": "٣", "end": "٤"},
        ],
    )
    def test_what_is_not_there_is_not_found(self, page, query):
        response = page.panel(**query)
        assert response.status_code in (200, 404)
        assert response.status_code == 404 or "errornote" in response.content.decode()

    def test_queries_do_not_grow_with_claims_and_suggestions(
        self, page, django_assert_max_num_queries
    ):
        from django.db import connection

        with CaptureQueriesContext(connection) as few:
            page.get()
        for words in ("The river rose", "in one night", "said last", "shops have"):
            make_claim(page.article, wording=words)
        with django_assert_max_num_queries(len(few) + 1):
            page.get()


class TestPanels:
    def test_a_suggestion_comes_with_source_and_date(self, page):
        row = page.suggestion("bridge was safe")
        html = page.panel(suggestion=row.public_id).content.decode()
        assert 'value="Ana Paz"' in html
        assert 'value="last month"' in html
        assert 'value="2026-02~"' in html
        assert "The bridge was safe." in html

    def test_a_selection_is_cut_in_code_points(self, page):
        start = TEXT.index("The river")
        html = page.panel(start=start, end=start + 9).content.decode()
        assert 'id="ws-words" dir="auto">The river</blockquote>' in html

    def test_the_source_of_the_claim_before_is_offered(self, page):
        make_claim(
            page.article, wording="The river rose", source=make_source(name="Bo Li")
        )
        start = TEXT.index("Two of three")
        html = page.panel(start=start, end=start + 12).content.decode()
        assert "the same as for the claim before: Bo Li" in html

    def test_the_first_of_a_text_has_none_before(self, page):
        html = page.panel(start=6, end=10).content.decode()
        assert "the claim before" not in html


class TestMarking:
    def test_typed_words_become_a_claim(self, page):
        response = page.mark("The river rose by 40 centimetres", text="It rose.")
        claim = Claim.objects.get()
        assert response.status_code == 302
        assert f"claim={claim.public_id}" in response["Location"]
        assert claim.appearances.get().wording == "The river rose by 40 centimetres"
        event = Event.objects.of("claim", claim.public_id).get()
        assert (event.verb, event.actor_id) == ("created", str(page.user.pk))
        assert claim.history.get().history_user == page.user

    def test_selected_words_become_a_claim_at_their_place(self, page):
        start = TEXT.index("river")
        page.mark("river", start=start, end=start + 5)
        assert Claim.objects.get().appearances.get().passage.start == start

    def test_the_same_source_again_takes_role_and_chain_along(self, page):
        page.mark(
            "The river rose",
            who="named",
            source="Elm study",
            source_kind="report",
            relays="Ana Paz\nBo Li",
            role="as quoted",
        )
        first = Claim.objects.get()
        start = TEXT.index("Two of three")
        page.mark("Two of three", who="same", start=start, end=start + 12)
        second = Claim.objects.exclude(pk=first.pk).get()
        assert (second.source, second.role) == (first.source, "as quoted")
        names = [link.source.name for link in second.chain.all()]
        assert names == ["Ana Paz", "Bo Li"]

    def test_own_voice_is_the_publishers(self, page):
        page.mark("The river rose", who="own")
        claim = Claim.objects.get()
        assert (claim.voice, claim.source) == (
            "own",
            page.article.document.publisher,
        )

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"text": ""}, "This field is required."),
            ({"who": "named"}, "Name the source."),
            ({"who": "same"}, "Select a valid choice"),
            ({"said_edtf": "2016-13", "said_basis": "x"}, "is not a"),
            ({"said_edtf": "2016"}, "Say what the date of the claim rests on."),
            ({"words": "Words of nobody"}, "do not stand in"),
            ({"words": "e"}, "places: give a few more words"),
            ({"start": "3", "end": "6"}, "Other words stand at that place"),
            ({"copy": "0000000000"}, "has another stored copy now"),
        ],
    )
    def test_what_is_wrong_comes_back_with_what_was_typed(self, page, fields, sentence):
        given = {"words": "The river rose", "text": "It rose.", **fields}
        for in_parts in (False, True):
            response = page.mark(in_parts=in_parts, **given)
            html = response.content.decode()
            assert response.status_code == 422
            assert sentence in html
            assert given["text"] in html
        assert not Claim.objects.exists()
        assert Source.objects.count() == 1  # the publisher

    def test_a_name_very_like_another_asks_and_takes_either(self, page):
        known = make_source(name="Combating Terrorism Center", kind="organisation")
        sent = {"who": "named", "source": "Combatting Terrorism Center"}
        start = TEXT.index("The river")
        sent |= {"start": start, "end": start + 9}
        html = page.mark("The river", **sent).content.decode()
        assert "very like" in html
        assert f'value="{known.name}"' in html
        page.mark("The river", **{**sent, "source": known.name})
        assert Claim.objects.get().source == known
        page.mark("The river", **sent, is_new="on")
        assert Source.objects.filter(name=sent["source"]).exists()

    def test_accepting_goes_on_to_the_next_suggestion(self, page):
        rows = list(page.article.suggestions.within(page.article.newest_copy))
        fields = self.form_of(page, rows[0])
        html = page.post("mark", in_parts=True, **fields).content.decode()
        assert f'data-mark="suggestion-{rows[1].public_id}"' in html
        assert 'id="ws-block-0"' in html
        assert 'id="ws-progress"' in html
        rows[0].refresh_from_db()
        assert rows[0].state == SuggestionState.ACCEPTED
        assert rows[0].claim == Claim.objects.get()

    def test_a_colleague_was_quicker(self, page):
        row = page.suggestion("bridge was safe")
        fields = self.form_of(page, row)
        reject(row, make_user())
        response = page.post("mark", in_parts=True, **fields)
        assert response.status_code == 422
        assert "decided already: rejected" in response.content.decode()
        assert not Claim.objects.exists()

    def form_of(self, page: Page, row: Any) -> dict[str, Any]:
        context = page.panel(suggestion=row.public_id).context
        form = context["panel"].forms["mark"]
        fields = {name: form[name].value() for name in form.fields}
        fields["relays"] = "\n".join(fields["relays"] or [])
        return {
            name: value for name, value in fields.items() if value not in (None, "")
        }


class TestOtherActs:
    def test_rejecting(self, page):
        row = page.suggestion("bridge was safe")
        assert page.post("reject", suggestion=row.public_id).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.decided_by) == (SuggestionState.REJECTED, page.user)

    def test_background_and_back(self, page):
        page.post("background", words="in one night", reason="Known to all.")
        row = page.article.backgrounds.get()
        assert row.marked_by == page.user
        page.post("lift", background=row.public_id)
        assert not page.article.backgrounds.exists()

    def test_background_needs_a_reason(self, page):
        response = page.post("background", words="in one night", reason="")
        assert response.status_code == 422
        assert not page.article.backgrounds.exists()

    def test_a_known_claim_stands_here_too(self, page):
        claim = make_claim(page.article, wording="The river rose")
        for typed in (claim.public_id, f"Anything · {claim.public_id}"):
            response = page.post("appearance", words="in one night", claim=typed)
        assert "already stands at this passage" in response.content.decode()
        assert claim.appearances.count() == 2

    def test_no_claim_of_that_name(self, page):
        response = page.post("appearance", words="in one night", claim="0000000000")
        assert response.status_code == 422
        assert "no claim with that public id" in response.content.decode()

    def test_boundaries_move_to_typed_words_near_where_they_were(self, page):
        claim = make_claim(page.article, wording="The river rose")
        facts = {"claim": claim.public_id, "version": claim.version}
        page.post("boundaries", words="river", **facts)
        assert claim.appearances.get().wording == "river"

    def test_a_stale_page_moves_nothing(self, page):
        claim = make_claim(page.article, wording="The river rose")
        response = page.post(
            "boundaries", words="river", claim=claim.public_id, version=0
        )
        assert response.status_code == 422
        assert "A colleague saved this claim" in response.content.decode()
        assert claim.appearances.get().wording == "The river rose"

    def test_splitting(self, page):
        claim = make_claim(page.article, wording="The river rose")
        page.post(
            "split",
            claim=claim.public_id,
            version=claim.version,
            first="It rose.",
            second="It was a river.",
        )
        texts = set(Claim.objects.values_list("text", flat=True))
        assert texts == {"It rose.", "It was a river."}

    def test_suggesting_anew(self, page):
        page.article.suggestions.all().delete()
        page.post("suggest")
        assert page.article.suggestions.proposed().count() == 3

    def test_every_act_is_tried_here(self):
        names = {"mark", "reject", "restore", "background", "lift", "appearance"}
        assert set(ACTS) == names | {"boundaries", "split", "suggest"}


class TestWhoMay:
    def test_observers_look_and_change_nothing(self):
        article = make_article(text=TEXT)
        suggest(article)
        page = Page(article, OBSERVERS)
        html = page.get(suggestion=page.suggestion("bridge").public_id)
        assert html.status_code == 200
        panel = html.content.decode().partition('id="ws-panel"')[2]
        assert "<form" not in panel.partition("</section>")[0]
        for act in ACTS:
            assert page.post(act, words="The river rose").status_code == 403
        assert not Claim.objects.exists()

    @pytest.mark.parametrize("act", ACTS)
    def test_acts_are_posted_and_of_rows_that_are_there(self, page, act):
        assert page.client.get(f"{page.address}{act}/").status_code == 405
        nowhere = {"suggestion": "0000000000", "claim": "x", "background": "x"}
        assert page.post(act, **nowhere).status_code in (302, 404, 422)

    def test_unknown_acts_and_articles_are_not_found(self, page):
        assert page.post("delete").status_code == 404
        for key in ("0", "x", "9" * 30):
            address = page.address.replace(f"/{page.article.pk}/", f"/{key}/")
            assert page.client.get(address).status_code == 404

    def test_a_row_of_another_article_is_not_found(self, page):
        other = make_article(text=TEXT)
        suggest(other)
        row = other.suggestions.first()
        assert page.post("reject", suggestion=row.public_id).status_code == 404
        row.refresh_from_db()
        assert row.state == SuggestionState.PROPOSED

    def test_nothing_of_it_is_public(self, page, client):
        page.mark("The river rose", text="A canary rose.")
        claim = Claim.objects.get()
        assert client.get(f"/claims/{claim.public_id}/").status_code == 404
