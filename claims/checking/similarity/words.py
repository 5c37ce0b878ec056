"""Words as they are compared: folded, brought to their stem, numbers by their value.

Folded as the index of searches folds them (``checking.terms``): case, accents and vowel
points go, scripts without spaces come in pairs of characters. A stem is a word without
the endings of its script: crude, and the same for question and claim.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.checking.lexicon import MARKS
from claims.checking.terms import terms_of
from claims.checking.text import WITHOUT_SPACES

from .posts import SAID, SIGNED, pieces
from .quantities import quantities
from .stems import stem

_RUN = re.compile(
    rf"(?P<dense>[{WITHOUT_SPACES}]+)|(?:[^\W_{WITHOUT_SPACES}][{MARKS}]*['’]?)+"
)
#: French articles and pronouns before a vowel, the English possessive.
_PARTICLES = frozenset([*"cdjlmnst", "qu"])
_SENTENCE = re.compile(r"(?<=[.!?؟।])\s+|(?<=[。！？])|\n+")


#: The sentence of words that sign a post.
UNSAID = -1


@dataclass(frozen=True)
class Word:
    """A word, number or pair of characters of a text, at its place among them.

    ``key``: folded; a number by its value ("=5000"). ``shown``: as written. ``kind``: of
    a number (``Quantity.kind``). ``sentence``: its number in a post. ``counts``: how much
    it weighs there. ``tag``: the hashtag it comes from.
    """

    key: str
    stem: str
    shown: str
    place: int
    kind: str = ""
    sentence: int = 0
    counts: float = SAID
    tag: str = ""

    @property
    def is_number(self) -> bool:
        return self.key.startswith("=")


@dataclass(frozen=True)
class Asked:
    """What somebody pasted: its words, and its sentences as far as words are said in them.

    Words of a signature belong to no sentence: -1.
    """

    words: tuple[Word, ...]
    sentences: tuple[str, ...]


def words_of_post(text: str) -> Asked:
    """Return the words of what somebody pasted: tags split, addresses left out."""
    found: list[Word] = []
    sentences = [""]
    for piece in pieces(text):
        is_said = piece.counts != SIGNED
        for number, part in enumerate(_SENTENCE.split(piece.text)):
            if number and is_said:
                sentences.append("")
            if is_said:
                sentences[-1] += f" {part}"
            place = len(sentences) - 1 if is_said else UNSAID
            for key, shown, kind in _keys(part):
                word = Word(key, stem(key), shown, len(found), kind, place)
                found.append(replace(word, counts=piece.counts, tag=piece.tag))
    return Asked(tuple(found), tuple(sentences))


def words_of(text: str, first_place: int = 0) -> list[Word]:
    """Return the words of a plain text: a claim, a title, a quotation."""
    return [
        Word(key, stem(key), shown, place, kind)
        for place, (key, shown, kind) in enumerate(_read(text), first_place)
    ]


@lru_cache(maxsize=1024)
def _read(text: str) -> tuple[tuple[str, str, str], ...]:
    """Return the words of a text; many claims have the title of their article."""
    return tuple(_keys(text))


def _keys(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each word as it is compared and as written; numbers with their kind."""
    position = 0
    for found in quantities(text):
        yield from _plain_keys(text[position : found.start])
        yield f"={found.value}", found.shown, found.kind
        position = found.end
    yield from _plain_keys(text[position:])


def _plain_keys(text: str) -> Iterator[tuple[str, str, str]]:
    for run in _RUN.finditer(text):
        dense = run["dense"] is not None
        for key in _terms(run[0], dense=dense):
            yield key, key if dense else run[0].rstrip("'’"), ""


@lru_cache(maxsize=65536)
def _terms(run: str, *, dense: bool) -> tuple[str, ...]:
    """Return the terms of a word but for its particles; of a dense run its pairs."""
    terms = terms_of(run)
    if dense:
        return tuple(terms[:-1] or terms)
    kept = [term for term in terms if term not in _PARTICLES]
    return tuple(kept or terms)
