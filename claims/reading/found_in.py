"""Where else than in its own words a claim was found: a few words around the place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.search import Query, missing_in, places_of
from claims.search.highlights import Place

#: Characters shown before and behind the first place.
AROUND = 70


@dataclass(frozen=True)
class FoundIn:
    """A piece of a text with the places to be marked in it; ``label``: of what."""

    label: str
    text: str
    places: list[Place]


def found_in(query: Query, text: str, content: dict[str, Any]) -> FoundIn | None:
    """Return the first text beside the claim's own that has a word which that lacks.

    ``content``: of the claim's row in the record. ``None``: its own words have all.
    """
    missing = missing_in(text, query.wanted)
    if not missing:
        return None
    for label, other in _texts(content):
        places = places_of(other, missing)
        if places:
            return _cut(label(), other, places)
    return None


def _texts(content: dict[str, Any]) -> Iterator[tuple[Callable[[], str], str]]:
    claim, assessment = content["claim"], content.get("assessment") or {}
    yield (lambda: _("In short")), assessment.get("summary", "")
    for appearance in claim["appearances"]:
        yield (lambda: _("In the article")), appearance["wording"]
    for citation in claim["citations"]:
        yield (lambda: _("Quoted as evidence")), citation["quotation"]
    for name in ("rationale", "part_that_holds", "part_that_fails"):
        yield (lambda: _("Why")), assessment.get(name, "")


def _cut(label: str, text: str, places: list[Place]) -> FoundIn:
    """Cut a text around the first place, between words where there are some."""
    first = max(0, places[0][0] - AROUND)
    last = min(len(text), places[0][1] + AROUND)
    if first and (space := text.find(" ", first, places[0][0])) >= 0:
        first = space + 1
    if last < len(text) and (space := text.rfind(" ", places[0][1], last)) >= 0:
        last = space
    before, behind = "… " if first else "", " …" if last < len(text) else ""
    kept = [
        (start - first + len(before), end - first + len(before))
        for start, end in places
        if first <= start and end <= last
    ]
    return FoundIn(label, f"{before}{text[first:last]}{behind}", kept)
