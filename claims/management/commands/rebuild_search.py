"""manage.py rebuild_search: fill the search indexes, or say whether they are right."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from claims.jobs.integrity import rebuild_search
from claims.management.teaching import TeachingCommand
from claims.search import INDEXES, Index, OutOfStep, out_of_step

#: Public ids that are named of those whose entries are wrong.
NAMED = 5
HELP = """\
Brings what readers and what the desk can search in step: the claims of each, and for
readers the names of sources, documents and articles, and what corrections say. Every
change keeps them so by itself: this is for after an upgrade, and for a fault.
The desk can work meanwhile. A run that was ended goes on where it was: what is right
already is left as it is.

  manage.py rebuild_search                all indexes
  manage.py rebuild_search --only desk    one of them
  manage.py rebuild_search --anew         empty them first: for a damaged database file
  manage.py rebuild_search --check        change nothing; exit code 1 if one is wrong
  manage.py rebuild_search --check --every    compare everything, not 200 of each
"""


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        names = [index.name for index in INDEXES]
        parser.add_argument("--only", choices=names, help="one index; default: all")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--anew", action="store_true", help="empty the index first")
        how.add_argument(
            "--check", action="store_true", help="look only, and say what is wrong"
        )
        parser.add_argument(
            "--every", action="store_true", help="with --check: compare everything"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["every"] and not options["check"]:
            raise CommandError("--every goes with --check.")
        indexes = [i for i in INDEXES if options["only"] in (None, i.name)]
        if options["check"]:
            self._check(indexes, every=options["every"])
            return
        for index in indexes:
            changed = rebuild_search(index, anew=options["anew"])
            self.stdout.write(f"{index.name}: {changed} entries written or taken out.")

    def _check(self, indexes: list[Index], *, every: bool) -> None:
        wrong = False
        for index in indexes:
            told = out_of_step(index, every=every)
            wrong = wrong or bool(told)
            self.stdout.write(f"{index.name}: {_sentence(told)}")
        if wrong:
            raise CommandError("Run `manage.py rebuild_search`, which mends it.")


def _sentence(told: OutOfStep) -> str:
    if not told:
        return f"{told.subjects} {told.index.things}, and the index is in step."
    named = ", ".join(told.differing[:NAMED])
    sentence = f"{told.subjects} {told.index.things}, {told.entries} entries."
    if named:
        sentence += f" Wrong or missing: {len(told.differing)}, among them {named}."
    return sentence
