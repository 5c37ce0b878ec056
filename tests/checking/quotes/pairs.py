"""The pairs of quotation and text, and trials made from their texts by chance."""

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from claims.checking.text import fold

from .mutations import MUTATIONS, mutated
from .noise import noisy

FILE = Path(__file__).resolve().parents[2] / "data" / "quotations.jsonl"
#: Shorter cuts say too little to be told from others.
LEAST_CHARACTERS = 20
LEAST_SIGNS = 7
#: Of 100: from here on another sentence may make a mutation true.
MUCH_ALIKE = 75
_SENTENCE = re.compile(r"[^.!?。！？।؟\n]+[.!?。！？।؟]?(?:(?<=\d[.])[^.!?\n]+[.!?]?)*")
_SIGN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Page:
    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Pair:
    """A quotation and a text, and what a check has to say.

    ``reasons`` and ``flags``: those that must be among what is said. ``genuine``: whether
    the quotation may be called correct before a person has looked.
    """

    id: str
    language: str
    trap: str
    genuine: bool
    text: str
    quotation: str
    verdict: str
    reasons: list[str]
    flags: list[str]
    locator: str | None = None
    pages: list[list[int]] = field(default_factory=list)

    @property
    def page_map(self) -> list[Page]:
        return [Page(*page) for page in self.pages]


@cache
def pairs() -> list[Pair]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [Pair(**json.loads(line)) for line in lines]


@dataclass(frozen=True)
class Trial:
    """A quotation that is false, or genuine, by what was done to it or its text."""

    kinds: tuple[str, ...]
    language: str
    text: str
    quotation: str


@cache
def passages() -> dict[str, list[str]]:
    """Return texts without layout of their own, by language."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for pair in pairs():
        if (
            fold(pair.text).text == pair.text.translate(_PLAIN)
            and "\n" not in pair.text
        ):
            found[pair.language][pair.text] = None
    return {language: list(texts) for language, texts in found.items()}


_PLAIN = str.maketrans("“”„«»’‘—–−", '"""""\'\'---')


def _text(language: str, chance: random.Random) -> str:
    """Return three passages of a language, one behind the other."""
    own = passages()[language]
    return "\n\n".join(chance.sample(own, min(3, len(own))))


def _cuts(text: str) -> list[str]:
    """Return the sentences of a text, and the longer clauses of them."""
    sentences = [match[0].strip() for match in _SENTENCE.finditer(text)]
    clauses = [
        part.strip() for each in sentences for part in re.split(r"[,;:，：،]\s+", each)
    ]
    return [cut for cut in {*sentences, *clauses} if is_long_enough(cut)]


def is_long_enough(cut: str) -> bool:
    signs = len(_SIGN.findall(cut))
    return len(cut) >= (LEAST_SIGNS if signs else LEAST_CHARACTERS)


def false_trials(number: int, seed: int) -> Iterator[Trial]:
    """Yield quotations with one mutation, each kind in turn, in every language that has
    a place for it; some are edited openly too, and half of the texts have noise.
    """
    chance = random.Random(seed)
    kinds, languages = list(MUTATIONS), sorted(passages())
    done = 0
    while done < number:
        language, kind = chance.choice(languages), kinds[done % len(kinds)]
        text = _text(language, chance)
        cut = chance.choice(sorted(_cuts(text)))
        opened = _opened(cut, chance) if chance.random() < 0.3 else cut
        changed = mutated(kind, opened, chance)
        if changed is None or _may_be_genuine(changed, cut, text):
            continue
        if chance.random() < 0.5:
            text, _ = noisy(text, chance)
        yield Trial((kind,), language, text, changed)
        done += 1


def _opened(cut: str, chance: random.Random) -> str:
    """Leave a word out, supply some, or make a note, as an editor would."""
    words = cut.split(" ")
    if len(words) < 6:
        return cut
    place = chance.randint(2, len(words) - 3)
    mark = chance.choice(["…", "[...]", "[the mayor]", "[sic]"])
    rest = place + (mark != "[sic]" and chance.random() < 0.5)
    beside = words[place - 1] + words[rest]
    if any(map(str.isdigit, beside)):
        return cut  # a digit dropped there would have been left out openly
    return " ".join([*words[:place], mark, *words[rest:]])


def _may_be_genuine(changed: str, cut: str, text: str) -> bool:
    """Whether the text has the changed words too, or a sentence much like them.

    Two passages may tell of the same wells, one closed in June and one in May: what is
    false of the one is then true of the other.
    """
    rest = text.replace(cut, "", 1)
    is_there = fold(changed).text.lower() in fold(text).text.lower()
    return is_there or fuzz.partial_ratio(cut, rest) >= MUCH_ALIKE


def genuine_trials(number: int, seed: int) -> Iterator[Trial]:
    """Yield quotations whose text, and at times they too, have layout noise."""
    chance = random.Random(seed)
    languages = sorted(passages())
    while number:
        language = chance.choice(languages)
        text = _text(language, chance)
        cut = chance.choice(sorted(_cuts(text)))
        text, kinds = noisy(text, chance)
        yield Trial(tuple(kinds), language, text, cut)
        number -= 1


def as_arguments(pair: Pair) -> dict[str, Any]:
    return {"locator": pair.locator, "pages": pair.page_map or None}
