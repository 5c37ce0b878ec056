"""EDTF dates in words."""

import datetime

import pytest
from django.utils import translation

from claims.reading.edtf_words import day_in_words, edtf_in_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2016", "2016"),
        ("2016-02", "February 2016"),
        ("2016-03-03", "3 March 2016"),
        ("2016-03~", "about March 2016"),
        ("2016-03-10?", "perhaps 10 March 2016"),
        ("2016%", "perhaps about 2016"),
        ("201X", "the 2010s"),
        ("20XX", "between 2000 and 2099"),
        ("2016-XX", "some time in 2016"),
        ("2016-03-XX", "some day in March 2016"),
        ("2016-21", "spring 2016"),
        ("2016-22", "summer 2016"),
        ("2016-23", "autumn 2016"),
        ("2016-24", "winter 2016"),
        ("2014/2016-03", "from 2014 to March 2016"),
        ("2014/..", "since 2014"),
        ("2014/", "from 2014, end unknown"),
        ("../2014", "until 2014"),
        ("/2014", "until 2014"),
        ("soon", "soon"),
        ("2016-02-30", "2016-02-30"),
        ("", ""),
    ],
)
def test_a_date_reads_as_a_reader_would_say_it(edtf, words):
    assert edtf_in_words(edtf) == words


def test_the_same_date_is_said_anew_in_another_language():
    day = datetime.date(2016, 3, 3)
    assert day_in_words(day) == "3 March 2016"
    with translation.override("de"):
        assert "März" in day_in_words(day)
    assert day_in_words(None) == ""


@pytest.mark.parametrize(
    ("edtf", "german", "arabic"),
    [
        ("2016-03-03", "3. März 2016", "3 مارس 2016"),
        ("2016-03~", "etwa März 2016", "نحو مارس 2016"),
        ("201X", "2010er-Jahre", "عقد 2010"),
        ("2016-24", "Winter 2016", "شتاء 2016"),
        ("2014/2016-03", "2014 bis März 2016", "من 2014 إلى مارس 2016"),
        ("2014/..", "seit 2014", "منذ 2014"),
    ],
)
def test_a_date_reads_as_a_reader_of_another_language_would_say_it(
    edtf, german, arabic
):
    with translation.override("de"):
        assert edtf_in_words(edtf) == german
    with translation.override("ar"):
        assert edtf_in_words(edtf) == arabic
