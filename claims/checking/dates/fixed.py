"""Dates that stand alone: full dates, months, seasons and quarters of a year."""

import re
from datetime import date

from .grammar import fixed
from .periods import Period, from_edtf, month, period, quarter, season
from .words import (
    DAY,
    MONTH,
    ORDINALS,
    SEASON,
    WEEKDAY,
    YEAR,
    month_number,
)


@fixed(r"[\dx]{4}(?:-[\dx]{2}){0,2}[~?%]?(?:/[\dx]{4}(?:-[\dx]{2}){0,2}[~?%]?)?")
def edtf(match: re.Match[str]) -> Period:
    return from_edtf(match[0].upper())


@fixed(rf"(?:{WEEKDAY},? )?(?P<month>{MONTH}) (?P<day>{DAY}),? (?P<year>{YEAR})")
@fixed(
    rf"(?:{WEEKDAY},? )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH}),? (?P<year>{YEAR})"
)
def full_date(match: re.Match[str]) -> Period:
    return day_of(int(match["year"]), match["month"], match["day"])


@fixed(r"(?P<one>\d{1,2})[./](?P<two>\d{1,2})[./](?P<year>\d{4})")
def numeric_date(match: re.Match[str]) -> Period | None:
    """Read 25/12/2015 and 12/25/2015; 4/5/2015 could be two days and is neither."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    if one <= 12 and two <= 12 and one != two:
        return None
    number, day = (two, one) if one > 12 else (one, two)
    return period("day", date(year, number, day))


@fixed(rf"(?P<month>{MONTH})(?:,| of)? (?P<year>{YEAR})")
def month_of_year(match: re.Match[str]) -> Period:
    return month(int(match["year"]), month_number(match["month"]))


@fixed(rf"(?:the )?(?P<season>{SEASON})(?:,| of)? (?P<year>{YEAR})")
def season_of_year(match: re.Match[str]) -> Period:
    return season(int(match["year"]), match["season"])


@fixed(
    rf"(?:the )?(?P<nth>first|second|third|fourth) quarter(?: of|,)? (?P<year>{YEAR})"
)
@fixed(rf"q(?P<nth>[1-4]),? (?P<year>{YEAR})")
def quarter_of_year(match: re.Match[str]) -> Period:
    return quarter(int(match["year"]), nth(match["nth"]))


@fixed(rf"(?:the )?(?P<half>first|second) half of (?P<year>{YEAR})")
def half_of_year(match: re.Match[str]) -> Period:
    year, start = int(match["year"]), 1 if match["half"] == "first" else 3
    return quarter(year, start).to(quarter(year, start + 1))


@fixed(rf"(?:the )?(?:year )?(?P<year>{YEAR})")
def year(match: re.Match[str]) -> Period:
    return period("year", date(int(match["year"]), 1, 1))


@fixed(r"(?:the )?(?P<year>1\d\d0|20\d0)['’]?s")
def decade(match: re.Match[str]) -> Period:
    return period("decade", date(int(match["year"]), 1, 1))


@fixed(r"(?:the )?(?P<nth>1\d|20|21)(?:st|nd|th) century")
def century(match: re.Match[str]) -> Period:
    return period("century", date(100 * int(match["nth"]) - 100, 1, 1))


def day_of(year: int, month_word: str, day_word: str) -> Period:
    number = int(day_word.rstrip("stndrh"))
    return period("day", date(year, month_number(month_word), number))


def nth(word: str) -> int:
    return ORDINALS[word] if word in ORDINALS else int(word)
