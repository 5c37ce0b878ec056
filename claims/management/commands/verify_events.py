"""manage.py verify_events: walk the chain of editorial events."""

from typing import Any

from django.core.management.base import CommandError

from claims.jobs.integrity import verify_events
from claims.management.teaching import TeachingCommand

HELP = """\
Walks the whole chain of editorial events and checks that each one follows from the
one before: none changed, removed, added in between or put elsewhere. Prints how many
there are; names the first broken link and exits with 1 when the chain is broken.

  manage.py verify_events
"""


class Command(TeachingCommand):
    help = HELP

    def handle(self, *args: Any, **options: Any) -> None:
        count, broken = verify_events()
        if broken is not None:
            raise CommandError(
                f"Walked {count} events. The chain breaks at event "
                f"{broken.sequence}: {broken.fault}."
            )
        self.stdout.write(f"{count} events, and the chain holds.")
