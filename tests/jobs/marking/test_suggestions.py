"""Suggestions: kept beside the article, decided by people, never proposed twice."""

import pytest

from claims.jobs.copies import add_copy
from claims.jobs.marking import (
    MarkingError,
    Suggested,
    accept,
    lift_background,
    mark_background,
    place_in,
    reject,
    suggest,
    take_back,
)
from claims.models import Claim, Event, Source, StoredCopy, Suggestion
from claims.workflow.desk_words import SuggestionState
from claims.workflow.words import AttributionCheck, Voice
from tests.factories import NOON, make_article, make_source, make_user, move

pytestmark = pytest.mark.django_db

TEXT = (
    "The river rose by 40 centimetres in one night.\n\n"
    "The mayor, Ana Paz, said that the bridge was safe. "
    "Two of three shops have closed, according to a study by the Elm Institute."
)


def suggestion_of(article, words: str) -> Suggestion:
    return article.suggestions.get(passage__exact__contains=words)


def newer_copy(article, text: str) -> StoredCopy:
    copy = StoredCopy(provenance="pasted", retrieved_at=NOON, text=text)
    return add_copy(article.document, copy, make_user())


@pytest.fixture
def article():
    article = make_article(text=TEXT)
    suggest(article)
    return article


def test_every_statement_is_proposed_and_nothing_becomes_a_claim(article):
    assert suggestion_of(article, "bridge was safe").source_name == "Ana Paz"
    assert suggestion_of(article, "40 centimetres").source_name == ""
    states = set(article.suggestions.values_list("state", flat=True))
    assert states == {SuggestionState.PROPOSED}
    assert not Claim.objects.exists()


def test_a_second_run_changes_nothing(article):
    before = list(article.suggestions.order_by("pk").values())
    assert suggest(article) == Suggested(added=0, to_decide=len(before))
    assert list(article.suggestions.order_by("pk").values()) == before


def test_an_article_without_a_text_has_none():
    assert suggest(make_article(text="")) == Suggested(0, 0)


def test_what_was_rejected_is_not_proposed_again(article):
    row = suggestion_of(article, "bridge was safe")
    user = make_user()
    reject(row, user)
    suggest(article)
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (SuggestionState.REJECTED, user)
    assert not article.suggestions.proposed().filter(passage=row.passage).exists()


def test_what_was_rejected_stays_so_in_a_newer_copy_though_it_moved(article):
    user = make_user()
    reject(suggestion_of(article, "bridge was safe"), user)
    copy = newer_copy(article, f"A line that is new.\n\n{TEXT}")
    suggest(article)
    row = article.suggestions.within(copy).get(passage__exact__contains="bridge was")
    assert (row.state, row.decided_by) == (SuggestionState.REJECTED, user)
    others = article.suggestions.within(copy).exclude(pk=row.pk)
    assert {each.state for each in others} == {SuggestionState.PROPOSED}


def test_what_was_rejected_is_proposed_when_its_words_changed(article):
    reject(suggestion_of(article, "bridge was safe"), make_user())
    copy = newer_copy(article, TEXT.replace("was safe", "was not safe"))
    suggest(article)
    row = article.suggestions.within(copy).get(passage__exact__contains="bridge was")
    assert row.state == SuggestionState.PROPOSED


def test_a_rejection_can_be_taken_back_once(article):
    row = suggestion_of(article, "bridge was safe")
    reject(row, make_user())
    take_back(row)
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (SuggestionState.PROPOSED, None)
    with pytest.raises(MarkingError, match="decided already: to be decided"):
        take_back(row)


