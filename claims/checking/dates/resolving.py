"""What a date expression means in an article of a given date: EDTF, bounds, basis."""

import re
from dataclasses import dataclass
from datetime import date

from . import fixed, relative  # noqa: F401, they fill the grammar
from .edtf import edtf_bounds, edtf_of
from .grammar import BACKWARD, FIXED, RELATIVE
from .periods import Period
from .words import VAGUE

_QUALIFIER = re.compile(r"[~?%]")
_SINCE = re.compile(r"(?:ever )?since (?:the )?(?P<start>.+)")
_BETWEEN = re.compile(
    r"(?:between (?P<a>.+) and|from (?P<b>.+) (?:to|until|through)) (?P<end>.+)"
    r"|(?P<c>\d{4}) ?[–—-] ?(?P<last>\d{4})"
)
_LEADING = re.compile(r"(?:in|on|during|of|at|by|until|as of) (?!the (?:last|past) )")
_VAGUE = re.compile(VAGUE)


@dataclass(frozen=True)
class Resolved:
    """A date expression understood.

    ``edtf`` has exactly the bounds ``earliest`` and ``latest`` (``None``: open);
    ``basis`` says in a sentence what they rest on; ``words`` is the expression with
    its meaning, to show a reader.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    basis: str
    words: str


@dataclass(frozen=True)
class _Anchor:
    """The date of the article: its first and last possible day, and as written."""

    first: date | None
    last: date | None
    edtf: str

    @property
    def qualifier(self) -> str:
        found = _QUALIFIER.search(self.edtf)
        return found[0] if found else ""


@dataclass(frozen=True)
class _Found:
    edtf: str
    relative: bool


def resolve(expression: str, anchor: date | str | None) -> Resolved | None:
    """Return what ``expression`` means in an article dated ``anchor``.

    ``anchor`` is a day, an EDTF period (``EdtfError`` when it is neither), or ``None``
    for an article without a date. ``None`` when the expression is not understood,
    ambiguous (4/5/2015), or relative to an anchor that is open on one side or missing. An expression about the past never ends after the
    anchor does; a bare weekday or month is the most recent one. What the expression
    leaves open stays open: “last month” is a month, not a day of it.
    """
    frame = _frame(anchor)
    text = _tidy(expression)
    try:
        found = _understood(text, frame)
    except (ValueError, OverflowError):  # not a day of the calendar Python has
        return None
    if found is None:
        return None
    bounds = edtf_bounds(found.edtf)
    return Resolved(
        edtf=found.edtf,
        earliest=bounds.earliest,
        latest=bounds.latest,
        basis=_basis(found, frame),
        words=_words(expression.strip(), found, frame),
    )


def in_words(edtf: str) -> str:
    """Write an EDTF date the way a person reads it: 10 March 2016, March 2016, 2016."""
    start, slash, end = _QUALIFIER.sub("", edtf).partition("/")
    if slash:
        return f"{_one_in_words(start)} to {_one_in_words(end)}"
    return _one_in_words(start)


_NAMES = (
    "January February March April May June July August September October November "
    "December spring summer autumn winter"
)
_MONTHS = _NAMES.split()


def _one_in_words(edtf: str) -> str:
    year, *rest = edtf.split("-")
    if year.endswith("XX"):
        return f"{year[:2]}00 to {year[:2]}99"
    if year.endswith("X"):
        return f"the {year[:3]}0s"
    if not rest or rest[0] == "XX":
        return year
    number = int(rest[0])
    name = _MONTHS[number - 1 if number <= 12 else number - 9]
    if len(rest) == 1 or rest[1] == "XX":
        return f"{name} {year}"
    return f"{int(rest[1])} {name} {year}"


def _frame(anchor: date | str | None) -> _Anchor:
    if anchor is None:
        return _Anchor(None, None, "")
    text = anchor if isinstance(anchor, str) else f"{anchor:%Y-%m-%d}".zfill(10)
    bounds = edtf_bounds(text)
    return _Anchor(bounds.earliest, bounds.latest, text.strip())


def _tidy(expression: str) -> str:
    text = re.sub(r"\s+", " ", expression).strip(" ,;:.“”\"'‘()").lower()
    return text.replace("’", "'")


def _understood(text: str, frame: _Anchor) -> _Found | None:
    found = _plain(text, frame)
    if found is None and (match := _SINCE.fullmatch(text)):
        return _since(match["start"], frame)
    if found is None and (match := _BETWEEN.fullmatch(text)):
        start = match["a"] or match["b"] or match["c"]
        return _between(start, match["end"] or match["last"], frame)
    for shortened in (_LEADING.sub("", text, count=1), _VAGUE.sub("", text, count=1)):
        if found is None and shortened != text:
            found = _understood(shortened, frame)
    return found


def _plain(text: str, frame: _Anchor) -> _Found | None:
    for pattern, rule in FIXED:
        if match := pattern.fullmatch(text):
            period = rule(match)
            return _Found(period.written, relative=False) if period else None
    if frame.first is None or frame.last is None:
        return None
    for pattern, relative_rule in RELATIVE:
        if match := pattern.fullmatch(text):
            first = relative_rule(match, frame.first)
            last = relative_rule(match, frame.last)
            return _spread(first, last, frame)
    for pattern, backward_rule in BACKWARD:
        if match := pattern.fullmatch(text):
            only = backward_rule(match, frame.last)
            return _spread(only, only, frame)
    return None


def _spread(first: Period | None, last: Period | None, frame: _Anchor) -> _Found | None:
    """Cover what the expression means on the first and on the last possible day."""
    if first is None or last is None:
        return None
    return _Found(_qualified(first.to(last).written, frame.qualifier), relative=True)


def _qualified(edtf: str, qualifier: str) -> str:
    """Hand the doubt about the article's date on to what is counted from it."""
    return "/".join(side + qualifier for side in edtf.split("/"))


def _since(start: str, frame: _Anchor) -> _Found | None:
    found = _understood(start, frame)
    if found is None or frame.last is None:
        return None
    first = edtf_bounds(found.edtf).earliest
    if first is None or first > frame.last:
        return None
    left = found.edtf.partition("/")[0]
    frame_start, _, frame_end = frame.edtf.partition("/")
    return _Found(f"{left}/{frame_end or frame_start}", relative=True)


def _between(start: str, end: str, frame: _Anchor) -> _Found | None:
    one, other = _understood(start, frame), _understood(end, frame)
    if one is None or other is None:
        return None
    first = edtf_bounds(one.edtf).earliest
    last = edtf_bounds(other.edtf).latest
    if first is None or last is None or first > last:
        return None
    return _Found(edtf_of(first, last), one.relative or other.relative)


def _basis(found: _Found, frame: _Anchor) -> str:
    if found.relative:
        return f"counted from the article's date, {in_words(frame.edtf)}"
    return "as written in the article"


def _words(expression: str, found: _Found, frame: _Anchor) -> str:
    meaning = in_words(found.edtf)
    if meaning.lower() == expression.lower():
        return expression
    if found.relative:
        meaning += f", if published {_preposition(frame.edtf)} {in_words(frame.edtf)}"
    return f"{expression} ({meaning})"


def _preposition(edtf: str) -> str:
    if "/" in edtf:
        return "between"
    return "on" if edtf.count("-") == 2 else "in"
