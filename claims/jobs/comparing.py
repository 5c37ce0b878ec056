"""Whether two databases hold the same: every row's hash, table by table."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dj_database_url
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import AutoField, Max

from claims.models.events import canonical_json, digest_of

from .database_facts import migration_heads, missing_migrations
from .durable import Progress
from .manifest import BackupError
from .moving import ROWS_AT_ONCE, moving_fields, tables_that_move
from .second_database import second_database

OTHER = "comparing_with"
#: Who is logged in where is no part of what an installation holds.
LEFT_OUT: tuple[type, ...] = (Session,)
#: As many rows of a table as are named; the rest is counted.
NAMED = 5


@dataclass
class TableCompared:
    """One table in both databases; ``faults`` has a sentence for each difference.

    A sentence names the row's key and its fields, never what is in them.
    """

    name: str
    here: int = 0
    there: int = 0
    faults: list[str] = field(default_factory=list)
    more: int = 0

    @property
    def differs(self) -> bool:
        return bool(self.faults)

    def add(self, fault: str) -> None:
        if len(self.faults) < NAMED:
            self.faults.append(fault)
        else:
            self.more += 1


def compare_with(address: str, progress: Progress = int) -> Iterator[TableCompared]:
    """Compare the installation's database with another one, table by table.

    ``address`` is written as ``DATABASE_URL``. ``progress`` gets the rows looked at
    since its last call. Neither database is written to; work that goes on in one of
    them shows as a difference. Raises ``BackupError``.
    """
    settings = _settings_of(address)
    with second_database(connection, OTHER, **settings) as other:
        try:
            _refuse_other_tables(connection, "This database")
            _refuse_other_tables(other, "The other database")
            for model in tables_that_move():
                if model not in LEFT_OUT:
                    yield _compare(model, progress)
            for each, name in ((connection, "This"), (other, "The other")):
                yield _numbering(each, name)
        except DatabaseError as error:
            raise BackupError(f"The database says: {str(error).strip()}") from error


def rows_to_compare() -> int:
    """Return how many rows of the installation's database are looked at."""
    models = [model for model in tables_that_move() if model not in LEFT_OUT]
    return sum(model._base_manager.count() for model in models)


def row_hash(values: Iterable[Any]) -> str:
    """Return the SHA-256 of a row's values, the same whatever database it is in."""
    return digest_of(canonical_json([_plain(value) for value in values]))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    if isinstance(value, (dict, list, str, int, float, type(None))):
        return value
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return str(value)


def _settings_of(address: str) -> dict[str, Any]:
    try:
        settings: dict[str, Any] = dict(dj_database_url.parse(address))
    except (ValueError, KeyError) as error:
        raise BackupError(
            "The other database is named as in DATABASE_URL: sqlite:////path or "
            "postgres://user:password@host/name."
        ) from error
    settings.setdefault("OPTIONS", {})
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        path = Path(settings["NAME"])
        if not path.is_file():
            raise BackupError(f"There is no database {path}.")
        settings["NAME"] = f"file:{quote(str(path.absolute()))}?mode=rw"
    return settings


def _refuse_other_tables(database: BaseDatabaseWrapper, name: str) -> None:
    """Rows can be compared where the tables are those of this version."""
    missing = ["all of them"]
    with database.cursor() as cursor:
        tables = set(database.introspection.table_names(cursor))
        if "django_migrations" in tables:
            cursor.execute("SELECT app, name FROM django_migrations")
            missing = missing_migrations(migration_heads(cursor.fetchall()))
    if missing:
        raise BackupError(
            f"{name} lacks migrations ({missing[0]}): run `manage.py migrate` there, "
            "with the same version of the tracker."
        )


def _compare(model: Any, progress: Progress) -> TableCompared:
    """Walk the rows here, and look each up there; then what is there alone."""
    table = TableCompared(model._meta.db_table)
    names = [each.attname for each in moving_fields(model)]
    here, there = (model._base_manager.using(alias) for alias in ("default", OTHER))
    table.there = there.count()
    met = 0
    for rows in _portions(here.order_by("pk"), names):
        keys = [key for key, *_values in rows]
        found = _by_key(there.filter(pk__in=keys), names)
        for key, *values in rows:
            met += key in found
            _note(table, names, key, values, found.get(key))
        table.here += len(rows)
        progress(len(rows))
    if met < table.there:
        _note_those_there_alone(table, here, there)
    return table


def _portions(rows: Any, names: list[str]) -> Iterator[list[tuple[Any, ...]]]:
    every = rows.values_list("pk", *names).iterator(ROWS_AT_ONCE)
    while portion := list(islice(every, ROWS_AT_ONCE)):
        yield portion


def _by_key(rows: Any, names: list[str]) -> dict[Any, tuple[Any, ...]]:
    found = rows.order_by().values_list("pk", *names)
    return {key: tuple(values) for key, *values in found}


def _note(
    table: TableCompared, names: list[str], key: Any, values: Any, other: Any
) -> None:
    if other is None:
        table.add(f"row {key} is not in the other database.")
    elif row_hash(values) != row_hash(other):
        pairs = zip(names, values, other, strict=True)
        differing = [
            name for name, one, two in pairs if row_hash([one]) != row_hash([two])
        ]
        table.add(f"row {key} differs in {', '.join(differing)}.")


def _note_those_there_alone(table: TableCompared, here: Any, there: Any) -> None:
    for rows in _portions(there.order_by("pk"), []):
        keys = [key for (key,) in rows]
        known = set(here.filter(pk__in=keys).order_by().values_list("pk", flat=True))
        for key in keys:
            if key not in known:
                table.add(f"row {key} is in the other database alone.")


def _numbering(database: BaseDatabaseWrapper, name: str) -> TableCompared:
    """Hold each table's next number against those it has given out.

    SQLite counts from the rows themselves. PostgreSQL keeps a sequence beside them,
    which a load by hand leaves behind: the next new row would then be refused.
    """
    table = TableCompared(f"{name} database's next numbers")
    if database.vendor != "postgresql":
        return table
    for model in tables_that_move():
        if isinstance(model._meta.pk, AutoField):
            rows = model._base_manager.using(database.alias)
            newest = rows.aggregate(newest=Max("pk"))["newest"] or 0
            given = _last_number(database, model)
            if given < newest:
                table.add(
                    f"{model._meta.db_table} would go on at {given + 1}, and its newest "
                    f"row is {newest}: see `manage.py sqlsequencereset`."
                )
    return table


def _last_number(database: BaseDatabaseWrapper, model: Any) -> int:
    quoted = database.ops.quote_name(model._meta.db_table)
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", [quoted, model._meta.pk.column]
        )
        (sequence,) = cursor.fetchone()
        # The name comes from PostgreSQL itself, and is quoted where it has to be.
        cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608
        last, is_called = cursor.fetchone()
    return int(last) if is_called else int(last) - 1
