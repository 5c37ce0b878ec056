"""Many new rows at once, with their field histories: what an import lives on.

``bulk_create`` makes a model of each row, prepares each value by itself and, on SQLite,
sends a few dozen rows at a time. Here a row is a dictionary, and a batch one statement
(``tests/benchmarks/imports.py`` tells what it takes). Columns that saving would derive
are given by the caller.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection

#: Field types whose values the database takes as they are.
_PLAIN = frozenset(
    {
        *("CharField", "TextField", "SlugField", "URLField", "BooleanField"),
        *("IntegerField", "PositiveIntegerField", "PositiveSmallIntegerField"),
        *("ForeignKey", "OneToOneField"),
    }
)
Row = dict[str, Any]


def insert(model: Any, rows: Sequence[Row]) -> None:
    """Insert rows: attribute name → value. What a row does not give has its default."""
    if not rows:
        return
    plan = _plan(model)
    with connection.cursor() as cursor:
        cursor.executemany(plan.sql, [plan.values(row) for row in rows])


def keys_of(model: Any, public_ids: Iterable[str]) -> dict[str, int]:
    """Return the primary keys of rows by their public ids."""
    rows = model.objects.filter(public_id__in=list(public_ids)).order_by()
    return dict(rows.values_list("public_id", "pk"))


def note_histories(
    model: Any,
    public_ids: Sequence[str],
    kind: str,
    user: Any,
    at: datetime.datetime,
    reason: str,
) -> None:
    """Add one history row for each of these rows, as they are now.

    ``kind``: "+" for rows just made, "~" for changed ones. Copied in the database.
    """
    if not public_ids:
        return
    history, quote = model.history.model, connection.ops.quote_name
    copied = ", ".join(quote(field.column) for field in history.tracked_fields)
    own = {
        "history_date": connection.ops.adapt_datetimefield_value(at),
        "history_type": kind,
        "history_user_id": user.pk,
        "history_change_reason": reason,
    }
    sql = (
        f"INSERT INTO {quote(history._meta.db_table)} "  # noqa: S608  names of ours
        f"({copied}, {', '.join(map(quote, own))}) "
        f"SELECT {copied}, {', '.join(['%s'] * len(own))} "
        f"FROM {quote(model._meta.db_table)} "
        f"WHERE public_id IN ({', '.join(['%s'] * len(public_ids))}) ORDER BY id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*own.values(), *public_ids])


@dataclass(frozen=True)
class _Plan:
    """How rows of one model are inserted.

    ``columns``: attribute names with their constant defaults, as the database takes
    them. ``made``: index, name and maker of defaults that differ from row to row.
    ``converted``: index and converter of values that the database takes otherwise.
    """

    sql: str
    columns: tuple[tuple[str, Any], ...]
    made: tuple[tuple[int, str, Callable[[], Any]], ...]
    converted: tuple[tuple[int, str, Callable[[Any], Any]], ...]

    def values(self, row: Row) -> list[Any]:
        values = [row.get(name, default) for name, default in self.columns]
        for index, name, make in self.made:
            if name not in row:
                values[index] = make()
        for index, name, convert in self.converted:
            if row.get(name) is not None:
                values[index] = convert(row[name])
        return values


@cache
def _plan(model: Any) -> _Plan:
    quote = connection.ops.quote_name
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    columns = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    return _Plan(
        f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608  names of ours
        tuple((field.attname, _default(field)) for field in fields),
        tuple(
            (index, field.attname, field.get_default)
            for index, field in enumerate(fields)
            if field.attname == "public_id"
        ),
        tuple(
            (index, field.attname, _converter(field))
            for index, field in enumerate(fields)
            if field.get_internal_type() not in _PLAIN
        ),
    )


def _default(field: Any) -> Any:
    value = field.get_default()
    if value is None or field.get_internal_type() in _PLAIN:
        return value
    return _converter(field)(value)


def _converter(field: Any) -> Callable[[Any], Any]:
    return lambda value: field.get_db_prep_save(value, connection)
