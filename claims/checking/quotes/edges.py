"""What a quotation cuts through where it begins and ends: numbers, words, negations."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from claims.checking.figures import PER_CENT, numbers
from claims.checking.lexicon import (
    DIRECTION,
    MAGNITUDE,
    MARKS,
    NEGATION,
    NUMBER,
    TURNS_WORD,
    TURNS_WORD_AFTER,
    UNIT,
    WORD,
    kind_of,
)
from claims.checking.text import without_spaces

from .match import Reason, Span
from .views import plain

#: Characters of the text looked at on both sides of an edge.
_AROUND = 64
_SIGNS = re.compile(r"[\s<>≤≥~≈±+‐-―−-]+")
#: What belongs to a number in words that it follows, at the beginning and at the end.
_AFTER_NUMBERS: tuple[dict[str | None, Reason], ...] = (
    {MAGNITUDE: Reason.MAGNITUDE, NUMBER: Reason.NUMBER},
    {MAGNITUDE: Reason.MAGNITUDE, NUMBER: Reason.NUMBER, UNIT: Reason.UNIT},
)
_WORD_CHARACTER = re.compile(rf"[\w{MARKS}]")
_LAST_WORD = re.compile(rf"((?:[^\W\d_]|[{MARKS}])+)[-\s]?$")
_FIRST_WORD = re.compile(rf"[-\s]?((?:[^\W\d_]|[{MARKS}])+)")
#: Up to the last mark before an edge: a negation beyond it belongs to something else.
_BESIDE_BEFORE = re.compile(r".*[.,;:!?…。！？।،؛]", re.DOTALL)
#: What is left of a longer word and says something else.
_PARTS: dict[str | None, Reason] = {
    MAGNITUDE: Reason.MAGNITUDE,
    NUMBER: Reason.NUMBER,
    DIRECTION: Reason.DIRECTION,
}
_PART_LETTERS = 3
_CHINESE_NUMBERS = frozenset("零〇一二两三四五六七八九十百千万亿半")
_PREFIXED = frozenset("不没未无無非别勿")


@dataclass(frozen=True)
class Edge:
    """The beginning or end of a place: the text before and behind it, as compared."""

    before: str
    after: str
    is_end: bool

    @property
    def is_inside_word(self) -> bool:
        """Whether it lies between two characters of one word."""
        before = self.before[-2:].rstrip("'")[-1:]
        after = self.after[:2].lstrip("'")[:1]
        if not before or not after or without_spaces(before) or without_spaces(after):
            return False
        return all(_WORD_CHARACTER.match(side) for side in (before, after))

    def cuts(self) -> Iterator[Reason]:
        """Yield what is cut in two: a number, its sign or unit, a negation."""
        yield from _cut_numbers(self)
        yield from _cut_words(self)
        if _cuts_negation(self):
            yield Reason.NEGATION


def edges(text: str, place: Span) -> tuple[Edge, Edge]:
    """Return where a place begins and ends, with what is around it folded."""
    return _edge(text, place[0], is_end=False), _edge(text, place[1], is_end=True)


def _edge(text: str, place: int, *, is_end: bool) -> Edge:
    begin = max(0, place - _AROUND)
    around = plain(text[begin : place + _AROUND])
    every = range(len(around.text) + 1)
    at = bisect_left(every, place - begin, key=around.origin)
    return Edge(around.text[:at], around.text[at:], is_end)


def _cut_numbers(edge: Edge) -> Iterator[Reason]:
    text, at = edge.before + edge.after, len(edge.before)
    for number in numbers(text):
        if number.start < at < number.end:
            sides = text[number.start : at], text[at : number.end]
            inside, rest = sides if edge.is_end else sides[::-1]
            # At the beginning a unit may be left alone: 5 | percent of the wells.
            is_number = edge.is_end or _has_digit(inside) or _has_magnitude(inside)
            if is_number and rest.strip():
                yield _what_is_cut(rest)


def _has_digit(text: str) -> bool:
    return any(map(str.isnumeric, text))


def _has_magnitude(text: str) -> bool:
    return any(kind_of(word) == MAGNITUDE for word in WORD.findall(text))


def _what_is_cut(rest: str) -> Reason:
    if _has_digit(rest):
        return Reason.NUMBER
    if _has_magnitude(PER_CENT.sub("", rest)):
        return Reason.MAGNITUDE
    return Reason.SIGN if _SIGNS.fullmatch(rest) else Reason.UNIT


def _cut_words(edge: Edge) -> Iterator[Reason]:
    """Yield what is cut of numbers in words: five | million, zwei|hundert, 十|二."""
    sides = _LAST_WORD.search(edge.before), _FIRST_WORD.match(edge.after)
    before, after = (side[1] if side else "" for side in sides)
    follows = _AFTER_NUMBERS[edge.is_end]
    if kind_of(before) in (NUMBER, MAGNITUDE) and kind_of(after) in follows:
        yield follows[kind_of(after)]
    part = before if edge.is_end else after
    if len(part) >= _PART_LETTERS and edge.is_inside_word and kind_of(part) in _PARTS:
        yield _PARTS[kind_of(part)]
    if {*edge.before[-1:]} & _CHINESE_NUMBERS and {*edge.after[:1]} & _CHINESE_NUMBERS:
        yield Reason.NUMBER


def _cuts_negation(edge: Edge) -> bool:
    """Whether an edge cuts off what turns the words round.

    Part of a word (un|safe, do|n't, 不|安全), or the word right beside: not | safe.
    """
    return _is_negated_behind(edge) if edge.is_end else _is_negated_before(edge)


def _is_negated_before(edge: Edge) -> bool:
    before = edge.before
    if before and before[-1] in _PREFIXED:
        return True
    if edge.is_inside_word:
        return TURNS_WORD.search(before) is not None
    last = WORD.findall(_BESIDE_BEFORE.sub("", before))[-1:]
    return before.endswith(" ") and NEGATION in map(kind_of, last)


def _is_negated_behind(edge: Edge) -> bool:
    if edge.is_inside_word:
        return TURNS_WORD_AFTER.match(edge.after) is not None
    if not edge.after.startswith(" ") or not _WORD_CHARACTER.match(edge.before[-1:]):
        return False
    following = WORD.match(edge.after.lstrip())
    return following is not None and kind_of(following[0]) == NEGATION
