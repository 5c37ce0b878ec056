"""`manage.py backup DIR`: save database and evidence files while work goes on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from claims.jobs.backup import BackupMade, make_backup, remove_older
from claims.jobs.manifest import BackupError


class Command(BaseCommand):
    help = (
        "Saves the database and every evidence file into DIR/<time in UTC>, while "
        "work goes on. Exit code 1 when anything is missing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument(
            "--keep",
            type=int,
            metavar="N",
            help="afterwards keep the newest N backups in DIR and remove older ones",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        keep = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep needs a number of 1 or more.")
        try:
            with tqdm(unit="B", unit_scale=True, disable=None) as bar:
                made = make_backup(options["dir"], timezone.now(), bar.update)
            self.report(made)
            if keep is not None:
                for folder in remove_older(options["dir"], keep):
                    self.stdout.write(f"Removed {folder}")
        except BackupError as error:
            raise CommandError(str(error)) from error

    def report(self, made: BackupMade) -> None:
        manifest = made.manifest
        self.stdout.write(
            f"Saved {made.folder}: {sum(manifest.counts.values())} rows, "
            f"{len(manifest.evidence)} evidence files, "
            f"events up to {manifest.chain['sequence']}."
        )
        if made.missing:
            lines = ["Saved, but not whole; older backups are kept.", *made.missing]
            raise CommandError("\n".join(lines))
