"""The place most like a quotation that has other words, and in what they differ."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from claims.checking.differences import words_changed
from claims.checking.figures import deciding_words
from claims.checking.lexicon import MARKS, kind_of
from claims.checking.text import WITHOUT_SPACES

from .judging import compared
from .match import Reason, Span
from .seeds import share_of_words
from .views import View, view

#: From so much likeness on (0 to 1, by edits), words are called altered and not absent;
#: unrelated sentences on one topic reach about 0.4.
ALIKE = 0.6
#: The same for what rapidfuzz aligns (0 to 100, by the longest common subsequence).
_ALIGNED = 58
#: A region that shares fewer of the words cannot be as like.
_SHARED_WORDS = 0.4
#: Words that are tried more or less at both ends of the likest place.
_MORE_WORDS = 3
_WORD_OR_SIGN = re.compile(
    rf"(?=\w)[{WITHOUT_SPACES}]|(?:(?![{WITHOUT_SPACES}])[\w{MARKS}])+"
)


class Alike:
    """The likest place: where, how like (0 to 1), and its words as compared."""

    def __init__(self, span: Span, likeness: float, words: str) -> None:
        self.span, self.likeness, self.words = span, likeness, words


def likest(text: str, lower: str, regions: list[Span], words: str) -> Alike | None:
    """Return the place in the regions most like ``words`` (folded); ``None``: none is.

    ``lower``: the text in lower case.
    """
    found = None
    for region in regions:
        if share_of_words(lower[slice(*region)], words.lower()) < _SHARED_WORDS:
            continue
        looked = view(text, region)
        place = _place(looked.text, words)
        likeness = _likeness(looked.text[slice(*place)], words)
        if likeness >= ALIKE and (found is None or likeness > found.likeness):
            there = looked.text[slice(*place)]
            found = Alike(looked.original(*place), likeness, there)
    return found


def _likeness(one: str, other: str) -> float:
    """Return how like two wordings are; words in another order count half."""
    alike = Levenshtein.normalized_similarity(one, other)
    ordered = [" ".join(sorted(_words(text))) for text in (one, other)]
    return max(alike, (alike + Levenshtein.normalized_similarity(*ordered)) / 2)


def _place(text: str, words: str) -> Span:
    """Return the stretch of whole words that is most like ``words``.

    The text shares some of them: see ``_SHARED_WORDS``.
    """
    bounds = _bounds(text)

    def rated(place: Span) -> tuple[float, int, int]:
        start, end = bounds[place[0]][0], bounds[place[1]][1]
        return _likeness(text[start:end], words), start, end

    steps = range(-_MORE_WORDS, _MORE_WORDS + 1)
    best = []
    for first, last in {*_aligned(text, bounds, words), *_sharing(text, bounds, words)}:
        ends = [last + n for n in steps if first <= last + n < len(bounds)]
        last = max((rated((first, each)), each) for each in ends)[1]
        starts = [first + n for n in steps if 0 <= first + n <= last]
        best.append(max(rated((each, last)) for each in starts))
    _, start, end = max(best)
    mark = words[-1:]
    return start, end + (not mark.isalnum() and text[end : end + 1] == mark)


def _aligned(text: str, bounds: list[Span], words: str) -> Iterator[Span]:
    """Yield the first and last word of the stretch with most characters in order."""
    found = fuzz.partial_ratio_alignment(words, text, score_cutoff=_ALIGNED)
    if found:
        starts = [start for start, _ in bounds]
        first = max(0, bisect_right(starts, found.dest_start) - 1)
        yield first, max(first, bisect_left(starts, found.dest_end) - 1)


def _sharing(text: str, bounds: list[Span], words: str) -> Iterator[Span]:
    """Yield the first and last word of the stretch that shares most words."""
    wanted = Counter(_words(words.lower()))
    length = min(wanted.total(), len(bounds))
    there = [text[slice(*span)].lower() for span in bounds]
    missing, shared = wanted.copy(), 0
    best, best_end = 0, 0
    for place, word in enumerate(there):
        if place >= length:
            gone = there[place - length]
            missing[gone] += 1
            shared -= missing[gone] > 0 and gone in wanted
        shared += missing[word] > 0
        missing[word] -= 1
        if shared > best:
            best, best_end = shared, place
    yield max(0, best_end - length + 1), best_end


def _words(text: str) -> list[str]:
    return [text[slice(*span)] for span in _bounds(text)]


def _bounds(text: str) -> list[Span]:
    """Return the words; a sign of a script without spaces is one by itself."""
    return [match.span() for match in _WORD_OR_SIGN.finditer(text)]


def reasons_between(source: str, quotation: str) -> tuple[Reason, ...]:
    """Return in what a quotation differs from its source, both folded."""
    if source != quotation and _without_accents(source) == _without_accents(quotation):
        return (Reason.ACCENT,)
    found = dict.fromkeys(compared(source, quotation))
    found |= dict.fromkeys(_word_reasons(source, quotation))
    return tuple(found) or (Reason.PUNCTUATION,)


def _word_reasons(source: str, quotation: str) -> Iterator[Reason]:
    removed, added = _changes(source, quotation)
    decided = {word for word, _ in deciding_words(f"{source} {quotation}")}
    removed = [w for w in removed if w.casefold() not in decided]
    added = [w for w in added if w.casefold() not in decided]
    if Counter(map(_bare, _all_words(source))) == Counter(
        map(_bare, _all_words(quotation))
    ):
        yield from _same_words(source, quotation)
        return
    if removed or added:
        yield _replaced(source, quotation, removed, added)


def _same_words(source: str, quotation: str) -> Iterator[Reason]:
    words = _all_words(source), _all_words(quotation)
    if [*map(_bare, words[0])] != [*map(_bare, words[1])]:
        yield Reason.ORDER
        moved = [a for a, b in zip(*words, strict=False) if a != b]
        if any(word[:1].isupper() and kind_of(word) is None for word in moved):
            yield Reason.NAME
    elif words[0] != words[1]:
        yield Reason.CASE


def _replaced(
    source: str, quotation: str, removed: list[str], added: list[str]
) -> Reason:
    names = [
        word
        for text, words in ((source, removed), (quotation, added))
        for word in words
        if word[:1].isupper() and not text.startswith(word)
    ]
    if names and removed and added:
        return Reason.NAME
    if not added:
        return Reason.MISSING
    return Reason.WORDING if removed else Reason.ADDED


def _changes(source: str, quotation: str) -> tuple[list[str], list[str]]:
    """Return the words taken out of the source and those put in."""
    parts = words_changed(source, quotation)
    removed = " ".join(part.text for part in parts if part.kind == "removed")
    added = " ".join(part.text for part in parts if part.kind == "added")
    return _all_words(removed), _all_words(added)


def _all_words(text: str) -> list[str]:
    return [word for word in _words(text) if not word[0].isdigit()]


def _bare(word: str) -> str:
    return word.casefold()


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return "".join(c for c in parts if unicodedata.category(c) != "Mn")


__all__ = ["ALIKE", "Alike", "View", "likest", "reasons_between"]
