"""When to look again: rules such as “every 6 months”, read, spelled and resolved."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from dateutil.relativedelta import relativedelta

#: What is to be looked at later than this, nobody will.
MAX_YEARS = 50
#: Shown wherever a rule cannot be read.
EXAMPLES = ("every 6 months", "quarterly", "every 90 days", "yearly", "never")


class RuleError(ValueError):
    """Words that are no rule; ``part`` are the words."""

    def __init__(self, part: str) -> None:
        self.part = part.strip()
        examples = ", ".join(f"“{example}”" for example in EXAMPLES)
        super().__init__(
            f"“{self.part}” is not a rule. Examples: {examples}; at most "
            f"{MAX_YEARS} years."
        )


class KindError(ValueError):
    """A part of a list of rules that names no kind, or one for the second time."""

    def __init__(self, part: str, kinds: Iterable[str]) -> None:
        self.part = part.strip()
        super().__init__(
            f"“{self.part}” does not give one kind its rule, as “figure: 6 months” "
            f"does. Kinds, each once: {', '.join(kinds)}."
        )


class Unit(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True)
class ReviewRule:
    """So many units after the last look; with the number 0: never again."""

    number: int
    unit: Unit = Unit.MONTH

    def __str__(self) -> str:
        """Return the rule as the desk may type it: ``read_rule`` reads it back."""
        if not self.number:
            return "never"
        if self.number == 1:
            return f"every {self.unit}"
        return f"every {self.number} {self.unit}s"

    @property
    def is_never(self) -> bool:
        return not self.number

    @property
    def step(self) -> relativedelta:
        return relativedelta(
            days=self.number * (self.unit == Unit.DAY),
            weeks=self.number * (self.unit == Unit.WEEK),
            months=self.number * (self.unit == Unit.MONTH),
            years=self.number * (self.unit == Unit.YEAR),
        )


NEVER = ReviewRule(0)

_UNITS = {
    **dict.fromkeys(("day", "days", "tag", "tage", "tagen"), (1, Unit.DAY)),
    **dict.fromkeys(("week", "weeks", "woche", "wochen"), (1, Unit.WEEK)),
    **dict.fromkeys(("month", "months", "monat", "monate", "monaten"), (1, Unit.MONTH)),
    **dict.fromkeys(("quarter", "quarters", "quartal", "quartale"), (3, Unit.MONTH)),
    **dict.fromkeys(("year", "years", "jahr", "jahre", "jahren"), (1, Unit.YEAR)),
}
_WHOLE = {
    **dict.fromkeys(("daily", "täglich"), ReviewRule(1, Unit.DAY)),
    **dict.fromkeys(("weekly", "wöchentlich"), ReviewRule(1, Unit.WEEK)),
    **dict.fromkeys(("monthly", "monatlich"), ReviewRule(1)),
    **dict.fromkeys(("quarterly", "vierteljährlich"), ReviewRule(3)),
    **dict.fromkeys(("half-yearly", "halbjährlich"), ReviewRule(6)),
    **dict.fromkeys(("yearly", "annually", "jährlich"), ReviewRule(1, Unit.YEAR)),
    **dict.fromkeys(("never", "nie", "no further look"), NEVER),
}
_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            *("one ein eine einem einen", "two zwei other", "three drei", "four vier"),
            *("five fünf", "six sechs", "seven sieben", "eight acht", "nine neun"),
            *("ten zehn", "eleven elf", "twelve zwölf"),
        ),
        start=1,
    )
    for word in words.split()
}
_EVERY = re.compile(
    r"(?:(?:every|each|alle|after|nach|jede|jeden|jedes)\s+)?(?:(\S+)\s+)?(\S+)"
)


def read_rule(text: str) -> ReviewRule:
    """Read “every 6 months”, “2 weeks”, “quarterly”, “alle 90 Tage”, “never”.

    Raises ``RuleError`` for anything else, and for more than ``MAX_YEARS``.
    """
    words = " ".join(text.casefold().split()).rstrip(".")
    if words in _WHOLE:
        return _WHOLE[words]
    found = _EVERY.fullmatch(words)
    factor, unit = _UNITS.get(found[2], (0, Unit.DAY)) if found else (0, Unit.DAY)
    rule = ReviewRule(factor * _number(found[1] if found else ""), unit)
    if rule.is_never or _is_too_long(rule):
        raise RuleError(text)
    return rule


def _number(word: str | None) -> int:
    """Return the number a word stands for; no word: 1, no number: 0."""
    if word is None:
        return 1
    if re.fullmatch(r"[0-9]{1,5}", word):
        return int(word)
    return _NUMBERS.get(word, 0)


def _is_too_long(rule: ReviewRule) -> bool:
    start = datetime.date(2000, 1, 1)
    due: datetime.date = start + rule.step
    return due > start.replace(year=start.year + MAX_YEARS)


def next_review(rule: ReviewRule, last: datetime.date) -> datetime.date | None:
    """Return the day of the next look, counted from the last; ``None``: never.

    A month or year later is the same day of that month, or its last day where there
    is no such day (relativedelta clamps: 31 August and 6 months is 28 February).
    """
    return None if rule.is_never else last + rule.step


def read_rules(text: str, kinds: Iterable[str]) -> dict[str, ReviewRule]:
    """Read a list such as “figure: 6 months, definition: never”.

    Kinds that are not in it have no rule. Raises ``KindError`` or ``RuleError``, each
    with the part that is wrong.
    """
    known, rules = list(kinds), dict[str, ReviewRule]()
    for part in text.split(","):
        if not part.strip():
            continue
        kind, _colon, rule = (piece.strip() for piece in part.partition(":"))
        if kind not in known or kind in rules:
            raise KindError(part, known)
        rules[kind] = read_rule(rule)
    return rules
