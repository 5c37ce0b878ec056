"""Which claims a page of their list shows: bounded work, however many there are.

A list is either a walk along the index of its order, past what a filter leaves out,
or all that its narrowest filter leaves, sorted. Which of them costs less follows from
the counts that the record's writer keeps. Far pages begin at a portion that the same
counts point to (``far_pages``). What neither reaches is not shown, and the page says so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from claims.models.record import ClaimLink, PublishedClaim

from .counts import RowCount, counted, tally_of_days
from .far_pages import FAR, far_ids, shut, undated
from .places import Place

#: So many entries of an index are read for a page: 60,000 take 6 to 9 milliseconds.
MAX_ENTRIES = 60_000
#: What sorting a row costs, in entries walked.
SORTED_ENTRIES = 3
#: What looking a claim up in the list of a source or topic costs, in entries walked.
PROBED_ENTRIES = 8

#: Each order by the columns of an index; "-" turns all of them round.
ORDERS = {
    "changed_at": ("sequence", "-pk"),
    "status": ("status", "-sequence", "pk"),
    "attribution_check": ("attribution_check", "-sequence", "pk"),
    "source_name": ("source_name", "pk"),
    "said_from": ("said_from", "pk"),
}
NEWEST_FIRST = "-changed_at"


class ClaimRows:
    """The claims that fit some filters, in one order."""

    def __init__(
        self,
        places: list[Place],
        columns: dict[str, Any],
        counted: Counter[str],
        sort: str = "",
    ) -> None:
        """Take what narrows the list.

        ``columns``: of ``status``, ``check``, ``said_from``, ``said_to`` those that are
        on. ``counted``: the tallies of ``facets_of_filters``. ``sort``: a key of
        ``ORDERS``, with "-" to turn it round; "": newest first.
        """
        self.counted = counted
        self.whole = counted[""]
        self.places = sorted(places, key=lambda place: place.size)
        self.columns = columns
        self.sort = sort or NEWEST_FIRST
        self.order = self.sort.removeprefix("-")

    @cached_property
    def sizes(self) -> dict[str, int]:
        """How many claims each filter by itself leaves, but for places."""
        sizes: dict[str, int] = {
            name: self.counted[f"{name}={self.columns[name]}"]
            for name in ("status", "check")
            if name in self.columns
        }
        if self.has_days:
            sizes["said"] = self._tally_of_days()
        return sizes

    @property
    def has_days(self) -> bool:
        return not _DAYS.isdisjoint(self.columns)

    @cached_property
    def count(self) -> RowCount:
        exact = self._exact_count()
        return counted(self._gathered()) if exact is None else RowCount(exact)

    def _exact_count(self) -> int | None:
        """Return the number of rows where the record's writer has counted them."""
        names = self.columns.keys()
        if len(self.places) > 1 or (self.has_days and (self.places or names - _DAYS)):
            return None
        if self.has_days:
            return self.sizes["said"]
        if not self.places:
            return self.counted[_facet(self.columns)]
        if not names:
            return self.places[0].size
        if names == {"status"}:
            return self._of_status(self.places[0], self.columns["status"])
        return None

    def _of_status(self, place: Place, status: str) -> int | None:
        if place.column == "slug":
            return self.counted[f"topic={place.key}&status={status}"]
        return None if place.by_status is None else place.by_status.get(status, 0)

    def _tally_of_days(self) -> int:
        on = sorted(_DAYS & self.columns.keys())
        return tally_of_days({_COLUMNS[name][1][2:]: self.columns[name] for name in on})

    def ids(self, offset: int, number: int) -> list[str] | None:
        """Return the public ids of so many rows from there on; ``None``: too far."""
        if offset >= FAR and not self.places and not self.has_days:
            found = far_ids(self.columns, self.sort, offset, number)
            if found is not None:
                return found
        way = min(self._ways(offset + number), key=lambda way: way.entries)
        if way.entries > MAX_ENTRIES:
            return None
        return way.ids(offset, number)

    def _ways(self, wanted: int) -> Iterator["Way"]:
        """Yield the ways to the first so many rows."""
        found = max(self.count.number, 1)
        first = self.places[0].size if self.places else self.whole
        leads = self._led_by()
        if not self.places or self.order in ("changed_at", "status"):
            passed = self.sizes.get(leads, first)
            entries = wanted * max(passed, found) // found
            yield Way(self._narrowed(self._base(), leads), self.sort, entries)
        narrowest = min([first, *self.sizes.values()])
        yield Way(self._gathered(), self.sort, narrowest * SORTED_ENTRIES, True)
        if self.places:
            entries = wanted * self.whole // found * PROBED_ENTRIES
            yield Way(self._narrowed(self._probed(), ""), self.sort, entries)

    def _base(self) -> Any:
        """Return the links of the smallest place, or else the listed claims."""
        if not self.places:
            return PublishedClaim.objects.listed().order_by()
        first, *others = self.places
        rows = first.links
        for place in others:
            rows = rows.filter(Exists(place.links.filter(claim=OuterRef("claim"))))
        return rows

    def _led_by(self) -> str:
        """Return which filter the index of the order begins with; "" for none."""
        if self.places:
            return "status" if "status" in self.columns else ""
        if self.order == "changed_at":
            on = self.sizes.keys() - {"said"}
            return min(on, key=self.sizes.__getitem__, default="")
        leads = _LEADS.get(self.order, "")
        return leads if leads in self.sizes else ""

    def _gathered(self) -> Any:
        """Return the rows, found by the narrowest filter."""
        if self.places:
            leads = self._led_by()
        else:
            leads = min(self.sizes, key=self.sizes.__getitem__, default="")
        return self._narrowed(self._base(), leads)

    def _probed(self) -> Any:
        """Return listed claims, each looked up in the lists of the places."""
        rows = PublishedClaim.objects.listed().order_by()
        for place in self.places:
            rows = rows.filter(Exists(place.links.filter(claim=OuterRef("pk"))))
        return rows

    def _narrowed(self, rows: Any, leads: str) -> Any:
        """Filter by columns; that which leads may choose the index, and no other."""
        for name, (column, lookup) in _COLUMNS.items():
            if name not in self.columns:
                continue
            is_leading = leads == ("said" if name in _DAYS else name)
            target = column if is_leading else f"shut_{column}"
            if not is_leading:
                rows = rows.alias(**{target: shut(column)})
            rows = rows.filter(**{f"{target}{lookup}": self.columns[name]})
        return rows


