"""What belongs to a page and not to its words: line hyphens, running heads, notes.

Each rule names a stretch of the text that may be passed over, never one with a word that
decides something. Where a rule could take a number for a mark, it holds back.
"""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from claims.checking.figures import deciding_words, numbers
from claims.checking.lexicon import MARKS, SQUARED
from claims.checking.text import Edit, fold

from .match import Page, Span
from .parsing import canonical
from .views import LINE_HYPHEN, plain

#: A running head is a line of at most so many characters, on so many pages.
_HEAD_CHARACTERS = 80
_REPEATED = 3
_MOST_REPEATED = 40
#: Numbered lines: so many in a row, each one more than the last.
_NUMBERED_LINES = 5

_LINE = re.compile(r"[^\n\f]+")
_NUMBER_LINE = re.compile(r"^\W{0,4}(\d{1,4})\W{0,4}$", re.MULTILINE)
#: What may stand between a running head and the edge of its page: the page number.
_NO_LETTERS = re.compile(r"[\W\d]{0,16}")
_NO_LETTERS_BEFORE = re.compile(r"[\W\d]{1,16}$")
_WORD_BEFORE = re.compile(rf"(?:[^\W_]|[{MARKS}])+$")
_WORD_AFTER = re.compile(rf"(?:[^\W_]|[{MARKS}])+")
_MARK = re.compile(
    r"(?<=[.,;:!?”\"’'»)\]])[¹²³⁰⁴-⁹]+"
    r"|(?<=[^\W\d_]{4})[¹²³⁰⁴-⁹]+(?!\w)"
    r"|(?<=[\w.,;:!?”\"’'»)])\[\d{1,3}\]"
    r"|(?P<plain>(?<=[^\W\d_]{4}[.!?”\"’»])\d{1,3}(?=\s+[\"“'‘«]?(?P<next>[^\W\d_])|\s*$))"
    r"|(?<=[^\W\d_.,;:!?”\"’»)])[*†‡]+(?=[\s.,;:]|$)|(?<=[.,;:!?”\"’»)])[*†‡]+(?=\s|$)"
)
_LAST_WORD = re.compile(r"[^\W\d_]+(?=\W*$)")
_CELL = re.compile(r"[^\S\n]*\|[^\S\n]*")
_LINE_NUMBER = re.compile(r"^[^\S\n]{0,4}(\d{1,3})[^\S\n]+(?=\S)", re.MULTILINE)
_PAGE_NUMBER = re.compile(r"\W{0,4}\d{1,4}\W{0,4}")
_NAMED_PAGE = re.compile(
    r"\W*(?:page|p\.|seite|s\.|página|pág\.|стр\.?|страница|صفحة|ص|पृष्ठ)\s*\d{1,4}"
    r"(?:\s*(?:of|/|von|de|sur|из|من)\s*\d{1,4})?\W*|\W*第\s*\d{1,4}\s*页\W*"
    r"|\s*[-–—]\s?\d{1,4}\s?[-–—]\s*",
    re.IGNORECASE,
)
#: A page number or year beside the words of a head in capitals, set off by its gap.
_BESIDE_CAPITALS = re.compile(
    r"^\s*\d{1,4}(?:\s{2,}|\s*[|•–—\t]\s*)|(?:\s{2,}|\s*[|•–—\t]\s*)\d{1,4}\s*$"
    r"|\b(?:19|20)\d\d\b"
)


