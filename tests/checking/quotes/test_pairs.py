"""Every pair of quotation and text is judged as it should be."""

from collections import Counter

import pytest

from claims.checking.quotes import VERSION, Flag, Reason, Verdict, check_quotation
from claims.models import QuoteCheck

from .pairs import Pair, as_arguments, pairs


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.id)
def test_each_pair_has_its_verdict_reasons_and_flags(pair: Pair):
    match = check_quotation(pair.quotation, pair.text, **as_arguments(pair))

    assert match.verdict == pair.verdict, match
    assert set(pair.reasons) <= set(match.reasons), match
    assert set(pair.flags) <= set(match.flags), match
    assert match.accepted == pair.genuine, match
    assert match.version == VERSION
    if match.start is not None:
        assert pair.text[match.start : match.end] == match.matched


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.id)
def test_what_differs_is_told_word_by_word(pair: Pair):
    match = check_quotation(pair.quotation, pair.text, **as_arguments(pair))

    if match.start is not None and match.matched != pair.quotation.strip():
        kept = [part.text for part in match.difference if part.kind != "added"]
        typed = [part.text for part in match.difference if part.kind != "removed"]
        assert "".join(kept) == match.matched
        assert "".join(typed) == pair.quotation.strip()
    else:
        assert match.difference == ()


def test_the_pairs_are_many_and_of_many_kinds():
    of_language = Counter(pair.language for pair in pairs())
    assert len(pairs()) >= 300
    assert len({pair.id for pair in pairs()}) == len(pairs())
    assert {pair.verdict for pair in pairs()} == {*Verdict}
    assert min(of_language.values()) >= 15
    assert {"en", "de", "fr", "es", "ru", "el", "ar", "hi", "zh"} == {*of_language}
    assert sum(pair.genuine for pair in pairs()) > 100
    told = {reason for pair in pairs() for reason in pair.reasons}
    raised = {flag for pair in pairs() for flag in pair.flags}
    assert {*Reason} - told <= {"too_long", "too_many_parts", "wording"}
    assert {*Flag} - raised <= {"cut_word"}


def test_the_verdicts_are_those_that_a_stored_check_may_have():
    assert [verdict.value for verdict in Verdict] == QuoteCheck.Verdict.values
