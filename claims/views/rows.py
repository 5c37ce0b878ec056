"""What a list shows page by page: rows in an order, and how many there are."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from .counts import RowCount, counted
from .shown import in_order

#: So many entries of an index are passed for a page of a list without counts: at 0.1
#: microseconds each, 10 milliseconds.
MAX_ENTRIES = 100_000


class Rows(Protocol):
    """The rows of a list in its order; a page of them costs no more than the first."""

    @property
    def count(self) -> RowCount: ...

    def page(self, offset: int, number: int) -> list[Any] | None:
        """Return so many rows from there on; ``None`` where that is too far."""


@dataclass(frozen=True)
class QueryRows:
    """Rows of a query: their keys along an index first, then no more rows than shown.

    ``are_all``: nothing was left out of the query that may belong to the list.
    """

    query: Any
    are_all: bool = True

    @cached_property
    def count(self) -> RowCount:
        count = counted(self.query)
        return count if self.are_all else RowCount(count.number, False, False)

    def page(self, offset: int, number: int) -> list[Any] | None:
        if offset > MAX_ENTRIES:
            return None
        keys = list(self.query.values_list("pk", flat=True)[offset : offset + number])
        return in_order(self.query, keys)
