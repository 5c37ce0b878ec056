"""Which words of a question stand in a claim: the same, another form, or misspelt."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from .words import Word, words_of

#: What a match is worth: another form of the word, another spelling, parts of a tag.
OTHER_FORM, OTHER_SPELLING, TAG = 0.85, 0.6, 0.8
#: How much a word of the title, and of a quotation, counts beside one of the claim.
TITLE, QUOTATION = 0.8, 0.4
#: Places of words of the claim, the title and the quotation lie so far apart.
APART = 100_000
#: Shorter words have too many neighbours.
_SPELT_FROM = 6
#: One letter in so many may differ.
_LETTERS_FOR_A_SLIP = 5
#: Words in a row that a hashtag in small letters may be made of.
_MOST_IN_TAG = 5


@dataclass(frozen=True)
class Candidate:
    """A claim as it is compared, under the name its caller knows it by.

    ``title``: of its article. ``quotation``: its wording there, and words it cites.
    """

    key: str
    text: str
    title: str = ""
    quotation: str = ""


@dataclass(frozen=True)
class Pair:
    """A word of the question, the word of the claim it meets, and what that is worth."""

    asked: Word
    found: Word
    credit: float = 1.0


@dataclass
class Profile:
    """The words of a claim, ready to be looked up.

    ``often``: how often each stem stands there, one of the title counting less.
    """

    candidate: Candidate
    claim: Sequence[Word]
    title: Sequence[Word]
    quotation: Sequence[Word]
    by_key: dict[str, Word] = field(default_factory=dict)
    by_stem: dict[str, Word] = field(default_factory=dict)
    often: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    length: float = 0.0

    @classmethod
    def of(cls, candidate: Candidate) -> "Profile":
        return cls(
            candidate,
            words_of(candidate.text),
            words_of(candidate.title, APART),
            words_of(candidate.quotation, 2 * APART),
        )._filled()

    def _filled(self) -> "Profile":
        fields = ((self.claim, 1.0), (self.title, TITLE), (self.quotation, QUOTATION))
        for words, counts in fields:
            for word in words:
                self.by_key.setdefault(word.key, word)
                self.by_stem.setdefault(word.stem, word)
                self.often[word.stem] += counts
            self.length += counts * len(words)
        return self


def pairs(asked: Iterable[Word], profile: Profile) -> list[Pair]:
    """Return the words of a question that stand in a claim, in its order, each once."""
    found: dict[str, Pair] = {}
    for word in asked:
        before = found.get(word.stem)
        if before is None or before.asked.counts < word.counts:
            pair = _pair(word, profile)
            if pair is not None:
                found[word.stem] = pair
    return list(found.values())


def _pair(word: Word, profile: Profile) -> Pair | None:
    if (same := profile.by_key.get(word.key)) is not None:
        return Pair(word, same)
    if (form := profile.by_stem.get(word.stem)) is not None:
        return Pair(word, form, OTHER_FORM)
    return None


def slips(asked: Iterable[Word], profile: Profile, met: Sequence[Pair]) -> list[Pair]:
    """Return further pairs: words that one slip of the pen makes the same.

    Dear, so only for claims that are well ahead already.
    """
    taken = {pair.found.stem for pair in met}
    known = {pair.asked.stem for pair in met}
    free = [
        word
        for word in profile.by_stem.values()
        if word.stem not in taken and len(word.key) >= _SPELT_FROM
    ]
    found = []
    for word in {word.stem: word for word in asked}.values():
        if word.stem in known or len(word.key) < _SPELT_FROM or word.is_number:
            continue
        near = next((other for other in free if _is_slip(word.key, other.key)), None)
        if near is not None:
            free.remove(near)
            found.append(Pair(word, near, OTHER_SPELLING))
    return found


def _is_slip(one: str, other: str) -> bool:
    most = min(len(one), len(other)) // _LETTERS_FOR_A_SLIP
    if other[0] == "=" or abs(len(one) - len(other)) > most:
        return False
    distance = DamerauLevenshtein.distance(one, other, score_cutoff=most)
    return distance <= most


def tags(asked: Iterable[Word], profile: Profile) -> list[Pair]:
    """Return pairs of a tag in small letters with the words it is put together of.

    "#savetheferry" holds "save the ferry"; each of the words is met.
    """
    written = {word.tag: word for word in asked if word.tag and word.tag == word.key}
    if not written:
        return []
    found = []
    for words in (profile.claim, profile.title):
        for start, end in _joined(words, written):
            tag = written["".join(word.key for word in words[start:end])]
            found += [Pair(tag, word, TAG) for word in words[start:end]]
    return found


def _joined(
    words: Sequence[Word], tags: Mapping[str, Word]
) -> Iterable[tuple[int, int]]:
    for start in range(len(words)):
        joined = words[start].key
        for end in range(start + 2, min(start + _MOST_IN_TAG, len(words)) + 1):
            joined += words[end - 1].key
            if joined in tags:
                yield start, end


def in_a_row(met: Sequence[Pair]) -> list[tuple[Pair, Pair]]:
    """Return pairs that follow each other in the question and in the claim alike."""
    ordered = sorted(met, key=lambda pair: pair.asked.place)
    return [
        (one, other)
        for one, other in pairwise(ordered)
        if 0 < other.asked.place - one.asked.place <= 2
        and 0 < other.found.place - one.found.place <= 2
    ]
