"""EDTF in, first and last possible day out; and the way back."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

# Extended Date/Time Format, levels 0 and 1 (https://www.loc.gov/standards/datetime/):
# the part of it that newspaper dates need. Qualifiers do not widen the bounds.
_DAY = re.compile(
    r"(?P<year>\d{2}(?:\d{2}|\dX|XX))"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<qualifier>[~?%])?",
    re.ASCII,  # digits of other scripts are digits to Python, but no EDTF
)
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


class EdtfError(ValueError):
    """The text is not a date in the part of EDTF understood here."""


@dataclass(frozen=True)
class Bounds:
    """First and last possible day; ``None`` on a side that is open or unknown."""

    earliest: date | None
    latest: date | None


def edtf_bounds(text: str) -> Bounds:
    """Return the bounds of an EDTF date or interval.

    Understood: ``2016``, ``2016-03``, ``2016-03-10``, ``201X``, ``2016-XX``,
    seasons ``2016-21`` to ``-24`` (northern, spring first), the qualifiers
    ``~ ? %``, and intervals ``A/B``, ``A/..``, ``../B``, ``A/``.
    Raises ``EdtfError`` with a sentence otherwise.
    """
    start, slash, end = text.strip().partition("/")
    if not slash:
        return _single(start)
    if start in ("", "..") and end in ("", ".."):
        raise EdtfError(f"“{text}” names no date on either side.")
    first = None if start in ("", "..") else _single(start).earliest
    last = None if end in ("", "..") else _single(end).latest
    if first and last and first > last:
        raise EdtfError(f"“{text}” ends before it begins.")
    return Bounds(first, last)


def edtf_of(first: date, last: date) -> str:
    """Return the shortest EDTF whose bounds are exactly ``first`` and ``last``.

    A whole decade, year or month is written as such, else an interval whose two sides
    are no finer than needed. ``ValueError`` when ``last`` lies before ``first``.
    """
    if last < first:
        raise ValueError(f"{last} lies before {first}.")
    for text in (f"{first.year // 10:03}X", f"{first.year:04}", _month(first)):
        # Before the year 10 there is no decade in EDTF that Python can hold.
        if first.year >= 10 and _single(text) == Bounds(first, last):
            return text
    if first == last:
        return first.isoformat()
    left, right = _side(first, last)
    return f"{left}/{right}"


def _side(first: date, last: date) -> tuple[str, str]:
    """Write both sides of an interval with the same precision."""
    next_day = None if last == date.max else last + timedelta(days=1)
    if first.day == 1 and (next_day is None or next_day.day == 1):
        if first.month == 1 and last.month == 12:
            return f"{first.year:04}", f"{last.year:04}"
        return _month(first), _month(last)
    return first.isoformat(), last.isoformat()


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _single(text: str) -> Bounds:
    match = _DAY.fullmatch(text)
    if match is None:
        raise EdtfError(
            f"“{text}” is not a date such as 2016, 2016-03, 2016-03-10 or 2016-03~."
        )
    try:
        return _expand(match["year"], match["month"], match["day"])
    except ValueError:
        raise EdtfError(f"“{text}” is not a day of the calendar.") from None


def _expand(year: str, month: str | None, day: str | None) -> Bounds:
    first_year, last_year = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month is None or month == "XX" or first_year != last_year:
        if month not in (None, "XX") or day not in (None, "XX"):
            raise ValueError
        return Bounds(date(first_year, 1, 1), date(last_year, 12, 31))
    number = int(month)
    if number in _SEASON_MONTHS:
        if day is not None:
            raise ValueError
        first_month, last_month = _SEASON_MONTHS[number]
        later_year, last_month = (
            (first_year + 1, last_month - 12)
            if last_month > 12
            else (first_year, last_month)
        )
        return Bounds(
            date(first_year, first_month, 1), _month_end(later_year, last_month)
        )
    if day is None or day == "XX":
        return Bounds(date(first_year, number, 1), _month_end(first_year, number))
    exact = date(first_year, number, int(day))
    return Bounds(exact, exact)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
