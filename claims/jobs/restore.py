"""Restores: a backup into an empty place, checked before and after, or nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.db import connection

from claims.models.events import verify_chain
from claims.publishing.rebuild import rebuild

from .database_copies import copier
from .database_facts import missing_migrations, unknown_migrations
from .durable import Progress, sha256_of
from .manifest import (
    BackupError,
    Manifest,
    evidence_path,
    read_manifest,
    told_in_a_sentence,
)
from .moving import move_in, refuse_move

#: As many differences of the record as are named; the rest is counted.
NAMED = 5


class VerificationError(BackupError):
    """The restored copy is not what the manifest says; it was taken away again."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(
            "The restored copy was not as the manifest says, and was removed again."
        )


@dataclass(frozen=True)
class Restored:
    """A restore that succeeded; ``is_older``: its database is to be migrated."""

    manifest: Manifest
    is_older: bool


def restore(folder: Path, *, verify: bool, progress: Progress = int) -> Restored:
    """Restore a backup into this installation's empty database and file storage.

    Every SHA-256 is checked before anything is written; with ``verify`` the result
    is checked too. On failure the place is empty again. Raises ``BackupError``.
    """
    with told_in_a_sentence():
        manifest = read_manifest(folder)
        _refuse_unsuitable(manifest)
        _refuse_occupied(manifest)
        _refuse_damaged(manifest, folder, progress)
        restored = Restored(manifest, bool(missing_migrations(manifest.migrations)))
        with _emptied_on_failure(manifest) as saved:
            _put_back_evidence(manifest, folder, saved, progress)
            _put_back_database(manifest, folder)
            if verify:
                _refuse_faults(restored)
    return restored


def _refuse_unsuitable(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        refuse_move(manifest, connection)
    unknown = unknown_migrations(manifest.migrations)
    if unknown:
        raise BackupError(
            f"This backup is of version {manifest.tracker_version}, which is newer "
            f"than this installation: it has the migration {unknown[0]}."
        )


def _refuse_occupied(manifest: Manifest) -> None:
    found = copier(connection.vendor).occupied(connection, set(manifest.counts))
    if not found and (name := _any_file(default_storage)):
        found = f"the evidence storage holds {name}"
    if found:
        raise BackupError(
            f"A backup is restored into an empty place only, and {found}. "
            "Nothing was changed."
        )


def _refuse_damaged(manifest: Manifest, folder: Path, progress: Progress) -> None:
    damaged = list(manifest.damaged_files(folder, progress))
    if damaged:
        raise BackupError("\n".join(["Nothing was restored.", *damaged]))


@contextmanager
def _emptied_on_failure(manifest: Manifest) -> Iterator[list[str]]:
    """Give a list for the names of saved evidence; take all away again on failure."""
    saved: list[str] = []
    try:
        yield saved
    except BaseException:
        copier(connection.vendor).clear(connection, set(manifest.counts))
        for name in saved:
            default_storage.delete(name)
        raise


def _any_file(storage: Storage, folder: str = "") -> str:
    """Return the name of some file in the storage; "" when there is none."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return ""
    if files:
        return f"{folder}{files[0]}"
    inside = (_any_file(storage, f"{folder}{name}/") for name in folders)
    return next((name for name in inside if name), "")


def _put_back_database(manifest: Manifest, folder: Path) -> None:
    copy = folder / manifest.database
    if manifest.vendor == connection.vendor:
        copier(connection.vendor).put_back(connection, copy)
    else:
        move_in(connection, copy)


def _put_back_evidence(
    manifest: Manifest, folder: Path, saved: list[str], progress: Progress
) -> None:
    for name, sha256 in manifest.evidence.items():
        path = folder / evidence_path(sha256)
        with path.open("rb") as source:
            saved.append(default_storage.save(name, File(source)))
        if saved[-1] != name:
            raise BackupError(f"The storage keeps {name} under another name.")
        progress(path.stat().st_size)


def _refuse_faults(restored: Restored) -> None:
    """Raise unless what was restored is what the manifest says."""
    manifest = restored.manifest
    faults = [
        *copier(connection.vendor).faults(connection),
        *_differing_facts(manifest),
        *_faulty_evidence(manifest),
    ]
    if not faults and not restored.is_older:
        faults += [*_broken_chain(), *_differing_record()]
    if faults:
        raise VerificationError(faults)


def _differing_facts(manifest: Manifest) -> list[str]:
    found = copier(connection.vendor).facts(connection)
    faults = [
        f"{table} has {found.counts.get(table, 0)} rows, the manifest says {count}."
        for table, count in sorted(manifest.counts.items())
        if found.counts.get(table) != count
    ]
    if found.chain != manifest.chain:
        faults.append(
            f"The newest event is {found.chain['sequence']}, "
            f"the manifest says {manifest.chain['sequence']}."
        )
    return faults


def _faulty_evidence(manifest: Manifest) -> list[str]:
    faults = []
    for name, sha256 in manifest.evidence.items():
        with default_storage.open(name) as file:
            if sha256_of(file) != sha256:
                faults.append(f"Evidence file {name} was not restored whole.")
    return faults


def _broken_chain() -> list[str]:
    _count, broken = verify_chain()
    if broken is None:
        return []
    return [f"The event chain breaks at event {broken.sequence}: {broken.fault}."]


def _differing_record() -> list[str]:
    differences = rebuild(fix=False)
    named = [
        f"The record: {difference.table} {difference.key} {difference.fault}."
        for difference in differences[:NAMED]
    ]
    rest = len(differences) - len(named)
    return [*named, f"The record: {rest} more differences."] if rest else named
