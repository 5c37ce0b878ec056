"""Dates counted from the day of the article: yesterday, last month, three weeks ago.

Seasons are those of the northern half of the world.
"""

import re
from datetime import date, timedelta

from .fixed import day_of, nth
from .grammar import backward, relative
from .periods import Period, month, moved, period, quarter, season
from .words import (
    COUNT,
    DAY,
    MONTH,
    PART_OF_DAY,
    SEASON,
    TENS,
    UNITS,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
    count_of,
    month_number,
    unit_of,
)

_STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0} | {
    "next": 1,
    "coming": 1,
    "following": 1,
}


@relative(r"(?:the )?['’]?(?P<tens>\d)0['’]?s")
@relative(rf"(?:the )?(?P<word>{'|'.join(TENS)})")
def decade_of_this_century(match: re.Match[str], day: date) -> Period:
    """The most recent decade of that name that has begun."""
    named = match.groupdict()
    tens = TENS[named["word"]] if "word" in named else 10 * int(named["tens"])
    start = day.year - day.year % 100 + tens
    return period("decade", date(start if start <= day.year else start - 100, 1, 1))


@relative(rf"today|tonight|this {PART_OF_DAY}|(?:earlier|later) today|now")
def today(match: re.Match[str], day: date) -> Period:
    return period("day", day)


@relative(rf"yesterday(?: {PART_OF_DAY})?|last night|overnight")
def yesterday(match: re.Match[str], day: date) -> Period:
    return period("day", day - timedelta(days=1))


@relative(rf"tomorrow(?: {PART_OF_DAY})?")
def tomorrow(match: re.Match[str], day: date) -> Period:
    return period("day", day + timedelta(days=1))


@relative(r"the day before yesterday")
def day_before_yesterday(match: re.Match[str], day: date) -> Period:
    return period("day", day - timedelta(days=2))


@relative(
    rf"(?:(?:early|late|earlier|later)(?: on)? )?(?P<day>{WEEKDAY})(?: {PART_OF_DAY})?"
)
def weekday(match: re.Match[str], day: date) -> Period:
    """AP style: a bare weekday lies within a week, and “today” is a weekday too."""
    return period("day", _weekday_before(day, match["day"]))


@relative(rf"(?:last|this past|(?:the )?past) (?P<day>{WEEKDAY})(?: {PART_OF_DAY})?")
def last_weekday(match: re.Match[str], day: date) -> Period:
    return period("day", _weekday_before(day - timedelta(days=1), match["day"]))


@relative(rf"(?:next|this coming|coming) (?P<day>{WEEKDAY})(?: {PART_OF_DAY})?")
def next_weekday(match: re.Match[str], day: date) -> Period:
    return period("day", _weekday_before(day + timedelta(days=7), match["day"]))


@relative(rf"this (?P<day>{WEEKDAY})(?: {PART_OF_DAY})?")
def this_weekday(match: re.Match[str], day: date) -> Period:
    return period("day", _weekday_before(period("week", day).last, match["day"]))


@backward(rf"(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?P<day>{DAY})")
@backward(rf"(?:{WEEKDAY},? )?(?:the )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH})")
def day_of_month(match: re.Match[str], day: date) -> Period | None:
    """The most recent one; a 29 February may lie up to eight years back."""
    for year in range(day.year, day.year - 9, -1):
        try:
            found = day_of(year, match["month"], match["day"])
        except ValueError:
            continue
        if found.first <= day:
            return found
    return None


@relative(
    rf"(?:{VAGUE})?(?P<which>(?:last|this|next) )?(?P<month>{MONTH})"
    r"(?: (?P<of>last|this|next) year)?"
)
def month_by_name(match: re.Match[str], day: date) -> Period:
    number = month_number(match["month"])
    if match["of"]:
        return month(day.year + _STEPS[match["of"]], number)
    which = (match["which"] or "").strip()
    if which == "this":
        return month(day.year, number)
    if which == "next":
        return month(day.year + (number <= day.month), number)
    latest = day.month - (which == "last")
    return month(day.year - (number > latest), number)


