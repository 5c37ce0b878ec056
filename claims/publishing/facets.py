"""How many listed claims there are of each facet, portion by portion of their list.

A facet is what the address of a list says: ``""`` for all, ``status=…``, ``check=…``,
both, ``topic=…``, ``topic=…&status=…``; ``said`` and ``undated`` part the claims by
whether we know when they were said. Lists count by it, and find far pages.
"""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Q

from claims.models.counted import PublishedTally
from claims.models.record import PublishedClaim

#: So many releases in line make one portion: a page is then found by walking at most
#: as many entries of an index. 4,096 take 0.4 ms, and a million claims have 400 of it.
RELEASES_A_PORTION = 4096
_KEYS_AT_ONCE = 400


def facets_of(claim: PublishedClaim) -> Iterator[tuple[str, int]]:
    """Yield facet and portion of all that a claim is counted under.

    The portion of ``said`` is the day, as a number; that of what is only counted, 0.
    """
    if not claim.is_listed:
        return
    portion = claim.sequence // RELEASES_A_PORTION
    status, check = f"status={claim.status}", f"check={claim.attribution_check}"
    yield from [("", portion), (status, portion), (check, portion)]
    yield (f"{status}&{check}", 0)
    if claim.said_from is None:
        yield ("undated", portion)
    else:
        yield ("said", claim.said_from.toordinal())
    for slug in sorted({slug for slug, _label in claim.content["claim"]["topics"]}):
        yield from [(f"topic={slug}", 0), (f"topic={slug}&{status}", 0)]


class Facets:
    """What the claims of a publication change in these counts."""

    def __init__(self) -> None:
        self.changes: Counter[tuple[str, int]] = Counter()

    def count(self, claim: PublishedClaim, sign: int) -> None:
        """Add (+1) or take away (−1) a claim as it stands in the record."""
        for key in facets_of(claim):
            self.changes[key] += sign

    def write(self) -> None:
        differing = sorted(key for key, number in self.changes.items() if number)
        for start in range(0, len(differing), _KEYS_AT_ONCE):
            self._write(differing[start : start + _KEYS_AT_ONCE])

    def _write(self, keys: list[tuple[str, int]]) -> None:
        wanted = Q(facet__in={facet for facet, _portion in keys})
        wanted &= Q(portion__in={portion for _facet, portion in keys})
        known = {
            (row.facet, row.portion): row.number
            for row in PublishedTally.objects.filter(wanted).order_by()
        }
        rows = [
            PublishedTally(
                facet=key[0],
                portion=key[1],
                number=known.get(key, 0) + self.changes[key],
            )
            for key in keys
        ]
        PublishedTally.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["facet", "portion"],
            update_fields=["number"],
        )
        if not all(row.number for row in rows):
            PublishedTally.objects.filter(number=0).delete()
