"""How far rows are counted: a list that has more says "more than 10,000"."""

from typing import Any

#: Of readers' lists and of the desk's.
COUNTED = 10_000


def count_up_to(rows: Any, most: int = COUNTED) -> int:
    """Return how many rows a queryset has, or ``most`` + 1 where there are more."""
    return int(rows.order_by().values("pk")[: most + 1].count())
