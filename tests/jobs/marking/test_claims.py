"""Marking by hand: places, names, appearances, boundaries, and one claim made two."""

import pytest
from django.core.exceptions import ValidationError

from claims.jobs.marking import (
    Marking,
    MarkingError,
    NamedSource,
    NewSourceError,
    Place,
    accept,
    add_appearance,
    mark_claim,
    move_boundaries,
    named,
    place_in,
    proposal_at,
    resembling,
    split,
    suggest,
)
from claims.models import Appearance, Claim, Document, Event, Source
from claims.workflow.words import AssessmentState, ClaimState
from tests.factories import (
    NOON,
    SENTENCES,
    TEXT,
    make_article,
    make_assessment,
    make_claim,
    make_copy,
    make_link,
    make_source,
    make_user,
    move,
)

pytestmark = pytest.mark.django_db

ARABIC = "قال العمدة 👩‍🚒 إن الجسر آمن. The bridge is safe. The bridge is safe."


def marking(place: Place, **facts) -> Marking:
    facts = {"text": "The bridge holds.", "kind": "state", "voice": "unclear", **facts}
    return Marking(place, **facts)


class TestPlaces:
    def test_places_count_code_points_whatever_stands_before(self):
        copy = make_copy(text=ARABIC)
        start = ARABIC.index("The")
        assert place_in(copy, "The bridge", start, start + 10) == Place(
            start, start + 10
        )

    def test_white_space_at_the_ends_is_left_out(self):
        copy = make_copy(text="One.  Two words. ")
        assert place_in(copy, "  Two words. ", 4, 17) == Place(6, 16)

    @pytest.mark.parametrize(
        ("start", "end"), [(1, 11), (-1, 9), (0, 10_000), (10, 0), (0, 0)]
    )
    def test_other_words_at_the_place_are_refused(self, start, end):
        with pytest.raises(MarkingError, match="Other words stand"):
            place_in(make_copy(text="The bridge is safe."), "The bridge", start, end)

    def test_words_are_found_where_they_stand_once(self):
        copy = make_copy(text=ARABIC)
        assert copy.text[slice(*vars(place_in(copy, "إن الجسر آمن")).values())] == (
            "إن الجسر آمن"
        )

    def test_words_at_several_places_ask_for_more_or_take_the_nearest(self):
        copy = make_copy(text=ARABIC)
        with pytest.raises(MarkingError, match="in 2 places"):
            place_in(copy, "The bridge is safe.")
        last = ARABIC.rindex("The")
        assert place_in(copy, "The bridge is safe.", last - 2).start == last

    def test_words_that_are_not_there_are_refused(self):
        with pytest.raises(MarkingError, match="do not stand in"):
            place_in(make_copy(), "Words of another article.")

    def test_nothing_but_white_space_is_no_passage(self):
        with pytest.raises(MarkingError, match="Select some words"):
            place_in(make_copy(text="One.  Two."), "  ", 4, 6)

    def test_a_chapter_is_no_statement(self):
        copy = make_copy(text="word " * 1000)
        with pytest.raises(MarkingError, match="too long"):
            place_in(copy, copy.text, 0, len(copy.text))


class TestNaming:
    def test_case_and_a_leading_the_make_no_other_source(self):
        known = make_source(name="The Elm Post", kind="outlet")
        again = NamedSource("elm  post", "person")
        assert named(again, make_article(), make_user(), NOON) == known

    def test_other_names_in_any_script_are_found(self):
        known = make_source(name="Ana Paz", aliases=["Анна Пас"])
        again = NamedSource("анна пас", "person")
        assert named(again, make_article(), make_user(), NOON) == known

    def test_an_unnamed_source_is_one_of_its_article_alone(self):
        article, actor = make_article(), make_user()
        official = NamedSource("an official", "unnamed_person")
        first = named(official, article, actor, NOON)
        assert first.article == article
        assert named(official, article, actor, NOON) == first
        assert named(official, make_article(), actor, NOON) != first

    def test_a_report_comes_with_the_document_it_is(self):
        article, actor = make_article(), make_user()
        report = named(NamedSource("Elm study", "report"), article, actor, NOON)
        assert report.document.known_only_from == article.document
        events = Event.objects.of("document", report.document.public_id)
        assert [each.verb for each in events] == ["created"]

    def test_a_name_very_like_another_asks_first(self):
        known = make_source(name="Combating Terrorism Center", kind="organisation")
        typed = NamedSource("Combatting Terrorism Center", "organisation")
        before = Source.objects.count()
        article = make_article()
        with pytest.raises(NewSourceError, match="very like") as refusal:
            named(typed, article, make_user(), NOON)
        assert refusal.value.similar == (known,)
        assert Source.objects.count() == before + 1  # the article's publisher
        other = NamedSource(typed.name, typed.kind, is_new=True)
        assert named(other, article, make_user(), NOON) != known

    def test_a_name_that_shares_a_word_is_no_reason_to_ask(self):
        make_source(name="Ana Paz")
        assert resembling("Ana Petrova", make_article()) == []
        assert resembling("A", make_article()) == []


