"""The rows of a list that fit a search: page by page, with bounded work.

While matches are few, all of them are at hand, the best first. Of very many the newest
are. With other filters on, as many of those are looked through as a page needs; what
lies beyond is not shown, and the page says so.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claims.search import MAX_MATCHES, Found

from .counts import RowCount
from .shown import in_order

#: How often more of the newest matches are taken, for other filters to choose among.
LOOKS = 4
#: As many rows of those are counted.
COUNTED = 1000
#: So few rows that other filters leave are each looked at, whatever the word.
FEW = 2000


class Matches:
    """Rows of the record among what a search found.

    ``rows``: those that fit the other filters, in the list's usual order;
    ``is_filtered``: there are such filters. ``few`` and ``looks``: see ``FEW`` and
    ``LOOKS``.
    """

    def __init__(
        self,
        found: Found,
        rows: QuerySet[Any],
        *,
        is_filtered: bool,
        few: int = FEW,
        looks: int = LOOKS,
    ) -> None:
        self.found = found
        self.rows = rows
        self.is_filtered = is_filtered
        self.few = few
        self.looks = looks

    @cached_property
    def _looked_at(self) -> tuple[list[str], bool]:
        """Return the ids of the rows among the matches, in order; and: these are all."""
        kept: list[str] = []
        if self.found.has_more and self._are_few():
            rows = self.found.matching(self.rows).values_list("pk", flat=True)
            return list(rows), True
        has_more = False
        for found in self.found.portions(self.looks):
            rows = found.narrow(self.rows).order_by().values_list("pk", flat=True)
            fitting = set(rows)
            kept += [each for each in found.public_ids() if each in fitting]
            has_more = found.has_more
            if len(kept) >= COUNTED:
                break
        return kept, not has_more

    def _are_few(self) -> bool:
        return self.rows.order_by()[: self.few + 1].count() <= self.few

    @property
    def is_exact(self) -> bool:
        """Say whether these are all, or only the newest of them."""
        if self.is_filtered:
            return self._looked_at[1]
        return not self.found.has_more

    def notes(self) -> list[str]:
        """Return what to say of rows that were not looked at."""
        if self.is_exact or (self.found.is_full and not self.is_filtered):
            return []
        return [only_the_newest()]

    def __len__(self) -> int:
        return len(self._looked_at[0] if self.is_filtered else self.found.keys)

    def ids(self, first: int, last: int) -> list[str]:
        """Return the public ids of some rows, in the order of the search."""
        if self.is_filtered:
            return self._looked_at[0][first:last]
        return self.found.public_ids(first, last)

    def page(self, offset: int, number: int) -> list[Any]:
        """Return so many rows from there on, in the order of the search."""
        return in_order(self.rows, self.ids(offset, offset + number))

    def among(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of these rows that were found, in the order they have."""
        if self.found.has_more and self.found.is_full:
            return self.found.matching(rows)
        return self.found.narrow(rows)


def only_the_newest() -> str:
    """Say that there may be older rows too."""
    return _(
        "Very many entries have these words: only the newest of them were looked "
        "through."
    )


@dataclass(frozen=True)
class FoundRows:
    """What a list shows of a search: the order of that until another is asked for.

    ``query``: the list's rows in that other order.
    """

    matches: Matches
    query: QuerySet[Any] | None = None

    @property
    def count(self) -> RowCount:
        # Where not all were looked through, nobody knows whether there are others.
        is_certain = self.matches.found.is_full and not self.matches.is_filtered
        return RowCount(len(self.matches), self.matches.is_exact, is_certain)

    def page(self, offset: int, number: int) -> list[Any] | None:
        if self.query is None:
            return self.matches.page(offset, number)
        if offset > MAX_MATCHES:
            return None
        rows = self.matches.among(self.query).values_list("pk", flat=True)
        return in_order(self.query, list(rows[offset : offset + number]))
