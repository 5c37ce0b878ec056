"""What holds for any quotation: a cut is found, and a mutation is never accepted."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.checking.quotes import Verdict, check_quotation

from .mutations import MUTATIONS, mutated
from .pairs import false_trials, genuine_trials, is_long_enough, pairs, passages

TEXTS = [text for texts in passages().values() for text in texts]
SEEDS = st.integers(0, 2**32)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[str, str]:
    """Return a text and some words of it, whole ones from one gap to another."""
    text = draw(st.sampled_from(TEXTS))
    gaps = [place for place, sign in enumerate(text) if sign.isspace()]
    start = draw(st.sampled_from([0, *(place + 1 for place in gaps)]))
    end = draw(st.sampled_from([*gaps, len(text)]))
    assume(any(map(str.isalnum, text[start:end])))
    return text, text[start:end]


@given(cuts())
def test_words_cut_from_a_text_are_found_in_it(cut):
    text, words = cut
    match = check_quotation(words, text)

    assert match.matched == words
    # Cut right beside a number's unit or a negation, they are no longer the same.
    assert match.verdict in (Verdict.EXACT, Verdict.ALTERED)
    assert match.verdict is Verdict.EXACT or match.reasons


@given(st.text(), st.text(), st.text())
def test_no_text_is_too_odd(before, words, after):
    match = check_quotation(words, before + words + after)

    # Odd signs beside the words may make them part of a number or a negation.
    if match.same_words:
        assert (match.verdict, match.matched) == (Verdict.EXACT, words.strip())


@given(st.text(), st.text())
def test_any_two_texts_get_an_answer_with_a_place_in_the_text(words, text):
    match = check_quotation(words, text)

    if match.start is not None:
        assert text[match.start : match.end] == match.matched
        assert match.matched.strip()
    assert match.same_words or not match.accepted


@given(st.sampled_from([*MUTATIONS]), st.sampled_from(TEXTS), SEEDS)
def test_no_sentence_with_one_mutation_has_the_same_words(kind, text, seed):
    changed = mutated(kind, text, random.Random(seed))
    assume(changed is not None)

    match = check_quotation(changed, text)

    assert not match.same_words, match


def test_no_mutation_is_accepted_in_texts_with_layout_noise():
    for trial in false_trials(300, seed=5):
        assert is_long_enough(trial.quotation) or trial.kinds
        match = check_quotation(trial.quotation, trial.text)
        assert not match.same_words, (trial, match)


def test_layout_noise_keeps_the_same_words():
    trials = list(genuine_trials(200, seed=5))
    same = [check_quotation(t.quotation, t.text).same_words for t in trials]
    assert sum(same) >= 0.98 * len(same)


@pytest.mark.parametrize("kind", MUTATIONS)
def test_each_mutation_finds_sentences_to_change(kind):
    chance = random.Random(1)
    languages = {
        pair.language
        for pair in pairs()
        if mutated(kind, pair.text, chance) is not None
    }
    assert len(languages) >= 6
