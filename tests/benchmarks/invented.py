"""Invented claims whose words are as rare and as common as those of a language.

Half of the words of any text are a few dozen; most words of a language are in almost none
(Zipf 1949). A record of claims is so, and what a search costs depends on it.
"""

import random
from collections.abc import Iterator
from itertools import accumulate

SEED = 1949
WORDS = 60_000
CLAIMS_OF_AN_ARTICLE = 20
_BEGINNINGS = [
    "b",
    "br",
    "ch",
    "d",
    "f",
    "fl",
    "g",
    "h",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sch",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
_MIDDLES = ["a", "e", "i", "o", "u", "ai", "au", "ei", "ie", "ou"]
_ENDS = ["n", "l", "r", "s", "t", "nd", "rt", "ck", "m", "ng", "ff", "x"]


def vocabulary(chance: random.Random) -> list[str]:
    """Return words of one to four syllables, the most used first and short."""
    words: dict[str, None] = {}
    while len(words) < WORDS:
        syllables = 1 + len(words) // (WORDS // 3 + 1) + (len(words) > 40)
        parts = [
            chance.choice(_BEGINNINGS) + chance.choice(_MIDDLES)
            for _ in range(syllables)
        ]
        words["".join(parts) + chance.choice(_ENDS)] = None
    return list(words)


def invented_claims(number: int) -> Iterator[tuple[str, str, str]]:
    """Yield so many claims: public id, claim, title. The same ones each time."""
    chance = random.Random(SEED)
    words = vocabulary(chance)
    chances = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    title = ""
    for count in range(number):
        if count % CLAIMS_OF_AN_ARTICLE == 0:
            title = " ".join(chance.choices(words, cum_weights=chances, k=7))
        said = chance.choices(words, cum_weights=chances, k=chance.randint(8, 22))
        figures = [str(chance.randrange(2, 90_000))] if chance.random() < 0.4 else []
        yield f"i{count:09}", " ".join([*said, *figures]).capitalize(), title
