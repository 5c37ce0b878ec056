"""The grammar's tables: a pattern and a function for each way of writing a date.

A *fixed* rule needs no other date: it gives a period, or ``None``. A *relative* rule is
asked for one day at a time: which period does the expression mean, said on that day?
"""

import re
from collections.abc import Callable
from datetime import date

from .periods import Period

Fixed = Callable[[re.Match[str]], Period | None]
Relative = Callable[[re.Match[str], date], Period | None]
FIXED: list[tuple[re.Pattern[str], Fixed]] = []
RELATIVE: list[tuple[re.Pattern[str], Relative]] = []
#: Relative rules that look at the last possible day alone: a year is left out of
#: “March 3” when it is the year of the article.
BACKWARD: list[tuple[re.Pattern[str], Relative]] = []


def fixed(pattern: str) -> Callable[[Fixed], Fixed]:
    def enter(rule: Fixed) -> Fixed:
        FIXED.append((re.compile(pattern, re.ASCII), rule))
        return rule

    return enter


def relative(pattern: str) -> Callable[[Relative], Relative]:
    def enter(rule: Relative) -> Relative:
        RELATIVE.append((re.compile(pattern, re.ASCII), rule))
        return rule

    return enter


def backward(pattern: str) -> Callable[[Relative], Relative]:
    def enter(rule: Relative) -> Relative:
        BACKWARD.append((re.compile(pattern, re.ASCII), rule))
        return rule

    return enter
