"""EDTF dates in words: "2016-02~" reads "about February 2016"."""

import datetime
import re
from collections.abc import Callable
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

_PARTS = re.compile(
    r"(?P<year>\d{2}(?:\d{2}|\dX|XX))(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?"
    r"(?P<qualifier>[~?%])?"
)


def day_in_words(day: datetime.date | None) -> str:
    """Return a day as a reader writes it, "3 March 2016"; "" for ``None``."""
    return _day_in(get_language(), day) if day else ""


@lru_cache(maxsize=2048)
def _day_in(_language: str | None, day: datetime.date) -> str:
    return date_format(day, pgettext("date format", "j F Y"))


def edtf_in_words(text: str) -> str:
    """Return an EDTF date or interval in words; unknown notation as it stands.

    Understands what ``checking.dates.edtf_bounds`` understands.
    """
    return _edtf_in(get_language(), text.strip())


@lru_cache(maxsize=2048)
def _edtf_in(_language: str | None, text: str) -> str:
    start, slash, end = text.partition("/")
    if not slash:
        return _single(start)
    if start in ("", ".."):
        return _("until %(date)s") % {"date": _single(end)}
    if end == "..":
        return _("since %(date)s") % {"date": _single(start)}
    if not end:
        return _("from %(date)s, end unknown") % {"date": _single(start)}
    return _("from %(start)s to %(end)s") % {
        "start": _single(start),
        "end": _single(end),
    }


def _single(text: str) -> str:
    match = _PARTS.fullmatch(text)
    if match is None:
        return text
    try:
        words = _plain(match["year"], match["month"], match["day"])
    except ValueError:
        return text
    return _QUALIFIED[match["qualifier"] or ""](words)


def _plain(year: str, month: str | None, day: str | None) -> str:
    if year.endswith("XX"):
        return _("between %(first)s and %(last)s") % {
            "first": year.replace("X", "0"),
            "last": year.replace("X", "9"),
        }
    if year.endswith("X"):
        return _("the %(decade)ss") % {"decade": year.replace("X", "0")}
    if month is None:
        return year
    if month == "XX":
        return _("some time in %(year)s") % {"year": year}
    if month in _SEASONS:
        return _SEASONS[month]() % {"year": year}
    in_month = date_format(
        datetime.date(int(year), int(month), 1), pgettext("date format", "F Y")
    )
    if day is None:
        return in_month
    if day == "XX":
        return _("some day in %(month)s") % {"month": in_month}
    return day_in_words(datetime.date(int(year), int(month), int(day)))


_SEASONS: dict[str, Callable[[], str]] = {
    "21": lambda: _("spring %(year)s"),
    "22": lambda: _("summer %(year)s"),
    "23": lambda: _("autumn %(year)s"),
    "24": lambda: _("winter %(year)s"),
}
_QUALIFIED: dict[str, Callable[[str], str]] = {
    "": lambda date: date,
    "~": lambda date: _("about %(date)s") % {"date": date},
    "?": lambda date: _("perhaps %(date)s") % {"date": date},
    "%": lambda date: _("perhaps about %(date)s") % {"date": date},
}
