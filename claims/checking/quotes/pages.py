"""On which page or at which time of a recording a place stands."""

import re
from collections.abc import Sequence

from .match import Page, Span

_TIMECODE = r"(?<![\d:])(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(?![\d:])"
_TIMES = re.compile(_TIMECODE)
_PAGES = re.compile(r"(\d+)(?:\s*[-–—]\s*(\d+))?")
#: A locator that names pages and nothing else: not “paragraph 4”.
_NAMES_PAGES = re.compile(
    r"\s*(?:pp?\.?|pages?|p[áa]g(?:ina)?s?\.?|s\.|seiten?|стр\.?|с\.|صفحة|ص|पृष्ठ|第)?"
    r"[\s\d,–—-]+页?\s*",
    re.IGNORECASE,
)
#: Seconds by which a time may miss the words: people stop a recording late.
_PATIENCE = 30


def page_range(pages: Sequence[Page], span: Span) -> tuple[int, int] | None:
    """Return the first and last page that a place stands on; ``None``: on none."""
    start, end = span
    on = [page.number for page in pages if page.start < end and start < page.end]
    return (min(on), max(on)) if on else None


def named_pages(locator: str) -> list[tuple[int, int]]:
    """Return the pages that a locator names: “12”, “pp. 12–13, 20”; none for a time."""
    if not _NAMES_PAGES.fullmatch(locator):
        return []
    ranges = ((int(m[1]), int(m[2] or m[1])) for m in _PAGES.finditer(locator))
    return [(first, _completed(first, last)) for first, last in ranges]


def _completed(first: int, last: int) -> int:
    """Return the last page of “112–13”: 113."""
    if last >= first:
        return last
    digits = len(str(last))
    return int(str(first)[:-digits] + str(last)) if digits < len(str(first)) else first


def is_elsewhere(text: str, span: Span, locator: str, pages: Sequence[Page]) -> bool:
    """Whether a place is known to stand on other pages, or at another time."""
    if _TIMES.search(locator):
        return _is_at_another_time(text, span, locator)
    there, named = page_range(pages, span), named_pages(locator)
    if there is None or not named:
        return False
    return all(last < there[0] or there[1] < first for first, last in named)


def _is_at_another_time(text: str, span: Span, locator: str) -> bool:
    """Compare with the times in a transcript: the last before, the first behind."""
    said = [_seconds(match) for match in _TIMES.finditer(locator)]
    before = [_seconds(match) for match in _TIMES.finditer(text, 0, span[0])]
    after = _TIMES.search(text, span[1])
    if before and max(said) < before[-1] - _PATIENCE:
        return True
    return after is not None and min(said) > _seconds(after) + _PATIENCE


def _seconds(match: re.Match[str]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds


def without_text(text: str, pages: Sequence[Page]) -> set[int]:
    """Return the numbers of pages that have no text: they may be pictures."""
    return {page.number for page in pages if not text[page.start : page.end].strip()}
