"""Places in a text: cut a passage, find its words again, carry it to a new text."""

from .passages import CONTEXT_CHARACTERS, Cut, cut, occurrences
from .reanchoring import Reanchored, Verdict, reanchor

__all__ = [
    "CONTEXT_CHARACTERS",
    "Cut",
    "Reanchored",
    "Verdict",
    "cut",
    "occurrences",
    "reanchor",
]
