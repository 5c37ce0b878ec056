"""What differs between two texts, word by word, in any script."""

import itertools
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from .text import without_spaces

#: Stretches of up to so many words times words are compared each with each. Longer
#: ones are first cut at words that stand once in both texts, so many times over; what
#: is longer even then is told as replaced. Bounds the work for 20,000 characters of
#: anything (measured in tests/checking/test_differences.py).
MOST_COMPARED = 2_500
MOST_CUTS = 8
#: Words kept before and after a change when what is unchanged is left out.
WORDS_AROUND = 8
#: A lone sign or space between two replacements is replaced with them.
ISLAND_CHARACTERS = 3

#: What may stand between the digits of one number: 5,000 or 3.5 or 10'000 or 14:30.
_IN_NUMBERS = frozenset(".,:'\u2019\u066b\u066c")
_JOINER = "\u200d"
#: Over a text of classes (see ``_class_of``): a word or number with its marks, a run of
#: space, or a single sign with what is joined to it.
_WORD = re.compile(r"(?:[ld][mj]*|(?<=d)n(?=d))+|s+|.(?:m|j.?)*")

Kind = Literal["same", "removed", "added", "left_out"]
Pair = tuple[int, int]
#: A pair and the row of those before it.
Row = tuple[Pair, Any]


@dataclass(frozen=True)
class Part:
    """A stretch of text that is the same, was removed or was added.

    *Left out* stands for something unchanged that is not shown; its text is empty.
    """

    kind: Kind
    text: str


def words_changed(old: str, new: str) -> list[Part]:
    """Return how the new text comes from the old, as parts in reading order.

    The same and removed parts make up the old text, the same and added ones the new
    one, to the character. Neighbours differ in kind, and what was removed comes before
    what was added in its place.
    """
    before, after = _words(old), _words(new)
    stretches = [_Stretch()]
    i = j = 0
    for left, right in [*_matched(before, after), (len(before), len(after))]:
        _add_gap(stretches, before[i:left], after[j:right])
        _add_same(stretches, "".join(before[left : left + 1]))
        i, j = left + 1, right + 1
    return [
        Part(kind, text)
        for stretch in _without_islands(stretches)
        for kind, text in stretch.texts()
        if text
    ]


def shortened(parts: Sequence[Part], around: int = WORDS_AROUND) -> list[Part]:
    """Leave long unchanged stretches out, but for the words next to a change."""
    shown: list[Part] = []
    for place, part in enumerate(parts):
        words = _words(part.text) if part.kind == "same" else []
        # Between two words stands a space, which counts as one of them.
        head = 2 * around if place else 0
        tail = len(words) - (2 * around if place < len(parts) - 1 else 0)
        if tail - head <= around:
            shown.append(part)
        else:
            kept = [Part("same", "".join(words[:head])), Part("left_out", "")]
            shown += [*kept, Part("same", "".join(words[tail:]))]
    return [part for part in shown if part.text or part.kind == "left_out"]


# Words


def _words(text: str) -> list[str]:
    """Cut a text into words, numbers, single signs, and the space between them."""
    classes = "".join(map(_class_of, text))
    return [text[found.start() : found.end()] for found in _WORD.finditer(classes)]


def _class_of(character: str) -> str:
    """Return s(pace), j(oiner), m(ark), d(igit), l(etter), n (see above) or o(ther)."""
    if character.isspace():
        return "s"
    if character == _JOINER:
        return "j"
    if character in _IN_NUMBERS:
        return "n"
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf":
        return "m"
    if category == "Nd":
        return "d"
    if without_spaces(character):
        return "o"
    return "l" if category[0] in "LN" or character == "_" else "o"


# What matches what


