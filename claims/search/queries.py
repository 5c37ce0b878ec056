"""What somebody typed, understood: words, phrases, beginnings of words, exclusions.

Nothing typed is an error. Quotation marks of any kind hold words together, a hyphen
before a word excludes it, an asterisk behind at least three letters finds every word
that begins so; everything else is a word, and signs are nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.checking.terms import Piece, pairs_of, pieces_of

MAX_CHARACTERS = 400
MAX_UNITS = 16
MAX_TERMS = 32  # of a phrase
MIN_BEGINNING = 3  # letters before an asterisk
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂″「」『』", '"'))
_PART = re.compile(r'(-?)(?:"([^"]*)(?:"|$)|([^\s"]+))')


@dataclass(frozen=True)
class Unit:
    """One thing to be found: terms that follow each other, as an index has them.

    ``begins``: words that begin with the last term will do. ``typed``: for saying what
    was understood. ``is_phrase``: it was put in quotation marks.
    """

    terms: tuple[str, ...]
    typed: str
    begins: bool = False
    is_phrase: bool = False


@dataclass(frozen=True)
class Query:
    """All of ``wanted`` and none of ``unwanted``. ``is_cut``: more was typed."""

    wanted: tuple[Unit, ...] = ()
    unwanted: tuple[Unit, ...] = ()
    is_cut: bool = False

    @property
    def units(self) -> tuple[Unit, ...]:
        return (*self.wanted, *self.unwanted)


def understand(typed: str) -> Query:
    """Return what was asked for; an empty query where no word was typed."""
    wanted: dict[tuple[tuple[str, ...], bool], Unit] = {}
    unwanted: dict[tuple[tuple[str, ...], bool], Unit] = {}
    is_cut = len(typed) > MAX_CHARACTERS
    for is_excluded, unit in _units(typed[:MAX_CHARACTERS].translate(_QUOTES)):
        if len(wanted) + len(unwanted) == MAX_UNITS:
            is_cut = True
            break
        found = unwanted if is_excluded else wanted
        found.setdefault((unit.terms, unit.begins), unit)
    return Query(tuple(wanted.values()), tuple(unwanted.values()), is_cut)


def _units(typed: str) -> Iterator[tuple[bool, Unit]]:
    for hyphen, phrase, word in _PART.findall(typed):
        text = phrase or word
        pieces = pieces_of(text)
        if not pieces:
            continue
        terms, is_open = _terms_of(pieces)
        begins = is_open or _is_beginning(word, pieces)
        shown = " ".join(text.split()).strip("*")
        unit = Unit(terms[:MAX_TERMS], shown, begins, bool(phrase))
        yield bool(hyphen), unit


def _is_beginning(word: str, pieces: list[Piece]) -> bool:
    return word.endswith("*") and len(pieces[-1].text) >= MIN_BEGINNING


def _terms_of(pieces: list[Piece]) -> tuple[tuple[str, ...], bool]:
    """Return the terms of one unit, and whether a term beginning so will do.

    An index has the pairs of a run and its last character. What is looked for may end
    within a run: then its last character is the beginning of a pair.
    """
    terms: list[str] = []
    for piece in pieces:
        if not piece.is_run or len(piece.text) == 1:
            terms.append(piece.text)
        else:
            terms += pairs_of(piece.text)
            if piece is not pieces[-1]:
                terms.append(piece.text[-1])
    last = pieces[-1]
    return tuple(terms), last.is_run and len(last.text) == 1
