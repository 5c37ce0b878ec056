"""Whose turn it is: one lane for each host, one look in a lane at a time, then a pause."""

import datetime
import heapq
import itertools
from collections import defaultdict, deque
from collections.abc import Iterable

from claims.fetch import FetchError
from claims.fetch.addresses import read_address

from .choosing import Link


class Lanes:
    """Links in lanes by host. A host with ten thousand of them keeps no other waiting."""

    def __init__(
        self, links: Iterable[Link], pause: datetime.timedelta, at: datetime.datetime
    ) -> None:
        self._pause = pause
        self._waiting: dict[str, deque[int]] = defaultdict(deque)
        for pk, url in links:
            self._waiting[host_of(url)].append(pk)
        self._numbers = itertools.count()
        self._ready = [(at, next(self._numbers), host) for host in self._waiting]

    @property
    def next_at(self) -> datetime.datetime | None:
        """When the next lane is free; ``None``: all are done, or in use."""
        return self._ready[0][0] if self._ready else None

    def take(self, at: datetime.datetime) -> tuple[str, int] | None:
        """Take the next link of a lane that is free; it is in use until given back."""
        if not self._ready or self._ready[0][0] > at:
            return None
        _moment, _number, host = heapq.heappop(self._ready)
        return host, self._waiting[host].popleft()

    def next_in_turn(self, number: int) -> list[int]:
        """Return the first link of each of the lanes that come next."""
        lanes = heapq.nsmallest(number, self._ready)
        return [self._waiting[host][0] for _moment, _number, host in lanes]

    def give_back(self, host: str, at: datetime.datetime) -> bool:
        """Free a lane, after a pause; return whether anything is left in it."""
        is_left = bool(self._waiting[host])
        if is_left:
            entry = (at + self._pause, next(self._numbers), host)
            heapq.heappush(self._ready, entry)
        return is_left

    def leave(self, host: str) -> int:
        """Leave a host alone in this run; return how many links that passes over."""
        left = len(self._waiting[host])
        self._waiting[host].clear()
        return left


def host_of(url: str) -> str:
    """Return the host of an address; "" of one that cannot be asked."""
    try:
        return read_address(url).host
    except FetchError:
        return ""
