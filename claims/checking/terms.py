"""Words as a search knows them: folded so far that every way of typing one is found.

``text.fold`` evens out typography, with the way back to the original; what is folded
here on top of it may never be called the same in a quotation: case, accents, Arabic
and Indian vowel points and alef, Turkish dots, digits of other scripts. Scripts written
without spaces come as pairs of neighbouring characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .text import WITHOUT_SPACES, Edit, Folded, fold

#: A longer word comes in several terms, in texts and in what is looked for alike.
MAX_CHARACTERS = 64
_ASCII_WORD = re.compile(f"[0-9a-z]{{1,{MAX_CHARACTERS}}}")
_PIECE = re.compile(f"[{WITHOUT_SPACES}]+|[^ {WITHOUT_SPACES}]{{1,{MAX_CHARACTERS}}}")
_RUN = re.compile(f"[{WITHOUT_SPACES}]")
_APART = " "
#: Letters that no decomposition of Unicode leads to what people type for them.
_LETTERS = {
    **{"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae"},
    **{"œ": "oe", "þ": "th", "ŧ": "t"},
    # Arabic and Persian: alef wasla, alef maksura, the two yehs, kaf, teh marbuta.
    **{"ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه"},
}
#: A letter of its own that looks like an apostrophe.
_APOSTROPHES = "ʹʺʻʼʽˈ"
#: Combining classes (Unicode Standard Annex 44) of accents, nukta, Hebrew and Arabic
#: points. Not among them: vowels of Indian scripts, virama, kana voicing, Thai tones.
_ACCENTS = {1, 7, *range(10, 37), *range(200, 241)}


@dataclass(frozen=True)
class PlacedTerms:
    """The terms of a text with their places in it, which are looked up when asked for.

    ``terms``: in their order, as ``terms_of`` returns them.
    """

    text: str
    terms: list[str]
    _places: list[tuple[int, int]]
    _folded: Folded | None = None

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Return where the terms from one to another stand: start, end, code points."""
        start, end = self._places[first][0], self._places[last][1]
        if self._folded is None:
            return start, end
        start, end = self._folded.tight(start, end)
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return start, end

    def overlaps(self, term: int) -> bool:
        """Say whether a term and the one behind it share a character, as pairs do."""
        return (
            term + 1 < len(self.terms)
            and self._places[term + 1][0] < self._places[term][1]
        )


@dataclass(frozen=True)
class Piece:
    """A word, or a run of characters of a script without spaces, in folded text."""

    text: str
    is_run: bool


def terms_of(text: str) -> list[str]:
    """Return the terms of a text in their order, as an index keeps them."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    folded = _folded(text)
    if not _RUN.search(folded):
        return _PIECE.findall(folded)
    return [
        term
        for piece in _PIECE.findall(folded)
        for term, _start, _end in _terms_in(piece)
    ]


def placed_terms(text: str) -> PlacedTerms:
    """Return the same terms with their places in the text as it is."""
    if text.isascii():
        words = list(_ASCII_WORD.finditer(text.lower()))
        return PlacedTerms(text, [w[0] for w in words], [w.span() for w in words])
    folded = fold(text)
    folded = folded.then(_edits(folded.text))
    found = [
        (term, (piece.start() + start, piece.start() + end))
        for piece in _PIECE.finditer(folded.text)
        for term, start, end in _terms_in(piece[0])
    ]
    return PlacedTerms(text, [f[0] for f in found], [f[1] for f in found], folded)


def pieces_of(text: str) -> list[Piece]:
    """Return words and runs of what somebody looks for, cut as terms are."""
    return [Piece(piece, _is_run(piece)) for piece in _PIECE.findall(_folded(text))]


def pairs_of(run: str) -> list[str]:
    """Return each two neighbouring characters of a run."""
    return [run[place : place + 2] for place in range(len(run) - 1)]


def _folded(text: str) -> str:
    return fold(text).text.translate(_FOLDS)


def _terms_in(piece: str) -> Iterator[tuple[str, int, int]]:
    """Yield the terms of a piece with their places in it.

    Of a run each pair and, to be found by a single character too, the last one.
    """
    if not _is_run(piece):
        yield piece, 0, len(piece)
        return
    for start, pair in enumerate(pairs_of(piece)):
        yield pair, start, start + 2
    yield piece[-1], len(piece) - 1, len(piece)


def _is_run(piece: str) -> bool:
    return _RUN.match(piece) is not None


def _edits(text: str) -> Iterator[Edit]:
    for place, character in enumerate(text):
        folded = _FOLDS[ord(character)]
        if folded != character:
            yield place, place + 1, folded


class _Folds(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_FOLDS = _Folds()


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category[0] == "M":
        return "" if _is_dropped(character, category) else character
    if category == "Cf":  # joiners; a soft hyphen is left between digits alone
        return _APART if character == "\u00ad" else ""
    if category == "No":  # ² and ½ are no part of the number before them
        return f"{_APART}{_plain(character)}{_APART}"
    if category[0] == "L" or category == "Nl":
        return _APART if character in _APOSTROPHES else _plain(character)
    return _APART


def _is_dropped(character: str, category: str) -> bool:
    return (
        category == "Me"
        or unicodedata.combining(character) in _ACCENTS
        or "\ufe00" <= character <= "\ufe0f"  # how a sign is drawn
        or "\U000e0100" <= character <= "\U000e01ef"
        or character == "\u034f"
    )


def _plain(character: str) -> str:
    """Return a letter or number in small letters, without what is folded away."""
    apart = unicodedata.normalize("NFKD", character.casefold())
    kept = "".join(_LETTERS.get(each, each) for each in apart if not _is_accent(each))
    whole = unicodedata.normalize("NFC", kept)
    return "".join(each if _is_of_word(each) else _APART for each in whole)


def _is_accent(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] == "M" and _is_dropped(character, category)


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"
