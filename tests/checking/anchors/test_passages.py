"""Passages: places in code points, with the words on both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.anchors import CONTEXT_CHARACTERS, Cut, cut, occurrences

# Letters beside emoji, combining marks and right-to-left text: code points that are
# two UTF-16 units, or more than one to a character as seen.
TRICKY = "A👩\u200d🚒 said: “caf\u00e9”, cafe\u0301; קוראים 𝄞 – she did. "
texts = st.text(
    alphabet=st.one_of(st.sampled_from(TRICKY), st.characters(codec="utf-8"))
)


def test_a_passage_has_exact_words_and_64_characters_on_each_side():
    text = "a" * 100 + "the words" + "b" * 100
    assert cut(text, 100, 109) == Cut(100, 109, "the words", "a" * 64, "b" * 64)


def test_context_ends_where_the_text_ends():
    assert cut("before it", 7, 9) == Cut(7, 9, "it", "before ", "")
    assert cut("it after", 0, 2) == Cut(0, 2, "it", "", " after")


def test_places_count_code_points():
    text = "👩\u200d🚒 saved 𝄞 the cat"
    start = text.index("𝄞")
    assert start == 10
    assert cut(text, start, start + 1).exact == "𝄞"
    assert cut(text, start, start + 1).prefix == "👩\u200d🚒 saved "


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 2), (0, 0), (2, 2), (3, 2), (0, 6), (5, 6), (-3, -1)]
)
def test_a_place_outside_the_text_is_refused_in_a_sentence(start, end):
    with pytest.raises(ValueError, match=r"does not lie in a text of 5 characters\.$"):
        cut("words", start, end)


def test_no_passage_can_be_cut_from_an_empty_text():
    with pytest.raises(ValueError, match="text of 0 characters"):
        cut("", 0, 1)


@st.composite
def texts_with_a_place(draw):
    text = draw(texts.filter(bool))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(texts_with_a_place())
def test_what_was_cut_is_found_again_at_its_place(place):
    text, start, end = place
    passage = cut(text, start, end)
    assert start in occurrences(text, passage.exact)
    assert text[passage.start : passage.end] == passage.exact
    around = passage.prefix + passage.exact + passage.suffix
    assert start - len(passage.prefix) in occurrences(text, around)
    assert len(passage.prefix) == min(start, CONTEXT_CHARACTERS)
    assert len(passage.suffix) == min(len(text) - end, CONTEXT_CHARACTERS)


@given(texts, texts)
def test_every_occurrence_is_one_and_none_is_left_out(text, words):
    found = occurrences(text, words)
    everywhere = [at for at in range(len(text)) if words and text.startswith(words, at)]
    assert found == everywhere


def test_overlapping_occurrences_are_all_found():
    assert occurrences("aaaa", "aa") == [0, 1, 2]


def test_no_words_occur_nowhere():
    assert occurrences("some text", "") == []


def test_words_are_compared_as_written():
    assert occurrences("caf\u00e9", "cafe\u0301") == []
