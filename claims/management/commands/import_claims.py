"""manage.py import_claims: a file of claims, checked whole, then written in batches."""

import textwrap
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from claims.formats.readers import READERS, format_named
from claims.jobs.durable import sha256_of
from claims.jobs.imports import (
    CITATION_COLUMNS,
    CLAIM_COLUMNS,
    UNNAMED_ORIGIN,
    File,
    ImportRefusedError,
    begin,
    begin_undoing,
    carry_on,
    stage,
    throw_away,
)
from claims.jobs.progress import bar
from claims.management.teaching import TeachingCommand
from claims.models import ClaimImport
from claims.models.claim_imports import MAX_ORIGIN
from claims.workflow.desk_words import UNFINISHED_IMPORTS, ClaimImportState, RowVerdict

HELP = """\
Imports claims with their sources and citations from CSV, XLSX or JSON Lines. They
become drafts: nothing is signed, nothing is public, and whoever imports them (--by)
counts as their author, so somebody else signs.

The whole file is read and checked before anything is written. One refused row refuses
the file, unless --partial takes the good ones. Then it is written in batches, and
editors work on meanwhile. A run that was killed is taken up with --resume; --undo takes
back what it did and nobody has touched since.

The same external id of the same --origin is the same claim: a row that says the same is
skipped, one that says something else changes the draft, unless somebody edited,
assessed or published it since.

--columns prints every column; docs/import.md explains them.
Exit codes: 0 done, 1 rows were refused or left as they were, 2 wrong usage.

  manage.py import_claims archive.csv --dry-run
  manage.py import_claims archive.csv --by ada --origin "The Elm Post"
  manage.py import_claims archive.csv --by ada --origin "The Elm Post" --resume
  manage.py import_claims --undo 7k2m9x4c1p --by ada
"""
#: Refused and remarked rows that are printed; the desk shows all of them.
ROWS_TOLD = 50


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", type=Path)
        parser.add_argument(
            "--by", metavar="USERNAME", help="who imports: the author of every claim"
        )
        parser.add_argument(
            "--origin",
            default=UNNAMED_ORIGIN,
            metavar="NAME",
            help="whose external ids these are (default: %(default)s)",
        )
        parser.add_argument(
            "--format", choices=READERS, help="default: as the name of the file ends"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check and report, write nothing"
        )
        parser.add_argument(
            "--partial", action="store_true", help="take the good rows of a file"
        )
        parser.add_argument(
            "--resume", action="store_true", help="take up an import that broke off"
        )
        parser.add_argument("--undo", metavar="ID", help="take back an import")
        parser.add_argument(
            "--columns", action="store_true", help="print every column, and end"
        )

    def handle(self, **options: Any) -> None:
        if options["columns"]:
            self.stdout.write(columns())
            return
        if bool(options["file"]) == bool(options["undo"]):
            raise CommandError("Name a file, or --undo with an id.", returncode=2)
        by = _user(options["by"])
        if by is None and not options["dry_run"]:
            raise CommandError("Say who imports: --by USERNAME.", returncode=2)
        try:
            if options["undo"]:
                self._undo(options["undo"], by)
            else:
                self._import(options, by)
        except ImportRefusedError as error:
            raise CommandError(f"Nothing was imported. {error}") from error

    def _import(self, options: dict[str, Any], by: Any) -> None:
        path = options["file"]
        name = options["format"] or format_named(path.name)
        if not name:
            raise CommandError("Name the --format.", returncode=2)
        if len(options["origin"]) > MAX_ORIGIN:
            said = f"--origin: {MAX_ORIGIN} characters at most."
            raise CommandError(said, returncode=2)
        try:
            with path.open("rb") as stream:
                file = File(stream, path.name, name, options["origin"])
                found = _unfinished(file)
                if found is None or options["dry_run"]:
                    self._new(file, by, options)
                elif options["resume"]:
                    self._carry_on(found)
                else:
                    raise ImportRefusedError(
                        f"This file was begun and broke off ({found.public_id}): "
                        "--resume takes it up, --undo takes it back."
                    )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.", returncode=2) from error

    def _new(self, file: File, by: Any, options: dict[str, Any]) -> None:
        with reading_bar(file) as progress:
            row = stage(file, by, progress=progress)
        self._report(row)
        partial = options["partial"]
        if options["dry_run"] or (row.refused and not partial) or not row.to_write:
            refused = row.refused
            throw_away(row)
            if refused:
                raise CommandError(
                    f"{refused} rows are refused; nothing was imported."
                    + ("" if partial else " --partial takes the good ones.")
                )
            self.stdout.write("Nothing was written.")
            return
        begin(row, by, takes_good_rows=partial)
        self._carry_on(row)

    def _carry_on(self, row: ClaimImport) -> None:
        left = row.rows.to_write().count()
        with bar(left, "claims") as steps:
            for count in carry_on(row):
                steps.update(count)
        row.refresh_from_db()
        self.stdout.write(
            f"{row.public_id}: {row.written} claims written in {row.batches} batches."
        )
        self._tell_kept(row)
        if row.refused:
            raise CommandError(f"{row.refused} rows were refused; the others are in.")

    def _undo(self, public_id: str, by: Any) -> None:
        row = ClaimImport.objects.filter(public_id=public_id).first()
        if row is None:
            raise CommandError(f"There is no import “{public_id}”.", returncode=2)
        if row.state != ClaimImportState.UNDOING:
            begin_undoing(row, by)
        with bar(row.written, "claims") as steps:
            for count in carry_on(row):
                steps.update(count)
        undone = row.rows.filter(outcome="undone").count()
        self.stdout.write(f"{row.public_id}: {undone} claims are as they were before.")
        self._tell_kept(row)

    def _report(self, row: ClaimImport) -> None:
        self.stdout.write(
            f"{row.added} added, {row.changed} changed, {row.skipped} skipped, "
            f"{row.refused} refused."
        )
        told = row.rows.exclude(remarks=[]).exclude(verdict=RowVerdict.SKIP)
        for each in told[:ROWS_TOLD]:
            for line in lines_of(each):
                self.stderr.write(line)
        if (more := told.count() - ROWS_TOLD) > 0:
            self.stderr.write(f"… and {more} rows more.")

    def _tell_kept(self, row: ClaimImport) -> None:
        kept = row.rows.filter(outcome="kept")
        for each in kept[:ROWS_TOLD]:
            for line in lines_of(each):
                self.stderr.write(line)
        if count := kept.count():
            raise CommandError(f"{count} claims were left as they were.")


