"""manage.py loaddata: load fixtures of the tracker, whole or not at all."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from claims.jobs.fixtures import FixtureError, LoadOptions, LoadReport, load
from claims.jobs.progress import on_terminal
from claims.management.teaching import TeachingCommand

HELP = """\
Loads JSON fixtures of the tracker: sources, documents, articles, claims and what
belongs to them. Every row is saved, read again and checked; the record is built for
what is released or published; each claim gets one "loaded" event. All files are
loaded in one transaction: when anything is wrong, nothing has changed, each fault is
printed as one line (file, object, field, reason) and the exit code is 1.

A row that is here already and says the same is skipped. One that differs is refused.

  manage.py loaddata libya_2016                  from the fixtures folder
  manage.py loaddata /srv/stories/council.json   from anywhere
  manage.py loaddata --by ada --update story.json
"""


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "args",
            metavar="fixture",
            nargs="+",
            help="path of a JSON file, or name of one in the fixtures folder",
        )
        parser.add_argument(
            "--by",
            metavar="USERNAME",
            help="who loads: counts as an editor of every claim in the files",
        )
        parser.add_argument(
            "--update",
            action="store_true",
            help="overwrite rows that differ, unless they are signed or published",
        )
        parser.add_argument(
            "--with-signatures",
            action="store_true",
            help=(
                "take over assessments beyond draft, released articles and releases "
                "although the tracker is not empty; the events will say so"
            ),
        )
        parser.add_argument(
            "--allow-any-model",
            action="store_true",
            help="also load rows of other apps, such as users, groups and permissions",
        )

    def handle(self, *names: str, **options: Any) -> None:
        chosen = LoadOptions(
            by=_user(options["by"]),
            update=options["update"],
            with_signatures=options["with_signatures"],
            allow_any_model=options["allow_any_model"],
        )
        try:
            report = load(names, chosen, progress=on_terminal)
        except FixtureError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(_summary(report))


def _user(username: str | None) -> Any:
    if not username:
        return None
    users: Any = get_user_model()
    try:
        return users.objects.get_by_natural_key(username)
    except users.DoesNotExist:
        raise CommandError(f"--by: there is no user “{username}”.") from None


def _summary(report: LoadReport) -> str:
    made = f", made inactive users {', '.join(report.users)}" if report.users else ""
    return (
        f"Loaded {report.added} rows ({report.claims} claims, {report.releases} "
        f"releases), updated {report.updated}, skipped {report.identical} identical"
        f"{made}."
    )
