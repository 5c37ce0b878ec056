"""The pieces of a quotation found in a text, in order, and what stands between them."""

import re
from collections.abc import Iterator, Sequence

from claims.checking.lexicon import MARKS
from claims.checking.text import without_spaces

from .match import Span
from .parsing import Join, Piece

#: Characters that an ellipsis may leave out; what is farther is put together.
LONGEST_GAP = 2_000
#: Words of the text that a bracket may stand for.
SUPPLIED_WORDS = 6
_SUPPLIED_CHARACTERS = 120
#: Places of the first piece that are tried, and of each further one behind it.
_MOST_STARTS = 300
_MOST_TRIES = 20
MOST_CHAINS = 10
#: Marks that a quotation may end with by the custom of its sentence.
END_MARKS = ".,;:。，؛،।"
_NOT_BEFORE = rf"(?<![^\W_])(?<![{MARKS}])"
_NOT_BEHIND = rf"(?![^\W_]|[{MARKS}])"
_END_MARK = re.compile(rf"(?:\\ )?\\?[{END_MARKS}]$")


class Chain:
    """Finds pieces in order in a text; what has failed once is not tried again.

    Steps are bounded by pieces times characters: a place that leads nowhere is kept.
    """

    def __init__(self, pieces: Sequence[Piece], *, any_case: bool = False) -> None:
        self.joins = [piece.join for piece in pieces]
        joins_after = [*self.joins[1:], "elision"]
        flags = re.IGNORECASE if any_case else 0
        lone = len(pieces) == 1
        self.patterns = [
            re.compile(_pattern(piece, after, bounded=not lone), flags)
            for piece, after in zip(pieces, joins_after, strict=True)
        ]
        self.lengths = [len(piece.pattern) + 80 for piece in pieces]

    def found_in(self, text: str) -> Iterator[list[Span]]:
        """Yield where the pieces stand, for each place of the first one."""
        self.text = text
        self.dead: set[tuple[int, int]] = set()
        starts = self.patterns[0].finditer(text)
        for _, match in zip(range(_MOST_STARTS), starts, strict=False):
            rest = self._rest(1, match.end())
            if rest is not None:
                yield [match.span(), *rest]

    def _rest(self, number: int, place: int) -> list[Span] | None:
        if number == len(self.patterns):
            return []
        if (number, place) in self.dead:
            return None
        for span in self._next(number, place):
            rest = self._rest(number + 1, span[1])
            if rest is not None:
                return [span, *rest]
        self.dead.add((number, place))
        return None

    def _next(self, number: int, place: int) -> Iterator[Span]:
        join = self.joins[number]
        reach = {"none": 2, "supplied": _SUPPLIED_CHARACTERS, "elision": LONGEST_GAP}[
            join
        ]
        until = place + reach + self.lengths[number]
        matches = self.patterns[number].finditer(self.text, place, until)
        for _, match in zip(range(_MOST_TRIES), matches, strict=False):
            if match.start() > place + reach:
                return
            if _fits(join, self.text[place : match.start()]):
                yield match.span()


def _fits(join: Join, gap: str) -> bool:
    if join == "none":
        return not gap.strip()
    return join == "elision" or len(gap.split()) <= SUPPLIED_WORDS


def _pattern(piece: Piece, after: Join, *, bounded: bool) -> str:
    """Return the pattern of a piece: its first capital and its last mark may differ."""
    pattern = piece.pattern
    if (
        piece.join == "elision"
        and pattern[0] != "["
        and pattern[0].lower() != pattern[0].upper()
    ):
        pattern = f"(?:{pattern[0].lower()}|{pattern[0].upper()}){pattern[1:]}"
    if after == "elision" and _END_MARK.search(pattern):
        pattern = _END_MARK.sub(lambda match: f"(?:{match[0]})?", pattern)
    if not bounded:
        return pattern
    ends = piece.words[0], piece.words[-1]
    before, behind = (end.isalnum() and not without_spaces(end) for end in ends)
    return f"{_NOT_BEFORE if before else ''}{pattern}{_NOT_BEHIND if behind else ''}"
