"""Stretches of the calendar: the week, month, quarter, season … a day lies in."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .edtf import edtf_bounds, edtf_of

#: EDTF numbers of the northern seasons, spring first.
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


@dataclass(frozen=True)
class Period:
    """First and last day, both inside; ``edtf`` where it says more than the bounds."""

    first: date
    last: date
    edtf: str = ""

    def to(self, other: "Period") -> "Period":
        """Return everything from the first day of this to the last of the other."""
        if self == other:
            return self
        return Period(self.first, other.last)

    @property
    def written(self) -> str:
        return self.edtf or edtf_of(self.first, self.last)


def from_edtf(text: str) -> Period:
    """Return the period of an EDTF date without open sides."""
    bounds = edtf_bounds(text)
    if bounds.earliest is None or bounds.latest is None:
        raise ValueError(f"“{text}” is open on one side.")
    return Period(bounds.earliest, bounds.latest, text)


def moved(day: date, unit: str, count: int) -> date:
    """Move a day by so many units; a missing day of the month becomes the last."""
    step = {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "weekend": relativedelta(weeks=count),
        "month": relativedelta(months=count),
        "quarter": relativedelta(months=3 * count),
        "year": relativedelta(years=count),
        "decade": relativedelta(years=10 * count),
        "century": relativedelta(years=100 * count),
    }[unit]
    result: date = day + step
    return result


def period(unit: str, day: date) -> Period:
    """Return the day, week (Monday first), weekend, month … that ``day`` lies in."""
    if unit == "day":
        return Period(day, day)
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday())
        return Period(
            monday + timedelta(days=5 if unit == "weekend" else 0),
            monday + timedelta(days=6),
        )
    if unit == "quarter":
        return quarter(day.year, (day.month + 2) // 3)
    if unit == "month":
        return month(day.year, day.month)
    length = {"year": 1, "decade": 10, "century": 100}[unit]
    first_year = day.year - day.year % length
    return Period(date(first_year, 1, 1), date(first_year + length - 1, 12, 31))


def month(year: int, number: int) -> Period:
    last = calendar.monthrange(year, number)[1]
    return Period(date(year, number, 1), date(year, number, last))


def quarter(year: int, number: int) -> Period:
    return month(year, 3 * number - 2).to(month(year, 3 * number))


def season(year: int, name: str) -> Period:
    """Return a northern season; a winter is named for the year it begins in."""
    return from_edtf(f"{year:04}-{SEASONS[name]}")
