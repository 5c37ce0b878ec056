"""A text cut into paragraphs, sentences, words and quotations, all with their places."""

import bisect
import re
from dataclasses import dataclass

import sentencex

from claims.checking.dates import DateMention, find_dates

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Rev|Lt|Col|Sgt|Capt|Jr|Sr"
    r"|St)\.|-{2,}|\.{3,}|\d[\d.,]*\d|[^\W_]+(?:[-.@&/'’][^\W_]+)*|\S"
)
_QUOTED = re.compile(
    r"“(?:[^“”]|“[^“”]*”)*(?:”|$)|„[^“”„]*[“”]|«[^»]*»|»[^«»]*«|‹[^›]*›|「[^」]*」|『[^』]*』"
    r"|\"[^\"]*(?:\"|$)|''.*?(?:''|$)|``.*?''"
    r"|(?<![\w’])‘[^‘’]*(?:(?<=[,.?!])’|’(?!\w))|(?<!\w)'(?=\w)[^']*[,.?!]'(?!\w)"
)
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True)
class Token:
    """A word or mark; ``quote`` is the number of the quotation it is in, or −1."""

    start: int
    end: int
    text: str
    lower: str
    quote: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


@dataclass(frozen=True)
class Sentence:
    """Tokens ``first`` to ``last`` (exclusive) of the document; place without space."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True)
class Document:
    """Everything the rules look at."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[tuple[int, int], ...]
    dates: tuple[DateMention, ...]

    def quote_at(self, index: int) -> tuple[int, int]:
        return self.quotations[self.tokens[index].quote]

    def quotations_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the quotations that share a character with a place."""
        at = bisect.bisect_right(self.quotations, start, key=lambda each: each[1])
        found = []
        while at < len(self.quotations) and self.quotations[at][0] < end:
            found.append(self.quotations[at])
            at += 1
        return found

    def date_from(self, start: int) -> DateMention | None:
        """Return the date expression that begins exactly at ``start``."""
        at = bisect.bisect_left(self.dates, start, key=lambda date: date.start)
        found = self.dates[at] if at < len(self.dates) else None
        return found if found and found.start == start else None

    def dates_in(self, start: int, end: int) -> list[DateMention]:
        at = bisect.bisect_left(self.dates, start, key=lambda date: date.start)
        found = []
        while at < len(self.dates) and self.dates[at].end <= end:
            found.append(self.dates[at])
            at += 1
        return found


def read(text: str) -> Document:
    """Cut a text; paragraphs end at line breaks, quotations at the latest there."""
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    quotations = [
        (start + match.start(), start + match.end())
        for start, end in paragraphs
        for match in _QUOTED.finditer(text[start:end])
        if match.end() - match.start() > 2
    ]
    tokens = _tokens(text, quotations)
    starts = [token.start for token in tokens]
    sentences = [
        Sentence(tokens[left].start, tokens[right - 1].end, left, right, number)
        for number, (start, end) in enumerate(paragraphs)
        for first, last in _sentences(text, start, end, quotations)
        if (left := bisect.bisect_left(starts, first))
        < (right := bisect.bisect_left(starts, last))
    ]
    return Document(
        text,
        tuple(tokens),
        tuple(sentences),
        tuple(quotations),
        tuple(find_dates(text)),
    )


def _tokens(text: str, quotations: list[tuple[int, int]]) -> list[Token]:
    tokens: list[Token] = []
    number = 0
    for match in _WORD.finditer(text):
        while number < len(quotations) and quotations[number][1] <= match.start():
            number += 1
        inside = number < len(quotations) and quotations[number][0] <= match.start()
        tokens += _pieces(match, number if inside else -1)
    return tokens


_SUFFIX = re.compile(r"(?:['’](?:s|ve|d|ll|re))$", re.IGNORECASE)


def _pieces(match: re.Match[str], quote: int) -> list[Token]:
    """Split “center’s” and “he’d” in two; “didn’t” is one word."""
    text, start = match[0], match.start()
    suffix = _SUFFIX.search(text)
    if suffix is None or suffix.start() == 0:
        return [_token(text, start, quote)]
    at = suffix.start()
    return [_token(text[:at], start, quote), _token(text[at:], start + at, quote)]


def _token(text: str, start: int, quote: int) -> Token:
    return Token(start, start + len(text), text, text.lower().replace("’", "'"), quote)


def _sentences(
    text: str, start: int, end: int, quotations: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Cut a paragraph where a sentence ends outside a quotation."""
    cuts = [start]
    for boundary in sentencex.get_sentence_boundaries("en", text[start:end]):
        here = start + boundary["end_index"]
        at = bisect.bisect_left(quotations, (here, 0)) - 1
        inside = at >= 0 and quotations[at][0] < here < quotations[at][1]
        if not inside and cuts[-1] < here < end:
            cuts.append(here)
    return list(zip(cuts, [*cuts[1:], end], strict=True))
