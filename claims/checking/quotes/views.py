"""A stretch of a text made comparable: folded, laid out anew, its encoding repaired."""

from collections.abc import Sequence
from dataclasses import dataclass

from claims.checking.text import Edit, Folded, edited

from .match import Span
from .parsing import canonical


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
