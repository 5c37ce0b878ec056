"""Where in a text what was looked for stands: to mark it, and to say what is missing."""

from collections.abc import Iterable, Iterator

from claims.checking.terms import PlacedTerms, placed_terms, terms_of

from .queries import Unit

#: A place in a text: start, end in code points, end exclusive.
Place = tuple[int, int]


def places_of(text: str, units: Iterable[Unit]) -> list[Place]:
    """Return the places of all units in the text as it is, in order, none in another."""
    found = [unit for unit in units if _stands_in(unit, terms_of(text))]
    if not found:
        return []
    placed = placed_terms(text)
    places = sorted(place for unit in found for place in _places_of(unit, placed))
    merged: list[Place] = []
    for start, end in places:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def missing_in(text: str, units: Iterable[Unit]) -> list[Unit]:
    """Return the units that do not stand in the text."""
    terms = terms_of(text)
    return [unit for unit in units if not _stands_in(unit, terms)]


def _stands_in(unit: Unit, terms: list[str]) -> bool:
    return any(True for _first in _firsts(unit, terms))


def _firsts(unit: Unit, terms: list[str]) -> Iterator[int]:
    """Yield where among the terms a unit begins."""
    *before, last = unit.terms
    for place in range(len(before), len(terms)):
        fits = terms[place].startswith(last) if unit.begins else terms[place] == last
        if fits and terms[place - len(before) : place] == before:
            yield place - len(before)


def _places_of(unit: Unit, placed: PlacedTerms) -> Iterator[Place]:
    for first in _firsts(unit, placed.terms):
        last = first + len(unit.terms) - 1
        start, end = placed.place(first, last)
        if unit.begins and len(unit.terms[-1]) == 1 and placed.overlaps(last):
            end = placed.place(last + 1, last + 1)[0]  # of a pair, its first character
        yield start, end
