"""`manage.py upkeep`: everything that falls due, for one line in cron."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from claims.jobs.upkeep import run_due


class Command(BaseCommand):
    help = (
        "Runs everything that has fallen due and reports each step. Exit code 1 when "
        "one failed. Two at once do no harm: the second does nothing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        done = []
        for step in run_due(timezone.now()):
            mark = "FAILED" if step.failed else "ok"
            self.stdout.write(f"{mark:<7}{step.step}: {step.report}")
            done.append(step)
        if not done:
            self.stdout.write("Another upkeep is at work; this one did nothing.")
        failed = [step.step for step in done if step.failed]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}.")
