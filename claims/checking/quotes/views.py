"""A stretch of a text made comparable: folded, laid out anew, its encoding repaired."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.checking.lexicon import MARKS
from claims.checking.text import Edit, Folded, edited

from .encoding import is_broken, repairs
from .match import Span
from .parsing import canonical

#: A hyphen at a line end: the word goes on, or has the hyphen anyway.
LINE_HYPHEN = re.compile(rf"(?<=[\w{MARKS}])([-‐‑\u00ad])[^\S\n]*\n\s*(?=\w)")


@dataclass(frozen=True)
class View:
    """A stretch of a text as it is compared, with the way back to its place.

    ``skipped``: what was taken out of it, as places in the text.
    """

    text: str
    skipped: tuple[Span, ...]
    _begin: int
    _folded: Folded

    def original(self, start: int, end: int) -> Span:
        """Return the place in the whole text of ``start`` to ``end`` (end > start)."""
        left, right = self._folded.tight(start, end)
        return self._begin + left, self._begin + right


def plain(text: str) -> Folded:
    """Fold a stretch of text, its encoding mended and its line ends joined."""
    mended = edited(text, repairs(text) if is_broken(text) else ())
    ends = LINE_HYPHEN.finditer(mended.text)
    return mended.then((m.start(), m.end(), "") for m in ends).folded()


def view(text: str, region: Span, edits: Sequence[Edit] = ()) -> View:
    """Look at a region of a text with changes made to it (places within the region)."""
    begin, end = region
    folded = edited(text[begin:end], edits).folded()
    skipped = tuple(
        (begin + left, begin + right)
        for left, right, words in edits
        if words.strip() != text[begin + left : begin + right].strip()
    )
    return View(canonical(folded.text), skipped, begin, folded)
