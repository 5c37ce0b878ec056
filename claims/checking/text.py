"""The one normaliser: typography folded away, with the way back to the original.

What may vary between a text and words cut from it: quotation marks, dashes, spaces, soft
hyphens, invisible marks, ligatures, composed letters. What never may: letters, digits
as they are written (٣ stays ٣), signs, fractions, superscripts, case, a dash beside a
digit. No blanket NFKC: it would turn 10² into 102 (Unicode Standard Annex 15).
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

#: A change to a text: start, end (code points, end exclusive), what stands there now.
Edit = tuple[int, int, str]

#: Scripts written without spaces: each character is a word (Unicode, Blocks.txt).
_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3000, 0x30FF),  # signs of CJK, Hiragana, Katakana
    (0x3400, 0x9FFF),  # CJK ideographs
    (0xF900, 0xFAFF),  # CJK compatibility ideographs
    (0xFF00, 0xFFEF),  # full width signs
    (0x20000, 0x3FFFF),  # CJK ideographs, extensions
)
#: The same as a class of a pattern.
WITHOUT_SPACES = "".join(f"{chr(first)}-{chr(last)}" for first, last in _WITHOUT_SPACES)
_SIGNS = (
    dict.fromkeys("“”„‟«»〝〞＂″", '"')
    | dict.fromkeys("‘’‚‛‹›′´`", "'")
    | dict.fromkeys("‐‑‒–−﹣－", "-")
)
#: An em dash parts thoughts; the shorter ones may be a hyphen, a sign or a range.
_EM_DASHES = "—―"
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
#: Zero-width space, joiner of words, bidi marks and isolates, BOM, the Arabic kashida.
#: Overrides (U+202D, U+202E) stay: they change what is read, 12 to 21.
_INVISIBLE = "\u200b\u2060\u200e\u200f\u061c\u202a-\u202c\u2066-\u2069\ufeff\u0640"
_JOINERS = "\u200c\u200d"
#: Where joiners of letters matter: Hebrew to the Philippine scripts, India and Africa
#: again, Arabic forms, pictures. Elsewhere they are noise.
_JOINED = (
    *((0x0590, 0x1DFF), (0x2600, 0x27BF), (0xA800, 0xABFF), (0xFB1D, 0xFDFF)),
    *((0xFE0F, 0xFE0F), (0xFE70, 0xFEFC), (0x10000, 0x3FFFF)),
)
#: White space but for the plain space (Unicode, White_Space and U+001C to U+001F).
_WHITE = "\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_GAP = f"{_WHITE}\u00ad{_INVISIBLE}{_JOINERS}"
_SOFT_BREAK = re.compile("\u00ad[^\\S\n]*\n[^\\S\n]*")
#: Patterns begin with a class of characters: those alone are fast to search for.
_UNEVEN = re.compile(f"[{_GAP}][ {_GAP}]*")
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_SPACES = re.compile("  +")
_GUILLEMET = re.compile("[«»‹›]")
_BEFORE_OPENING = " ([\"'“‘-—"
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
#: Two single marks for a double one, spaced dots, a space before a sign.
_SPACED = re.compile(r"''|\.(?: \.){2}|(?<=[^\W\d]|['\")\]]) [;:!?](?!\w)| (?=[%‰°])")
_SEEDS_OF_SPACED = ("''", ". .", " ;", " :", " !", " ?", " %", " ‰", " °")
_DASH = re.compile(f"[-{_EM_DASHES}](?: ?[-{_EM_DASHES}])*")
_SHORT = str.maketrans(dict.fromkeys(_EM_DASHES, "-"))
#: Dashes of a drawn line, not of a sentence.
_DRAWN = 4


def without_spaces(character: str) -> bool:
    """Whether a character belongs to a script in which no spaces part the words."""
    code = ord(character)
    if code < _WITHOUT_SPACES[0][0]:
        return False
    return any(first <= code <= last for first, last in _WITHOUT_SPACES)


@dataclass(frozen=True)
class Folded:
    """A text after changes, with the way back.

    Kept are the places where a stretch of it begins (``_at``) and whence in the text
    before each came (``_start``, ``_end``): plain stretches have as many characters as
    there. Memory grows with the number of changes, not with the text. ``_before``: what
    was folded here had been folded already.
    """

    text: str
    _at: "array[int]"
    _start: "array[int]"
    _end: "array[int]"
    _before: "Folded | None" = None

    def origin(self, index: int) -> int:
        """Return where the character at ``index`` began in the original text.

        The length of the folded text leads to the length of the original.
        """
        place = bisect_right(self._at, index) - 1
        origin = self._start[place]
        if self._is_plain(place):
            origin += index - self._at[place]
        return self._before.origin(origin) if self._before else origin

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original, up to where the next character begins."""
        return self.origin(start), self.origin(end)

    def tight(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of ``start`` to ``end``, and no more.

        What was dropped behind the last character does not count. ``start`` < ``end``.
        """
        return self.origin(start), self._origin_of_end(end)

    def _origin_of_end(self, end: int) -> int:
        place = bisect_right(self._at, end - 1) - 1
        origin = self._end[place]
        if self._is_plain(place):
            origin = self._start[place] + end - self._at[place]
        return self._before._origin_of_end(origin) if self._before else origin

    def _is_plain(self, place: int) -> bool:
        after = self._at[place + 1] if place + 1 < len(self._at) else len(self.text)
        return after - self._at[place] == self._end[place] - self._start[place]

    def then(self, edits: Iterable[Edit]) -> "Folded":
        """Return this text with changes made to it, and the whole way back."""
        made = list(edits)
        return edited(self.text, made, self) if made else self

    def folded(self) -> "Folded":
        """Return this text folded, with the whole way back."""
        return _folded(self)


def edited(text: str, edits: Iterable[Edit], before: Folded | None = None) -> Folded:
    """Return a text with changes made to it, in order and without overlap."""
    pieces: list[str] = []
    at, start, end = array("q"), array("q"), array("q")
    length = position = 0
    for left, right, replacement in [*edits, (len(text), len(text), "")]:
        for piece, origin, until in (
            (text[position:left], position, left),
            (replacement, left, right),
        ):
            if piece:
                pieces.append(piece)
                at.append(length)
                start.append(origin)
                end.append(until)
                length += len(piece)
        position = right
    at.append(length)
    start.append(len(text))
    end.append(len(text))
    return Folded("".join(pieces), at, start, end, before)


def fold(text: str) -> Folded:
    """Fold typography away; folding what is folded changes nothing.

    First gaps and ligatures, then composed letters (NFC), then signs, then the space
    around them: each step sees what the one before has left.
    """
    return _folded(edited(text, ()))


def _folded(text: Folded) -> Folded:
    folded = text.then(_evened(text.text))
    folded = folded.then(_replaced(_SPACES, folded.text, lambda _: " "))
    folded = folded.then(_replaced(_LIGATURE, folded.text, lambda m: _LIGATURES[m[0]]))
    if not unicodedata.is_normalized("NFC", folded.text):
        folded = folded.then(_composed(folded.text))
    folded = folded.then(_inside_guillemets(folded.text))
    folded = folded.then(_replaced(_SIGN, folded.text, lambda m: _SIGNS[m[0]]))
    if any(seed in folded.text for seed in _SEEDS_OF_SPACED):
        folded = folded.then(_replaced(_SPACED, folded.text, _without_space))
    return folded.then(_dashes(folded.text))


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words, be it in other typography."""
    return fold(one).text.strip() == fold(other).text.strip()


def _replaced(
    pattern: re.Pattern[str], text: str, replacement: Callable[[re.Match[str]], str]
) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        yield match.start(), match.end(), replacement(match)


def _evened(text: str) -> Iterator[Edit]:
    for match in _UNEVEN.finditer(text):
        start, end = match.span()
        while text[start - 1 : start] == " ":
            start -= 1
        gap = _gap(text[start:end], text[start - 1 : start], text[end : end + 1])
        if gap != text[start:end]:
            yield start, end, gap


def _gap(found: str, before: str, after: str) -> str:
    """Return what a gap comes down to: a space, nothing, or the soft hyphen in a number.

    A line that ends between two characters of a script without spaces leaves none.
    """
    if "\u00ad" in found and before.isdigit() and after.isdigit():
        return "\u00ad"
    rest = _SOFT_BREAK.sub("", found)
    if not any(character.isspace() for character in rest):
        return "".join(c for c in rest if c in _JOINERS and _is_joined(before))
    if "\n" in rest and before and after:
        return "" if without_spaces(before) and without_spaces(after) else " "
    return " "


def _is_joined(character: str) -> bool:
    code = ord(character) if character else 0
    return any(first <= code <= last for first, last in _JOINED)


def _composed(text: str) -> Iterator[Edit]:
    """Compose letters with their marks; what stands between ASCII is judged alone."""
    for run in re.finditer(r"[\x00-\x7f]?[^\x00-\x7f]+", text):
        if unicodedata.is_normalized("NFC", run[0]):
            continue
        start = run.start()
        for cluster in _clusters(run[0]):
            whole = unicodedata.normalize("NFC", cluster)
            if whole != cluster:
                yield start, start + len(cluster), whole
            start += len(cluster)


def _clusters(text: str) -> Iterator[str]:
    """Cut a text before each character that cannot be composed with one before it."""
    start = 0
    for place in range(1, len(text)):
        character = text[place]
        joins = unicodedata.category(character)[0] == "M" or (
            0x1160 <= ord(character) <= 0x11FF  # parts of a Korean syllable
        )
        if not joins:
            yield text[start:place]
            start = place
    yield text[start:]


def _inside_guillemets(text: str) -> Iterator[Edit]:
    """Drop the space on the inner side of guillemets; German ones open to the other."""
    for match in _GUILLEMET.finditer(text):
        start, end = match.span()
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        if match[0] in "«‹":
            opens = not before or before[-1] in _BEFORE_OPENING
            if opens and after[:1] == " " and after[1:]:
                yield end, end + 1, ""
        elif before[1:] == " " and before[0] not in "«‹" and not after[:1].isalnum():
            yield start - 1, start, ""


def _without_space(match: re.Match[str]) -> str:
    return '"' if match[0] == "''" else match[0].replace(" ", "")


def _dashes(text: str) -> Iterator[Edit]:
    """Even out dashes and the space around them, but for one that belongs to a number.

    Between letters the space is free. Beside a number only a dash that parts thoughts
    (a long one, or one between spaces) is told from a sign or a range, by its spaces.
    """
    for match in _DASH.finditer(text):
        dashes = match[0].translate(_SHORT)
        start, end = match.span()
        left = start - (text[start - 1 : start] == " ")
        right = end + (text[end : end + 1] == " ")
        beside = [_is_of_number(text[i : i + 1]) for i in (left - 1, right)]
        if not any(beside):
            start, end = left, right
            dashes = dashes.replace(" ", "")
            dashes = dashes if len(dashes) >= _DRAWN else "-"
        elif not all(beside) and _parts_thoughts(
            match[0], left < start and end < right
        ):
            start, end, dashes = left, right, " - "
        if dashes != text[start:end]:
            yield start, end, dashes


def _is_of_number(character: str) -> bool:
    return bool(character) and (
        character.isnumeric()
        or character in ".,%‰"
        or unicodedata.category(character) == "Sc"
    )


def _parts_thoughts(dashes: str, is_spaced: bool) -> bool:
    return not dashes.strip(_EM_DASHES) or (is_spaced and " " not in dashes)
