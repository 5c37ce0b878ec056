"""What a quotation check says: verdict, place, reasons, flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from claims.checking.differences import Part

#: Raised whenever the same input may get another answer.
VERSION = "1"


class Verdict(StrEnum):
    """How the words of a quotation stand to those of the text, the best first."""

    EXACT = "exact"
    TYPOGRAPHIC = "typographic"
    LAYOUT = "layout"
    EDITED_OPENLY = "edited_openly"
    ENCODING_REPAIR = "encoding_repair"
    ALTERED = "altered"
    SPLICED = "spliced"
    ELISION_HIDES = "elision_hides"
    ABSENT = "absent"
    UNCHECKABLE = "uncheckable"


#: The verdicts that call the quoted words those of the text.
SAME_WORDS = frozenset(
    {
        Verdict.EXACT,
        Verdict.TYPOGRAPHIC,
        Verdict.LAYOUT,
        Verdict.EDITED_OPENLY,
        Verdict.ENCODING_REPAIR,
    }
)


class Reason(StrEnum):
    """What differs, or why nothing can be said."""

    NUMBER = "number"
    DIGITS = "digits"  # the same number in digits of another script
    SIGN = "sign"
    UNIT = "unit"
    MAGNITUDE = "magnitude"
    NEGATION = "negation"
    MODAL = "modal"  # may, must; and what limits: only, unless
    WEEKDAY = "weekday"
    MONTH = "month"
    DIRECTION = "direction"
    QUANTITY = "quantity"  # all, most, about
    NAME = "name"
    ORDER = "order"
    ADDED = "added"  # words that the text has not
    MISSING = "missing"  # words of the text left out without a mark
    WORDING = "wording"
    CASE = "case"
    ACCENT = "accent"
    PUNCTUATION = "punctuation"
    FAR = "far"  # parts too far from each other
    NO_TEXT = "no_text"
    NO_QUOTATION = "no_quotation"
    TOO_LONG = "too_long"
    TOO_MANY_PARTS = "too_many_parts"


class Flag(StrEnum):
    """What a person should know beside the verdict."""

    AMBIGUOUS = "ambiguous"  # stands at several places
    TRUNCATED = "truncated"  # the sentence goes on with unless, but, not
    OPENING_CUT = "opening_cut"  # it begins with if, “it is not true that”
    WRONG_LOCATOR = "wrong_locator"  # stands on another page or at another time
    SHORT = "short"  # too few words to prove anything
    CASE = "case"  # capitals differ
    END_MARK = "end_mark"  # ends with a mark that the text has not there
    CUT_WORD = "cut_word"  # begins or ends inside a word
    LONG_GAP = "long_gap"  # leaves out more than a paragraph
    CROSSES_HEADING = "crosses_heading"  # what is left out holds a heading
    SUPPLIED = "supplied"  # altered by what the quotation has in brackets
    PARTLY_FOUND = "partly_found"  # absent as a whole; the place is that of a part
    QUOTATION_MOJIBAKE = "quotation_mojibake"  # broken encoding as typed
    PAGES_WITHOUT_TEXT = "pages_without_text"  # it may stand on a page without text


#: Flags with which even the same words do not say the same.
_MISLEADING = frozenset(
    {
        Flag.TRUNCATED,
        Flag.OPENING_CUT,
        Flag.LONG_GAP,
        Flag.CROSSES_HEADING,
    }
)
#: A stretch of the text: start and end in code points, end exclusive.
Span = tuple[int, int]


class Page(Protocol):
    """A page of a text: its number, where it starts and ends, end exclusive."""

    @property
    def number(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True)
class QuotationMatch:
    """What comparing a quotation with a text found.

    ``start`` and ``end``: the place in the text, code points, end exclusive; ``None``
    where there is none. ``matched``: the words there, as they stand. ``difference``: how
    the quotation comes from them; empty when they are equal. ``skipped``: stretches of
    the place that count as layout or were left out openly. ``parts``: where each piece
    of a quotation in several pieces stands. ``rivals``: other places as good, some of
    them where there are many. ``pages``: first and last page of the place.
    """

    verdict: Verdict
    start: int | None = None
    end: int | None = None
    matched: str = ""
    difference: Sequence[Part] = ()
    reasons: tuple[Reason, ...] = ()
    flags: tuple[Flag, ...] = ()
    skipped: tuple[Span, ...] = ()
    parts: tuple[Span, ...] = ()
    rivals: tuple[Span, ...] = ()
    pages: tuple[int, int] | None = None
    version: str = VERSION

    @property
    def same_words(self) -> bool:
        """Whether the quoted words are those of the text, shortened openly at most."""
        return self.verdict in SAME_WORDS

    @property
    def accepted(self) -> bool:
        """Whether the quotation may be called correct before a person has looked."""
        return self.same_words and not _MISLEADING.intersection(self.flags)