class TestMarking:
    def test_the_whole_claim_is_made_at_once(self):
        article, actor = make_article(), make_user()
        copy = article.newest_copy
        claim = mark_claim(
            article,
            copy,
            marking(
                place_in(copy, SENTENCES[2]),
                voice="attributed",
                source=NamedSource("Elm study", "report"),
                relays=(NamedSource("Ana Paz", "person"),),
                said_words="today",
                said_edtf="2026-03",
                said_basis="the article",
            ),
            actor,
        )
        assert claim.source.name == "Elm study"
        assert [link.source.name for link in claim.chain.all()] == ["Ana Paz"]
        assert claim.appearances.get().wording == SENTENCES[2]
        assert claim.said_from.isoformat() == "2026-03-01"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"text": " "},
            {"kind": "joke"},
            {"said_edtf": "2026-13"},
            {"said_edtf": "2026"},
            {"voice": "attributed"},
            {
                "source": NamedSource("x" * 400, "person"),
                "relays": [NamedSource("", "")],
            },
        ],
    )
    def test_what_is_wrong_leaves_nothing_behind(self, wrong):
        article = make_article()
        copy = article.newest_copy
        sources = Source.objects.count()
        with pytest.raises(ValidationError):
            mark_claim(
                article,
                copy,
                marking(place_in(copy, SENTENCES[0]), **wrong),
                make_user(),
            )
        assert not Claim.objects.exists()
        assert not Appearance.objects.exists()
        assert Source.objects.count() == sources

    def test_own_voice_without_a_publisher_says_what_to_do(self):
        article = make_article()
        Document.objects.update(publisher=None)
        article.refresh_from_db()
        copy = article.newest_copy
        with pytest.raises(MarkingError, match="name it on its document first"):
            mark_claim(
                article,
                copy,
                marking(place_in(copy, SENTENCES[0]), voice="own"),
                make_user(),
            )

    def test_a_suggestion_of_the_same_words_goes_and_one_inside_stays(self):
        text = (
            "The report notes that the ranks pale beside those of Oakham, where the "
            "band is estimated to have 18,000 fighters."
        )
        article = make_article(text=text)
        suggest(article)
        rows = list(article.suggestions.order_by("passage__start"))
        assert len(rows) == 2
        accept(rows[0], make_user())
        assert article.suggestions.proposed().get() == rows[1]


class TestProposals:
    def test_a_selection_gets_the_source_of_the_suggestion_it_shares(self):
        article = make_article(text="Ana Paz said on Monday that the bridge was safe.")
        suggest(article)
        copy = article.newest_copy
        found = proposal_at(article, copy, place_in(copy, "bridge was safe"))
        assert (found.source_name, found.voice) == ("Ana Paz", "attributed")
        assert found.text == "Bridge was safe."
        assert found.said_words == "Monday"

    def test_elsewhere_the_article_speaks_and_its_sentence_gives_the_date(self):
        article = make_article(text="All is well. The river rose last year. In 1911 …")
        copy = article.newest_copy
        found = proposal_at(article, copy, place_in(copy, "The river rose"))
        assert (found.voice, found.said_words) == ("own", "last year")
        assert found.said_edtf == "2025~"

    def test_without_the_articles_date_only_the_words_are_kept(self):
        article = make_article(text="The river rose last year.")
        article.document.published_edtf = ""
        copy = article.newest_copy
        found = proposal_at(article, copy, place_in(copy, "The river rose"))
        assert (found.said_words, found.said_edtf) == ("last year", "")


