"""manage.py import_article: an article from a file, an address or standard input."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError
from django.utils import timezone

from claims.checking.attribution import Suggestion, suggest_claims
from claims.checking.dates import EdtfError, edtf_bounds
from claims.fetch import FetchError
from claims.intake import IntakeError
from claims.jobs.intake import Imported, Outcome, Stated, read_original, store
from claims.jobs.originals import Original, from_address, from_file, from_stream
from claims.jobs.progress import bar
from claims.jobs.wanted import run_wanted
from claims.management.teaching import TeachingCommand
from claims.workflow.words import ImportState

HELP = """\
Imports an article: makes the article (open, nothing public), its document, publisher
and authors, and a stored copy with both hashes. Plain text in UTF-8, HTML or PDF; what it
is, the bytes say. An article that is here already (same address, same bytes or same
text) gets another copy, or is said to be unchanged; it is never made twice. What could
be claims is suggested in its workspace at the desk, for a person to decide.

An address is fetched from the public internet only. What is read is printed, with
everything that a person should look at. Exit codes: 0 imported or unchanged, 1 refused,
and then nothing has changed, 2 wrong usage.

  manage.py import_article council.html --publisher "The Elm Post"
  manage.py import_article https://news.example/2026/river --by ada
  pdftotext report.pdf - | manage.py import_article - --published 2026-03~
  manage.py import_article story.txt --published 2026-03 --suggest
"""
OUTCOMES = {
    Outcome.NEW: "Imported",
    Outcome.COPY_ADDED: "Known already, and changed; added a copy of",
    Outcome.UNCHANGED: "Known already, and unchanged:",
}
_STEPS = ("getting", "reading", "storing")


def edtf(text: str) -> str:
    try:
        edtf_bounds(text)
    except EdtfError as error:
        raise ArgumentTypeError(str(error)) from None
    return text


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "origin",
            metavar="PATH|URL|-",
            nargs="?",
            help="a file, an address beginning with http, or - for standard input",
        )
        parser.add_argument(
            "--published",
            type=edtf,
            metavar="EDTF",
            help="when it appeared, as precise as is known: 2016, 2016-03 or 2016-03~",
        )
        parser.add_argument(
            "--publisher", default="", metavar="NAME", help="made if there is none yet"
        )
        parser.add_argument("--title", default="", help="in place of its headline")
        parser.add_argument(
            "--language", default="", metavar="TAG", help="BCP 47, as in en or ar"
        )
        parser.add_argument(
            "--by", metavar="USERNAME", help="who imports, for the event log"
        )
        parser.add_argument(
            "--waiting",
            action="store_true",
            help="fetch what the desk asked for on its page, as `upkeep` does",
        )
        parser.add_argument(
            "--suggest",
            action="store_true",
            help="print which statements could be claims; the workspace shows the same",
        )

    def handle(self, **options: Any) -> None:
        if bool(options["origin"]) == options["waiting"]:
            raise CommandError("Name one origin, or --waiting alone.", returncode=2)
        if options["waiting"]:
            self._waiting()
        else:
            self._import(options)

    def _waiting(self) -> None:
        failed = 0
        for row in run_wanted():
            said = row.reason or f"“{row.article}”"
            self.stdout.write(f"{row.get_state_display()}: {row.url}: {said}")
            failed += row.state == ImportState.FAILED
        if failed:
            raise CommandError(f"{failed} failed; the desk sees why.")

    def _import(self, options: dict[str, Any]) -> None:
        actor = _user(options["by"])
        names = ("title", "publisher", "published", "language")
        stated = Stated(**{name: (options[name] or "").strip() for name in names})
        try:
            imported = import_from(options["origin"], stated, actor)
        except (FetchError, IntakeError) as error:
            raise CommandError(f"Not imported. {error}") from error
        if options["verbosity"]:
            self.stdout.write(summary(imported))
        for warning in imported.warnings:
            self.stderr.write(f"Please look: {warning}")
        if options["suggest"]:
            self._suggest(imported)

    def _suggest(self, imported: Imported) -> None:
        text = imported.copy.text
        published = imported.article.document.published_edtf or None
        found = suggest_claims(text, published)
        for number, suggestion in enumerate(found, start=1):
            self.stdout.write(line_of(number, suggestion, text))
        self.stdout.write(f"{len(found)} statements could be claims.")


def import_from(origin: str, stated: Stated, actor: Any) -> Imported:
    """Get, read and store, with a bar on a terminal."""
    with bar(len(_STEPS), _STEPS[0]) as steps:
        original = original_of(origin)
        steps.update()
        steps.set_description(_STEPS[1])
        reading = read_original(original)
        steps.update()
        steps.set_description(_STEPS[2])
        imported = store(original, reading, stated, actor)
        steps.update()
    return imported


def original_of(origin: str) -> Original:
    now = timezone.now()
    if origin == "-":
        return from_stream(sys.stdin.buffer, now)
    if "://" in origin:
        return from_address(origin)
    return from_file(Path(origin), now)


def summary(imported: Imported) -> str:
    """Say what was done, and what was read, line by line."""
    document, copy = imported.article.document, imported.copy
    reading = imported.reading
    roles = ", ".join(
        f"{count} {role.replace('_', ' ')}" for role, count in _roles(reading.blocks)
    )
    facts = (
        ("title", document.title),
        ("by", reading.byline),
        ("authors", ", ".join(source.name for source in imported.authors)),
        ("publisher", str(document.publisher or "")),
        ("published", document.published_edtf),
        ("language", document.language),
        ("address", document.url),
        ("article", imported.article.slug),
        ("copy", f"{copy.number}, {len(copy.text):,} characters: {roles}"),
        ("text", f"SHA-256 {copy.text_sha256}"),
        ("read by", f"{copy.extractor} {copy.extractor_version}"),
    )
    lines = [f"{OUTCOMES[imported.outcome]} “{document.title}”."]
    return "\n".join([*lines, *(f"  {key:<10} {fact}" for key, fact in facts if fact)])


def _roles(blocks: Any) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for block in blocks:
        counts[block.role] = counts.get(block.role, 0) + 1
    return list(counts.items())


def line_of(number: int, suggestion: Suggestion, text: str) -> str:
    words = " ".join(text[suggestion.start : suggestion.end].split())
    who = " < ".join(filter(None, [suggestion.source_name, *suggestion.chain]))
    return f"{number:>4}  [{who or 'nobody named'}] {words}"


def _user(username: str | None) -> Any:
    if not username:
        return "import_article"
    users: Any = get_user_model()
    try:
        return users.objects.get_by_natural_key(username)
    except users.DoesNotExist:
        raise CommandError(f"--by: there is no user “{username}”.") from None
