"""Statuses and notices in the words of the methodology that was in force."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.models.record import PublishedMethodology, PublishedNotice

from .page_parts import Content


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


def methodology_of(content: Content) -> PublishedMethodology | None:
    """Return the version an assessment was judged by; the newest for an open claim."""
    number = (content.get("assessment") or {}).get("methodology")
    versions = PublishedMethodology.objects.defer("text").order_by("-number")
    return (versions.filter(number=number) if number else versions).first()


def status_words(statuses: list[Content], slug: str) -> StatusWords:
    """Return a status as a methodology words it; its bare name if it has none."""
    for status in statuses:
        if status["slug"] == slug:
            return StatusWords(
                slug=slug,
                label=_(status["label"]),
                definition=_(status["definition"]),
                symbol=status["symbol"],
                tone=status["tone"],
            )
    return StatusWords(slug=slug, label=slug)


def notice_row(
    notice: PublishedNotice, methodology: PublishedMethodology | None
) -> NoticeRow:
    """Return a notice with its statuses in words."""
    statuses = methodology.statuses if methodology else []
    kind = notice.get_correction_kind_display() or notice.get_kind_display()
    old, new = notice.old_status, notice.new_status
    return NoticeRow(
        kind_label=str(kind),
        text=notice.text,
        at=notice.at,
        old=status_words(statuses, old) if old else None,
        new=status_words(statuses, new) if new else None,
    )
