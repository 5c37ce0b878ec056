"""Addresses in public archives: whether one can be the archived copy it is said to be.

No list of archives: there are too many good ones. What is checked is what an address
itself says.
"""

import datetime
import re
from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import unquote, urlsplit

#: The form of pywb and of the Wayback Machine, which most archives share: 4 to 14
#: digits of the time in UTC, letters of a way to show it, then the archived address
#: (https://pywb.readthedocs.io, "URI schemes"; read November 2026).
_ARCHIVED = re.compile(
    r"/(?P<time>\d{4,14}|\*)(?P<way>[a-z]{2}_)?/(?P<url>https?:/+.+|www\..+)\Z", re.I
)
_ONE_DAY = datetime.timedelta(days=1)


class ArchiveFault(StrEnum):
    """Why an address cannot be the archived copy of a document."""

    SAME_HOST = "same-host"
    NO_COPY = "no-copy"
    OTHER_PAGE = "other-page"
    OTHER_DAY = "other-day"
    FUTURE = "future"


def archive_fault(
    archive_url: str,
    archived_on: datetime.date | None,
    addresses: Iterable[str],
    today: datetime.date,
) -> ArchiveFault | None:
    """Return what speaks against an archived copy; ``None``: nothing does.

    ``addresses``: those of the document. The host must be another than theirs. Where
    the address names what it archived, and when, both must agree: the day by one day,
    since that is told in UTC.
    """
    known = [address for address in addresses if address]
    if _host(archive_url) in {"", *map(_host, known)}:
        return ArchiveFault.SAME_HOST
    if archived_on is not None and archived_on > today + _ONE_DAY:
        return ArchiveFault.FUTURE
    parts = urlsplit(archive_url)
    path = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    named = _ARCHIVED.search(path)
    if named is None:
        return ArchiveFault.NO_COPY if path in ("", "/") else None
    if named["time"] == "*":
        return ArchiveFault.NO_COPY
    if known and _page(named["url"]) not in {_page(address) for address in known}:
        return ArchiveFault.OTHER_PAGE
    if archived_on is not None and not _can_be_of(named["time"], archived_on):
        return ArchiveFault.OTHER_DAY
    return None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _page(url: str) -> tuple[str, str]:
    """Return host and path, as far as two addresses of one page agree in them."""
    if "://" not in url:
        url = "http://" + re.sub(r"\Ahttps?:/+", "", url, flags=re.I)
    parts = urlsplit(url)
    return _host(url), unquote(parts.path).rstrip("/").casefold()


def _can_be_of(time: str, day: datetime.date) -> bool:
    """Whether digits of a time (year first) are of this day, or of one beside it."""
    beside = (day - _ONE_DAY, day, day + _ONE_DAY)
    return any(f"{each:%Y%m%d}".startswith(time[:8]) for each in beside)
