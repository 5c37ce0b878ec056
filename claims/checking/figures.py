"""What may never differ between two wordings: numbers, signs, negations, modals."""

import re
import unicodedata
from dataclasses import dataclass

from .lexicon import KINDS, MAGNITUDE, UNIT, WORD, kind_of
from .text import WITHOUT_SPACES

_DASHES = "‐‑‒–—−-"
_CURRENCY = "$€£¥₹₽₺₪¢"
_RAISED = "¹²³⁰⁴-⁹⁻½⅓⅔¼¾⅛-⅞"
#: Decimals, groups, dates and times between digits; ranges may have spaces.
_INNER = rf"[.,:/'’٫٬{_DASHES}]|\s[{_DASHES}]\s"
#: One unit in two words, of which the second is a hundred elsewhere.
PER_CENT = re.compile(r"\b(?:per|pour)\s?cent\b|\bpor\s?ciento\b", re.IGNORECASE)
_AFTER = "|".join(
    re.escape(word)
    for word in sorted(
        (word for word, kind in KINDS.items() if kind in (MAGNITUDE, UNIT)),
        key=len,
        reverse=True,
    )
)
_NUMBER = re.compile(
    rf"(?P<sign>(?:(?:(?<![^\W_])|(?<=[{WITHOUT_SPACES}]))(?:[<>≤≥~≈±]\s?|[+{_DASHES}]))*)"
    rf"(?P<before>(?:[{_CURRENCY}]\s?)?)"
    rf"(?P<digits>\d{{1,3}}(?:\s\d{{3}})+(?!\d)(?:[.,]\d+)?|\d(?:(?:{_INNER})?\d)*)"
    rf"(?P<raised>[{_RAISED}]*)"
    rf"(?P<after>(?:[\s-]?(?:[%‰°′″]|[{_CURRENCY}]|(?:{PER_CENT.pattern}|{_AFTER})[{_RAISED}]*(?:/[^\W\d_]+)?(?![^\W\d_])|[万亿]))*)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(rf"{WORD.pattern}|[^\w\s-]")
_DIGIT = re.compile(r"\d")
_EVEN = str.maketrans(dict.fromkeys(_DASHES, "-") | {"’": "'"})


@dataclass(frozen=True)
class Number:
    """A number as written: start and end (code points) and its parts, dashes alike.

    ``digits`` keep their script, separators, range and raised signs (10², 5½).
    ``magnitude`` and ``unit``: what directly follows or, for a currency, comes before.
    """

    start: int
    end: int
    sign: str
    digits: str
    magnitude: str
    unit: str

    @property
    def parts(self) -> tuple[str, str, str, str]:
        return self.sign, self.digits, self.magnitude, self.unit

    @property
    def value(self) -> str:
        """The digits as those of ASCII: ٣ and 3 have the same."""
        return "".join(str(unicodedata.decimal(c, c)) for c in self.digits)


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text that are written with digits, in order."""
    if not _DIGIT.search(text):
        return []  # the pattern below is slow to find nothing
    return [_number(match) for match in _NUMBER.finditer(text)]


def _number(match: re.Match[str]) -> Number:
    after = _FOLLOWING.findall(PER_CENT.sub("percent", match["after"]))
    kinds = [(word.casefold(), kind_of(word)) for word in after]
    units = [match["before"].strip(), *(w for w, kind in kinds if kind != MAGNITUDE)]
    return Number(
        start=match.start(),
        end=match.end(),
        sign=_even(match["sign"]),
        digits=_even(match["digits"]) + match["raised"],
        magnitude=" ".join(word for word, kind in kinds if kind == MAGNITUDE),
        unit=" ".join(filter(None, units)),
    )


def _even(text: str) -> str:
    return re.sub(r"\s", "", text.translate(_EVEN))


def deciding_words(text: str) -> list[tuple[str, str]]:
    """Return the words of a text that decide what it says, each with its kind."""
    found = [(word.replace("’", "'").casefold(), kind_of(word)) for word in words(text)]
    return [(word, kind) for word, kind in found if kind is not None]


def words(text: str) -> list[str]:
    """Return the words of a text without its digits; in Chinese those of the lexicon."""
    return WORD.findall(text)


def figures(text: str) -> tuple[list[str], list[str]]:
    """Return the numbers and the deciding words of a text, each in order.

    Two wordings that differ in either do not say the same: “3.4” and “8.4”, “not” and
    nothing, “million” and “billion”, “-5” and “5”, Monday and Tuesday.
    """
    written = ["|".join(number.parts) for number in numbers(text)]
    return written, [word for word, _ in deciding_words(text)]
