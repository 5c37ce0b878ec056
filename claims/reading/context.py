"""What stands around a passage, as a page shows it: whole words, cuts marked."""

import re
from dataclasses import dataclass
from typing import Any

from claims.checking.anchors import CONTEXT_CHARACTERS

_FIRST_WORD, _LAST_WORD = re.compile(r"^\S+(?=\s)"), re.compile(r"(?<=\s)\S+$")


@dataclass(frozen=True)
class Context:
    """The words before and after a passage; "…" where they were cut."""

    before: str
    after: str


def context_of(passage: dict[str, Any] | None) -> Context:
    """Return the context of a passage of the record; empty without a passage.

    Context that fills its room was cut there, most likely in the midst of a word.
    """
    before, after = (passage or {}).get("prefix", ""), (passage or {}).get("suffix", "")
    if len(before) >= CONTEXT_CHARACTERS:
        before = f"…{_FIRST_WORD.sub('', before).lstrip()}"
    if len(after) >= CONTEXT_CHARACTERS:
        after = f"{_LAST_WORD.sub('', after).rstrip()} …"
    return Context(before, after)
