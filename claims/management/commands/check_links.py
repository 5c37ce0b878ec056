"""manage.py check_links: what became of the addresses of documents."""

from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from typing import Any

from django.core.management.base import CommandError

from claims.jobs.link_watch import AlreadyWatchingError, Looked, Way, looking
from claims.jobs.progress import bar
from claims.management.teaching import TeachingCommand
from claims.workflow.desk_words import ProbeReason
from claims.workflow.words import LinkState

HELP = """\
Looks at the addresses of cited and public documents that are due: is the page still
there, and do the quoted words still stand on it? Politely: one request at a time and
at most one a second for each host, robots.txt obeyed, pages that are known asked for
only if they changed. Nothing is called dead before three failures over six days; when
to look again follows from what was seen. What a person should look at waits in the
queue "Links to look at".

Each look is kept at once, so a run that was stopped goes on where it was. `upkeep` does
the same, some of them at a time. Only one run at a time looks.

Exit codes: 0 looked, whatever it saw; 1 another run is at work, or there is no such
document; 2 wrong usage.

  manage.py check_links
  manage.py check_links --document 7d3k9m2xq4 -v 2
  manage.py check_links --watch
"""
#: Of a watch: between two rounds.
ROUND_SECONDS = 60
WELL = (LinkState.OK, LinkState.MOVED)


def number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 1_000_000:
        raise ArgumentTypeError("it must be a number from 1 to 1000000")
    return int(text)


class Command(TeachingCommand):
    help = HELP

    def __init__(self, *args: Any, way: Way | None = None, **options: Any) -> None:
        """Take ``way``, how to look, from tests."""
        super().__init__(*args, **options)
        self.way = way or Way()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch", action="store_true", help="go on, until told to end (Ctrl-C)"
        )
        parser.add_argument(
            "--document", metavar="ID", default="", help="this one alone, due or not"
        )
        parser.add_argument(
            "--all", action="store_true", help="all that are watched, due or not"
        )
        parser.add_argument(
            "--limit", type=number, metavar="N", help="so many at most in one round"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["watch"] and (options["document"] or options["all"]):
            message = "--watch goes with neither --document nor --all."
            raise CommandError(message, returncode=2)
        if options["document"] and options["all"]:
            raise CommandError("--document or --all: one of them.", returncode=2)
        try:
            self._round(options)
            while options["watch"]:
                self.way.sleep(ROUND_SECONDS)
                self._round(options)
        except AlreadyWatchingError:
            raise CommandError(
                "Another run is at work; this one did nothing."
            ) from None
        except KeyboardInterrupt:
            self.stdout.write("Ended. What was looked at is kept.")

    def _round(self, options: dict[str, Any]) -> None:
        states: Counter[str] = Counter()
        choice = {
            "limit": options["limit"],
            "public_id": options["document"],
            "every": options["all"],
        }
        with looking(self.way, **choice) as (links, looks):
            if options["document"] and not links:
                raise CommandError(
                    f"No document {options['document']} with an address is cited or "
                    "public."
                )
            with bar(len(links), "links") as progress:
                for looked in looks:
                    progress.update()
                    self._note(looked, states, options["verbosity"])
        if links or not options["watch"]:
            self.stdout.write(summary(states, len(links)))

    def _note(self, looked: Looked, states: Counter[str], verbosity: int) -> None:
        state = _state(looked)
        states[state] += 1
        if verbosity > 1 or state not in WELL:
            self.stdout.write(line_of(looked))


def _state(looked: Looked) -> str:
    return looked.memory.state if looked.memory else LinkState.UNKNOWN


def line_of(looked: Looked) -> str:
    if looked.memory is None:
        return f"{looked.url}: has another address by now"
    state = LinkState(looked.memory.state).label
    reason = ProbeReason(looked.finding.reason.value).label
    seen = f" ({looked.finding.detail})" if looked.finding.detail else ""
    return f"{looked.url}: {state}: {reason}{seen}"


def summary(states: Counter[str], due: int) -> str:
    """Say how many were looked at, by state, and how many a host kept waiting."""
    if not due:
        return "No link is due."
    looked = sum(states.values())
    each = ", ".join(
        f"{count} {LinkState(state).label}" for state, count in states.most_common()
    )
    left = f"; {due - looked} wait for their host" if due > looked else ""
    return f"{looked} looked at{f': {each}' if each else ''}{left}."
