"""A quotation taken apart: literal pieces, what is left out, what is in brackets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from claims.checking.text import fold

#: What may stand between two pieces: words left out, words of the editor, or nothing.
Join = Literal["elision", "supplied", "none"]

_ELISION = re.compile(
    r"\s*(?:\[\s*\.{3,4}\s*\]|\(\s*\.{3,4}\s*\)|(?<!\.)\.{3,}(?!\.))\s*"
)
_BRACKET = re.compile(r"\[(?!\s*\])([^\[\]]{0,200})\]")
_NOTE = re.compile(
    r"(?:sic!?|!|\?|emphasis .*|.* emphasis|italics .*|hervorhebung.*|souligné.*"
    r"|nous soulignons|énfasis.*|cursiva.*|выделено.*|sic .*|так в .*|कथित रूप में"
    r"|原文如此|着重号.*|كذا.*|التشديد.*)",
    re.IGNORECASE,
)
#: An ending of grammar: walk[ed], Stadt[es]; “care[less]” is another word.
_ENDING = re.compile(r"[^\W\d_]{1,3}(?<!ful)")


@dataclass(frozen=True)
class Piece:
    """Words that have to stand in the text, as a pattern over folded text.

    ``join``: what parts it from the piece before. ``words``: as written, without what
    is in brackets. ``letters``: how many it has.
    """

    pattern: str
    words: str
    letters: int
    join: Join


@dataclass(frozen=True)
class Parsed:
    """A quotation with marks of its editor: pieces in order, and the words supplied."""

    pieces: tuple[Piece, ...]
    supplied: tuple[str, ...]
    is_edited: bool
    literal: str


def canonical(text: str) -> str:
    """Make double and single marks of folded text alike, each character one.

    Marks within marks change between the two. After a digit they may be feet, inches,
    minutes or seconds, and stay, but for one that closes what a mark has opened.
    """
    closed = _CLOSED.sub(lambda match: match[0][:-1] + "'", text)
    return _DOUBLE.sub("'", closed)


_DOUBLE = re.compile(r'(?<!\d)"')
_CLOSED = re.compile(r"""(?:(?<=[\s(])|^)["'](?=\w)[^"']{0,300}\d["']""")


def literal(quotation: str) -> str:
    """Return a quotation folded, without the marks around it."""
    text = canonical(fold(quotation.strip()).text).strip()
    inner = text[1:-1]
    if len(text) > 2 and text[0] == text[-1] == "'" and "'" not in inner[:1]:
        return inner.strip()
    return text


def parse(quotation: str) -> Parsed:
    """Take a quotation apart; without marks of an editor it is one piece."""
    text = literal(quotation)
    supplied: list[str] = []
    pieces: list[Piece] = []
    is_edited = False
    for number, part in enumerate(_ELISION.split(text)):
        is_edited = is_edited or number > 0
        for draft, word in _bracketed(part):
            supplied += [word] if word else []
            is_edited = is_edited or draft.is_edited or bool(word)
            if draft.letters:
                pieces.append(draft.piece())
    return Parsed(tuple(pieces), tuple(supplied), is_edited, text)


@dataclass
class _Draft:
    """A piece being written."""

    join: Join
    pattern: str = ""
    words: str = ""
    letters: int = 0
    is_edited: bool = False

    def add(self, words: str, pattern: str = "") -> None:
        self.is_edited = self.is_edited or bool(pattern)
        self.pattern += pattern or re.escape(words)
        self.words += words
        self.letters += sum(character.isalnum() for character in words)

    def piece(self) -> Piece:
        pattern = self.pattern.removeprefix(r"\ ").removesuffix(r"\ ")
        return Piece(pattern, self.words.strip(), self.letters, self.join)


def _bracketed(part: str) -> Iterator[tuple[_Draft, str]]:
    """Yield the pieces between the brackets of a part, and what each is followed by."""
    draft = _Draft("elision")
    position = 0
    for bracket in _BRACKET.finditer(part):
        draft.add(part[position : bracket.start()])
        position = bracket.end()
        words = bracket[1].strip()
        before = part[bracket.start() - 1 : bracket.start()].isalpha()
        after = part[position : position + 1].isalpha()
        if after and not before and _is_letter(words):
            draft.add(words, f"[{words.lower()}{words.upper()}]")
        elif before and not after and _ENDING.fullmatch(words):
            draft.add("", r"[^\W\d_]{0,3}(?![^\W\d_])(?<!ful)")
        else:
            is_note = _NOTE.fullmatch(words) is not None
            yield draft, "" if is_note else words
            draft = _Draft(_next_join(draft, is_note), is_edited=True)
    draft.add(part[position:])
    yield draft, ""


def _is_letter(words: str) -> bool:
    """Whether a bracket holds one letter that has a capital."""
    return len(words) == 1 and words.lower() != words.upper()


def _next_join(draft: _Draft, is_note: bool) -> Join:
    """Return what parts the next piece from the one before; a note leaves no room."""
    if not draft.letters:  # no piece: what stood before it parts still
        return draft.join if is_note or draft.join == "elision" else "supplied"
    return "none" if is_note else "supplied"