def lines_of(row: Any) -> Iterator[str]:
    """Say of a row what is to be said: number, field, sentence, remedy."""
    for field, sentence, remedy in row.remarks:
        place = f"row {row.number}" + (f", {field}" if field else "")
        yield f"{place}: {sentence} {remedy}".rstrip()


def columns() -> str:
    """Return every column with what it takes, laid out for a terminal."""
    lines = ["Columns of a claim (* must be filled):"]
    lines += [_line(column, "") for column in CLAIM_COLUMNS]
    lines.append("")
    lines.append("Columns of each citation, N from 1 to 20:")
    lines += [_line(column, "citation_N_") for column in CITATION_COLUMNS]
    return "\n".join(lines)


def _line(column: Any, before: str) -> str:
    name = f"{before}{column.name}{'*' if column.is_required else ''}"
    words = f" One of: {', '.join(column.words)}." if column.words else ""
    several = " Several: between semicolons." if column.is_list else ""
    return textwrap.fill(
        f"{column.explanation}{several}{words}",
        width=88,
        initial_indent=f"  {name:<24} ",
        subsequent_indent=" " * 27,
    )


@contextmanager
def reading_bar(file: File) -> Iterator[Any]:
    """Show how far a file is read, by its bytes."""
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    with bar(size, "checking") as steps:
        yield lambda stream: steps.update(stream.tell() - steps.n)


def _unfinished(file: File) -> ClaimImport | None:
    digest = sha256_of(file.stream)
    file.stream.seek(0)
    rows = ClaimImport.objects.filter(file_sha256=digest, origin=file.origin)
    return rows.filter(state__in=UNFINISHED_IMPORTS).first()


def _user(username: str | None) -> Any:
    if not username:
        return None
    users: Any = get_user_model()
    try:
        return users.objects.get_by_natural_key(username)
    except users.DoesNotExist:
        raise CommandError(
            f"--by: there is no user “{username}”.", returncode=2
        ) from None