def _matched(before: list[str], after: list[str]) -> list[Pair]:
    """Return pairs of places of the same words, rising in both; space is no word."""
    a = [place for place, word in enumerate(before) if not word.isspace()]
    b = [place for place, word in enumerate(after) if not word.isspace()]
    words = [before[place] for place in a], [after[place] for place in b]
    waiting = [(0, len(a), 0, len(b), 0)]
    pairs: list[Pair] = []
    while waiting:
        a_low, a_high, b_low, b_high, cuts = waiting.pop()
        ours, theirs = words[0][a_low:a_high], words[1][b_low:b_high]
        if cuts > MOST_CUTS or not ours or not theirs:
            continue
        if len(ours) * len(theirs) <= MOST_COMPARED:
            found = _compared(ours, theirs)
        else:
            found = _edges(ours, theirs) or _standing_once(ours, theirs)
            ends = [(-1, -1), *found, (len(ours), len(theirs))] if found else []
            waiting += [
                (a_low + i + 1, a_low + k, b_low + j + 1, b_low + m, cuts + 1)
                for (i, j), (k, m) in itertools.pairwise(ends)
            ]
        pairs += [(a[a_low + i], b[b_low + j]) for i, j in found]
    return sorted(pairs)


def _compared(ours: list[str], theirs: list[str]) -> list[Pair]:
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return [(i + k, j + k) for i, j, size in blocks for k in range(size)]


def _edges(ours: list[str], theirs: list[str]) -> list[Pair]:
    """Return what both begin and end with."""
    head = _same_so_far(ours, theirs)
    tail = _same_so_far(ours[head:][::-1], theirs[head:][::-1])
    from_end = range(tail, 0, -1)
    return [
        *((place, place) for place in range(head)),
        *((len(ours) - place, len(theirs) - place) for place in from_end),
    ]


def _same_so_far(ours: list[str], theirs: list[str]) -> int:
    pairs = enumerate(zip(ours, theirs, strict=False))
    shorter = min(len(ours), len(theirs))
    return next((place for place, (a, b) in pairs if a != b), shorter)


def _standing_once(ours: list[str], theirs: list[str]) -> list[Pair]:
    """Return the words that stand once on both sides, as many as keep their order.

    The longest rising row of their places, found by patience sorting.
    """
    once = _once(ours), _once(theirs)
    pairs = [(i, once[1][word]) for word, i in once[0].items() if word in once[1]]
    tops: list[int] = []
    rows: list[Row] = []
    for pair in pairs:
        place = bisect_left(tops, pair[1])
        row = (pair, rows[place - 1] if place else None)
        tops[place : place + 1] = [pair[1]]
        rows[place : place + 1] = [row]
    longest: list[Pair] = []
    last: Row | None = rows[-1] if rows else None
    while last:
        longest.append(last[0])
        last = last[1]
    return longest[::-1]


def _once(words: list[str]) -> dict[str, int]:
    """Return the words that stand once, each with its place, in their order."""
    numbers = Counter(words)
    return {word: place for place, word in enumerate(words) if numbers[word] == 1}


# Parts


@dataclass
class _Stretch:
    """Some text that is the same, and the change that follows it."""

    same: str = ""
    removed: str = ""
    added: str = ""

    def texts(self) -> tuple[tuple[Kind, str], ...]:
        return ("same", self.same), ("removed", self.removed), ("added", self.added)


def _add_gap(stretches: list[_Stretch], removed: list[str], added: list[str]) -> None:
    """Add what stands between two matched words; its space may still be the same."""
    edges = _edges(removed, added)
    head = sum(i == j == place for place, (i, j) in enumerate(edges))
    tail = len(edges) - head
    _add_same(stretches, "".join(removed[:head]))
    stretches[-1].removed += "".join(removed[head : len(removed) - tail])
    stretches[-1].added += "".join(added[head : len(added) - tail])
    _add_same(stretches, "".join(removed[len(removed) - tail :]))


def _add_same(stretches: list[_Stretch], text: str) -> None:
    newest = stretches[-1]
    if not text:
        return
    if newest.removed or newest.added:
        stretches.append(_Stretch(text))
    else:
        newest.same += text


def _without_islands(stretches: list[_Stretch]) -> list[_Stretch]:
    """Join two replacements with nothing between them but a sign or a space."""
    joined: list[_Stretch] = []
    for stretch in stretches:
        before = joined[-1] if joined else _Stretch()
        is_island = len(stretch.same) <= ISLAND_CHARACTERS and not any(
            character.isalnum() for character in stretch.same
        )
        replaces = all([before.removed, before.added, stretch.removed, stretch.added])
        if is_island and replaces:
            before.removed += stretch.same + stretch.removed
            before.added += stretch.same + stretch.added
        else:
            joined.append(stretch)
    return joined