class Layout:
    """Finds what belongs to the pages of one text."""

    def __init__(self, text: str, pages: Sequence[Page]) -> None:
        self.text = text
        self.edges = sorted({edge for page in pages for edge in (page.start, page.end)})

    def edits(self, region: Span, quotation: str) -> list[Edit]:
        """Return changes that take the layout out of a region, places within it.

        ``quotation``: folded; a mark or hyphen that it has too is left where it is.
        """
        begin, end = region
        words = self.text[begin:end]
        heads = list(self._heads(region, quotation.lower()))
        found = [*heads, *_hyphens(words, quotation), *_marks(words, quotation)]
        found += [(m.start(), m.end(), " ") for m in _CELL.finditer(words)]
        found += _line_numbers(words)
        return _without_overlap(found, heads)

    def _heads(self, region: Span, quotation: str) -> Iterator[Edit]:
        """Yield running heads and page numbers with the line breaks around them."""
        begin, end = region
        lines = [m.span() for m in _LINE.finditer(self.text, begin, end)]
        lines = [span for span in lines if self.text[slice(*span)].strip()]
        for place, (left, right) in enumerate(lines):
            words = self.text[left:right].strip()
            is_short = len(words) <= _HEAD_CHARACTERS
            if (
                is_short
                and not _is_quoted(words, quotation)
                and self._is_head((left, right))
            ):
                before = lines[place - 1][1] if place else left
                after = lines[place + 1][0] if place + 1 < len(lines) else right
                yield before - begin, after - begin, "\n"

    def _is_head(self, line: Span) -> bool:
        words = self.text[slice(*line)].strip()
        if _NAMED_PAGE.fullmatch(words):
            return True
        if deciding_words(plain(words).text):
            return False
        if _PAGE_NUMBER.fullmatch(words):
            return words in self._page_numbers and self._is_at_edge(line)
        if self._is_at_edge(line):
            return self._is_repeated(words)
        return self._cuts_sentence(line) and (
            _in_capitals(words) or (not numbers(words) and self._is_repeated(words))
        )

    def _is_at_edge(self, line: Span) -> bool:
        """Whether a page begins or ends beside the line, but for a page number."""
        before = _NO_LETTERS_BEFORE.search(self.text, max(0, line[0] - 16), line[0])
        after = _NO_LETTERS.match(self.text, line[1], line[1] + 16)
        start = before.start() if before else line[0]
        end = after.end() if after else line[1]
        if "\f" in self.text[start:end]:
            return True
        place = bisect_left(self.edges, start)
        return place < len(self.edges) and self.edges[place] <= end

    @cached_property
    def _page_numbers(self) -> frozenset[str]:
        """Lines of a number alone at edges of pages, where such numbers only rise."""
        lines = [
            match
            for match in _NUMBER_LINE.finditer(self.text)
            if self._is_at_edge(match.span())
        ]
        found = [int(match[1]) for match in lines]
        if len(found) < _REPEATED or found != sorted(set(found)):
            return frozenset()
        return frozenset(match[0].strip() for match in lines)

    def _is_repeated(self, words: str) -> bool:
        """Whether a line stands on several pages, with a number that only rises."""
        key = _key(words)
        if not key:
            return False
        longest = max(re.split(r"[\d\n]+", words), key=len).strip(" .:|")
        rows = []
        for place in itertools.islice(_places(self.text, longest), _MOST_REPEATED):
            start = 1 + max(self.text.rfind(end, 0, place) for end in "\n\f")
            line = _LINE.match(self.text, start)
            if line and _key(line[0]) == key:
                rows.append([int(each) for each in re.findall(r"\d{1,9}", line[0])])
        return len(rows) >= _REPEATED and _only_rises(rows)

    def _cuts_sentence(self, line: Span) -> bool:
        """Whether a line between empty ones stands in the middle of a sentence."""
        left, right = line
        before = self.text[max(0, left - 200) : left]
        after = self.text[right : right + 200]
        return (
            re.search(r"\n\s*[\n\f]\s*$|\f\s*$", before) is not None
            and re.match(r"\s*[\n\f]\s*\n|\s*\f", after) is not None
            and before.rstrip()[-1:].islower()
            and after.lstrip()[:1].islower()
        )


def _in_capitals(words: str) -> bool:
    """Whether a line is in capitals, but for a page number or year set off from it."""
    rest = _BESIDE_CAPITALS.sub("", words).strip()
    return rest.isupper() and len(rest.split()) > 1 and not numbers(rest)


def _is_quoted(line: str, quotation: str) -> bool:
    """Whether the quotation has the line too: then it is none to pass over."""
    return canonical(fold(line).text).strip().lower() in quotation


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))


def _key(words: str) -> str:
    """Return a line without its numbers; empty where too little is left."""
    key = re.sub(r"[\W\d]+", " ", words).strip()
    return key if len(key) > 3 else ""


def _only_rises(rows: list[list[int]]) -> bool:
    """Whether the numbers of a repeated line stay or rise from page to page."""
    if len({len(row) for row in rows}) > 1:
        return False
    columns = [list(column) for column in zip(*rows, strict=True)]
    return all(column == sorted(column) for column in columns)


def _hyphens(words: str, quotation: str) -> Iterator[Edit]:
    """Yield hyphens at line ends: with or without them, as the quotation reads it.

    Beside a digit the hyphen stays, whatever the quotation has: it may be a range.
    """
    lower = quotation.lower()
    for match in LINE_HYPHEN.finditer(words):
        left = _WORD_BEFORE.search(words, max(0, match.start() - 40), match.start())
        right = _WORD_AFTER.match(words, match.end())
        parts = [(side[0] if side else "").lower() for side in (left, right)]
        beside = words[match.start() - 1] + words[match.end()]
        hyphenated = canonical(fold("-".join(parts)).text)
        if any(map(str.isnumeric, beside)) or hyphenated in lower:
            yield match.end(1), match.end(), ""
        else:
            yield match.start(), match.end(), ""


def _marks(words: str, quotation: str) -> Iterator[Edit]:
    """Yield the marks of notes, but for powers of a unit and what is quoted too."""
    for match in _MARK.finditer(words):
        last = _LAST_WORD.search(words, max(0, match.start() - 30), match.start())
        is_power = last and last[0].lower() in SQUARED and last.end() == match.start()
        sides = (
            (max(0, match.start() - 2), match.end()),
            (match.start(), match.end() + 3),
        )
        quoted = any(
            canonical(fold(words[slice(*side)]).text) in quotation for side in sides
        )
        # Lost its height, a mark looks like a number: “approx.12 people” is none.
        goes_on = match["plain"] and match["next"] and match["next"].islower()
        if not is_power and not quoted and not goes_on:
            yield match.start(), match.end(), ""


def _line_numbers(words: str) -> Iterator[Edit]:
    run: list[re.Match[str]] = []
    for match in [*_LINE_NUMBER.finditer(words), None]:
        follows = run and match and int(match[1]) == int(run[-1][1]) + 1
        if follows and match and words.count("\n", run[-1].end(), match.start()) == 1:
            run.append(match)
            continue
        if len(run) >= _NUMBERED_LINES:
            yield from ((each.start(), each.end(), "") for each in run)
        run = [match] if match else []


def _without_overlap(edits: list[Edit], first: list[Edit]) -> list[Edit]:
    """Return the edits in order; one that overlaps another gives way to a head."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each not in first, each)):
        if all(edit[1] <= left or right <= edit[0] for left, right, _ in kept):
            kept.append(edit)
    return sorted(kept)
