"""manage.py dump_fixture: write the desk's work as a fixture that others may have."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from claims.jobs.fixtures import FixtureError, dump
from claims.management.teaching import TeachingCommand

HELP = """\
Writes sources, documents, articles, claims and what belongs to them as one JSON
fixture: the same rows always give the same text, and loaded into an empty tracker
and dumped again the file is identical.

The file is meant for others. A protected source goes by its public label, and when
its name still stands in some text nothing is written. Left out: accounts, events,
field history, notes, contacts of inquiries, desk notes, the files of stored copies
(their text and hashes are there) and the words of claims that were taken down. For
a full copy use "backup".

  manage.py dump_fixture                                     to standard output
  manage.py dump_fixture --article town-council -o town.json  one article
"""


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--article",
            metavar="SLUG",
            default="",
            help="only this article and what it needs (default: everything)",
        )
        parser.add_argument(
            "-o", "--output", metavar="FILE", help="write to a file, replacing it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = dump(options["article"])
        except FixtureError as error:
            raise CommandError(str(error)) from error
        if options["output"]:
            _write(Path(options["output"]), text)
        else:
            self.stdout.write(text, ending="")


def _write(path: Path, text: str) -> None:
    """Replace a file, whole or not at all."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error
