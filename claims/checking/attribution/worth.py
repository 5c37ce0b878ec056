"""Which sentences state something that can be checked, though they name nobody."""

import re

from .lexicon import WEAK_STARTS
from .tokens import Document, Sentence

_FIGURE = re.compile(
    r"\d|\b(?:half|third|quarter|dozens|hundreds|thousands|millions)\b"
)
_ESTIMATE = re.compile(
    r"\b(?:estimated|about|around|roughly|nearly|almost|some|more than|less than|at least"
    r"|up to|approximately)\s+(?:[\w-]+\s+)?[$€£]?\d|\bestimated\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:I|we|you|me|us)\b")
MIN_WORDS = 5
ESTIMATE = "an estimate that names no source"


def reason_to_check(doc: Document, sentence: Sentence) -> str | None:
    """Return why a sentence in the article's own voice could be a claim, or ``None``.

    No claims: questions, exclamations, orders, headings and labels (no full stop), and
    what is too short to say anything.
    """
    tokens = doc.tokens[sentence.first : sentence.last]
    text = doc.text[sentence.start : sentence.end]
    words = [token for token in tokens if token.is_word]
    if len(words) < MIN_WORDS or not text.rstrip('"”’»)').endswith("."):
        return None
    if words[0].lower in WEAK_STARTS or "?" in text or _PERSONAL.search(text):
        return None
    if _ESTIMATE.search(text):
        return ESTIMATE
    if _FIGURE.search(text):
        return "a figure that names no source"
    return "the article's own voice: no source is named"
