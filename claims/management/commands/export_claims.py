"""manage.py export_claims: the record as a table, or drafts for another desk."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError

from claims.jobs.exports import (
    FORMATS,
    NotForOthersError,
    chosen_claims,
    chosen_drafts,
    draft_table,
    record_lines,
    record_table,
    whole_file,
    write_table,
)
from claims.jobs.progress import on_terminal
from claims.management.teaching import TeachingCommand

HELP = """\
Writes the public claims as a table: what readers see, and nothing else. The file takes
its name once it is complete; a broken export leaves nothing behind. Memory stays flat
at any number of claims.

  csv                   exact: read back by a program, every cell is what it was
  csv-for-spreadsheets  to be opened in one: a cell that it would run as a formula
                        (= + - @ …) begins with an apostrophe
  xlsx                  every cell is a text, so no formula either
  jsonl                 JSON Lines: each claim with its whole public content

With --desk it writes the drafts that no reader was shown, in the columns that
import_claims takes, to be imported at another desk: external ids stay the same. Then a
protected source goes by its public label. Links of the chain, searches, inquiries,
assessments and notes have no column: "dump_fixture" has them.

Exit codes: 0 written, 1 not written, 2 wrong usage.

  manage.py export_claims claims.csv
  manage.py export_claims refuted.xlsx --status refuted --said-from 2016-01-01
  manage.py export_claims - --format jsonl | gzip > claims.jsonl.gz
  manage.py export_claims drafts.jsonl --desk --article town-council
"""
_ENDINGS = {".csv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl"}
_OF_RECORD = ("status", "check", "source", "topic", "document", "relayed")


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day such as 2016-03-31") from None


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", metavar="FILE|-", help="to be written or replaced; - to print"
        )
        parser.add_argument(
            "--format", choices=FORMATS, help="default: as the name of the file ends"
        )
        parser.add_argument(
            "--desk", action="store_true", help="drafts, in the columns of an import"
        )
        parser.add_argument("--article", metavar="SLUG", help="only claims of this one")
        filters = parser.add_argument_group(
            "of public claims only", "as in the address of the public list"
        )
        for name in _OF_RECORD:
            filters.add_argument(f"--{name}", metavar="VALUE")
        filters.add_argument("--said-from", type=day, metavar="DAY")
        filters.add_argument("--said-to", type=day, metavar="DAY")

    def handle(self, **options: Any) -> None:
        name = options["format"] or _ENDINGS.get(Path(options["file"]).suffix.lower())
        if name is None:
            raise CommandError("Name the --format.", returncode=2)
        wanted = {
            key: options[key]
            for key in ("article", *_OF_RECORD, "said_from", "said_to")
            if options[key]
        }
        if options["desk"] and set(wanted) - {"article"}:
            raise CommandError("--desk goes with --article alone.", returncode=2)
        try:
            with opened(options["file"]) as stream:
                count = write(stream, name, wanted, is_desk=options["desk"])
        except (NotForOthersError, OSError) as error:
            raise CommandError(f"Nothing was written. {error}") from error
        if options["verbosity"] and options["file"] != "-":
            self.stderr.write(f"{count} claims are in {options['file']}.")


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole_file(Path(name)) as file:
        yield file


def write(stream: BinaryIO, name: str, wanted: dict[str, Any], *, is_desk: bool) -> int:
    """Write the chosen claims with a bar on a terminal; return how many there are."""
    counted = Counted(chosen_drafts(**wanted) if is_desk else chosen_claims(**wanted))
    if name == "jsonl" and not is_desk:
        for line in counted.each(record_lines(counted.claims)):
            stream.write(line.encode())
        return counted.number
    header, rows = (draft_table if is_desk else record_table)(counted.claims)
    write_table(stream, name, header, counted.each(rows))
    return counted.number


class Counted:
    """Claims that are counted while they pass."""

    def __init__(self, claims: Any) -> None:
        self.claims, self.number = claims, 0

    def each(self, rows: Any) -> Iterator[Any]:
        for row in on_terminal(rows, "claims"):
            self.number += 1
            yield row
