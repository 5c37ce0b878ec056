"""Where something was said, and to which outlet: “in an interview with the Post”."""

import re

from .names import Names
from .statements import Statement
from .tokens import Document, Sentence

_OCCASION = re.compile(
    r"\b(?:in|at|during|on)\s+((?:an?|the|his|her|their)\s+(?:[\w-]+\s+){0,3}"
    r"(?:interview|podcast|statement|speech|news conference|press conference|briefing"
    r"|letter|tweet|post|email|memoir|book|essay|article|hearing|testimony|debate|report"
    r"|broadcast|column|video|podcast))\b(?:\s+(?:with|to|for|on)\s+((?:[Tt]he\s+)?"
    r"[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*))?",
    re.IGNORECASE,
)
_OUTLET = re.compile(r"^(?:(?:[Tt]he\s+)?(?:[\w-]+\s+){0,3})?[A-Z]")


def occasion(
    doc: Document, names: Names, statement: Statement, sentence: Sentence
) -> tuple[str, tuple[str, ...]]:
    """Return where it was said, and which outlet it was said to."""
    chain: tuple[str, ...] = ()
    if statement.listener:
        words = doc.text[slice(*statement.listener)]
        if _OUTLET.match(words) and not words.startswith(("Mr", "Dr")):
            chain = (names.of_phrase(words, statement.listener[0]),)
    for match in _OCCASION.finditer(doc.text, sentence.start, sentence.end):
        inside = statement.content[0] <= match.start() < statement.content[1]
        if inside or any(
            start <= match.start() < end
            for start, end in doc.quotations_in(sentence.start, sentence.end)
        ):
            continue
        if match[2] and not doc.dates_in(match.start(2), match.end(2)):
            chain = (names.of_phrase(match[2], match.start()),)
        return match[1], chain
    return "", chain
