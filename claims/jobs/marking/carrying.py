"""What was decided in an older copy holds in a newer one, where its words do."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from claims.checking.anchors import Cut, reanchor
from claims.models import StoredCopy

from .places import Place


def unchanged_in(copy: StoredCopy, rows: QuerySet) -> Iterator[tuple[Any, Place]]:
    """Yield those rows whose passage stands unchanged in a newer copy, and where."""
    by_copy: dict[StoredCopy, list[Any]] = defaultdict(list)
    for row in rows.select_related("passage__stored_copy"):
        by_copy[row.passage.stored_copy].append(row)
    for older, group in by_copy.items():
        if older.text:
            yield from _found(older.text, copy.text, group)


def _found(old: str, new: str, rows: list[Any]) -> Iterator[tuple[Any, Place]]:
    passages = [row.passage for row in rows]
    cuts = [Cut(p.start, p.end, p.exact, p.prefix, p.suffix) for p in passages]
    for row, where in zip(rows, reanchor(old, new, cuts), strict=True):
        if where.certain and where.passage and not where.words_changed:
            yield row, Place(where.passage.start, where.passage.end)
