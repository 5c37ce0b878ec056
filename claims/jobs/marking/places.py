"""Places in a stored copy: verified against the words that somebody saw there."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.checking.anchors import occurrences
from claims.models import StoredCopy

from .errors import MarkingError

#: A claim is a statement; what is longer than this is a chapter.
MAX_CHARACTERS = 3000


@dataclass(frozen=True)
class Place:
    """Start and end in a stored copy: code points, end exclusive."""

    start: int
    end: int

    def overlap(self, other: "Place") -> int:
        """Return how many characters both places share."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def covers(self, other: "Place") -> bool:
        """Whether all of the other place lies in this one."""
        return self.start <= other.start and other.end <= self.end

    def is_about(self, other: "Place") -> bool:
        """Whether both are nearly the same: four fifths of the longer are shared."""
        longer = max(self.end - self.start, other.end - other.start)
        return 5 * self.overlap(other) >= 4 * longer


def place_in(
    copy: StoredCopy, words: str, start: int | None = None, end: int | None = None
) -> Place:
    """Return the place of words in a copy, white space at both ends left out.

    With ``start`` and ``end`` the words must stand there. Without, the words are looked
    for, letter for letter, and must stand at one place; ``start`` alone chooses the
    nearest. Raises ``MarkingError``.
    """
    words = words.replace("\r\n", "\n")
    if start is None or end is None:
        place = _found(copy, words.strip(), start)
    else:
        place = Place(start, end)
        if copy.text[start:end] != words or not 0 <= start < end:
            raise MarkingError(
                _(
                    "Other words stand at that place of the stored copy. Load the page "
                    "anew and select again."
                )
            )
    return _trimmed(copy.text, place)


def _found(copy: StoredCopy, words: str, near: int | None) -> Place:
    starts = occurrences(copy.text, words)
    if not starts:
        raise MarkingError(
            _("These words do not stand in “%(copy)s”, letter for letter.")
            % {"copy": copy}
        )
    if len(starts) > 1 and near is None:
        raise MarkingError(
            _(
                "These words stand in %(number)s places: give a few more words, so "
                "that they stand at one."
            )
            % {"number": len(starts)}
        )
    start = min(starts, key=lambda each: abs(each - (near or 0)))
    return Place(start, start + len(words))


def _trimmed(text: str, place: Place) -> Place:
    words = text[place.start : place.end]
    start = place.start + len(words) - len(words.lstrip())
    end = place.end - len(words) + len(words.rstrip())
    if start >= end:
        raise MarkingError(_("Select some words first."))
    if end - start > MAX_CHARACTERS:
        raise MarkingError(
            _("That is too long for one statement: select at most %(number)s letters.")
            % {"number": MAX_CHARACTERS}
        )
    return Place(start, end)
