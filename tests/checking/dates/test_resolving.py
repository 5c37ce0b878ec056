"""What a newspaper's date expressions mean in an article of a given date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.dates import EdtfError, edtf_bounds, resolve
from claims.checking.dates.periods import from_edtf

THURSDAY = date(2016, 3, 10)

PAST = {
    "Thursday": "2016-03-10",
    "on Wednesday": "2016-03-09",
    "Friday night": "2016-03-04",
    "late Sunday": "2016-03-06",
    "last Thursday": "2016-03-03",
    "yesterday": "2016-03-09",
    "yesterday morning": "2016-03-09",
    "last night": "2016-03-09",
    "the day before yesterday": "2016-03-08",
    "today": "2016-03-10",
    "tonight": "2016-03-10",
    "this morning": "2016-03-10",
    "last week": "2016-02-29/2016-03-06",
    "last weekend": "2016-03-05/2016-03-06",
    "last month": "2016-02",
    "late last month": "2016-02",
    "last quarter": "2015-10/2015-12",
    "last year": "2015",
    "the previous year": "2015",
    "the past year": "2015-03-10/2016-03-10",
    "in the last decade": "2006-03-10/2016-03-10",
    "last decade": "200X",
    "last century": "1900/1999",
    "last spring": "2015-21",
    "last summer": "2015-22",
    "last winter": "2015-24",
    "the past winter": "2015-24",
    "3 days ago": "2016-03-07",
    "two weeks ago": "2016-02-22/2016-02-28",
    "a couple of months ago": "2016-01",
    "six months ago": "2015-09",
    "a year ago": "2015",
    "a decade ago": "200X",
    "two centuries ago": "1800/1899",
    "five hours ago": "2016-03-09/2016-03-10",
    "30 hours ago": "2016-03-08/2016-03-10",
    "ten minutes ago": "2016-03-09/2016-03-10",
    "earlier this week": "2016-03-07/2016-03-10",
    "earlier this weekend": "2016-03-10",
    "earlier this month": "2016-03-01/2016-03-10",
    "earlier this year": "2016-01-01/2016-03-10",
    "so far this year": "2016-01-01/2016-03-10",
    "year to date": "2016-01-01/2016-03-10",
    "earlier today": "2016-03-10",
    "over the past two weeks": "2016-02-25/2016-03-10",
    "in the last 12 months": "2015-03-10/2016-03-10",
    "over the past year": "2015-03-10/2016-03-10",
    "for the last three decades": "1986-03-10/2016-03-10",
    "since 2011": "2011/2016-03-10",
    "since Monday": "2016-03-07/2016-03-10",
    "since last year": "2015/2016-03-10",
    "ever since the 1990s": "199X/2016-03-10",
    "since early February": "2016-02/2016-03-10",
    "last March": "2015-03",
    "March last year": "2015-03",
    "in April": "2015-04",
    "January": "2016-01",
    "May 3": "2015-05-03",
    "March 10": "2016-03-10",
    "Feb. 29": "2016-02-29",
    "3rd of May": "2015-05-03",
    "Thursday, March 3": "2016-03-03",
    "the spring": "2016-21",
    "summer": "2015-22",
    "the fourth quarter": "2015-10/2015-12",
    "Q1": "2016-01/2016-03",
    "the second quarter of last year": "2015-04/2015-06",
    "the '90s": "199X",
    "the 80s": "198X",
    "the early ’00s": "200X",
    "the seventies": "197X",
}
NOT_PAST = {
    "tomorrow": "2016-03-11",
    "this week": "2016-03-07/2016-03-13",
    "next week": "2016-03-14/2016-03-20",
    "this month": "2016-03",
    "next month": "2016-04",
    "this quarter": "2016-01/2016-03",
    "this year": "2016",
    "next year": "2017",
    "the coming year": "2017",
    "this spring": "2016-21",
    "this winter": "2015-24",
    "this summer": "2016-22",
    "next spring": "2017-21",
    "next winter": "2016-24",
    "next Thursday": "2016-03-17",
    "next Friday": "2016-03-11",
    "this Saturday": "2016-03-12",
    "this March": "2016-03",
    "next March": "2017-03",
    "next April": "2016-04",
    "mid-March": "2016-03",
    "later this month": "2016-03-10/2016-03-31",
    "later this year": "2016-03-10/2016-12-31",
}
FIXED = {
    "10 March 2016": "2016-03-10",
    "March 10, 2016": "2016-03-10",
    "Thursday, March 10, 2016": "2016-03-10",
    "Sept. 3rd, 2014": "2014-09-03",
    "the 1990s": "199X",
    "mid-1990s": "199X",
    "March 2015": "2015-03",
    "late March 2015": "2015-03",
    "the end of March 2015": "2015-03",
    "spring 2015": "2015-21",
    "the fall of 2014": "2014-23",
    "winter 2014": "2014-24",
    "the third quarter of 2014": "2014-07/2014-09",
    "Q2 2014": "2014-04/2014-06",
    "the first half of 2014": "2014-01/2014-06",
    "the second half of 2014": "2014-07/2014-12",
    "2011": "2011",
    "the year 2011": "2011",
    "early 2011": "2011",
    "in 2011": "2011",
    "the 19th century": "1800/1899",
    "25/12/2015": "2015-12-25",
    "12/25/2015": "2015-12-25",
    "5.5.2015": "2015-05-05",
    "2016-03-10": "2016-03-10",
    "2016-03~": "2016-03~",
    "201x": "201X",
    "2014/2016": "2014/2016",
    "between 2011 and 2014": "2011/2014",
    "from March 2011 to May 2012": "2011-03/2012-05",
    "2011–2014": "2011/2014",
}
NOTHING = [
    *("", "soon", "recently", "a few days ago", "the day", "4/5/2015", "31 April 2015"),
    *("30 February", "since tomorrow", "since then", "since the war"),
    *("between 2014 and 2011", "from here to 2014", "from 2014 to eternity"),
    *("2016-13", "13/13/2015", "the second of", "last", "may I", "99999 years ago"),
]


@pytest.mark.parametrize(
    ("expression", "edtf"), [*PAST.items(), *NOT_PAST.items(), *FIXED.items()]
)
def test_an_expression_means_this_on_a_thursday_in_march(expression, edtf):
    found = resolve(expression, THURSDAY)
    assert found is not None
    assert found.edtf == edtf


@pytest.mark.parametrize("expression", NOTHING)
def test_what_is_not_understood_is_not_guessed(expression):
    assert resolve(expression, THURSDAY) is None


@pytest.mark.parametrize(
    ("expression", "edtf"),
    [
        ("last month", "2016-02~"),
        ("last year", "2015~"),
        ("Thursday", "2016-02-25~/2016-03-31~"),
        ("yesterday", "2016-02-29~/2016-03-30~"),
        ("today", "2016-03~"),
        ("earlier this year", "2016-01~/2016-03~"),
        ("since 2011", "2011/2016-03~"),
        ("March 20", "2016-03-20~"),
        ("last summer", "2015-22~"),
        ("10 March 2014", "2014-03-10"),
        ("between last year and 2016", "2015/2016"),
    ],
)
def test_doubt_about_the_article_is_doubt_about_what_is_counted_from_it(
    expression, edtf
):
    assert resolve(expression, "2016-03~").edtf == edtf


def test_since_the_last_of_an_interval():
    assert resolve("since 2011", "2015/2016").edtf == "2011/2016"
    assert resolve("since 2011", "2015/..") is None


def test_an_open_anchor_dates_only_what_stands_alone():
    assert resolve("yesterday", "2016/..") is None
    assert resolve("yesterday", "../2016") is None
    assert resolve("10 March 2016", "2016/..").edtf == "2016-03-10"
    assert resolve("between 2011 and yesterday", "2016/..") is None
    assert resolve("since 2014/..", "2016") is None


def test_an_article_without_a_date_dates_only_what_stands_alone():
    assert resolve("yesterday", None) is None
    assert resolve("since 2011", None) is None
    assert resolve("10 March 2016", None).edtf == "2016-03-10"
    assert resolve("between 2011 and 2014", None).edtf == "2011/2014"


def test_dates_before_the_calendar_are_not_resolved():
    assert resolve("yesterday", date(1, 1, 1)) is None
    assert resolve("last year", date(1, 5, 5)) is None
    assert resolve("tomorrow", date(9999, 12, 31)) is None
    assert resolve("summer", date(1, 7, 1)).edtf == "0001-22"
    assert resolve("February 29", date(3, 1, 1)) is None


def test_a_leap_day_may_lie_eight_years_back():
    assert resolve("29 February", date(1904, 2, 28)).edtf == "1896-02-29"


def test_an_anchor_that_is_no_date_is_refused():
    with pytest.raises(EdtfError):
        resolve("yesterday", "some day in March")


@pytest.mark.parametrize(
    ("expression", "anchor", "words", "basis"),
    [
        (
            "last month",
            "2016-03~",
            "last month (February 2016, if published in March 2016)",
            "counted from the article's date, March 2016",
        ),
        (
            "Thursday",
            THURSDAY,
            "Thursday (10 March 2016, if published on 10 March 2016)",
            "counted from the article's date, 10 March 2016",
        ),
        (
            "last decade",
            "2016/2017",
            "last decade (the 2000s, if published between 2016 to 2017)",
            "counted from the article's date, 2016 to 2017",
        ),
        (
            "Sept. 3, 2014",
            THURSDAY,
            "Sept. 3, 2014 (3 September 2014)",
            "as written in the article",
        ),
        ("20XX", THURSDAY, "20XX (2000 to 2099)", "as written in the article"),
        ("2014-XX", THURSDAY, "2014-XX (2014)", "as written in the article"),
        (
            "2014-03-XX",
            THURSDAY,
            "2014-03-XX (March 2014)",
            "as written in the article",
        ),
        (" spring 2015 ", THURSDAY, "spring 2015", "as written in the article"),
    ],
)
def test_the_reader_sees_meaning_and_basis(expression, anchor, words, basis):
    found = resolve(expression, anchor)
    assert found.words == words
    assert found.basis == basis


anchors = st.one_of(
    st.dates(date(1000, 1, 1), date(9000, 1, 1)),
    st.builds(
        "{:04}-{:02}{}".format,
        st.integers(1000, 9000),
        st.integers(1, 12),
        st.sampled_from(["", "~", "?"]),
    ),
    st.builds("{:04}".format, st.integers(1000, 9000)),
)
every_expression = st.sampled_from([*PAST, *NOT_PAST, *FIXED, *NOTHING])


@given(every_expression, anchors)
def test_bounds_are_ordered_and_those_of_the_edtf(expression, anchor):
    found = resolve(expression, anchor)
    if found is None:
        return
    assert found.earliest <= found.latest
    assert edtf_bounds(found.edtf) == edtf_bounds(f"{found.earliest}/{found.latest}")


# A month, season or quarter that is going on goes on after the day of the article.
NAMED_PERIODS = {"in April", "January", "the spring", "summer", "Q1"} | {
    *("the fourth quarter", "the '90s", "the 80s", "the early ’00s", "the seventies"),
    *("today", "tonight", "last March"),
}


@given(st.sampled_from(sorted({*PAST} - NAMED_PERIODS)), anchors)
def test_the_past_never_ends_after_the_article(expression, anchor):
    text = anchor if isinstance(anchor, str) else anchor.isoformat()
    found = resolve(expression, anchor)
    if found is not None:
        assert found.latest <= edtf_bounds(text).latest


@given(every_expression, st.dates(date(1000, 1, 1), date(9000, 1, 1)))
def test_a_vaguer_anchor_covers_what_each_of_its_days_would_say(expression, day):
    exact = resolve(expression, day)
    vague = resolve(expression, f"{day:%Y-%m}".zfill(7))
    if exact is None or vague is None or "March 10" in expression:
        return
    if expression in ("May 3", "3rd of May", "Feb. 29", "Thursday, March 3"):
        return  # counted from the last day alone
    assert vague.earliest <= exact.earliest
    assert exact.latest <= vague.latest


@given(st.text(), anchors)
def test_no_text_breaks_it(expression, anchor):
    found = resolve(expression, anchor)
    assert found is None or found.edtf


def test_an_open_date_is_no_period():
    with pytest.raises(ValueError, match="open on one side"):
        from_edtf("2014/..")
