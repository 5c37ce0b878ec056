"""Photo credits that run into the lead sentence, as copied pages have them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .readings import BODY, CAPTION, CREDIT, Part

_AGENCIES = (
    r"Thomson Reuters|REUTERS|Reuters|AP Photo|AP Images|AP|Associated Press|AFP|"
    r"Getty Images|Getty|EPA|dpa|DPA|Shutterstock|Bloomberg|Anadolu(?: Agency)?|"
    r"Xinhua|TASS|ANSA|EFE|PA(?: Media| Wire| Images)?|Alamy|Magnum|Wikimedia Commons"
)
_NAME = r"[^\W\d_][\w.’'-]*"
#: A credit between the end of one sentence and the start of another: an agency, with or
#: without its photographer ("Omar Reyes/Reuters", "REUTERS/Omar Reyes").
_GLUED = re.compile(
    rf"(?<=[.!?”\"])\s+(?P<credit>(?:(?:Photo|Image|Credit|Picture)(?: by|:)?\s+)?"
    rf"(?:(?:{_NAME}\s+){{1,3}}?/\s?|{_NAME}\s+{_NAME}\s?/\s?)?"
    rf"(?:{_AGENCIES})"
    rf"(?:\s?/\s?(?:{_NAME}(?:\s+{_NAME})?|{_AGENCIES}))?)"
    r"\s+(?=[“\"‘]?[A-Z\u00c0-\u00de])"
)
#: After an agency's name these go on with it: "Reuters Institute says …".
_GOES_ON = re.compile(
    r"\s+(?:News|Institute|Foundation|Agency|Television|TV|Radio|Media|Group|"
    r"Intelligence|Businessweek|Poll|Fact)\b"
)
#: Where pictures stand: at the top.
_WITHIN_PARTS = 4


def set_apart(parts: Sequence[Part]) -> tuple[list[Part], tuple[str, ...]]:
    """Cut credits out of the first paragraphs; return the parts and warnings.

    The words before a credit are taken for the caption. No word is lost or added.
    """
    found: list[Part] = []
    warnings: list[str] = []
    for number, part in enumerate(parts):
        match = _glued(part) if number < _WITHIN_PARTS else None
        if match is None:
            found.append(part)
            continue
        credit = match["credit"]
        after = replace(part, words=part.words[match.end() :])
        found.append(replace(part, role=CAPTION, words=part.words[: match.start()]))
        found += [Part(CREDIT, credit), after]
        warnings.append(
            f"A credit ran into the text and was set apart: “{credit}”. The words "
            "before it were taken for a caption; please look."
        )
    return found, tuple(warnings)


def _glued(part: Part) -> "re.Match[str] | None":
    if part.role != BODY or part.breaks:
        return None
    match = _GLUED.search(part.words)
    if match is None or _GOES_ON.match(part.words, match.end("credit")):
        return None
    return match