class TestAppearances:
    def test_a_known_claim_stands_at_a_further_place(self):
        claim = make_claim(wording=SENTENCES[0])
        copy = claim.article.newest_copy
        place = place_in(copy, SENTENCES[1])
        add_appearance(claim, claim.article, copy, place, make_user(), claim.version)
        assert claim.appearances.filter(is_first=False).get().wording == SENTENCES[1]

    def test_the_same_place_twice_is_refused(self):
        claim = make_claim(wording=SENTENCES[0])
        copy = claim.article.newest_copy
        place = place_in(copy, SENTENCES[0])
        with pytest.raises(MarkingError, match="already stands"):
            add_appearance(claim, claim.article, copy, place, make_user(), 1)
        claim.refresh_from_db()
        assert claim.version == 1

    def test_boundaries_move_and_the_old_passage_stays_on_record(self):
        claim = make_claim(wording=SENTENCES[0])
        row = claim.appearances.get()
        copy = claim.article.newest_copy
        actor = make_user()
        place = place_in(copy, "5,000 people")
        assert move_boundaries(row, copy, place, actor, claim.version)
        old = row.passage
        row.refresh_from_db()
        assert (row.wording, row.passage.exact) == ("5,000 people", "5,000 people")
        old.refresh_from_db()
        event = Event.objects.of("claim", claim.public_id).last()
        assert (event.verb, event.actor_id) == ("edited", str(actor.pk))

    def test_moving_to_where_it_stands_is_no_edit(self):
        claim = make_claim(wording=SENTENCES[0])
        copy = claim.article.newest_copy
        place = place_in(copy, SENTENCES[0])
        row = claim.appearances.get()
        assert not move_boundaries(row, copy, place, make_user(), claim.version)
        claim.refresh_from_db()
        assert claim.version == 1
        assert not Event.objects.of("claim", claim.public_id).exists()

    def test_moved_boundaries_void_a_signature(self):
        claim = make_claim(wording=SENTENCES[0])
        assessment = make_assessment(claim, state=AssessmentState.SIGNED_OFF)
        claim.refresh_from_db()
        copy = claim.article.newest_copy
        row = claim.appearances.get()
        place = place_in(copy, "5,000 people")
        move_boundaries(row, copy, place, make_user(), claim.version)
        assessment.refresh_from_db()
        assert assessment.state == AssessmentState.SUBMITTED

    def test_a_stale_page_is_refused(self):
        claim = make_claim(wording=SENTENCES[0])
        Claim.raise_version(claim.pk)
        copy = claim.article.newest_copy
        place = place_in(copy, SENTENCES[1])
        with pytest.raises(MarkingError, match="A colleague saved"):
            move_boundaries(claim.appearances.get(), copy, place, make_user(), 1)
        assert claim.appearances.get().wording == SENTENCES[0]

    def test_a_discarded_claim_stays_as_it_is(self):
        claim = make_claim()
        move("discard", claim, make_user("Editors"), reason="A mistake.")
        claim.refresh_from_db()
        copy = claim.article.newest_copy
        with pytest.raises(MarkingError, match="no longer worked on"):
            move_boundaries(
                claim.appearances.get(),
                copy,
                place_in(copy, SENTENCES[1]),
                make_user(),
                claim.version,
            )
        assert claim.state == ClaimState.DISCARDED


class TestSplitting:
    def test_each_keeps_passage_source_and_chain_but_not_the_checks(self):
        claim = make_claim(wording=SENTENCES[3], role="mayor")
        make_link(claim, attribution_check="relayed")
        claim.refresh_from_db()
        actor = make_user()
        other = split(
            claim, "Two shops closed.", "It was after 2019.", actor, claim.version
        )
        claim.refresh_from_db()
        assert (claim.text, other.text) == ("Two shops closed.", "It was after 2019.")
        assert other.appearances.get().passage == claim.appearances.get().passage
        assert (other.source, other.role) == (claim.source, "mayor")
        assert other.chain.get().source == claim.chain.get().source
        assert other.chain.get().attribution_check == "unchecked"
        assert other.attribution_check == "unchecked"
        assert claim.chain.get().attribution_check == "relayed"
        verbs = [each.verb for each in Event.objects.of("claim", other.public_id)]
        assert verbs == ["created"]

    @pytest.mark.parametrize(
        ("first", "second"), [("", "Two."), ("One.", " "), ("One.", "One. ")]
    )
    def test_two_different_statements_are_needed(self, first, second):
        claim = make_claim()
        with pytest.raises(MarkingError, match="two statements"):
            split(claim, first, second, make_user(), claim.version)
        assert Claim.objects.count() == 1

    def test_a_text_too_long_changes_neither(self):
        claim = make_claim()
        before = claim.text
        with pytest.raises(MarkingError, match="1000"):
            split(claim, "One.", "x" * 1001, make_user(), claim.version)
        claim.refresh_from_db()
        assert (claim.text, claim.version) == (before, 1)


def test_the_sample_text_holds_the_sentences():
    assert all(sentence in TEXT for sentence in SENTENCES)
