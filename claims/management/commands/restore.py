"""`manage.py restore DIR`: put a backup into an empty place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from claims.jobs.manifest import BackupError
from claims.jobs.restore import Restored, VerificationError, restore


class Command(BaseCommand):
    help = (
        "Puts the backup in DIR into an empty database and an empty data folder. "
        "Every SHA-256 is checked first; on failure the place is empty again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "dir", type=Path, metavar="DIR", help="the folder with the manifest.json"
        )
        parser.add_argument(
            "--verify",
            action="store_true",
            help="check the restored copy too: rows, keys, events, the whole record",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        verify = options["verify"]
        try:
            with tqdm(unit="B", unit_scale=True, disable=None) as bar:
                done = restore(options["dir"], verify=verify, progress=bar.update)
        except VerificationError as error:
            raise CommandError("\n".join([str(error), *error.faults])) from error
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.report(done, verified=verify)

    def report(self, done: Restored, *, verified: bool) -> None:
        manifest = done.manifest
        self.stdout.write(
            f"Restored the backup of {manifest.made_at}: "
            f"{sum(manifest.counts.values())} rows, "
            f"{len(manifest.evidence)} evidence files, "
            f"events up to {manifest.chain['sequence']}."
        )
        for sentence in manifest.missing:
            self.stdout.write(f"Not in the backup: {sentence}")
        if done.is_older:
            self.stdout.write(
                f"It is of version {manifest.tracker_version}: run `manage.py migrate`, "
                "then `manage.py verify_events` and `manage.py rebuild_record`."
            )
        elif verified:
            self.stdout.write("Checked: files, rows, keys, events and the record.")
