"""How long a server asked us to wait (RFC 9110, section 10.2.3)."""

import datetime
from email.utils import parsedate_to_datetime

#: Servers have asked for centuries.
LONGEST = datetime.timedelta(days=30)
SHORTEST = datetime.timedelta(minutes=1)


def asked_to_wait(header: str, at: datetime.datetime) -> datetime.timedelta | None:
    """Read a Retry-After header: seconds, or a date; ``None`` where it says nothing."""
    header = header.strip()
    if header.isascii() and header.isdecimal():
        return _bounded(datetime.timedelta(seconds=min(int(header[:12]), 10**9)))
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return _bounded(moment - at)


def _bounded(wait: datetime.timedelta) -> datetime.timedelta:
    return min(max(wait, SHORTEST), LONGEST)
