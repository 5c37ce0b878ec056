"""How many rows a list has, told honestly: exactly, or "more than" so many."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from claims.models.bounded import COUNTED, count_up_to
from claims.models.counted import PublishedTally


@dataclass(frozen=True)
class RowCount:
    """The number of rows; where it is not exact, there are more of them, or may be."""

    number: int
    is_exact: bool = True
    has_others: bool = True


def counted(rows: Any, at_most: int = COUNTED) -> RowCount:
    """Count the rows of a queryset, as far as one counts."""
    number = count_up_to(rows, at_most)
    return RowCount(min(number, at_most), is_exact=number <= at_most)


def tallies(facets: Iterable[str]) -> Counter[str]:
    """Return how many claims the record's writer has counted under each facet."""
    rows = PublishedTally.objects.filter(facet__in=sorted(facets)).order_by()
    return Counter(dict(rows.values_list("facet").annotate(total=Sum("number"))))


def tallies_of(name: str) -> dict[str, int]:
    """Return how many claims there are for each value of a filter."""
    rows = PublishedTally.objects.filter(facet__startswith=f"{name}=")
    single = rows.exclude(facet__contains="&").order_by().values_list("facet")
    counted = single.annotate(total=Sum("number"))
    return {facet.partition("=")[2]: number for facet, number in counted}


def tally_of_days(bounds: Mapping[str, datetime.date]) -> int:
    """Return how many claims were said within days; bounds by lookup, "gte", "lte"."""
    within = {f"portion__{lookup}": day.toordinal() for lookup, day in bounds.items()}
    rows = PublishedTally.objects.filter(facet="said", **within).order_by()
    return rows.aggregate(total=Sum("number"))["total"] or 0
