"""What is handed to the person who decides: one suggestion for each statement."""

from dataclasses import dataclass
from typing import Literal

from claims.checking.dates import Resolved

Place = tuple[int, int]
Kind = Literal["direct", "indirect", "mixed", "none"]


@dataclass(frozen=True)
class SuggestedDate:
    """A date expression of the statement's sentence, and what it can mean."""

    start: int
    end: int
    expression: str
    resolved: Resolved | None


@dataclass(frozen=True)
class Suggestion:
    """A statement that could be a claim. Places are code points, end exclusive.

    ``source_name`` is the fullest name the text gives ("" when nobody is named);
    ``chain`` whoever relays the source, nearest first; ``where`` the occasion ("a
    recent interview"); ``kind`` direct (quoted), indirect, mixed, or none (the
    article's own voice); ``reason`` says in a sentence why it is suggested.
    """

    start: int
    end: int
    cue: Place | None
    source: Place | None
    source_name: str
    chain: tuple[str, ...]
    kind: Kind
    date: SuggestedDate | None
    reason: str
    where: str = ""
