"""manage.py remind: the daily mails of what waits."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from claims.jobs.reminders import Outcome, Reminded, mails_due, send_mails
from claims.management.teaching import TeachingCommand

HELP = """\
Sends each active person at the desk one mail with what waits for them: returned, to
sign off, to publish, due, unanswered, broken, idle, assigned. At most one a day for
each, however often it runs; nobody for whom nothing waits, or who switched it off.
`upkeep` does the same from TRACKER_REMIND_HOUR on.

Exit codes: 0 all went out, 1 some mail failed (the next run tries it again),
2 no mail is set up here.

  manage.py remind --dry-run
"""


def days(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 3650:
        raise ArgumentTypeError("it must be a number of days, 1 to 3650")
    return int(text)


class Command(TeachingCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--idle",
            type=days,
            metavar="DAYS",
            default=settings.TRACKER_IDLE_DAYS,
            help="call a claim idle that nothing happened to for so long (%(default)s)",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="print the mails and send none",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._print(options["idle"])
        elif settings.TRACKER_EMAIL_FROM:
            self._send(options["idle"])
        else:
            message = (
                "No mail is set up here: set TRACKER_EMAIL_FROM (docs/operator.md)."
            )
            raise CommandError(message, returncode=2)

    def _print(self, idle_days: int) -> None:
        number = 0
        for mail in mails_due(timezone.now(), idle_days):
            if not mail.user.email:
                self.stdout.write(f"{mail.user}: {Outcome.NO_ADDRESS.value}\n\n")
                continue
            number += 1
            head = f"To: {mail.user.email}\nSubject: {mail.subject}"
            self.stdout.write(f"{head}\n\n{mail.body}")
        self.stdout.write(f"{number} would be sent; none was.")

    def _send(self, idle_days: int) -> None:
        reminded = []
        for one in send_mails(timezone.now(), idle_days):
            self.stdout.write(line_of(one))
            reminded.append(one)
        failed = [str(one.user) for one in reminded if one.outcome is Outcome.FAILED]
        if failed:
            raise CommandError(
                f"Failed: {', '.join(failed)}. The next run tries again."
            )
        if not reminded:
            self.stdout.write("Nothing waits for anybody who has not had their mail.")


def line_of(one: Reminded) -> str:
    fault = f" ({one.fault})" if one.fault else ""
    return f"{one.user}: {one.outcome.value}{fault}"
