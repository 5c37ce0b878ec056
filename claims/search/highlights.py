"""Where in a text what was looked for stands: to mark it, and to say what is missing."""

from collections.abc import Iterable, Iterator

from claims.checking.terms import PlacedTerm, placed_terms

from .queries import Unit

#: A place in a text: start, end in code points, end exclusive.
Place = tuple[int, int]


def places_of(text: str, units: Iterable[Unit]) -> list[Place]:
    """Return the places of all units in the text as it is, in order, none in another."""
    placed = placed_terms(text)
    found = sorted(place for unit in units for place in _places_of(unit, placed))
    merged: list[Place] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def missing_in(text: str, units: Iterable[Unit]) -> list[Unit]:
    """Return the units that do not stand in the text."""
    placed = placed_terms(text)
    return [unit for unit in units if not any(_places_of(unit, placed))]


def _places_of(unit: Unit, placed: list[PlacedTerm]) -> Iterator[Place]:
    number = len(unit.terms)
    for first in range(len(placed) - number + 1):
        terms = [each.term for each in placed[first : first + number]]
        if _fits(unit, terms):
            yield placed[first].start, _end_of(unit, placed, first + number - 1)


def _fits(unit: Unit, terms: list[str]) -> bool:
    if not unit.begins:
        return terms == [*unit.terms]
    *before, last = terms
    return before == [*unit.terms[:-1]] and last.startswith(unit.terms[-1])


def _end_of(unit: Unit, placed: list[PlacedTerm], last: int) -> int:
    """Return where the last term ends; of a pair found by its first character, that."""
    is_half = unit.begins and len(unit.terms[-1]) == 1
    following = placed[last + 1] if last + 1 < len(placed) else None
    if is_half and following and following.start < placed[last].end:
        return following.start
    return placed[last].end
