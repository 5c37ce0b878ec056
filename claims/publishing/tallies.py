"""How many claims a public article, source and document have, and of which status.

Nothing is counted again: what a publication changes is added and taken away, so that
a claim of a source with a hundred thousand others costs as much as that of any other.
``rebuild_record`` begins at nothing and must come to the same numbers.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from claims.models.record import (
    Listing,
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedDocument,
    PublishedSource,
)

from . import many_rows
from .links import Link

#: Of one subject: (name of the count, status) to how many more.
Change = Counter[tuple[str, str]]
_SUBJECTS: dict[type[Any], type[Any]] = {
    PublishedClaimArticle: PublishedArticle,
    PublishedClaimSource: PublishedSource,
    PublishedClaimDocument: PublishedDocument,
}
#: The columns of each table: of all, of the decided ones, of those relayed.
_COLUMNS = {
    PublishedArticle: {"all": "claim_count", "decided": "decided_count"},
    PublishedSource: {
        "all": "said_by",
        "decided": "said_by_decided",
        "relayed": "relayed_by",
    },
    PublishedDocument: {"all": "use_count"},
}
_BY_STATUS = (PublishedArticle, PublishedSource)
_AT_ONCE = 500


class Tallies:
    """What the claims of a publication change in the counts of what they belong to."""

    def __init__(self) -> None:
        self.changes: dict[type[Any], dict[str, Change]] = defaultdict(
            lambda: defaultdict(Counter)
        )

    def count(self, claim: PublishedClaim, links: Iterable[Link], sign: int) -> None:
        """Add (+1) or take away (−1) a claim as it stands in the record."""
        for link in links:
            if link.listing == Listing.NONE or link.table not in _SUBJECTS:
                continue
            change = self.changes[_SUBJECTS[link.table]][link.leads_to]
            if link.listing == Listing.RELAYED:
                change["relayed", ""] += sign
                continue
            change["all", ""] += sign
            change["decided", ""] += sign * claim.is_decided
            change["status", claim.status] += sign

    def touched(self, table: type[Any]) -> set[str]:
        """Return the public ids of what the claims belong to, or belonged to."""
        return set(self.changes.get(table, ()))

    def write(self) -> None:
        for table, changes in self.changes.items():
            differing = {
                key: change for key, change in changes.items() if any(change.values())
            }
            _add(table, differing)
            if table in _BY_STATUS:
                _count_by_status(table, differing)


def _add(table: type[Any], changes: dict[str, Change]) -> None:
    names = _COLUMNS[table]
    many_rows.add_to(
        table,
        list(names.values()),
        [
            (*(change[name, ""] for name in names), key)
            for key, change in sorted(changes.items())
        ],
    )


def _count_by_status(table: type[Any], changes: dict[str, Change]) -> None:
    keys = sorted(
        key
        for key, change in changes.items()
        if any(number for (name, _status), number in change.items() if name == "status")
    )
    for start in range(0, len(keys), _AT_ONCE):
        rows = table.objects.filter(pk__in=keys[start : start + _AT_ONCE]).order_by()
        counted = [
            (_added(tallies, changes[key]), key)
            for key, tallies in rows.values_list("pk", "tallies")
        ]
        many_rows.change(table, ["tallies"], counted)


def _added(tallies: dict[str, int], change: Change) -> str:
    """Return the tallies by status with a change, as the JSON of their column."""
    counted = Counter(tallies)
    for (name, status), number in change.items():
        if name == "status":
            counted[status] += number
    return json.dumps(dict(sorted((+counted).items())))
