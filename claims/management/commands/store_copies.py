"""manage.py store_copies: fetch the documents that are cited, and keep what came."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Q
from django.utils import timezone

from claims.fetch import FetchError
from claims.jobs.captures import (
    AT_ONCE,
    can_be_fetched,
    cited_without_copy,
    run_captures,
    want_copy,
    want_missing,
)
from claims.jobs.progress import bar
from claims.management.teaching import TeachingCommand
from claims.models import Capture, Document
from claims.workflow.desk_words import CaptureState

HELP = """\
Stores copies of documents: fetches each one, and keeps the bytes, their SHA-256, the
text with its own, the redirects, and the whole conversation as a WARC file, which other
archives can read. A page that has not changed since its newest copy is noted as seen
unchanged; nothing is stored twice.

Without a name it takes up what is due: what the desk asked for, what waits for another
try, and every document that is cited and has no copy yet. With names, addresses or
public ids of documents, it fetches these at once, also where there is a copy already.
Only the public internet is fetched from, one page after another, with a second between
two of one host. What fails for the moment is tried again later, by `upkeep` or by this.

Exit codes: 0 all stored or seen unchanged, or left for another try; 1 something failed
for good; 2 wrong usage, and then nothing was fetched.

  manage.py store_copies
  manage.py store_copies --limit 500
  manage.py store_copies https://news.example/2026/river 3k7w0m2p9d
"""


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is not a number from 1 on")
    return int(text)


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "documents",
            metavar="ADDRESS|DOCUMENT",
            nargs="*",
            help="the address or the public id of a document that is here",
        )
        parser.add_argument(
            "--limit",
            type=positive,
            metavar="N",
            help=f"at most so many in this run; {AT_ONCE} where nothing is named",
        )

    def handle(self, **options: Any) -> None:
        names, limit = options["documents"], options["limit"]
        rows = self._named(names[:limit]) if names else self._due(limit or AT_ONCE)
        failed = tried = 0
        with bar(len(rows), "storing copies") as progress:
            for row in run_captures(rows):
                progress.update()
                tried += 1
                failed += row.state == CaptureState.FAILED
                if options["verbosity"]:
                    with progress.external_write_mode():
                        self.stdout.write(said_of(row))
        if rows and not tried:
            self.stdout.write("Another run is at work; this one did nothing.")
        elif not rows:
            self.stdout.write("No copy is wanted.")
        if failed:
            raise CommandError(
                f"{failed} of {tried} failed for good; the desk sees why."
            )

    def _named(self, names: list[str]) -> list[Capture]:
        found = [document_of(name) for name in names]
        for name, document in zip(names, found, strict=True):
            if not can_be_fetched(document):
                raise CommandError(
                    f"{name} has no address that can be fetched.", returncode=2
                )
        try:
            return [want_copy(document) for document in dict.fromkeys(found)]
        except FetchError as error:  # its address was changed this moment
            raise CommandError(str(error)) from error

    def _due(self, limit: int) -> list[Capture]:
        now = timezone.now()
        want_missing(cited_without_copy()[:limit], None, now)
        return list(Capture.objects.due(now)[:limit])


def document_of(name: str) -> Document:
    """Return the one document of a public id or an address."""
    same = Q(public_id=name) | Q(url=name) | Q(canonical_url=name)
    found = list(Document.objects.filter(same)[:2])
    if len(found) == 1:
        return found[0]
    many = "several documents have" if found else "no document here has"
    raise CommandError(f"{many} this address or id: {name}", returncode=2)


def said_of(row: Capture) -> str:
    """Say in a line what came of one try."""
    what = str(row)
    if row.state == CaptureState.WANTED:
        when = f"{row.next_try_at:%Y-%m-%d %H:%M} UTC"
        return f"to be tried again {when}: {what}: {row.reason}"
    said = f"{CaptureState(row.state).label}: {what}"
    if row.stored_copy is not None:
        said += f", copy {row.stored_copy.number}"
    return f"{said}. {row.reason}".strip() if row.reason else said
