"""Layout noise: what printing, copying and typing do to a text without changing it."""

import random
import re
import unicodedata
from collections.abc import Callable

_CURLY = {'"': "“”„«»", "'": "’‘", "“": '"„', "”": '"', "’": "'", "‘": "'"}
_DASHES = {"–": "-‑", "—": "–", "−": "-–", "-": "‐‑"}
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ"}
_HEADS = (
    "\n\n– {} –\n\n",
    "\nPage {} of 90\n",
    "\n\nWATER BOARD REPORT   {}\n\n",
)


def _somewhere(
    pattern: str, replace: Callable[[re.Match[str]], str]
) -> Callable[[str, random.Random], str]:
    def noise(text: str, chance: random.Random) -> str:
        found = list(re.finditer(pattern, text))
        for match in sorted(
            chance.sample(found, min(len(found), 3)), key=lambda m: -m.start()
        ):
            text = text[: match.start()] + replace(match) + text[match.end() :]
        return text

    return noise


def _one_of(table: dict[str, str]) -> Callable[[str, random.Random], str]:
    def noise(text: str, chance: random.Random) -> str:
        return "".join(chance.choice(table[c]) if c in table else c for c in text)

    return noise


def _marks(text: str, chance: random.Random) -> str:
    # Feet and minutes are no quotation marks.
    return re.sub(r"""(?<!\d)["'“”’‘]""", lambda m: chance.choice(_CURLY[m[0]]), text)


def _head(text: str, chance: random.Random) -> str:
    """Let a page end inside a sentence."""
    found = [m.start() for m in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)]
    found = [p for p in found if text[p - 1].islower() and text[p + 1].islower()]
    if not found:
        return text
    place = chance.choice(found)
    head = chance.choice(_HEADS).format(chance.randint(2, 90))
    return text[:place] + head + text[place + 1 :]


def _footnote(text: str, chance: random.Random) -> str:
    found = [m.end() for m in re.finditer(r"[^\W\d_]{3}[.,;](?=\s)", text)]
    if not found:
        return text
    place = chance.choice(found)
    mark = chance.choice(["¹²", "[3]", "*", "†", "⁷"])
    return text[:place] + mark + text[place:]


_LETTERS = r"(?<=[^\W\d_]{2})(?<![\u0590-\u0fff\u3000-\U0003ffff])"
_MORE = r"(?=[^\W\d_]{2})(?![\u0590-\u0fff\u3000-\U0003ffff])"
NOISES: dict[str, Callable[[str, random.Random], str]] = {
    "quotation marks": _marks,
    "dashes": _one_of(_DASHES),
    "no-break spaces": _somewhere(" ", lambda m: "\u00a0"),
    "thin spaces": _somewhere("(?<=\\d) ", lambda m: "\u202f"),
    "line breaks": _somewhere("(?<![-–−]) ", lambda m: "\n"),
    "more space": _somewhere(" ", lambda m: "  \t"),
    "line hyphens": _somewhere(_LETTERS + _MORE, lambda m: "-\n"),
    "soft hyphens": _somewhere(_LETTERS + _MORE, lambda m: "\u00ad"),
    "soft line hyphens": _somewhere(_LETTERS + _MORE, lambda m: "\u00ad\n"),
    "zero-width spaces": _somewhere(r"(?<=\w)(?=\w)", lambda m: "\u200b"),
    "bidi marks": _somewhere(" ", lambda m: "\u200e "),
    "ligatures": lambda text, chance: re.sub(
        "|".join(_LIGATURES), lambda m: _LIGATURES[m[0]], text
    ),
    "decomposed letters": lambda text, chance: unicodedata.normalize("NFD", text),
    "ellipsis sign": lambda text, chance: text.replace("...", "…"),
    "footnote mark": _footnote,
    "running head": _head,
}


def noisy(text: str, chance: random.Random, most: int = 3) -> tuple[str, list[str]]:
    """Return the text after one to ``most`` kinds of noise, and which they were."""
    kinds = chance.sample(list(NOISES), chance.randint(1, most))
    # Heads stay in one piece, and letters come apart last.
    last = ["running head", "decomposed letters"]
    kinds.sort(key=lambda kind: last.index(kind) + 1 if kind in last else 0)
    for kind in kinds:
        text = NOISES[kind](text, chance)
    return text, kinds
