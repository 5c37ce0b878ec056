"""Terms of a search: the same for every way of typing a word, with their places."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.terms import MAX_CHARACTERS, placed_terms, terms_of
from tests.properties import tried

WRITTEN = st.text(
    st.sampled_from(
        "aİıIßÉéœ0٣²½ -’\u00ad\u0301\u200c東京タが한हिन्दीпёΣςأٱمَﬁ\x00\ud800"
    )
)


def places_in(text):
    placed = placed_terms(text)
    return [placed.place(number, number) for number in range(len(placed.terms))]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The mayor’s 5,000 voters", "the mayor s 5 000 voters"),
        ("İSTANBUL ıstanbul Istanbul", "istanbul istanbul istanbul"),
        ("Straße Élan cafe\u0301 Łódź Øre", "strasse elan cafe lodz ore"),
        ("Ёлка ΣΊΣΥΦΟΣ Σίσυφος", "елка σισυφοσ σισυφοσ"),
        ("أحمد ٱحمد مَدرَسة مدرسه", "احمد احمد مدرسه مدرسه"),
        ("हिन्दी में ٣٥", "हिन्दी में 35"),
        ("東京都は", "東京 京都 都は は"),
        ("ガ か\u3099", "ガ が"),
        ("co\u00adoperate ﬁsh ｆｕｌｌ", "cooperate fish full"),
        ("10² ½ Ⅷ", "10 2 1 2 viii"),
        ("می\u200cخواهم", "ميخواهم"),
        ("☃️ — “ ” \x00 \ud800", ""),
    ],
    ids=ascii,
)
def test_a_word_is_folded_as_far_as_people_type_it_otherwise(text, terms):
    assert terms_of(text) == terms.split()


def test_a_long_word_comes_in_several_terms():
    assert terms_of("x" * 130) == ["x" * 64, "x" * 64, "xx"]
    assert [len(term) for term in terms_of("ö" * 130)] == [64, 64, 2]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Straße, 10²", ["Die", "Straße", "10", "²"]),
        ("مَدرَسةٌ!", ["مَدرَسةٌ"]),
        ("新しい", ["新し", "しい", "い"]),
        ("cafe\u0301 co\u00adop", ["cafe\u0301", "co\u00adop"]),
    ],
    ids=ascii,
)
def test_a_term_has_its_place_in_the_text_as_it_is(text, found):
    assert [text[start:end] for start, end in places_in(text)] == found


@given(WRITTEN)
@tried(200)
def test_terms_with_and_without_places_are_the_same(text):
    assert placed_terms(text).terms == terms_of(text)
    for start, end in places_in(text):
        assert 0 <= start < end <= len(text)


@given(WRITTEN)
@tried(200)
def test_folding_what_is_folded_changes_nothing(text):
    words = " ".join(term for term in terms_of(text) if not _is_pair(term))
    assert terms_of(words) == words.split()
    assert unicodedata.is_normalized("NFC", words)
    assert all(len(term) <= MAX_CHARACTERS for term in terms_of(text))


def _is_pair(term):
    return any("\u3000" <= character <= "\u9fff" for character in term)
