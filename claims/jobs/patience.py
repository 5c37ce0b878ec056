"""How servers are treated: when one is asked again, and how fast."""

import datetime
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from claims.fetch import FetchError, Reason

from .originals import StatusError

#: How long after the first, second … try; after the last of them it is given up.
WAITS = (
    datetime.timedelta(minutes=10),
    datetime.timedelta(hours=1),
    datetime.timedelta(hours=6),
    datetime.timedelta(days=1),
)
#: Who asks us to wait longer is not asked again.
LONGEST_WAIT = datetime.timedelta(days=7)
#: Between two requests to one host, from the end of the first.
SECONDS_PER_HOST = 1.0
_PASSING_REASONS = (
    *(Reason.CONNECTION, Reason.TIMEOUT, Reason.BROKEN),
    *(Reason.UNKNOWN_NAME, Reason.TLS),
)
#: RFC 9110, and 425 of RFC 8470. What the server cannot do it will not do tomorrow.
_PASSING_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504})


def is_passing(error: Exception) -> bool:
    """Whether the same address may answer another time."""
    if isinstance(error, FetchError):
        return error.reason in _PASSING_REASONS
    if isinstance(error, StatusError):
        status = error.fetched.status
        return status in _PASSING_STATUSES or 520 <= status < 600
    return False


def asked_to_wait(
    error: StatusError, at: datetime.datetime
) -> datetime.timedelta | None:
    """Return how long the server asks us to wait: seconds or a date (RFC 9110)."""
    said = error.fetched.header("retry-after").strip()
    if said.isascii() and said.isdecimal():
        return datetime.timedelta(seconds=min(int(said[:10]), 10**8))
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=datetime.UTC)
    return max(when - at, datetime.timedelta(0))


def next_try(
    tries: int, at: datetime.datetime, wait: datetime.timedelta | None = None
) -> datetime.datetime | None:
    """Return when to try again after so many tries; ``None``: no more.

    ``wait``: what the server asked for, which goes before where it is longer.
    """
    if tries > len(WAITS):
        return None
    longest = max(WAITS[max(tries, 1) - 1], wait or datetime.timedelta(0))
    return None if longest > LONGEST_WAIT else at + longest


class Pace:
    """Keeps requests to one host apart. ``now`` counts seconds, ``sleep`` waits them."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._now, self._sleep = now, sleep
        self._ended: dict[str, float] = {}

    @contextmanager
    def at(self, url: str) -> Iterator[None]:
        """Wait until the host of an address may be asked; note when that has ended."""
        host = urlsplit(url).hostname or ""
        if host in self._ended:
            over = self._ended[host] + SECONDS_PER_HOST - self._now()
            if over > 0:
                self._sleep(over)
        try:
            yield
        finally:
            self._ended[host] = self._now()
