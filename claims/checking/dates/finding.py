"""Date expressions in a running text, with their places."""

import re
from dataclasses import dataclass

from .words import (
    COUNT,
    DAY,
    MONTH,
    PART_OF_DAY,
    SEASON,
    TENS,
    UNIT,
    UNITS,
    VAGUE,
    WEEKDAY,
    YEAR,
)


@dataclass(frozen=True)
class DateMention:
    """A date expression: start and end (code points, end exclusive), and its words."""

    start: int
    end: int
    expression: str


# “May”, “march” and “second” are also other words, and 2,016 is no year: names of
# months and days must have their capital, months and years alone need a word before.
_TITLED = {
    piece: re.sub(r"(?<![\w?\\])([a-z])(?=[a-z])", lambda m: m[1].upper(), piece)
    for piece in (MONTH, WEEKDAY)
}
_M, _W = _TITLED[MONTH], _TITLED[WEEKDAY]
_AFTER_WORD = "|".join(
    rf"(?<=\b{word}\s)"
    for word in (
        *("in", "In", "of", "by", "By", "since", "Since", "until", "Until", "from"),
        *("From", "during", "During", "to", "between", "Between", "and", "after"),
        *("After", "before", "Before", "early", "late", "mid"),
    )
)
_PATTERNS = (
    rf"(?:{_W},?\s+)?{_M}\s+{DAY}\b(?:,?\s+{YEAR}\b)?(?![,.]?\d)",
    rf"(?:{_W},?\s+)?\b{DAY}\s+(?:of\s+)?{_M}\b(?:,?\s+{YEAR}\b)?",
    r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}[./]\d{4}\b",
    rf"\b(?i:{VAGUE})?{_M}(?:,|\s+of)?\s+{YEAR}\b",
    rf"\b(?i:the\s+)?(?i:{SEASON})(?:\s+of)?\s+{YEAR}\b",
    rf"\b(?i:the\s+)?(?i:first|second|third|fourth)\s+quarter(?:\s+of)?\s+{YEAR}\b"
    rf"|\bQ[1-4]\s+{YEAR}\b|\b(?i:the\s+)?(?i:first|second)\s+half\s+of\s+{YEAR}\b",
    r"\b(?i:the\s+)?(?i:first|second|third|fourth)\s+quarter"
    r"(?:\s+of)?(?:\s+(?:this|last|next)\s+year)?\b",
    rf"\b(?i:between)\s+{YEAR}\s+and\s+{YEAR}\b|\b(?i:from)\s+{YEAR}\s+(?:to|until|through)"
    rf"\s+{YEAR}\b|\b{YEAR}\s?[–—-]\s?{YEAR}\b",
    rf"\b(?i:since)\s+(?:(?i:{VAGUE})?(?:(?:last|this)\s+)?{_M}(?:\s+{DAY}\b)?(?:,?\s+"
    rf"{YEAR})?|{YEAR}|{_W}|yesterday|(?:last|this)\s+(?:{UNITS}|{SEASON})"
    rf"|the\s+{YEAR}s)\b",
    rf"\b(?i:over|in|during|within|for|throughout)\s+(?:the\s+|these\s+)?(?:last|past)\s+"
    rf"(?:{COUNT}\s+)?{UNITS}\b",
    rf"\b(?i:the\s+)?(?i:last|past)\s+{COUNT}\s+{UNITS}\b",
    rf"\b(?i:earlier|later)\s+(?:in\s+)?(?:this|the)\s+{UNIT}\b"
    rf"|\b(?i:earlier|later)\s+today\b|\b(?i:so\s+far\s+this)\s+{UNIT}\b",
    rf"\b(?i:{COUNT})\s+(?:{UNITS}|hours?|minutes?)\s+ago\b",
    rf"\b(?i:{VAGUE})?(?i:last|this|next|this\s+past|the\s+past)\s+"
    rf"(?:{UNITS}|{SEASON}|{_M}|{_W})(?:\s+{PART_OF_DAY})?\b",
    r"\b(?i:the\s+)?(?i:previous|current|coming|following)\s+(?:week|month|year)\b",
    rf"\b(?i:the\s+)?(?i:(?:early|mid|late)[\s-]+)?(?:1[5-9]\d0|20\d0)s\b"
    rf"|\b(?i:the\s+)?['’]\d0s\b|\bthe\s+(?:{'|'.join(TENS)})\b",
    r"\b(?i:the\s+)?(?:1\d|20|21)(?:st|nd|th)\s+century\b",
    rf"\b(?i:the\s+day\s+before\s+yesterday|yesterday|tomorrow)(?:\s+{PART_OF_DAY})?\b",
    rf"\b(?i:today|tonight|last\s+night|overnight|this\s+{PART_OF_DAY})\b",
    rf"\b(?:(?i:early|late)\s+)?{_W}(?:\s+{PART_OF_DAY})?\b",
    rf"\b{_M}\s+(?:last|this|next)\s+year\b",
    rf"(?:{_AFTER_WORD}){_M}\b(?!\s+\d)|\b(?i:(?:early|late|mid)[\s-]){_M}\b",
    rf"(?:{_AFTER_WORD}|(?<=\()|(?i:early|late|mid)[\s-]){YEAR}\b(?![,.]\d|\s+\d|[%/-])",
)
_DATE = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def find_dates(text: str) -> list[DateMention]:
    """Return the date expressions of an English text, in order, none overlapping."""
    return [
        DateMention(match.start(), match.end(), match[0])
        for match in _DATE.finditer(text)
    ]
