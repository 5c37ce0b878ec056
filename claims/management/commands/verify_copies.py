"""manage.py verify_copies: read every stored copy again, and name what changed."""

from typing import Any

from django.core.management.base import CommandError

from claims.jobs.progress import bar
from claims.jobs.verifying import copies_to_verify, faults_of
from claims.management.teaching import TeachingCommand

HELP = """\
Reads every stored copy again and holds it to the hashes that were noted when it was
stored: the file, the text, and the WARC file with each of its records and the page in
it. Names the document, the copy and the file of whatever was changed or is missing, and
the files that a sealed copy should no longer have. Changes nothing; what is damaged
comes back out of a backup.

It reads everything there is, piece by piece: run it in a quiet hour, once a week.
Exit codes: 0 all as it was stored, 1 something is not.

  manage.py verify_copies
"""


class Command(TeachingCommand):
    help = HELP

    def handle(self, *args: Any, **options: Any) -> None:
        copies = copies_to_verify()
        total, faults = copies.count(), 0
        with bar(total, "verifying copies") as progress:
            for copy in copies.iterator(chunk_size=100):
                for fault in faults_of(copy):
                    faults += 1
                    with progress.external_write_mode():
                        self.stdout.write(str(fault))
                progress.update()
        if faults:
            raise CommandError(f"Read {total} copies: {faults} faults.")
        self.stdout.write(f"{total} copies, each as it was stored.")