def facets_of_filters(chosen: Mapping[str, Any]) -> list[str]:
    """Return under which facets the rows of a list are counted, or parts of them."""
    facets = ["", _facet(chosen)]
    facets += [_facet({name: chosen[name]}) for name in _FACETS if name in chosen]
    if "topic" in chosen:
        topic = f"topic={chosen['topic']}"
        facets += [topic, f"{topic}&{_facet(chosen)}"]
    return facets


def _facet(columns: Mapping[str, Any]) -> str:
    return "&".join(f"{name}={columns[name]}" for name in _FACETS if name in columns)


_FACETS = ("status", "check")
_DAYS = {"said_from", "said_to"}
#: The columns that filters narrow by, and how.
_COLUMNS = {
    "status": ("status", ""),
    "check": ("attribution_check", ""),
    "said_from": ("said_from", "__gte"),
    "said_to": ("said_from", "__lte"),
}
#: Orders whose index begins with what a filter may fix.
_LEADS = {"status": "status", "attribution_check": "check", "said_from": "said"}


@dataclass(frozen=True)
class Way:
    """Rows, and how many entries of an index are read for the first so many of them."""

    rows: Any
    sort: str
    entries: int
    is_gathered: bool = False

    def ids(self, offset: int, number: int) -> list[str]:
        if self.sort.removeprefix("-") != "said_from":
            return self._ids(self.rows, self.sort, offset, number)
        dated = self.rows.filter(said_from__isnull=False)
        found = self._ids(dated, self.sort, offset, number)
        if len(found) < number:
            passed = offset + len(found) if found else dated.count()
            start, rest = max(offset - passed, 0), number - len(found)
            found += self._ids(self.rows.filter(undated()), NEWEST_FIRST, start, rest)
        return found

    def _ids(self, rows: Any, sort: str, start: int, number: int) -> list[str]:
        columns = ordering(sort, rows.model)
        rows = rows.order_by(*(map(_sorted, columns) if self.is_gathered else columns))
        key = "claim_id" if issubclass(rows.model, ClaimLink) else "pk"
        return list(rows.values_list(key, flat=True)[start : start + number])


def _sorted(column: str) -> Any:
    """Return what to sort by, so that no index is walked for it."""
    name = column.removeprefix("-")
    return shut(name).desc() if column.startswith("-") else shut(name).asc()


def ordering(sort: str, model: Any = PublishedClaim) -> list[str]:
    """Return the columns of an order, as one index has them, forwards or backwards."""
    columns = ORDERS[sort.removeprefix("-")]
    if issubclass(model, ClaimLink):
        columns = tuple(column.replace("pk", "claim_id") for column in columns)
    if not sort.startswith("-"):
        return list(columns)
    return [
        column.removeprefix("-") if column.startswith("-") else f"-{column}"
        for column in columns
    ]