@relative(
    rf"(?:{VAGUE})?(?P<which>last|this|next|(?:the|this) past|(?:the )?previous|"
    rf"the (?:current|coming|following)) (?P<unit>{UNITS})(?: {PART_OF_DAY})?"
)
def whole_unit(match: re.Match[str], day: date) -> Period | None:
    """“Last month” is the month before; “the past month” would end today."""
    unit, which = unit_of(match["unit"]), match["which"].split()[-1]
    if which == "past" and unit != "weekend":
        return _until(day, unit, 1)
    return period(unit, moved(day, unit, _STEPS[which]))


@relative(
    rf"(?:{VAGUE})?(?P<which>last|this|next|this past|the past) (?P<name>{SEASON})"
)
def season_by_name(match: re.Match[str], day: date) -> Period:
    years = range(max(day.year - 2, 1), day.year + 3)
    around = [season(year, match["name"]) for year in years]
    which = match["which"].split()[-1]
    if which == "next":
        return next(each for each in around if each.first > day)
    if which == "this":
        return min(around, key=lambda each: _distance(each, day))
    return [each for each in around if each.last < day][-1]


@relative(rf"(?:the )?(?P<name>{SEASON})")
def bare_season(match: re.Match[str], day: date) -> Period:
    years = range(max(day.year - 1, 1), day.year + 1)
    around = [season(year, match["name"]) for year in years]
    return [each for each in around if each.first <= day][-1]


@relative(
    r"(?:the )?(?P<nth>first|second|third|fourth) quarter"
    r"(?: of)?(?: (?P<of>last|this|next) year)?"
)
@relative(r"q(?P<nth>[1-4])(?P<of>)")
def quarter_by_number(match: re.Match[str], day: date) -> Period:
    number = nth(match["nth"])
    if match["of"]:
        return quarter(day.year + _STEPS[match["of"]], number)
    return quarter(day.year - (quarter(day.year, number).first > day), number)


@relative(rf"(?P<count>{COUNT}) (?P<unit>{UNITS}) (?:ago|earlier)")
def units_ago(match: re.Match[str], day: date) -> Period:
    """“Three months ago” names a month, not a day; “two weeks ago” a week."""
    unit = unit_of(match["unit"])
    return period(unit, moved(day, unit, -count_of(match["count"])))


@relative(rf"(?P<count>{COUNT}) (?:hours?|minutes?) ago")
def hours_ago(match: re.Match[str], day: date) -> Period:
    days = -(-count_of(match["count"]) // 24) if "hour" in match[0] else 1
    return Period(day - timedelta(days=days), day)


@relative(
    rf"(?:(?:over|in|during|within|for|throughout) )?(?:the |these )?(?:last|past) "
    rf"(?P<count>{COUNT}) (?P<unit>{UNITS})"
)
@relative(
    r"(?:over|in|during|within|for|throughout) (?:the |these )?(?:last|past)(?P<count>) "
    rf"(?P<unit>{UNITS})"
)
def past_units(match: re.Match[str], day: date) -> Period:
    count = count_of(match["count"]) if match["count"] else 1
    return _until(day, unit_of(match["unit"]), count)


@relative(
    rf"(?:earlier|so far)(?: in)? (?:this|the) (?P<unit>{UNITS})"
    rf"|(?P<name>{UNITS}) to date"
)
def earlier_this(match: re.Match[str], day: date) -> Period:
    unit = unit_of(match["unit"] or match["name"])
    return Period(min(period(unit, day).first, day), day)


@relative(rf"later(?: in)? (?:this|the) (?P<unit>{UNITS})")
def later_this(match: re.Match[str], day: date) -> Period:
    return Period(day, max(day, period(unit_of(match["unit"]), day).last))


def _weekday_before(day: date, name: str) -> date:
    """Return the last such weekday on or before ``day``."""
    return day - timedelta(days=(day.weekday() - WEEKDAYS.index(name)) % 7)


def _until(day: date, unit: str, count: int) -> Period:
    return Period(moved(day, unit, -count), day)


def _distance(season: Period, day: date) -> int:
    """Days between a season and a day; “this winter”, in March, is the one just over."""
    return max((season.first - day).days, (day - season.last).days, 0)
