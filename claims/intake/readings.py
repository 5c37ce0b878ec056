"""What reading an article gives: its text in blocks, and facts about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .errors import IntakeError
from .repair import Repairs

MAX_BYTES = 25 * 1024 * 1024
#: Ten times the longest report a desk is likely to take apart.
MAX_CHARACTERS = 3_000_000
#: What stands between two blocks of a stored copy.
BETWEEN_BLOCKS = "\n\n"

HEADLINE = "headline"
DECK = "deck"
BODY = "body"
CAPTION = "caption"
CREDIT = "credit"
LABEL = "label"
BLOCK_QUOTE = "block_quote"


@dataclass(frozen=True)
class Part:
    """A block before it has a place: role and words.

    ``page``: the page it begins on; ``breaks``: places in its words at which another
    page begins.
    """

    role: str
    words: str
    page: int = 0
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """A stretch of the text with one role: start and end in code points."""

    role: str
    start: int
    end: int


@dataclass(frozen=True)
class Page:
    """A page of a PDF, from 1: where its text starts and ends, end exclusive."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """An article as it was read. Empty texts: the article does not say.

    ``text``: the blocks joined, as a stored copy keeps them. ``published``: EDTF, only
    as precise as the article. ``warnings``: sentences for the person who imports.
    ``extractor``: the package that found the text, with its version.
    """

    title: str
    text: str
    blocks: tuple[Block, ...]
    extractor: str
    extractor_version: str
    byline: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    canonical_url: str = ""
    pages: tuple[Page, ...] = ()
    warnings: tuple[str, ...] = ()

    def words_of(self, block: Block) -> str:
        return self.text[block.start : block.end]


def joined(parts: Sequence[Part]) -> tuple[str, tuple[Block, ...]]:
    """Join the parts to a text and its blocks; ``IntakeError`` when nothing is left."""
    blocks: list[Block] = []
    pieces: list[str] = []
    length = 0
    for part in parts:
        before = BETWEEN_BLOCKS if blocks else ""
        start = length + len(before)
        length = start + len(part.words)
        blocks.append(Block(part.role, start, length))
        pieces += [before, part.words]
    text = "".join(pieces)
    if not text.strip():
        raise IntakeError("There is no text in it.")
    if length > MAX_CHARACTERS:
        raise IntakeError(
            f"It has {length:,} characters; more than {MAX_CHARACTERS:,} are not taken."
        )
    return text, tuple(blocks)


def repaired(parts: Sequence[Part], repairs: Repairs) -> list[Part]:
    """Return the parts with broken encoding repaired, except where pages break."""
    return [
        part if part.breaks else replace(part, words=_repaired(part.words, repairs))
        for part in parts
    ]


def _repaired(words: str, repairs: Repairs) -> str:
    mended = repairs.of(words)
    # What was mended may have been a no-break space; tabs part the cells of a row.
    return re.sub(r"[^\S\t]+", " ", mended).strip() if mended != words else words


def check_size(raw: bytes) -> None:
    """Refuse what is empty or too large."""
    if not raw.strip():
        raise IntakeError("It is empty.")
    if len(raw) > MAX_BYTES:
        raise IntakeError(
            f"It has {len(raw) / 1024**2:.0f} MB; more than {MAX_BYTES // 1024**2} MB "
            "are not taken."
        )
