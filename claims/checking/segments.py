"""Overlapping spans of a text as a row of segments, each in none, one or more."""

import itertools
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """A named place: start and end in code points, end exclusive."""

    key: str
    start: int
    end: int


@dataclass(frozen=True)
class Segment:
    """A stretch of text whose every character lies in the same spans.

    ``keys``: the spans it lies in; ``begins`` and ``ends``: those whose first or
    last segment it is; all in the order the spans were given.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]


def segments(start: int, end: int, spans: Sequence[Span]) -> list[Segment]:
    """Cut ``start`` to ``end`` at every boundary of the spans that reach into it.

    Spans are clipped: one that reaches over the edge begins or ends elsewhere. Empty
    ones count for nothing.
    """
    inside = [
        span
        for span in spans
        if span.start < end and span.end > start and span.start < span.end
    ]
    return list(_swept(start, end, inside))


def _swept(start: int, end: int, spans: Sequence[Span]) -> Iterator[Segment]:
    opened: dict[int, list[int]] = defaultdict(list)
    closed: dict[int, list[int]] = defaultdict(list)
    for index, span in enumerate(spans):
        opened[max(span.start, start)].append(index)
        closed[min(span.end, end)].append(index)
    active: list[int] = []
    for left, right in itertools.pairwise(sorted({start, end, *opened, *closed})):
        for index in closed[left]:
            active.remove(index)
        for index in opened[left]:
            insort(active, index)
        yield Segment(
            start=left,
            end=right,
            keys=tuple(spans[index].key for index in active),
            begins=tuple(
                spans[index].key for index in opened[left] if spans[index].start == left
            ),
            ends=tuple(
                spans[index].key for index in closed[right] if spans[index].end == right
            ),
        )


def lanes(spans: Iterable[Span]) -> dict[str, int]:
    """Give each span a lane, from 1 up, that no span overlapping it shares.

    A span that begins earlier, or at the same place and reaches further, takes the
    lower lane. Empty spans get none.
    """
    lane_of: dict[str, int] = {}
    free_from: list[int] = []
    for span in sorted(spans, key=outer_first):
        if span.start >= span.end:
            continue
        free = (lane for lane, end in enumerate(free_from) if end <= span.start)
        lane = next(free, len(free_from))
        free_from[lane : lane + 1] = [span.end]
        lane_of[span.key] = lane + 1
    return lane_of


def outer_first(span: Span) -> tuple[int, int, str]:
    """Sort key: a span stands before those that it holds."""
    return span.start, -span.end, span.key
