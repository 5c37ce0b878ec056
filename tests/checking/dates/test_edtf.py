"""EDTF dates and their first and last possible day."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.dates import Bounds, EdtfError, edtf_bounds, edtf_of


def days(first: str | None, last: str | None) -> Bounds:
    return Bounds(
        date.fromisoformat(first) if first else None,
        date.fromisoformat(last) if last else None,
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-03", "2016-03-01", "2016-03-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2015-02", "2015-02-01", "2015-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2016-02-29", "2016-02-29", "2016-02-29"),
        ("2016-03~", "2016-03-01", "2016-03-31"),
        ("2016?", "2016-01-01", "2016-12-31"),
        ("2016-03-10%", "2016-03-10", "2016-03-10"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("19XX?", "1900-01-01", "1999-12-31"),
        ("2016-XX", "2016-01-01", "2016-12-31"),
        ("2016-XX-XX", "2016-01-01", "2016-12-31"),
        ("2016-04-XX", "2016-04-01", "2016-04-30"),
        ("2016-21", "2016-03-01", "2016-05-31"),
        ("2016-22", "2016-06-01", "2016-08-31"),
        ("2016-23", "2016-09-01", "2016-11-30"),
        ("2015-24", "2015-12-01", "2016-02-29"),
        ("2016-24", "2016-12-01", "2017-02-28"),
        ("2014/2016", "2014-01-01", "2016-12-31"),
        ("2014-05/2014-05", "2014-05-01", "2014-05-31"),
        ("2014-05-02/2014", "2014-05-02", "2014-12-31"),
        ("2014~/2016-03-10?", "2014-01-01", "2016-03-10"),
        ("2014/..", "2014-01-01", None),
        ("2014/", "2014-01-01", None),
        ("../2016-03", None, "2016-03-31"),
        ("/2016-03", None, "2016-03-31"),
        (" 2016-03\n", "2016-03-01", "2016-03-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_date_has_these_bounds(text, first, last):
    assert edtf_bounds(text) == days(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "..",
        "/",
        "../..",
        "../",
        "/..",
        "16",
        "201",
        "20160",
        "X016",
        "2X16",
        "2016-3",
        "2016-00",
        "2016-13",
        "2016-20",
        "2016-25",
        "2016-21-01",
        "2016-21-XX",
        "2016-1X",
        "2016-03-1",
        "2016-03-00",
        "2016-03-32",
        "2015-02-29",
        "2016-04-31",
        "2016-XX-10",
        "201X-03",
        "201X-XX-10",
        "20XX-01-01",
        "0000",
        "0000-01",
        "000X",
        "00XX",
        "9999-24",
        "-2016",
        "Y20160",
        "2016/03/10",
        "2016-03-10T12:00",
        "10 March 2016",
        "March 2016",
        "last month",
        "2016~~",
        "2016 -03",
        "2016-03 / 2016-04",
        "2016/2015",
        "2016-05/2016-04-30",
        "2016-03-10/2016-03-09",
        "2014/2015/2016",
        "٢٠١٦",
        "２０１６",
        "2016-0३",
        "2016\n-03",
    ],
)
def test_anything_else_is_refused_in_a_sentence(text):
    with pytest.raises(EdtfError) as refusal:
        edtf_bounds(text)
    assert str(refusal.value).startswith("“")
    assert str(refusal.value).endswith(".")


every_day = st.dates()


@given(every_day)
def test_a_day_is_its_own_bounds(day):
    assert edtf_bounds(day.isoformat()) == Bounds(day, day)


@given(every_day, st.sampled_from(["", "~", "?", "%"]))
def test_less_precision_contains_more(day, qualifier):
    exact = edtf_bounds(day.isoformat())
    month = edtf_bounds(f"{day:%Y-%m}".zfill(7) + qualifier)
    year = edtf_bounds(str(day.year).zfill(4) + qualifier)
    for outer, inner in [(month, exact), (year, month), (year, exact)]:
        assert outer.earliest <= inner.earliest <= inner.latest <= outer.latest


@given(st.integers(1, 999), st.integers(0, 9))
def test_a_decade_contains_its_years(decade, digit):
    outer = edtf_bounds(f"{decade:03}X")
    inner = edtf_bounds(f"{decade:03}{digit}")
    assert outer.earliest <= inner.earliest <= inner.latest <= outer.latest


@given(every_day, every_day)
def test_an_interval_runs_from_its_first_to_its_last_day(one, other):
    start, end = sorted([one, other])
    assert edtf_bounds(f"{start}/{end}") == Bounds(start, end)
    if start != end:
        with pytest.raises(EdtfError, match="ends before it begins"):
            edtf_bounds(f"{end}/{start}")


@given(st.integers(1, 9998))
def test_the_seasons_of_a_year_follow_each_other(year):
    seasons = [edtf_bounds(f"{year:04}-{season}") for season in (21, 22, 23, 24)]
    for earlier, later in itertools.pairwise(seasons):
        assert earlier.latest + timedelta(days=1) == later.earliest


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="0123456789X-/.~?% "),
        st.from_regex(r"[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/.{0,10})?", fullmatch=True),
    )
)
def test_any_text_gives_ordered_bounds_or_an_edtf_error(text):
    try:
        bounds = edtf_bounds(text)
    except EdtfError:
        return
    assert bounds.earliest or bounds.latest
    if bounds.earliest and bounds.latest:
        assert bounds.earliest <= bounds.latest


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2016-03-10", "2016-03-10", "2016-03-10"),
        ("2016-03-01", "2016-03-31", "2016-03"),
        ("2016-01-01", "2016-12-31", "2016"),
        ("2010-01-01", "2019-12-31", "201X"),
        ("2014-01-01", "2016-12-31", "2014/2016"),
        ("2016-01-01", "2016-03-31", "2016-01/2016-03"),
        ("2016-01-01", "2016-03-30", "2016-01-01/2016-03-30"),
        ("9999-12-01", "9999-12-31", "9999-12"),
        ("9999-11-01", "9999-12-31", "9999-11/9999-12"),
        ("0001-01-01", "0001-12-31", "0001/0001"),
    ],
)
def test_the_shortest_edtf_of_two_days(first, last, text):
    bounds = days(first, last)
    assert edtf_of(bounds.earliest, bounds.latest) == text


@given(every_day, every_day)
def test_edtf_of_two_days_has_those_bounds(one, other):
    start, end = sorted([one, other])
    assert edtf_bounds(edtf_of(start, end)) == Bounds(start, end)


def test_no_edtf_runs_backwards():
    with pytest.raises(ValueError, match="lies before"):
        edtf_of(date(2016, 3, 10), date(2016, 3, 9))
