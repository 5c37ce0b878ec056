"""Claims in the order of how well they fit, with what agrees and what differs."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.similarity import Candidate, Likeness, rank
from claims.checking.similarity.rarity import weight
from claims.checking.similarity.words import words_of
from tests.properties import tried

FLOOD = "18,000 people were without water after the flood in Harrowdale."
OTHERS = (
    "The mill bridge at Elmbrook was closed for eleven weeks.",
    "No school in the county will be closed before 2027.",
    "The night train between Elmbrook and Port Lessing will be stopped in May.",
    "Unemployment in Port Lessing fell to 4.2 percent in March.",
    "Mayor Ilse Brandt promised to halve the parking fees.",
)


def ranked(text: str, *claims: str | Candidate, limit: int = 5) -> list[Likeness]:
    """Rank these claims, with some others, as if they were a collection."""
    texts = [*claims, *OTHERS]
    candidates = [
        each if isinstance(each, Candidate) else Candidate(f"{number:02}", each)
        for number, each in enumerate(texts)
    ]
    counts: Counter[str] = Counter()
    for each in candidates:
        counts.update({word.key for word in words_of(f"{each.text} {each.title}")})
    return rank(text, candidates, len(candidates), lambda _words: counts, limit)


def differences(text: str, claim: str) -> list[str]:
    (found,) = [each for each in ranked(text, claim) if each.key == "00"]
    return [str(each) for each in found.differs]


def first(text: str, *claims: str | Candidate) -> Likeness:
    found = ranked(text, *claims)[0]
    assert found.key == "00"
    return found


def test_the_same_claim_is_sure_and_says_what_agrees():
    found = first("After the flood 18 000 Harrowdale people had no more water", FLOOD)
    assert {"18,000", "water", "flood", "Harrowdale"} <= {*found.agrees}
    assert found.differs == () or not found.is_confident
    same = first(FLOOD, FLOOD)
    assert same.is_confident
    assert same.is_close
    assert same.cover == 1.0


def test_another_figure_is_said_and_is_not_sure():
    found = first("5,000 people without water after the flood in Harrowdale", FLOOD)
    assert [str(each) for each in found.differs] == ["5,000 / 18,000"]
    assert found.is_close
    assert not found.is_confident


@pytest.mark.parametrize(
    ("text", "claim", "expected"),
    [
        ("The ferry did not sink", "The ferry sank.", ["not / –"]),
        ("The ferry sank", "The ferry never sank.", ["– / never"]),
        ("The ferry never sank", "The ferry did not sink.", []),
        ("The ferry sank on Monday", "The ferry sank on Friday.", ["monday / friday"]),
        ("The ferry sank in June", "The ferry sank in July.", ["june / july"]),
        ("Ferry prices rose", "Ferry prices fell.", ["rose / fell"]),
        ("Ferry prices fell", "Ferry prices rose.", ["fell / rose"]),
        ("Ferry prices rose and fell", "Ferry prices fell.", []),
        ("5 % of ferries sank", "12 ferries of 7 % sank.", ["5 % / 7 %"]),
        ("ferries sank", "300 ferries sank.", ["– / 300"]),
        ("300 ferries sank", "The ferries sank.", ["300 / –"]),
        ("3 ferries sank in 2020", "The ferries sank.", []),
        ("five thousand ferries sank", "5,000 ferries sank.", []),
        ("$3 million for ferries", "5 million dollars for ferries", ["$3 million / 5 million dollars"]),
        ("ما غرقت العبارة", "غرقت العبارة", []),
    ],
)  # fmt: skip
def test_what_differs_is_said(text, claim, expected):
    assert differences(text, claim) == expected


def test_only_the_sentences_about_the_claim_count():
    post = "I never sleep. 40,000 likes! The ferry sank in the harbour. No, I am fine."
    assert differences(post, "The ferry sank in the harbour.") == []


def test_numbers_of_title_or_elsewhere_in_the_post_are_no_difference():
    claim = Candidate("00", "700 ferries sank.", "900 ferries of the harbour")
    found = ranked("Of 900 ferries many sank. Some say 700.", claim)[0]
    assert found.differs == ()


def test_slips_of_the_pen_and_tags_in_small_letters_lead_there():
    found = first("harowdale floods: no water", FLOOD)
    assert found.agrees == ("water", "flood", "Harrowdale")
    found = first("they want it! #savetheferry", "They want to save the ferry.")
    assert {"save", "ferry"} <= {*found.agrees}
    title = Candidate("00", "It is to be sold.", "Save the ferry")
    assert {"Save", "ferry"} <= {*first("it will be sold #savetheferry", title).agrees}


def test_a_short_word_and_a_number_are_no_slips():
    assert ranked("flod 18001", FLOOD) == []


def test_what_stands_in_the_text_counts_more_than_in_a_signature():
    signed = "The mill bridge? — Port Lessing (@lessing)"
    assert ranked(signed)[0].key == "00"
    assert ranked("Lessing, Port. — The mill bridge (@bridge)")[0].key != "00"


def test_words_in_a_row_and_more_of_the_claim_go_first():
    scattered = "The water of the sold ferry tower was old."
    in_a_row = "The water tower of the sold ferry was old."
    found = ranked("who sold the water tower?", scattered, in_a_row)
    assert [each.key for each in found[:2]] == ["01", "00"]


def test_titles_and_quotations_are_searched_too():
    by_title = Candidate("00", "It was closed.", "The lighthouse of Brack")
    assert first("the lighthouse", by_title).agrees[-1] == "lighthouse"
    by_words = Candidate("00", "It was closed.", "", "they shut the lighthouse")
    assert first("the lighthouse", by_words).agrees[-1] == "lighthouse"


def test_characters_that_follow_each_other_are_shown_as_a_word():
    found = first("听说新图书馆关闭了", "青石市新图书馆于去年关闭。")
    assert "新图书馆" in found.agrees
    assert "关闭" in found.agrees


def test_one_word_is_never_close():
    found = first("Harrowdale", "Harrowdale")
    assert not found.is_close
    assert not found.is_confident


def test_a_claim_that_is_there_twice_is_close_twice_and_sure_once():
    found = ranked(FLOOD, FLOOD, FLOOD)
    assert [each.key for each in found[:2]] == ["00", "01"]
    assert [each.is_close for each in found[:2]] == [True, True]
    assert [each.is_confident for each in found[:2]] == [True, False]


def test_a_word_of_the_signature_alone_is_about_no_sentence():
    found = first("Hm. — Harrowdale flood (@flood)", FLOOD)
    assert found.differs == ()


def test_without_words_or_claims_nothing_is_found():
    assert ranked("") == []
    assert rank("flood", [], 0, lambda _words: {}) == []
    assert rank("flood", [Candidate("a", "")], 1, lambda _words: {}) == []


def test_no_more_than_asked_for_are_returned():
    assert len(ranked("the closed Elmbrook", limit=1)) == 1


def test_the_rarer_a_word_the_more_it_weighs():
    weights = [weight(1000, claims) for claims in (0, 1, 10, 1000, 2000)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0


@tried(60)
@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=30))
def test_nothing_that_is_typed_is_an_error(text, claim, title):
    for found in ranked(text, Candidate("00", claim, title, text)):
        assert 0 <= found.cover <= 1
        assert found.score >= 0
        assert found.agrees
