"""Far pages of long lists of claims: exact, without walking there.

The record's writer keeps how many claims there are in each portion of a list. A page
begins so many rows into the portion that holds it; only those are walked.
"""

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from claims.models.counted import PublishedTally
from claims.models.record import PublishedClaim, PublishedSource
from claims.publishing.facets import RELEASES_A_PORTION

from .counts import tallies, tallies_of

#: From so many rows on, looking up the portion costs less than walking.
FAR = 2_000
#: The columns of filters that portions are kept for.
_COLUMN_OF = {"status": "status", "check": "attribution_check"}


@dataclass(frozen=True)
class Stretch:
    """Claims in line, part of a list: which, in what order, how many in each portion.

    ``portions``: gives where each begins, and its number of rows; ``rest``: the filter
    that, given where one begins, leaves that portion and what follows.
    """

    size: int
    only: Q | IsNull
    order: tuple[str, ...]
    rest: str
    portions: Callable[[], list[tuple[Any, int]]]

    def ids(self, offset: int, number: int) -> list[str]:
        portions = self.portions()
        ends = list(accumulate(held for _begin, held in portions))
        place = bisect_right(ends, offset)
        if place == len(portions):
            return []
        begin, held = portions[place]
        passed = offset - (ends[place] - held)
        rows = PublishedClaim.objects.listed().filter(self.only, Q((self.rest, begin)))
        found = rows.order_by(*self.order).values_list("pk", flat=True)
        return list(found[passed : passed + number])


def far_ids(
    columns: dict[str, Any], sort: str, offset: int, number: int
) -> list[str] | None:
    """Return the public ids of a page; ``None`` where no portions are kept."""
    found: list[str] = []
    stretches = _stretches(columns, sort)
    if stretches is None:
        return None
    for stretch in stretches:
        if offset < stretch.size:
            found += stretch.ids(offset, number - len(found))
        offset = max(offset - stretch.size, 0)
        if len(found) == number:
            break
    return found


def _stretches(columns: dict[str, Any], sort: str) -> Iterable[Stretch] | None:
    order, is_descending = sort.removeprefix("-"), sort.startswith("-")
    if len(columns) == 1:
        ((name, value),) = columns.items()
        if order not in ("changed_at", _COLUMN_OF[name]):
            return None
        facet = f"{name}={value}"
        newest_first = is_descending == (order == "changed_at")
        only = Q((_COLUMN_OF[name], value))
        return [_by_age(facet, tallies([facet])[facet], only, newest_first)]
    if columns:
        return None
    if order == "changed_at":
        return [_by_age("", tallies([""])[""], Q(), is_descending)]
    return _WHOLE[order](is_descending)


def _by_age(facet: str, size: int, only: Q | IsNull, newest_first: bool) -> Stretch:
    if newest_first:
        order, rest, sign, further = ("-sequence", "pk"), "sequence__lt", "-", 1
    else:
        order, rest, sign, further = ("sequence", "-pk"), "sequence__gte", "", 0

    def portions() -> list[tuple[int, int]]:
        rows = PublishedTally.objects.filter(facet=facet).order_by(f"{sign}portion")
        return [
            ((portion + further) * RELEASES_A_PORTION, number)
            for portion, number in rows.values_list("portion", "number")
        ]

    return Stretch(size, only, order, rest, portions)


def _by_choice(name: str, is_descending: bool) -> Iterator[Stretch]:
    for value, size in sorted(tallies_of(name).items(), reverse=is_descending):
        only = Q((_COLUMN_OF[name], value))
        yield _by_age(f"{name}={value}", size, only, not is_descending)


def _by_source(is_descending: bool) -> Iterator[Stretch]:
    """Yield the claims of all sources by name; those that name nobody come first."""
    sign, lookup = ("-", "lte") if is_descending else ("", "gte")
    whole = tallies([""])[""]

    def portions() -> list[tuple[str, int]]:
        rows = PublishedSource.objects.filter(said_by__gt=0).order_by(f"{sign}name")
        counts: dict[str, int] = {}
        for name, number in rows.values_list("name", "said_by"):
            counts[name] = counts.get(name, 0) + number
        nobody = ("", whole - sum(counts.values()))
        named = list(counts.items())
        return [*named, nobody] if is_descending else [nobody, *named]

    order = (f"{sign}source_name", f"{sign}pk")
    yield Stretch(whole, Q(), order, f"source_name__{lookup}", portions)


def _by_day(is_descending: bool) -> Iterator[Stretch]:
    """Yield the dated claims, then the undated ones, the newest of them first."""
    sign, lookup = ("-", "lte") if is_descending else ("", "gte")
    sizes = tallies(["said", "undated"])

    def portions() -> list[tuple[datetime.date, int]]:
        rows = PublishedTally.objects.filter(facet="said").order_by(f"{sign}portion")
        return [
            (datetime.date.fromordinal(portion), number)
            for portion, number in rows.values_list("portion", "number")
        ]

    dated, order = Q(said_from__isnull=False), (f"{sign}said_from", f"{sign}pk")
    yield Stretch(sizes["said"], dated, order, f"said_from__{lookup}", portions)
    yield _by_age("undated", sizes["undated"], undated(), newest_first=True)


_WHOLE = {
    "status": lambda is_descending: _by_choice("status", is_descending),
    "attribution_check": lambda is_descending: _by_choice("check", is_descending),
    "source_name": _by_source,
    "said_from": _by_day,
}


def shut(column: str) -> Coalesce:
    """Return a column so that SQLite uses no index for it.

    It has no statistics worth the name and would take the first index that fits. Which
    one serves is known here; PostgreSQL finds it too, since nothing else is left.
    """
    return Coalesce(F(column), F(column))


def undated() -> IsNull:
    """Say that nobody knows when it was said, along an index of another order."""
    return IsNull(shut("said_from"), True)
