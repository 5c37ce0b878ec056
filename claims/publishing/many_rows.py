"""Writes many rows of the record by one prepared statement, on either database.

``bulk_create`` and ``bulk_update`` make an expression of each value: of a thousand
links they take ten times as long. No text of a row is ever part of the statement.
"""

import datetime
import json
from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

Rows = Sequence[tuple[Any, ...]]


def insert(table: type[Any], names: Sequence[str], rows: Rows) -> None:
    """Add rows; ``names``: of the columns, in the order of the values."""
    _run(_insertion(table, names), rows)


def put(rows: Sequence[Model], kept: Collection[str] = ()) -> None:
    """Add rows of one table, or change those that are there, but for the columns kept.

    Other rows of the key must not be added meanwhile.
    """
    if not rows:
        return
    table = type(rows[0])
    fields: Any = table._meta.concrete_fields
    names = [field.attname for field in fields]
    changed = [
        f"{_quoted(field.column)} = EXCLUDED.{_quoted(field.column)}"
        for field in fields
        if field.name not in kept and not field.primary_key
    ]
    _run(
        f"{_insertion(table, [field.column for field in fields])} "
        f"ON CONFLICT ({_key(table)}) DO UPDATE SET {', '.join(changed)}",
        [tuple(map(stored, map(row.__dict__.get, names))) for row in rows],
    )


def stored(value: Any) -> Any:
    """Return a value as the database takes it."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, datetime.date):
        return connection.ops.adapt_datefield_value(value)
    return json.dumps(value) if isinstance(value, dict) else value


_PLAIN = frozenset({str, int, bool, type(None)})


def remove(table: type[Any], name: str, values: Collection[Any]) -> None:
    """Remove the rows that have one of these values in a column."""
    statement = f"DELETE FROM {_table(table)} WHERE {_quoted(name)} = %s"  # noqa: S608, names of ours
    _run(statement, [(value,) for value in values])


def add_to(table: type[Any], names: Sequence[str], rows: Rows) -> None:
    """Add numbers to columns; each row ends with the key of the row to change."""
    changes = ", ".join(f"{_quoted(name)} = {_quoted(name)} + %s" for name in names)
    _run(f"UPDATE {_table(table)} SET {changes} WHERE {_key(table)} = %s", rows)  # noqa: S608, names of our columns


def change(table: type[Any], names: Sequence[str], rows: Rows) -> None:
    """Change columns; each row ends with the key of the row to change."""
    changes = ", ".join(f"{_quoted(name)} = %s" for name in names)
    _run(f"UPDATE {_table(table)} SET {changes} WHERE {_key(table)} = %s", rows)  # noqa: S608, names of our columns


def _run(statement: str, rows: Rows) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _insertion(table: type[Any], names: Sequence[str]) -> str:
    columns, values = ", ".join(map(_quoted, names)), ", ".join(["%s"] * len(names))
    return f"INSERT INTO {_table(table)} ({columns}) VALUES ({values})"  # noqa: S608, names of our columns


def _table(table: type[Any]) -> str:
    return _quoted(table._meta.db_table)


def _key(table: type[Any]) -> str:
    return _quoted(table._meta.pk.column)


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))
