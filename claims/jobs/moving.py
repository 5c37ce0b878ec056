"""Moving house: the rows of a SQLite backup into an empty PostgreSQL database."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from claims.models import Event
from claims.search import INDEXES, rebuild

from .database_facts import missing_migrations
from .manifest import BackupError, Manifest
from .second_database import second_database

ROWS_AT_ONCE = 500
OLD = "moving_from"
SQLITE = "django.db.backends.sqlite3"


def refuse_move(manifest: Manifest, connection: BaseDatabaseWrapper) -> None:
    """Rows move from SQLite to PostgreSQL, and between equal tables only."""
    if (manifest.vendor, connection.vendor) != ("sqlite", "postgresql"):
        raise BackupError(
            f"This is a backup of {manifest.vendor}, and this installation uses "
            f"{connection.vendor}: see DATABASE_URL."
        )
    missing = missing_migrations(manifest.migrations)
    if missing:
        raise BackupError(
            f"The backup lacks the migration {missing[0]}: run `manage.py migrate` "
            "where it was made, back up again, then move."
        )


def move_in(connection: BaseDatabaseWrapper, copy: Path) -> None:
    """Make the tables, then copy every row with its key, in one transaction.

    The search indexes are of another kind there: they are made anew.
    """
    call_command("migrate", database=connection.alias, verbosity=0)
    models = tables_that_move()
    try:
        old = second_database(connection, OLD, ENGINE=SQLITE, NAME=copy, OPTIONS={})
        with old, transaction.atomic(using=connection.alias):
            _empty(models, connection)
            for model in models:
                _copy_rows(model, connection.alias)
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), models):
                    cursor.execute(statement)
            for index in INDEXES:
                rebuild(index)
    except (DatabaseError, ValueError) as error:
        raise BackupError(f"PostgreSQL refuses a row: {error}") from error


def tables_that_move() -> list[Any]:
    """Return the models whose rows a move takes along: all that migrations make."""
    # Auto-created models hold the many-to-many rows.
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.managed]


def moving_fields(model: Any) -> list[Any]:
    """Return the fields that are taken along; the database makes the others itself."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def _empty(models: list[Any], connection: BaseDatabaseWrapper) -> None:
    """Take out what ``migrate`` installed: the backup brings its own."""
    with connection.cursor() as cursor:
        for model in models:
            if model is not Event:  # empty, and its trigger would refuse
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own name


def _copy_rows(model: Any, alias: str) -> None:
    fields = moving_fields(model)
    rows = model._base_manager.using(OLD).order_by("pk").iterator(ROWS_AT_ONCE)
    batch: list[Model] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_AT_ONCE:
            _insert(model, batch, fields, alias)
            batch = []
    if batch:
        _insert(model, batch, fields, alias)


def _insert(model: Any, batch: list[Model], fields: list[Any], alias: str) -> None:
    # As Model.save_base(raw=True), many at once: no value is made anew on the way.
    model._base_manager.using(alias)._insert(batch, fields, using=alias, raw=True)
