"""Copies every row of a SQLite database of ours into a new PostgreSQL database.

    python -m tests.benchmarks.versus.copying --from /tmp/big.sqlite3 --database URL

For measuring alone: rows go in as they lie there, with no constraint looked at, which
takes a tenth of the time that filling anew does. A move that people trust is
`manage.py restore`. Search indexes are made anew.
"""

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.benchmarks.fill import set_up

ROWS_AT_ONCE = 10_000


def copy_table(old: sqlite3.Connection, cursor: Any, model: Any) -> None:
    """Copy one table; both databases have its columns by the same names."""
    from claims.jobs.moving import moving_fields

    columns = ", ".join(f'"{field.column}"' for field in moving_fields(model))
    table = f'"{model._meta.db_table}"'
    cursor.execute(f"DELETE FROM {table}")
    rows = old.execute(f"SELECT {columns} FROM {table}")
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        while portion := rows.fetchmany(ROWS_AT_ONCE):
            for row in portion:
                copy.write_row(row)


def copy_all(path: Path) -> None:
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from claims.jobs.moving import tables_that_move
    from claims.search import INDEXES, rebuild

    models = tables_that_move()
    with (
        closing(sqlite3.connect(path)) as old,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        # What SQLite holds is text in UTC; triggers have seen these rows already.
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in models:
            copy_table(old, cursor, model)
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for index in INDEXES:
        rebuild(index)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--from", dest="path", type=Path, required=True, help="a file")
    parser.add_argument("--database", required=True, help="an empty PostgreSQL one")
    parser.add_argument("--folder", type=Path, required=True, help="data folder")
    chosen = parser.parse_args()
    set_up(chosen.database, chosen.folder)
    copy_all(chosen.path)


if __name__ == "__main__":
    main()
