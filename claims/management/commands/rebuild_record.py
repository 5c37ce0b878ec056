"""manage.py rebuild_record: replay the releases and compare the record with them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from claims.jobs.integrity import rebuild_record
from claims.management.teaching import TeachingCommand

HELP = """\
Replays every release and compares what readers get with what follows from them.
There must be no difference. Each one found is printed; unless --fix mends them, the
record stays as it is and the exit code is 1.

  manage.py rebuild_record         look only
  manage.py rebuild_record --fix   mend, and say what was mended
"""


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--fix", action="store_true", help="write the record anew where it differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        differences = rebuild_record(fix=options["fix"])
        for difference in differences:
            self.stdout.write(
                f"{difference.table} {difference.key}: {difference.fault}"
            )
        if not differences:
            self.stdout.write("The record is what its releases say.")
        elif options["fix"]:
            self.stdout.write(f"Mended {len(differences)} differences.")
        else:
            raise CommandError(
                f"{len(differences)} differences. --fix writes the record anew."
            )
