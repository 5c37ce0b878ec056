"""Texts of a megabyte: one of sentences, and some that a search could stumble over."""

import random

from claims.checking.lexicon import kind_of

MEGABYTE = 1_000_000
SYLLABLES = [a + b for a in "bdfghklmnprstvwz" for b in ("a", "e", "ai", "o", "ur")]


def long_text(seed: int = 1) -> str:
    """Return a megabyte of sentences of made-up words, common and rare ones."""
    chance = random.Random(seed)
    made_up = ("".join(chance.choices(SYLLABLES, k=1 + n % 4)) for n in range(4000))
    words = [word for word in made_up if kind_of(word) is None]  # “no” would deny
    weights = [1 / (rank + 1) for rank in range(len(words))]
    drawn = iter(chance.choices(words, weights, k=260_000))
    lines, length = [], 0
    while length < MEGABYTE:
        sentence = " ".join(next(drawn) for _ in range(11)).capitalize()
        lines.append(f"{sentence} {chance.randint(2, 9999)}.\n")
        length += len(lines[-1])
    return "".join(lines)[:MEGABYTE]


LONG = long_text()

HARD = {
    "one letter": ("a" * 50 + "b", "a" * MEGABYTE),
    "one letter, found": ("a" * 50, "a" * MEGABYTE),
    "one word": ("a b a b a", "a " * (MEGABYTE // 2)),
    "near matches": ("the mill the mill tho mill", "the mill " * (MEGABYTE // 9)),
    "all digits": ("1" * 50 + "2", "1" * MEGABYTE),
    "numbers": ("12 of 15 people", "12 15 " * (MEGABYTE // 6)),
    "100,000 ellipses": ("a … " * 100_000, LONG),
    "brackets unclosed": ("[a " * 100_000, LONG),
    "brackets": ("[a] mill " * 30, "mill mill " * (MEGABYTE // 10)),
    "ellipses": ("mill … " * 30, "mill mill " * (MEGABYTE // 10)),
    "spaces": ("a b", " " * MEGABYTE + "a"),
    "soft hyphens": ("a b", "\u00ad" * MEGABYTE + "a"),
    "dashes": ("a - b", "- " * (MEGABYTE // 2) + "a"),
    "line ends": ("a b", "a-\n" * (MEGABYTE // 3)),
    "broken encoding": ("é and è", "Ã©" * (MEGABYTE // 2)),
    "marks": ("a\u0301 b", "a" + "\u0301" * 100_000),
    "quotation marks": ("'a' 1\"", "\"'" * (MEGABYTE // 2) + "a"),
    "a quotation without end": ("mill " * 100_000, LONG),
}
