"""Date expressions found in running text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.dates import find_dates, resolve


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It rained on Thursday and again last night.", ["Thursday", "last night"]),
        ("In March 2015 the march began.", ["March 2015"]),
        ("In May she may go; May Lund marches on.", ["May"]),
        ("On 3 May, 2,016 people fled.", ["3 May"]),
        ("The sun rose on Sunday morning.", ["Sunday morning"]),
        ("Signed on Sept. 3, 2014, in Oslo.", ["Sept. 3, 2014"]),
        ("Over the past two weeks it fell.", ["Over the past two weeks"]),
        ("It fell 12 days ago, not a year ago.", ["12 days ago", "a year ago"]),
        ("Sales rose earlier this year.", ["earlier this year"]),
        ("Since last June prices fell.", ["Since last June"]),
        ("Last year’s harvest failed.", ["Last year"]),
        ("Between 2011 and 2014, and in the 1990s.", None),
        ("The report (2014) has 2016 pages.", ["2014"]),
        ("In the spring of 2015, and next winter.", None),
        ("Output fell in the first quarter of 2014.", ["the first quarter of 2014"]),
        ("It rose by 2015 percent in 2015.", None),
        ("A second later the fall came.", []),
        ("Built in the 19th century.", ["the 19th century"]),
        ("Late Friday, and mid-March.", ["Late Friday", "mid-March"]),
        ("On 25/12/2015 and 2015-12-26.", ["25/12/2015", "2015-12-26"]),
        ("", []),
    ],
)
def test_the_expressions_of_a_sentence(text, found):
    mentions = find_dates(text)
    if found is not None:
        assert [mention.expression for mention in mentions] == found
    assert mentions or not found


@given(st.text())
def test_mentions_are_cut_from_the_text_in_order(text):
    mentions = find_dates(text)
    end = 0
    for mention in mentions:
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.expression
        end = mention.end


def test_what_is_found_is_understood():
    text = (
        "On Thursday, March 3, 2016; last Monday; earlier this week; in Q3 2014; "
        "since 2011; from 2003 to 2005; the summer of 2012; the '90s; late last year; "
        "three months ago; tomorrow morning; the first half of 2014; next month."
    )
    mentions = find_dates(text)
    assert len(mentions) == 13
    for mention in mentions:
        assert resolve(mention.expression, date(2016, 3, 10)), mention
