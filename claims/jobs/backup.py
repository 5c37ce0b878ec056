"""Backups: a copy of the database and every evidence file, whole or not there."""

import datetime
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

from .database_copies import copier
from .durable import (
    Progress,
    copy_durably,
    file_lock,
    sha256_of_file,
    sync_file,
    sync_tree,
)
from .manifest import (
    FOLDER_NAME,
    BackupError,
    Manifest,
    complete_backups,
    evidence_path,
    told_in_a_sentence,
)

UNFINISHED = ".unfinished-"
REMOVED = ".removed-"


@dataclass(frozen=True)
class BackupMade:
    """A complete backup; ``missing`` has a sentence for each file it lacks."""

    folder: Path
    manifest: Manifest

    @property
    def missing(self) -> list[str]:
        return self.manifest.missing


def make_backup(
    place: Path, at: datetime.datetime, progress: Progress = int
) -> BackupMade:
    """Save everything into ``place``/<time in UTC>, while work goes on.

    The folder gets its name last: what was cut off never looks like a backup.
    ``progress`` gets the bytes saved since its last call. Raises ``BackupError``.
    """
    with _only_backup_in(place):
        folder = place / at.astimezone(datetime.UTC).strftime(FOLDER_NAME)
        if folder.exists():
            raise BackupError(f"There is a backup of that second already: {folder}")
        unfinished = place / f"{UNFINISHED}{folder.name}"
        unfinished.mkdir(mode=0o700)
        try:
            manifest = _fill(unfinished, at, progress)
            sync_tree(unfinished)
            unfinished.rename(folder)
            sync_file(place)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    return BackupMade(folder, manifest)


def remove_older(place: Path, keep: int) -> list[Path]:
    """Remove the complete backups beyond the newest ``keep``; return which."""
    with _only_backup_in(place):
        older = complete_backups(place)[keep:]
        for folder in older:
            # Renamed first: what is half removed never looks like a backup.
            removed = place / f"{REMOVED}{folder.name}"
            folder.rename(removed)
            shutil.rmtree(removed)
    return older


@contextmanager
def _only_backup_in(place: Path) -> Iterator[None]:
    """Hold the folder's lock, so that whatever is unfinished there is a leftover."""
    with told_in_a_sentence():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file_lock(place / ".lock") as ours:
            if not ours:
                raise BackupError(f"Another backup is being made in {place}.")
            for mark in (UNFINISHED, REMOVED):
                for leftover in place.glob(f"{mark}*"):
                    shutil.rmtree(leftover)
            yield


def _fill(folder: Path, at: datetime.datetime, progress: Progress) -> Manifest:
    database, facts = copier(connection.vendor).copy_out(connection, folder, progress)
    files = {database: sha256_of_file(folder / database)}
    evidence: dict[str, str] = {}
    missing = []
    for name, noted in facts.evidence.items():
        try:
            sha256 = _copy_evidence(name, noted, folder, progress)
        except EvidenceMissingError as error:
            missing.append(str(error))
        else:
            evidence[name] = files[evidence_path(sha256)] = sha256
    manifest = Manifest(
        made_at=at.astimezone(datetime.UTC).isoformat(),
        tracker_version=settings.TRACKER_VERSION,
        vendor=connection.vendor,
        database=database,
        migrations=facts.migrations,
        counts=facts.counts,
        chain=facts.chain,
        files=files,
        evidence=evidence,
        missing=missing,
    )
    manifest.write(folder)
    return manifest


class EvidenceMissingError(Exception):
    """An evidence file cannot be saved; the sentence names it."""


def _copy_evidence(name: str, noted: str, folder: Path, progress: Progress) -> str:
    """Copy one evidence file under its SHA-256, once; return that hash."""
    incoming = folder / "incoming"
    try:
        with default_storage.open(name) as source:
            sha256 = copy_durably(source, incoming, progress)
    except FileNotFoundError:
        incoming.unlink(missing_ok=True)
        raise EvidenceMissingError(f"Evidence file {name} is missing.") from None
    target = folder / evidence_path(sha256)
    if target.exists() or (noted and sha256 != noted):
        incoming.unlink()
    else:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        incoming.rename(target)
    if noted and sha256 != noted:
        raise EvidenceMissingError(
            f"Evidence file {name} was changed: it has another SHA-256."
        )
    return sha256
