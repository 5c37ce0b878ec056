"""Plain text: pasted, typed, or saved from anywhere."""

import re

from .credits import set_apart
from .decoding import text_of
from .readings import (
    BODY,
    HEADLINE,
    Part,
    Reading,
    check_size,
    joined,
    repaired,
)
from .repair import Repairs

#: Raised when the same file would be read differently.
VERSION = "1"
#: Lines of a text that somebody's program wrapped are no longer than this.
_WRAPPED_COLUMNS = 100
_HEADLINE_CHARACTERS = 200
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "؟", "।", ".”", '."', ".’", ":", ";", ",")


def read_text(raw: bytes) -> Reading:
    """Read a text file in UTF-8 (or with a byte order mark).

    Blank lines part the blocks; where there are none, every line is one. Lines that
    were wrapped are joined. A first line that does not end a sentence is the headline.
    Raises ``IntakeError``.
    """
    check_size(raw)
    repairs = Repairs()
    parts = repaired(_parts(text_of(raw)), repairs)
    parts, warnings = set_apart(parts)
    text, blocks = joined(parts)
    title = parts[0].words if parts[0].role == HEADLINE else ""
    return Reading(
        title=title,
        text=text,
        blocks=blocks,
        extractor="plain text",
        extractor_version=VERSION,
        warnings=(*repairs.warnings, *warnings),
    )


def _parts(text: str) -> list[Part]:
    groups = [
        [" ".join(line.split()) for line in group.split("\n") if line.strip()]
        for group in re.split(r"\n[^\S\n]*\n", text)
    ]
    groups = [lines for lines in groups if lines]
    if not groups:
        return []
    headline, groups = _headline(groups)
    if _is_wrapped(groups):
        words = [" ".join(lines) for lines in groups]
    else:
        words = [line for lines in groups for line in lines]
    return [*headline, *(Part(BODY, each) for each in words)]


def _headline(groups: list[list[str]]) -> tuple[list[Part], list[list[str]]]:
    """Take the first line for the headline, when it looks like one."""
    first = groups[0][0]
    goes_on = len(groups) > 1 or len(groups[0]) > 1
    fits = len(first) <= _HEADLINE_CHARACTERS and not first.endswith(_SENTENCE_ENDS)
    if not (goes_on and fits) or (_is_wrapped(groups[:1]) and len(groups[0]) > 2):
        return [], groups
    rest = [groups[0][1:], *groups[1:]]
    return [Part(HEADLINE, first)], [lines for lines in rest if lines]


def _is_wrapped(groups: list[list[str]]) -> bool:
    """Say whether lines end where the column did, and not where a paragraph does."""
    inner = [line for lines in groups for line in lines[:-1]]
    longest = max((len(line) for lines in groups for line in lines), default=0)
    if not inner or longest > _WRAPPED_COLUMNS:
        return False
    broken = [line for line in inner if not line.endswith(_SENTENCE_ENDS)]
    return len(broken) * 2 > len(inner)
