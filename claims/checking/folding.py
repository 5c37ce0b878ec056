"""The one normaliser: typography folded away, with the way back to the original.

Folded are quotation marks, dashes, spaces, soft hyphens, invisible marks, ligatures and
composed letters. Letters, digits, signs and case stay. No blanket NFKC: it would turn
10² into 102 (Unicode Standard Annex 15).
"""

import re
import unicodedata
from dataclasses import dataclass

_QUOTES = dict.fromkeys("“”„‟«»〝〞＂", '"') | dict.fromkeys("‘’‚‛‹›′´`", "'")
_DASHES = dict.fromkeys("‐‑‒–—―−﹣－", "-")
_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "…": "...",
}
#: Soft hyphen with its line break, zero-width space, joiner of words, bidi marks, BOM.
_INVISIBLE = re.compile("\u00ad\\s*\n?|[\u200b\u2060\u200e\u200f\u202a-\u202e\ufeff]")
_SPACE = re.compile(r"\s+")
_LETTER = re.compile(r".[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+", re.DOTALL)
_REPLACED = _QUOTES | _DASHES | _LIGATURES
_SPECIAL = re.compile(
    "|".join(
        [
            _INVISIBLE.pattern,
            _SPACE.pattern,
            _LETTER.pattern,
            "[" + "".join(_REPLACED) + "]",
        ]
    ),
    re.DOTALL,
)


@dataclass(frozen=True)
class Folded:
    """A folded text; ``starts[i]`` is where its i-th character began in the original.

    ``starts`` has one entry more than the text: the length of the original.
    """

    text: str
    starts: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of folded characters ``start`` to ``end``."""
        return self.starts[start], self.starts[end]


def fold(text: str) -> Folded:
    """Fold typography away; folding what is folded changes nothing."""
    pieces: list[str] = []
    starts: list[int] = []
    position = 0
    for match in _SPECIAL.finditer(text):
        plain = text[position : match.start()]
        pieces.append(plain)
        starts.extend(range(position, match.start()))
        replacement = _replacement(match[0])
        pieces.append(replacement)
        starts.extend([match.start()] * len(replacement))
        position = match.end()
    pieces.append(text[position:])
    starts.extend(range(position, len(text) + 1))
    return Folded("".join(pieces), tuple(starts))


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words, be it in other typography."""
    return fold(one).text.strip() == fold(other).text.strip()


def _replacement(found: str) -> str:
    if found in _REPLACED:
        return _REPLACED[found]
    if _INVISIBLE.fullmatch(found):
        return ""
    if found.isspace():
        return " "
    return unicodedata.normalize("NFC", found)
