"""Which of several places with the same words is the one that was meant: by context."""

from .passages import CONTEXT_CHARACTERS, occurrences

#: So many characters of context must agree on a side to count as the same place.
ENOUGH_CONTEXT = 16
#: Words of this length, once in both texts, are their own context.
SELF_EVIDENT_CHARACTERS = 40
#: Words that stand at more places than this are told apart by no context.
MAX_PLACES = 200


class Places:
    """Where the same words stand in both texts, and which belong together."""

    def __init__(self, old: str, new: str, words: str) -> None:
        self.old, self.new, self.length = old, new, len(words)
        self.old_starts = occurrences(old, words)
        self.new_starts = occurrences(new, words)

    def partner(self, start: int, hint: int | None = None) -> int | None:
        """Return the place in the new text whose context is that of ``start``.

        Words that stand once in both texts need context on one side, long ones none.
        Others need context on both sides, or on one when the comparison of the texts
        (``hint``) says the same; and no rival in either text may have it too.
        """
        if not self.new_starts:
            return None
        if len(self.old_starts) == len(self.new_starts) == 1:
            only = self.new_starts[0]
            evident = self.length >= SELF_EVIDENT_CHARACTERS
            return only if evident or self.agrees(start, only) else None
        if max(len(self.old_starts), len(self.new_starts)) > MAX_PLACES:
            return None
        either = self.sole(start, both=False)
        if either is not None and either == hint:
            return either
        surrounded = self.sole(start, both=True)
        # A copy may have kept the context that the original lost on one side.
        return surrounded if surrounded in (either, hint) else None

    def sole(self, start: int, *, both: bool) -> int | None:
        """Return the one place that agrees with ``start``, and with it alone."""
        places = [
            each for each in self.new_starts if self.agrees(start, each, both=both)
        ]
        if len(places) != 1:
            return None
        back = [
            each for each in self.old_starts if self.agrees(each, places[0], both=both)
        ]
        return places[0] if back == [start] else None

    def agrees(self, old_start: int, new_start: int, *, both: bool = False) -> bool:
        old_before, old_after = self.context(self.old, old_start)
        new_before, new_after = self.context(self.new, new_start)
        before = ends_alike(old_before, new_before)
        after = starts_alike(old_after, new_after)
        if both:
            return before and after
        # That a text begins or ends there proves too little by itself: so does a copy.
        return (before and bool(old_before)) or (after and bool(old_after))

    def context(self, text: str, start: int) -> tuple[str, str]:
        end = start + self.length
        before = text[max(0, start - CONTEXT_CHARACTERS) : start]
        return before, text[end : end + CONTEXT_CHARACTERS]


def ends_alike(one: str, other: str) -> bool:
    """Whether what stands before two places agrees far enough."""
    return starts_alike(one[::-1], other[::-1])


def starts_alike(one: str, other: str) -> bool:
    """Whether what stands after two places agrees far enough, or both texts end."""
    common = _common(one, other)
    return common >= ENOUGH_CONTEXT or common == len(one) == len(other)


def _common(one: str, other: str) -> int:
    for number, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return number
    return min(len(one), len(other))
