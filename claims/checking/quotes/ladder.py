"""The ladder: from the same characters down to no such words, the first that holds."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

from claims.checking.text import Edit, Folded

from .chains import LONGEST_GAP, MOST_CHAINS, Chain
from .encoding import is_broken, repairs
from .judging import Found, judge, judge_exact
from .layout import Layout
from .match import Page, Span, Verdict
from .parsing import Parsed, Piece
from .seeds import MOST_SEEDS, WHOLE_CHARACTERS, lowered, regions, share_of_words
from .views import View, plain, view

#: Places of the same characters that are judged.
_MOST_PLACES = 50
#: A region with fewer of the words cannot have them all, in whatever layout.
_ENOUGH_WORDS = 0.5
#: Characters that break words which seeds look for; then the whole text is folded.
_BREAKING = "\u00ad\u200b\u200c\u2060\ufeff\u0640ﬀﬁﬂﬃﬄÃÂâÐÑØÙ"
#: A quotation of fewer words may have its only telling one broken at a line end.
_FEW_WORDS = 5
#: Enough to find words that are there; many more are needed to know that none are.
_FEW_SEEDS = 4


#: How a text is looked at, besides its typography.
Look = Literal["folded", "laid out", "repaired"]
#: What a rung finds is called so; how the text is looked at, and what for.
Rung = tuple[Verdict, Look, Parsed]


class Text:
    """A text in which quotations are looked for; what all need is made once."""

    def __init__(self, text: str, pages: Sequence[Page]) -> None:
        self.text, self.pages = text, pages
        self.layout = Layout(text, pages)
        self._views: dict[tuple[Look, Span, str], View | None] = {}
        self._regions: dict[tuple[str, int, int], list[Span]] = {}
        self._chains: dict[tuple[tuple[Piece, ...], bool], Chain] = {}

    @cached_property
    def lower(self) -> str:
        return lowered(self.text)

    @cached_property
    def is_broken(self) -> bool:
        return is_broken(self.text)

    def exact(self, words: str) -> list[Found]:
        """Return the places with the very characters, judged."""
        found: list[Found] = []
        start = self.text.find(words)
        while start >= 0 and len(found) < _MOST_PLACES:
            found.append(judge_exact(self.text, (start, start + len(words))))
            start = self.text.find(words, start + len(words))
        return found

    def climb(self, parsed: Parsed) -> list[Found]:
        """Return what the first rung that holds has found, else what came near.

        Rungs: other typography, other layout, edited openly, encoding repaired.
        """
        near: list[Found] = []
        for areas in self._areas(parsed):
            for rung in self._rungs(parsed):
                found = [each for area in areas for each in self._on(rung, area)]
                if any(each.same_words for each in found):
                    return found
                near += found
        return near

    def literal(self, parsed: Parsed) -> list[Found]:
        """Return the places with the same words in whatever typography."""
        rung: Rung = (Verdict.TYPOGRAPHIC, "folded", _literal(parsed))
        areas = self.regions(parsed.literal, 0, _FEW_SEEDS)
        return [each for area in areas for each in self._on(rung, area)]

    def regions(
        self, words: str, margin: int = 0, most_seeds: int = MOST_SEEDS
    ) -> list[Span]:
        """Return where the words, folded, may stand: stretches, the best first."""
        key = words, margin, most_seeds
        if key not in self._regions:
            self._regions[key] = regions(self.lower, lowered(words), *key[1:])
        return self._regions[key]

    def _areas(self, parsed: Parsed) -> Iterator[list[Span]]:
        """Yield where to look: near the words as written, then near them mended."""
        longest = max(parsed.pieces, key=lambda piece: piece.letters)
        gaps = sum(piece.join == "elision" for piece in parsed.pieces[1:])
        margin = min(gaps, 3) * LONGEST_GAP
        words = longest.words if parsed.is_edited else parsed.literal
        if len(self.text) > WHOLE_CHARACTERS:
            yield self._likely(words, margin, _FEW_SEEDS)
        yield self._likely(words, margin, MOST_SEEDS)
        if len(self.text) > WHOLE_CHARACTERS and self._breaks(words):
            mended = self._mended
            for start, end in regions(lowered(mended.text), lowered(words), margin):
                yield [mended.original(start, end)]

    def _likely(self, words: str, margin: int, most_seeds: int) -> list[Span]:
        areas = self.regions(words, margin, most_seeds)
        return [area for area in areas if self._has_words(area, words)]

    def _has_words(self, area: Span, words: str) -> bool:
        if len(self.text) <= WHOLE_CHARACTERS or self.is_broken:
            return True
        there = self.lower[slice(*area)]
        return share_of_words(there, lowered(words)) >= _ENOUGH_WORDS

    def _breaks(self, words: str) -> bool:
        """Whether the text may have the words so broken that no seed finds them."""
        if any(character in self.text for character in _BREAKING):
            return True
        if len(words.split()) < _FEW_WORDS and "-\n" in self.text:
            return True
        return not unicodedata.is_normalized("NFC", self.text)

    @cached_property
    def _mended(self) -> Folded:
        """The whole text folded, its encoding and its line ends mended."""
        return plain(self.text)

    def _rungs(self, parsed: Parsed) -> Iterator[Rung]:
        """Yield what is looked for, and how the text is looked at, in order.

        Openly edited words are first looked for in folded text: that is quick. Where
        the text has the very brackets of the quotation they are not accepted there.
        """
        literal = _literal(parsed)
        yield Verdict.TYPOGRAPHIC, "folded", literal
        if parsed.is_edited:
            yield Verdict.EDITED_OPENLY, "folded", parsed
        yield Verdict.LAYOUT, "laid out", literal
        if parsed.is_edited:
            yield Verdict.EDITED_OPENLY, "laid out", parsed
        if self.is_broken:
            yield Verdict.ENCODING_REPAIR, "repaired", literal
            yield Verdict.ENCODING_REPAIR, "repaired", parsed

    def _on(self, rung: Rung, area: Span) -> Iterator[Found]:
        """Yield what a rung finds in an area: as written, else whatever the case."""
        verdict, look, parsed = rung
        looked = self._look(look, area, parsed.literal)
        if looked is None:
            return
        for any_case in (False, True):
            chains = self._chain(parsed, any_case).found_in(looked.text)
            found = [
                judge(self.text, looked, spans, parsed, verdict)
                for _, spans in zip(range(MOST_CHAINS), chains, strict=False)
            ]
            yield from found
            if found:
                return

    def _chain(self, parsed: Parsed, any_case: bool) -> Chain:
        key = parsed.pieces, any_case
        if key not in self._chains:
            self._chains[key] = Chain(parsed.pieces, any_case=any_case)
        return self._chains[key]

    def _look(self, look: Look, area: Span, words: str) -> View | None:
        """Return an area as it is looked at; ``None``: there is nothing to take out."""
        key = look, area, words
        if key not in self._views:
            edits = list(self._edits(look, area, words))
            has_changes = look == "folded" or edits
            self._views[key] = view(self.text, area, edits) if has_changes else None
        return self._views[key]

    def _edits(self, look: Look, area: Span, words: str) -> Iterable[Edit]:
        if look == "laid out":
            return self.layout.edits(area, words)
        return repairs(self.text[slice(*area)]) if look == "repaired" else ()


def _literal(parsed: Parsed) -> Parsed:
    """Return the quotation as one piece, its brackets and dots as they stand."""
    words = parsed.literal
    letters = sum(character.isalnum() for character in words)
    piece = Piece(re.escape(words), words, letters, "elision")
    return Parsed((piece,), (), False, words)