class TestAccepting:
    def test_a_claim_stands_at_its_passage_with_source_and_author(self, article):
        row, user = suggestion_of(article, "bridge was safe"), make_user()
        claim = accept(row, user)
        row.refresh_from_db()
        appearance = claim.appearances.get()
        assert (row.state, row.claim) == (SuggestionState.ACCEPTED, claim)
        assert appearance.passage == row.passage
        assert appearance.wording == row.passage.exact
        assert appearance.is_first
        assert (claim.source.name, claim.source.kind) == ("Ana Paz", "person")
        assert claim.text == "The bridge was safe."
        events = Event.objects.of("claim", claim.public_id)
        assert [(each.verb, each.actor_id) for each in events] == [
            ("created", str(user.pk))
        ]

    def test_a_source_that_is_here_is_found_by_any_of_its_names(self, article):
        known = make_source(name="Mayor Paz", aliases=["ana paz"])
        assert accept(suggestion_of(article, "bridge"), make_user()).source == known

    def test_a_protected_source_is_found_so_that_no_second_one_tells(self, article):
        known = make_source(name="Ana Paz", is_protected=True)
        assert accept(suggestion_of(article, "bridge"), make_user()).source == known

    def test_an_estimate_of_nobody_is_left_unattributed(self):
        article = make_article(text="The town now has an estimated 5,000 people.")
        suggest(article)
        claim = accept(article.suggestions.get(), make_user())
        assert (claim.voice, claim.source) == (Voice.PASSIVE, None)
        assert Claim.objects.unattributed().get() == claim

    def test_the_articles_own_voice_is_its_publishers(self, article):
        claim = accept(suggestion_of(article, "40 centimetres"), make_user())
        assert claim.source == article.document.publisher
        assert claim.attribution_check == AttributionCheck.NOT_APPLICABLE

    def test_the_chain_begins_with_whom_the_article_names(self):
        text = (
            "The report by the Elm Institute quotes the mayor, Ana Paz. She told The "
            "Elm Gazette that the bridge was safe."
        )
        article = make_article(text=text)
        suggest(article)
        claim = accept(suggestion_of(article, "bridge was safe"), make_user())
        names = [link.source.name for link in claim.chain.order_by("position")]
        assert (claim.source.name, names) == ("The Elm Gazette", ["Ana Paz"])

    def test_a_date_is_counted_from_that_of_the_article(self):
        article = make_article(text="Ana Paz said last month that all was well.")
        suggest(article)
        claim = accept(article.suggestions.get(), make_user())
        assert (claim.said_words, claim.said_edtf) == ("last month", "2026-02~")
        assert "March 2026" in claim.said_basis

    def test_a_colleague_who_is_later_is_told_and_nothing_is_made_twice(self, article):
        row = suggestion_of(article, "bridge was safe")
        accept(row, make_user())
        for late in (accept, reject):
            with pytest.raises(MarkingError, match="decided already: accepted"):
                late(row, make_user())
        assert Claim.objects.count() == 1

    def test_what_cannot_be_saved_leaves_nothing(self, article):
        article.document.publisher = None
        article.document.save()
        row = suggestion_of(article, "40 centimetres")
        Source.objects.all()
        claim = accept(row, make_user())
        assert (claim.voice, claim.source) == (Voice.UNCLEAR, None)

    def test_it_is_proposed_again_once_the_claim_is_discarded(self, article):
        row, user = suggestion_of(article, "bridge was safe"), make_user("Editors")
        claim = accept(row, user)
        suggest(article)
        assert not article.suggestions.proposed().filter(passage=row.passage)
        move("discard", claim, user, reason="A mistake.")
        copy = newer_copy(article, TEXT + " The end of it.")
        suggest(article)
        proposed = article.suggestions.within(copy).proposed()
        assert proposed.filter(passage__exact=row.passage.exact).exists()


class TestBackground:
    def test_nothing_inside_is_proposed_until_the_mark_is_lifted(self, article):
        copy = article.newest_copy
        place = place_in(copy, "The river rose by 40 centimetres in one night.")
        row = mark_background(article, copy, place, "Told  by all.", make_user())
        assert row.reason == "Told by all."
        suggest(article)
        inside = article.suggestions.filter(passage__exact__contains="40 cent")
        assert not inside.exists()
        lift_background(row, make_user())
        suggest(article)
        assert inside.get().state == SuggestionState.PROPOSED
        verbs = [each.verb for each in Event.objects.of("article", article.public_id)]
        assert verbs[-2:] == ["background_marked", "background_lifted"]

    def test_it_goes_along_to_a_newer_copy_where_its_words_are_the_same(self, article):
        copy, user = article.newest_copy, make_user()
        river = place_in(copy, "The river rose by 40 centimetres in one night.")
        shops = place_in(copy, "Two of three shops have closed")
        kept = mark_background(article, copy, river, "Known.", user)
        lost = mark_background(article, copy, shops, "Known.", user)
        newer = newer_copy(article, f"News. {TEXT}".replace("Two of three", "All"))
        suggest(article)
        kept.refresh_from_db()
        lost.refresh_from_db()
        assert kept.passage.stored_copy == newer
        assert kept.passage.exact == TEXT[river.start : river.end]
        assert (kept.marked_by, kept.reason) == (user, "Known.")
        assert lost.passage.stored_copy == copy

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_it_needs_a_reason(self, article, reason):
        copy = article.newest_copy
        with pytest.raises(MarkingError, match="cannot be blank"):
            mark_background(article, copy, place_in(copy, TEXT), reason, make_user())
        assert not article.backgrounds.exists()

    def test_a_passage_is_background_once(self, article):
        copy = article.newest_copy
        mark_background(article, copy, place_in(copy, TEXT), "Known.", make_user())
        with pytest.raises(MarkingError, match="background already"):
            mark_background(article, copy, place_in(copy, TEXT), "Known.", make_user())
