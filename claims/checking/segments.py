"""Overlapping spans of a text as a row of segments, each in none, one or more."""

import itertools
from collections.abc import Sequence
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

    Spans are clipped: one that reaches over the edge begins or ends elsewhere.
    """
    inside = [span for span in spans if span.start < end and span.end > start]
    edges = {start, end}
    for span in inside:
        edges |= {max(span.start, start), min(span.end, end)}
    cuts = sorted(edges)
    return [_segment(left, right, inside) for left, right in itertools.pairwise(cuts)]


def _segment(left: int, right: int, spans: Sequence[Span]) -> Segment:
    covering = [span for span in spans if span.start <= left and right <= span.end]
    return Segment(
        start=left,
        end=right,
        keys=tuple(span.key for span in covering),
        begins=tuple(span.key for span in covering if span.start == left),
        ends=tuple(span.key for span in covering if span.end == right),
    )
