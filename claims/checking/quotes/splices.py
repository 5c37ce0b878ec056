"""A quotation put together from parts of a text that do not stand together."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.checking.lexicon import MARKS
from claims.checking.text import without_spaces

from .match import Reason, Span
from .seeds import without_spaces_mostly

#: A part has so many words, or characters in scripts without spaces.
_PART_WORDS = 2
_PART_SIGNS = 5
_PART_CHARACTERS = 12
#: Parts nearer than this, with no end of a sentence between, were shortened in silence.
_NEAR_CHARACTERS = 60
#: Parts make up so much of the quotation; more parts than this are a patchwork of phrases.
COVERED = 0.85
_MOST_PARTS = 5
#: Words of the quotation that a part is looked for from.
_MOST_TRIES = 40
_UNIT = re.compile(rf"[\w{MARKS}]+(?:['’-][\w{MARKS}]+)*")
_SENTENCE_END = re.compile(r"[.!?…؟।。！？]|\n\s*\n")


@dataclass(frozen=True)
class Splice:
    """Where the parts stand, in the order of the quotation, and why it is one."""

    spans: tuple[Span, ...]
    covered: float
    reasons: tuple[Reason, ...]

    @property
    def is_splice(self) -> bool:
        return self.covered >= COVERED and bool(self.reasons)


def parts_of(lower: str, words: str) -> Splice:
    """Cut a quotation into the longest parts that stand in a text, from its beginning.

    Both in lower case.
    """
    units = [match.span() for match in _UNIT.finditer(words)]
    if without_spaces_mostly(words):
        units = [(i, i + 1) for i, c in enumerate(words) if c.isalnum()]
    spans: list[Span] = []
    covered = 0
    first = 0
    for _ in range(_MOST_TRIES):
        if first >= len(units) or len(spans) == _MOST_PARTS:
            break
        length, place = _longest(lower, words, units[first:])
        part = words[units[first][0] : units[first + max(0, length - 1)][1]]
        if length and _is_part(part, length):
            spans.append((place, place + len(part)))
            covered += len(part)
            first += length
        else:
            first += 1
    return Splice(tuple(spans), covered / max(1, len(words)), tuple(_why(lower, spans)))


def _is_part(part: str, length: int) -> bool:
    if without_spaces(part[0]):
        return length >= _PART_SIGNS
    return length >= _PART_WORDS and len(part) >= _PART_CHARACTERS


def _longest(lower: str, words: str, units: list[Span]) -> tuple[int, int]:
    """Return how many words from the first on stand in the text, and where."""
    shortest = _PART_SIGNS if without_spaces(words[units[0][0]]) else _PART_WORDS
    place = -1
    if len(units) >= shortest:
        place = lower.find(words[units[0][0] : units[shortest - 1][1]])
    if place < 0:
        return 0, place
    low, high = shortest, len(units)
    while low < high:
        middle = (low + high + 1) // 2
        found = lower.find(words[units[0][0] : units[middle - 1][1]])
        if found < 0:
            high = middle - 1
        else:
            low, place = middle, found
    return low, place


def _why(lower: str, spans: list[Span]) -> Iterator[Reason]:
    for one, other in itertools.pairwise(spans):
        gap = lower[one[1] : other[0]]
        if other[0] < one[0]:
            yield Reason.ORDER
        elif len(gap) > _NEAR_CHARACTERS and _SENTENCE_END.search(gap):
            yield Reason.FAR
