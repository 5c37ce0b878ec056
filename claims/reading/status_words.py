"""Statuses and notices in the words of the methodology that was in force."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, pgettext

from claims.models.record import PublishedMethodology, PublishedNotice
from claims.publishing.content import Content

from .statements import Statement


@dataclass(frozen=True)
class StatusWords:
    """A verification status in the words of the methodology it was judged by."""

    slug: str
    label: str
    definition: str = ""
    symbol: str = "ring"
    tone: str = "open"


@dataclass(frozen=True)
class NoticeRow:
    """A dated notice with the status before and after."""

    kind_label: str
    text: str
    at: datetime.datetime | None
    old: StatusWords | None
    new: StatusWords | None
    asked_by: str = ""

    @property
    def is_status_changed(self) -> bool:
        return self.old != self.new


Statuses = Mapping[str, StatusWords]

_COLUMNS = ("number", "effective_on", "statuses")
_METHODOLOGY = Statement(PublishedMethodology.objects.all(), *_COLUMNS, key="number")
_NEWEST = Statement(
    PublishedMethodology.objects.all(), *_COLUMNS, order=("-number",), limit=1
)


def newest_methodology() -> PublishedMethodology | None:
    """Return the version in force, which words the statuses of lists."""
    return _NEWEST.first()


def methodology_of(content: Content) -> PublishedMethodology | None:
    """Return the version an assessment was judged by; the newest for an open claim."""
    number = (content.get("assessment") or {}).get("methodology")
    if number is None:
        return newest_methodology()
    return _METHODOLOGY.first(number)


def statuses_of(methodology: PublishedMethodology | None) -> Statuses:
    """Return the statuses of a version by slug, in their printed order."""
    return in_words(methodology.statuses if methodology else [])


def in_words(statuses: list[Content]) -> Statuses:
    """Return frozen statuses by slug, in the site's language where they are shipped.

    What the desk worded itself is in no catalogue and stays as it is.
    """
    key = (get_language(), json.dumps(statuses))
    if key not in _WORDED:
        if len(_WORDED) >= MOST_WORDED:
            _WORDED.clear()
        _WORDED[key] = _in_words(statuses)
    return _WORDED[key]


#: Versions of the methodology that have been put into words; each is frozen.
_WORDED: dict[tuple[str | None, str], "Statuses"] = {}
MOST_WORDED = 32


def _in_words(statuses: list[Content]) -> "Statuses":
    return {
        status["slug"]: StatusWords(
            slug=status["slug"],
            label=_shipped(status["label"]),
            definition=_shipped(status["definition"]),
            symbol=status["symbol"],
            tone=status["tone"],
        )
        for status in statuses
    }


def _shipped(words: str) -> str:
    return pgettext("status", words)


def methodology_in_words(text: str) -> str:
    """Return a methodology's text, in the site's language if it is the shipped one."""
    return pgettext("methodology", text.replace("\r\n", "\n"))


def status_words(statuses: Statuses, slug: str) -> StatusWords:
    """Return a status in words; its bare name if this methodology has none."""
    return statuses.get(slug) or StatusWords(slug=slug, label=slug)


def notice_row(notice: PublishedNotice, statuses: Statuses) -> NoticeRow:
    """Return a notice with its statuses in words."""
    kind = notice.get_correction_kind_display() or notice.get_kind_display()
    old, new = notice.old_status, notice.new_status
    return NoticeRow(
        kind_label=str(kind),
        text=notice.text,
        at=notice.at,
        old=status_words(statuses, old) if old else None,
        new=status_words(statuses, new) if new else None,
        asked_by=notice.asked_by,
    )
