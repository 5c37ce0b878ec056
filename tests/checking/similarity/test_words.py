"""Words as they are compared, and their stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.similarity.stems import beginnings_of, stem
from claims.checking.similarity.words import UNSAID, words_of, words_of_post
from claims.checking.terms import terms_of
from tests.properties import tried


def keys(text: str) -> list[str]:
    return [word.key for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Bridge’s 5,000", ["the", "bridge", "=5000"]),
        ("L'année dernière", ["annee", "derniere"]),
        ("İSTANBUL Straße", ["istanbul", "strasse"]),
        ("新图书馆", ["新图", "图书", "书馆"]),
        ("橋", ["橋"]),
        ("S", ["s"]),
        ("12 kilograms", ["=12", "kilograms"]),
    ],
)
def test_words_are_folded_as_the_index_folds_them(text, expected):
    assert keys(text) == expected


def test_each_keeps_how_it_was_written_and_where_it_stands():
    words = words_of("Ein Fluß, 5 %", first_place=100)
    assert [(word.shown, word.place) for word in words] == [
        ("Ein", 100),
        ("Fluß", 101),
        ("5 %", 102),
    ]
    assert [word.is_number for word in words] == [False, False, True]


def test_a_post_has_sentences_and_its_signature_is_in_none():
    asked = words_of_post("One is so. #NoWay\nTwo! — News (@news)")
    assert "".join(asked.sentences).split() == ["One", "is", "so.", "No", "Way", "Two!"]
    places = {word.key: word.sentence for word in asked.words}
    assert places["one"] < places["way"] < places["=2"]
    assert places["news"] == UNSAID


@pytest.mark.parametrize(
    "forms",
    [
        ["vaccine", "vaccines", "vaccinated", "vaccinations"],
        ["war", "wars"],
        ["tax", "taxes"],
        ["boss", "bosses"],
        ["election", "elected", "elects"],
        ["maire", "maires"],
        ["gestiegen", "gestiegene"],
        ["больница", "больницы", "больнице"],
        ["δημαρχοσ", "δημαρχου"],
        ["सरकार", "सरकारों", "सरकारी"],
        ["مدرسه", "المدرسه", "والمدرسه"],
        ["图书", "图书"],
        ["=500", "=500"],
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("boss", "bos"), ("bus", "bu"), ("this", "thi"), ("ness", "n")]
)
def test_short_words_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_words_with_a_stem_begin_with_it_but_for_articles():
    assert beginnings_of("vaccin") == ["vaccin"]
    assert "المدرس" in beginnings_of("مدرس")


@tried(200)
@given(st.text(max_size=60))
def test_every_term_of_a_text_has_a_stem_that_is_its_own_stem(text):
    for term in terms_of(text):
        assert stem(stem(term)) == stem(term) != ""


@tried(200)
@given(st.text(max_size=60))
def test_nothing_that_is_pasted_is_an_error(text):
    for word in words_of_post(text).words:
        assert word.key
        assert word.stem
        assert word.shown
