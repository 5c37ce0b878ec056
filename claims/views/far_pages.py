"""Far pages of long lists of claims: exact, without walking there.

The record's writer keeps how many claims there are in each portion of a list. A page
begins so many rows into the portion that holds it; only those are walked.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from claims.models.counted import PublishedTally
from claims.models.record import PublishedClaim, PublishedSource
from claims.publishing.facets import RELEASES_A_PORTION

from .counts import tallies

#: From so many rows on, looking up the portion costs less than walking.
FAR = 2_000
#: The columns of filters that portions are kept for.
_COLUMN_OF = {"status": "status", "check": "attribution_check"}


@dataclass(frozen=True)
class Stretch:
    """Claims in line, part of a list: which, in what order, how many in each portion.

    ``portions``: (filter that leaves the portion and what follows, number of rows).
    """

    only: Q | IsNull
    order: tuple[str, ...]
    portions: list[tuple[dict[str, Any], int]]

    @property
    def size(self) -> int:
        return sum(number for _rest, number in self.portions)

    def ids(self, offset: int, number: int) -> list[str]:
        rest: dict[str, Any] = {}
        for rest, held in self.portions:  # noqa: B007, the last one is meant
            if offset < held:
                break
            offset -= held
        rows = PublishedClaim.objects.listed().filter(self.only, **rest)
        found = rows.order_by(*self.order).values_list("pk", flat=True)
        return list(found[offset : offset + number])


def far_ids(
    columns: dict[str, Any], sort: str, offset: int, number: int
) -> list[str] | None:
    """Return the public ids of a page; ``None`` where no portions are kept."""
    found: list[str] = []
    stretches = _stretches(columns, sort)
    if stretches is None:
        return None
    for stretch in stretches:
        size = stretch.size
        if offset < size:
            found += stretch.ids(offset, number - len(found))
        offset = max(offset - size, 0)
        if len(found) == number:
            break
    return found


def _stretches(columns: dict[str, Any], sort: str) -> Iterable[Stretch] | None:
    order, is_descending = sort.removeprefix("-"), sort.startswith("-")
    if len(columns) == 1:
        ((name, value),) = columns.items()
        only = Q((_COLUMN_OF[name], value))
        if order in ("changed_at", _COLUMN_OF[name]):
            newest_first = is_descending == (order == "changed_at")
            return [_by_age(f"{name}={value}", only, newest_first)]
        return None
    if columns:
        return None
    if order == "changed_at":
        return [_by_age("", Q(), is_descending)]
    return _WHOLE[order](is_descending)


def _by_age(facet: str, only: Q | IsNull, newest_first: bool) -> Stretch:
    order = ("-sequence", "pk") if newest_first else ("sequence", "-pk")
    sign = "-" if newest_first else ""
    rows = PublishedTally.objects.filter(facet=facet).order_by(f"{sign}portion")
    return Stretch(
        only,
        order,
        [
            (
                {"sequence__lt": (portion + 1) * RELEASES_A_PORTION}
                if newest_first
                else {"sequence__gte": portion * RELEASES_A_PORTION},
                number,
            )
            for portion, number in rows.values_list("portion", "number")
        ],
    )


def _by_choice(name: str, is_descending: bool) -> Iterator[Stretch]:
    rows = PublishedTally.objects.filter(facet__startswith=f"{name}=")
    facets = (
        rows.exclude(facet__contains="&").order_by().values_list("facet", flat=True)
    )
    for facet in sorted(set(facets.distinct()), reverse=is_descending):
        only = Q((_COLUMN_OF[name], facet.partition("=")[2]))
        yield _by_age(facet, only, not is_descending)


def _by_source(is_descending: bool) -> Iterator[Stretch]:
    """Yield the claims of all sources by name; those that name nobody come first."""
    sign, lookup = ("-", "lte") if is_descending else ("", "gte")
    rows = PublishedSource.objects.filter(said_by__gt=0).order_by(f"{sign}name")
    counts: dict[str, int] = {}
    for name, number in rows.values_list("name", "said_by"):
        counts[name] = counts.get(name, 0) + number
    nobody = {"": tallies([""])[""] - sum(counts.values())}
    counts = {**counts, **nobody} if is_descending else {**nobody, **counts}
    order = (f"{sign}source_name", f"{sign}pk")
    portions = [
        ({f"source_name__{lookup}": name}, number) for name, number in counts.items()
    ]
    yield Stretch(Q(), order, portions)


def _by_day(is_descending: bool) -> Iterator[Stretch]:
    """Yield the dated claims, then the undated ones, the newest of them first."""
    sign, lookup = ("-", "lte") if is_descending else ("", "gte")
    rows = PublishedTally.objects.filter(facet="said").order_by(f"{sign}portion")
    yield Stretch(
        Q(said_from__isnull=False),
        (f"{sign}said_from", f"{sign}pk"),
        [
            ({f"said_from__{lookup}": datetime.date.fromordinal(portion)}, number)
            for portion, number in rows.values_list("portion", "number")
        ],
    )
    yield _by_age("undated", undated(), newest_first=True)


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
