"""Which stretches of an old text stand unchanged, and where, in a new one.

Lines and sentences that are unique in both texts are fixed points (patience diff); only
what lies between two of them is compared word by word, and only where that is small.
"""

import bisect
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

#: Words of the old times words of the new text compared at once; 4 million need half a
#: megabyte and 20 ms. A larger gap is left to the search for the words themselves.
MAX_COMPARED = 4_000_000
_UNIT = re.compile(r"[^\n]*?(?:[.!?]+[\"'”’»)]*\s+|\n+|$)")
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Block:
    """A stretch that is the same in both texts: its two starts and its length."""

    old: int
    new: int
    length: int


@dataclass(frozen=True)
class Mapping:
    """The unchanged stretches, in order, none touching the next in both texts."""

    blocks: tuple[Block, ...]

    def around(self, start: int, end: int) -> Block | None:
        """Return the block that holds all of ``start`` to ``end`` of the old text."""
        at = bisect.bisect_right(self.blocks, start, key=lambda block: block.old) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        return block if end <= block.old + block.length else None

    def window(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the surviving part of ``start`` to ``end`` begins and ends."""
        inside = [
            block
            for block in self.blocks
            if block.old < end and block.old + block.length > start
        ]
        if not inside:
            return None
        first, last = inside[0], inside[-1]
        return (
            first.new + max(0, start - first.old),
            last.new + min(last.length, end - last.old),
        )


def map_text(old: str, new: str) -> Mapping:
    """Compare two texts; time and memory are bounded, large rewrites go unmapped."""
    blocks: list[Block] = []
    old_at = new_at = 0
    for block in [*_fixed_points(old, new), Block(len(old), len(new), 0)]:
        blocks += _compare(old, new, (old_at, block.old), (new_at, block.new))
        blocks.append(block)
        old_at, new_at = block.old + block.length, block.new + block.length
    return Mapping(tuple(_joined(blocks)))


def _fixed_points(old: str, new: str) -> list[Block]:
    old_units, new_units = _unique_units(old), _unique_units(new)
    shared = [
        (start, new_units[unit], len(unit))
        for unit, start in old_units.items()
        if unit in new_units
    ]
    return [Block(*place) for place in _longest_rising(shared)]


def _unique_units(text: str) -> dict[str, int]:
    units = [(match[0], match.start()) for match in _UNIT.finditer(text)]
    counts = Counter(unit for unit, _ in units)
    return {
        unit: start for unit, start in units if counts[unit] == 1 and len(unit) > 15
    }


def _longest_rising(
    places: Sequence[tuple[int, int, int]],
) -> list[tuple[int, int, int]]:
    """Return the longest run of places in the same order in both texts."""
    tails: list[int] = []
    tail_places: list[int] = []
    before: list[int] = []
    for number, (_, new, _) in enumerate(places):
        at = bisect.bisect_left(tails, new)
        before.append(tail_places[at - 1] if at else -1)
        tails[at : at + 1] = [new]
        tail_places[at : at + 1] = [number]
    run: list[tuple[int, int, int]] = []
    number = tail_places[-1] if tail_places else -1
    while number >= 0:
        run.append(places[number])
        number = before[number]
    return run[::-1]


def _compare(
    old: str, new: str, old_gap: tuple[int, int], new_gap: tuple[int, int]
) -> list[Block]:
    old_tokens = _TOKEN.findall(old, *old_gap)
    new_tokens = _TOKEN.findall(new, *new_gap)
    if not old_tokens or len(old_tokens) * len(new_tokens) > MAX_COMPARED:
        return []
    old_starts = _starts(old_tokens, old_gap[0])
    new_starts = _starts(new_tokens, new_gap[0])
    return [
        Block(
            old_starts[code.src_start],
            new_starts[code.dest_start],
            old_starts[code.src_end] - old_starts[code.src_start],
        )
        for code in Indel.opcodes(old_tokens, new_tokens)
        if code.tag == "equal"
    ]


def _starts(tokens: Sequence[str], start: int) -> list[int]:
    starts = [start]
    for token in tokens:
        starts.append(starts[-1] + len(token))
    return starts


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Join blocks that touch in both texts; drop empty ones."""
    joined: list[Block] = []
    for block in blocks:
        if block.length == 0:
            continue
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == (
            block.old,
            block.new,
        ):
            joined[-1] = Block(last.old, last.new, last.length + block.length)
        else:
            joined.append(block)
    return joined
