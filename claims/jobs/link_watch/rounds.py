"""One round of the link watch: all that is due, each host at its own pace."""

import datetime
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

from claims.checking.links import FindingKind
from claims.jobs.lease import lease
from claims.models import Document

from .asking import Way
from .choosing import Link, due_links
from .lanes import Lanes
from .saving import Looked, keep
from .tasks import HostFacts, Task, host_facts, tasks_of
from .workers import Workers

LEASE = "links"
#: While others are at work, so long at most until the lanes are looked at again.
_LONGEST_WAIT_SECONDS = 1.0
#: Tasks that are gathered before it is their turn.
GATHERED_AT_ONCE = 32
#: A look that failed by a fault of ours is tried again after this.
AFTER_FAULT = datetime.timedelta(days=1)


class AlreadyWatchingError(Exception):
    """Another run of the link watch is at work."""


@contextmanager
def looking(
    way: Way | None = None, **choice: Any
) -> Iterator[tuple[list[Link], Iterator[Looked]]]:
    """Begin a round: give the links that are due, and their looks, each once it is kept.

    ``choice``: as ``due_links`` takes it. Chosen is what is due now that nobody else is
    at work, so no link is asked for by two. Raises ``AlreadyWatchingError`` when
    another run is. A host that asks to wait is left alone until then, with all its links.
    """
    way = way or Way()
    with lease(LEASE) as ours:
        if not ours:
            raise AlreadyWatchingError
        links = due_links(way.clock(), **choice)
        with closing(_round(links, way)) as looks:
            yield links, looks


def _round(links: Sequence[Link], way: Way) -> Generator[Looked, None, None]:
    lanes = Lanes(links, way.pause, way.clock())
    ahead = _Ahead(lanes)
    hosts: dict[str, HostFacts] = {}
    with Workers(way) as workers:
        while workers.at_work or lanes.next_at is not None:
            _give_out(lanes, ahead, workers, hosts, way)
            if not workers.at_work:
                _sleep(lanes, way)
                continue
            outcome = workers.take(_seconds(lanes, workers, way))
            if outcome is None:
                continue
            task, asked = outcome
            if asked is None:
                _put_off(task.document, way.clock())
            else:
                hosts[task.host.name] = asked.host
                looked = keep(asked, asked.answer.at)
                if looked.finding.kind == FindingKind.THROTTLED:
                    lanes.leave(task.host.name)
                yield looked
            if not lanes.give_back(task.host.name, way.clock()):
                hosts.pop(task.host.name, None)  # however many hosts there are
    way.sleep(way.pause_seconds)  # the next round, too, comes after a pause


class _Ahead:
    """What the next looks need, gathered for many of them at once."""

    def __init__(self, lanes: Lanes) -> None:
        self._lanes = lanes
        self._tasks: dict[int, Task] = {}

    def task_of(self, pk: int) -> Task | None:
        """Return one task; ``None`` when its document has no address by now."""
        if pk not in self._tasks:
            self._tasks = tasks_of([pk, *self._lanes.next_in_turn(GATHERED_AT_ONCE)])
        return self._tasks.pop(pk, None)


def _give_out(
    lanes: Lanes,
    ahead: _Ahead,
    workers: Workers,
    hosts: dict[str, HostFacts],
    way: Way,
) -> None:
    """Give every worker that is free a link of a host that is free."""
    now = way.clock()
    while workers.has_room and (taken := lanes.take(now)) is not None:
        name, pk = taken
        host = hosts.get(name) or host_facts(name)
        if host.wait_until is not None and now < host.wait_until:
            lanes.leave(name)
            continue
        task = ahead.task_of(pk)
        if task is None:
            lanes.give_back(name, now)
        else:
            workers.give(replace(task, host=host))


def _seconds(lanes: Lanes, workers: Workers, way: Way) -> float | None:
    """Return how long to wait for a worker before a lane may be free."""
    if lanes.next_at is None or not workers.has_room:
        return None
    wait = (lanes.next_at - way.clock()).total_seconds()
    return min(max(wait, 0.001), _LONGEST_WAIT_SECONDS)


def _sleep(lanes: Lanes, way: Way) -> None:
    if lanes.next_at is not None:
        way.sleep(max((lanes.next_at - way.clock()).total_seconds(), 0))


def _put_off(pk: int, at: datetime.datetime) -> None:
    Document.objects.filter(pk=pk).update(next_check_at=at + AFTER_FAULT)
