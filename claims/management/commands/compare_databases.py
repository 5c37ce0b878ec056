"""manage.py compare_databases: whether another database holds the same rows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from tqdm import tqdm

from claims.jobs.comparing import TableCompared, compare_with, rows_to_compare
from claims.jobs.manifest import BackupError
from claims.management.teaching import TeachingCommand

HELP = """\
Compares the database of this installation (DATABASE_URL) with another one, row by row,
each by the SHA-256 of its values: after a move to PostgreSQL, or of a restored backup.

  manage.py compare_databases sqlite:////var/lib/claims/db.sqlite3
  manage.py compare_databases postgres:///claims_restored

Both are read only, and must be of this version. Stop the web processes meanwhile: what
is saved in one of them is a difference. A row that differs is named by its key and its
fields, never by what is in them. Left out is who is logged in. On PostgreSQL, numbers
that would be given out twice are named too.

The exit code is 0 when both hold the same, and 1 when they do not.
"""


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "other", metavar="ADDRESS", help="the other database, as in DATABASE_URL"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with tqdm(total=rows_to_compare(), unit="rows", disable=None) as bar:
                tables = list(compare_with(options["other"], bar.update))
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.report(tables)

    def report(self, tables: list[TableCompared]) -> None:
        for table in tables:
            for fault in table.faults:
                self.stdout.write(f"{table.name}: {fault}")
            if table.more:
                self.stdout.write(f"{table.name}: and {table.more} more differences.")
        different = [table.name for table in tables if table.differs]
        if different:
            raise CommandError(f"They differ in {len(different)} places named above.")
        rows = sum(table.here for table in tables)
        held = sum(bool(table.here) for table in tables)
        self.stdout.write(f"Both hold the same {rows} rows, in {held} tables.")
