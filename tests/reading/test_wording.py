"""Sentences of the public pages."""

import datetime

import pytest
from django.utils import translation

from claims.reading import wording
from claims.workflow.words import AttributionCheck, LinkState

MOMENT = datetime.datetime(2026, 3, 3, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("words", "edtf", "basis", "sentence"),
    [
        (
            "last month",
            "2016-02",
            "if published in March",
            "“last month” (February 2016, if published in March)",
        ),
        ("last month", "", "", "“last month”"),
        ("", "2016-02", "dateline", "February 2016 (dateline)"),
        ("", "2016-02", "", "February 2016"),
        ("3 March 2016", "2016-03-03", "cover", "3 March 2016 (cover)"),
        ("", "", "", ""),
    ],
)
def test_a_date_keeps_the_original_expression(words, edtf, basis, sentence):
    assert wording.date_sentence(words, edtf, basis) == sentence


@pytest.mark.parametrize("check", AttributionCheck.values)
def test_every_attribution_check_has_a_sentence_and_a_word(check):
    assert wording.attribution_sentence(check, "Anna Reed").endswith(".")
    assert wording.attribution_sentence(check, "")
    assert wording.check_in_a_word(check)


@pytest.mark.parametrize("state", LinkState.values)
def test_every_link_state_has_a_sentence(state):
    sentence = wording.link_sentence(state, MOMENT)
    assert ("3 March 2026" in sentence) is (state != "unknown")
    assert "not checked yet" in wording.link_sentence(state, None)


@pytest.mark.parametrize(
    ("tallies", "sentence"),
    [
        ({}, "No claims listed yet"),
        ({"unverified": 1}, "1 claim: 0 decided, 1 open"),
        (
            {
                "not-rated": 4,
                "refuted": 2,
                "verified": 3,
                "in-review": 1,
                "unverified": 4,
            },
            "14 claims: 9 decided (3 verified, 2 refuted, 4 not rated), 5 open",
        ),
        ({"mixed": 1}, "1 claim: 1 decided (1 mixed), 0 open"),
    ],
)
def test_progress_is_told_with_its_parts(tallies, sentence):
    assert wording.progress_sentence(tallies) == sentence


def test_a_count_never_stands_without_its_denominator():
    assert wording.said_sentence(12, 9) == "12 claims, 9 decided"


def test_a_text_is_set_apart_only_where_the_site_runs_from_right_to_left():
    assert wording.set_apart("3 March") == "3 March"
    with translation.override("ar"):
        assert wording.set_apart("3 March") == "\u20683 March\u2069"
        assert wording.set_apart("") == ""


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "„im Vormonat“ (Februar 2016, wenn im März erschienen)"),
        (
            "ar",
            "«\u2068im Vormonat\u2069» (فبراير 2016، \u2068wenn im März erschienen\u2069)",
        ),
    ],
)
def test_a_date_is_told_as_the_language_tells_it(language, sentence):
    with translation.override(language):
        told = wording.date_sentence(
            "im Vormonat", "2016-02", "wenn im März erschienen"
        )
    assert told == sentence


@pytest.mark.parametrize(
    ("language", "number", "words"),
    [
        ("de", 1, "1 Behauptung"),
        ("de", 3, "3 Behauptungen"),
        ("ar", 0, "لا ادعاءات"),
        ("ar", 1, "ادعاء واحد"),
        ("ar", 2, "ادعاءان"),
        ("ar", 3, "3 ادعاءات"),
        ("ar", 11, "11 ادعاءً"),
        ("ar", 100, "100 ادعاء"),
    ],
)
def test_claims_are_counted_as_the_language_counts(language, number, words):
    with translation.override(language):
        assert wording.number_of_claims(number) == words
