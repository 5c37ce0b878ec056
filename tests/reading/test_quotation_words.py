"""One honest line for readers, whatever comparing a quotation found."""

from typing import Any

import pytest
from django.utils import translation

from claims.checking.quotes import Flag, Reason, Verdict
from claims.reading.quotation_words import quotation_sentence, reasons_in_words


def fact(verdict: str, **given: Any) -> dict[str, Any]:
    return {
        "verdict": verdict,
        "reasons": [],
        "flags": [],
        "holds": False,
        "by_eye": False,
        "pages": [],
        "copy": 1,
        "retrieved_on": "2026-03-02",
        **given,
    }


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (None, "These words have not been compared with a copy of the document."),
        (
            fact("exact", holds=True),
            "Compared with our copy of 2 March 2026: the same words.",
        ),
        (
            fact("typographic", holds=True, pages=[12, 12]),
            "Compared with our copy of 2 March 2026: the same words. "
            "There they stand on page 12.",
        ),
        (
            fact("edited_openly", holds=True, pages=[3, 4]),
            "Compared with our copy of 2 March 2026: the same words, shortened or "
            "supplied where it is marked. There they stand on pages 3 to 4.",
        ),
        (
            fact("exact", flags=["truncated"]),
            "Compared with our copy of 2 March 2026: the same words, but the sentence "
            "there has more to it that limits them.",
        ),
        (
            fact("edited_openly", flags=["long_gap"]),
            "Compared with our copy of 2 March 2026: the same words, but much stands "
            "between them that is left out.",
        ),
        (
            fact("altered", reasons=["number", "negation"]),
            "Our copy of 2 March 2026 reads otherwise. "
            "What differs: a number, a negation.",
        ),
        (
            fact("exact", holds=True, not_in="2026-03-11"),
            "Compared with our copy of 2 March 2026: the same words. "
            "Our copy of 11 March 2026 reads otherwise.",
        ),
        (fact("altered"), "Our copy of 2 March 2026 reads otherwise."),
        (fact("spliced"), "In our copy of 2 March 2026 these words stand far apart."),
        (
            fact("elision_hides"),
            "In our copy of 2 March 2026 the words that are left out change the sense.",
        ),
        (
            fact("absent", pages=[1, 1]),
            "These words were not found in our copy of 2 March 2026.",
        ),
        (
            fact("uncheckable"),
            "Our copy of 2 March 2026 has no words that a program could compare.",
        ),
        (
            fact("uncheckable", holds=True, by_eye=True),
            "Compared by eye with our copy of 2 March 2026: the words stand there.",
        ),
        (
            fact("exact", by_eye=True),
            "Compared by eye with our copy of 2 March 2026: the words do not stand "
            "there like this.",
        ),
    ],
)
def test_it_says(known, sentence):
    assert quotation_sentence(known) == sentence


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("holds", [True, False])
@pytest.mark.parametrize("by_eye", [True, False])
def test_every_verdict_has_a_sentence(language, verdict, holds, by_eye):
    with translation.override(language):
        known = fact(str(verdict), holds=holds, by_eye=by_eye)
        sentence = quotation_sentence(known)
        assert sentence.endswith(".")
        assert "2026" in sentence or "٢٠٢٦" in sentence


def test_every_reason_of_the_checker_has_words_or_says_nothing():
    silent = {"no_text", "no_quotation", "too_long", "too_many_parts"}
    assert {
        str(reason) for reason in Reason if not reasons_in_words([reason])
    } == silent


def test_flags_that_mislead_never_pass_as_the_same_words():
    for flag in (Flag.TRUNCATED, Flag.OPENING_CUT, Flag.LONG_GAP, Flag.CROSSES_HEADING):
        sentence = quotation_sentence(fact("exact", flags=[str(flag)]))
        assert ", but " in sentence
