"""Carries passages from an old text to a new one, and says how sure that is.

The ladder of the design: unchanged text → mapped through the difference → exact words
with context → typographic → approximate, to be confirmed → orphaned. The first four
have the same words and are taken; the fifth is a question to a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from claims.checking.figures import figures
from claims.checking.text import Folded, fold

from .mapping import Mapping, map_text
from .passages import CONTEXT_CHARACTERS, Cut, cut, occurrences
from .places import Places, ends_alike, starts_alike

#: Share of characters that may differ in a suggestion, and by how much it must beat
#: the next best place (reference: evidence.md (d)).
MAX_EDIT_RATIO = 0.2
MIN_LEAD = 0.1


class Verdict(Enum):
    """How a passage was found again, best first."""

    UNCHANGED = "unchanged"
    MAPPED = "mapped"
    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    SUGGESTED = "suggested"
    ORPHANED = "orphaned"


@dataclass(frozen=True)
class Reanchored:
    """A passage in the new text; ``passage`` is ``None`` when it is orphaned.

    ``certain``: may be taken without a person's confirmation. ``words_changed``: the
    words differ, be it in typography. ``rivals``: starts of equally good places.
    """

    verdict: Verdict
    passage: Cut | None
    reason: str
    words_changed: bool = False
    rivals: tuple[int, ...] = ()

    @property
    def certain(self) -> bool:
        return self.verdict not in (Verdict.SUGGESTED, Verdict.ORPHANED)


def reanchor(old: str, new: str, passages: Sequence[Cut]) -> list[Reanchored]:
    """Find each passage of ``old`` again in ``new``, in the order given.

    ``ValueError`` when a passage does not hold the words that stand at its place.
    Bounded: 300 passages in 20,000 words, half of them rewritten, need about a second.
    """
    for passage in passages:
        if old[passage.start : passage.end] != passage.exact:
            raise ValueError(f"“{passage.exact}” does not stand at {passage.start}.")
    if old == new:
        reason = "the text is the same"
        return [Reanchored(Verdict.UNCHANGED, each, reason) for each in passages]
    search = _Search(old, new)
    return [search.find(passage) for passage in passages]


@dataclass
class _Search:
    old: str
    new: str
    mapping: Mapping = field(init=False)

    def __post_init__(self) -> None:
        self.mapping = map_text(self.old, self.new)

    @cached_property
    def folded_old(self) -> Folded:
        return fold(self.old)

    @cached_property
    def folded_new(self) -> Folded:
        return fold(self.new)

    def find(self, passage: Cut) -> Reanchored:
        return (
            self.same_words(passage)
            or self.same_but_for_typography(passage)
            or self.similar_words(passage)
        )

    def same_words(self, passage: Cut) -> Reanchored | None:
        found = Places(self.old, self.new, passage.exact)
        if not found.new_starts:
            return None
        block = self.mapping.around(passage.start, passage.end)
        hint = passage.start + block.new - block.old if block else None
        place = found.partner(passage.start, hint)
        if place is None:
            return self.ambiguous(passage, found)
        mapped = place == hint
        return Reanchored(
            Verdict.MAPPED if mapped else Verdict.EXACT,
            cut(self.new, place, place + len(passage.exact)),
            "the text around it changed, the words did not"
            if mapped
            else "the same words in the same context, at another place",
        )

    def ambiguous(self, passage: Cut, found: Places) -> Reanchored:
        """Decide on words that are there, but perhaps not those that were meant."""
        length = len(passage.exact)
        hint = self.shifted(passage)
        if hint in found.new_starts:
            return Reanchored(
                Verdict.MAPPED,
                cut(self.new, hint, hint + length),
                "nothing near it changed",
            )
        if len(found.new_starts) == 1:
            place = found.new_starts[0]
            return Reanchored(
                Verdict.SUGGESTED,
                cut(self.new, place, place + length),
                "the same words, but the text around them is another",
            )
        return Reanchored(
            Verdict.ORPHANED,
            None,
            f"the words stand at {len(found.new_starts)} places",
            rivals=tuple(found.new_starts),
        )

    def shifted(self, passage: Cut) -> int:
        """Return the place in a stretch that is unchanged well beyond the passage.

        Where such a stretch repeats, the places must be as many as before. −1: none.
        """
        start, end = passage.start - len(passage.prefix), passage.end
        end += len(passage.suffix)
        block = self.mapping.around(start, end)
        if block is None:
            return -1
        around = self.old[start:end]
        before = occurrences(self.old, around)
        after = occurrences(self.new, around)
        if len(before) != len(after):
            return -1
        return after[before.index(start)] + len(passage.prefix)

    def same_but_for_typography(self, passage: Cut) -> Reanchored | None:
        words = fold(passage.exact).text.strip()
        if not words:
            return None
        old, new = self.folded_old, self.folded_new
        found = Places(old.text, new.text, words)
        own = [
            start
            for start in found.old_starts
            if passage.start <= old.origin(start) < passage.end
        ]
        if not own or (place := found.partner(own[0])) is None:
            return None
        start, end = new.original(place, place + len(words))
        return Reanchored(
            Verdict.TYPOGRAPHIC,
            cut(self.new, start, end),
            "only quotation marks, dashes, spaces or the like differ",
            words_changed=True,
        )

    def similar_words(self, passage: Cut) -> Reanchored:
        place = self.best_place(passage)
        if place is None:
            return _orphan("no passage is similar enough")
        start, end = place
        words = self.new[start:end]
        if figures(words) != figures(passage.exact):
            return _orphan("a similar passage has other numbers, negations or limits")
        if not self.context_agrees(passage, start, end):
            return _orphan("a similar passage stands in another context")
        return Reanchored(
            Verdict.SUGGESTED,
            cut(self.new, start, end),
            "similar words in the same context; to be confirmed",
            words_changed=words != passage.exact,
        )

    def best_place(self, passage: Cut) -> tuple[int, int] | None:
        """Return the most similar place, unless another is nearly as good.

        Where both ends of the passage survive, the place reaches from one to the other:
        a shorter stretch may be as similar, and would leave the last words out.
        """
        window = self.mapping.window(passage.start, passage.end)
        places = [window, _alignment(passage.exact, self.new)]
        rated = [
            (_difference(passage.exact, self.new[start:end]), start, end)
            for start, end in (
                _whole_words(self.new, *place) for place in places if place
            )
            if start < end
        ]
        if window and rated and self.ends_survive(passage):
            rated = rated[:1] if rated[0][0] <= MAX_EDIT_RATIO else rated
        if not rated or (best := min(rated))[0] > MAX_EDIT_RATIO:
            return None
        _, start, end = best
        for rest in (self.new[:start], self.new[end:]):
            rival = _alignment(passage.exact, rest)
            if rival:
                first, last = _whole_words(rest, *rival)
                other = _difference(passage.exact, rest[first:last])
                if other - best[0] < MIN_LEAD:
                    return None
        return start, end

    def ends_survive(self, passage: Cut) -> bool:
        first = self.mapping.around(passage.start, passage.start + 1)
        last = self.mapping.around(passage.end - 1, passage.end)
        return first is not None and last is not None

    def context_agrees(self, passage: Cut, start: int, end: int) -> bool:
        before = fold(self.new[max(0, start - CONTEXT_CHARACTERS) : start]).text
        after = fold(self.new[end : end + CONTEXT_CHARACTERS]).text
        return ends_alike(fold(passage.prefix).text, before) or starts_alike(
            fold(passage.suffix).text, after
        )


def _orphan(reason: str) -> Reanchored:
    return Reanchored(Verdict.ORPHANED, None, reason)


def _alignment(words: str, text: str) -> tuple[int, int] | None:
    """Return the stretch of ``text`` most like ``words``; ``None``: none is near."""
    if len(text) < len(words) / 2:
        return None
    # The stretch found is no longer than the words: those may be cut off at an end, so
    # the bar is lower here than for the whole words that `_difference` judges.
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=60)
    return (found.dest_start, found.dest_end) if found else None


def _difference(one: str, other: str) -> float:
    return Levenshtein.normalized_distance(one, other, score_cutoff=0.5)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to whole words and drop space at its ends."""
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
