"""The manifest of a backup: what is in it, by which version, with every SHA-256."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from django.db.utils import Error as DatabaseFailure

from .durable import Progress, new_file, sha256_of_file

MANIFEST = "manifest.json"
FORMAT = 1
#: Name of a complete backup: the time in UTC at which it was begun.
FOLDER_NAME = "%Y%m%dT%H%M%SZ"
_FOLDER = re.compile(r"\d{8}T\d{6}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BackupError(Exception):
    """A backup or a restore cannot go on; the sentence is for the operator."""


@dataclass(frozen=True)
class Manifest:
    """All that is known of one backup. Paths are relative to its folder."""

    made_at: str
    tracker_version: str
    vendor: str
    database: str
    migrations: dict[str, list[str]]
    counts: dict[str, int]
    chain: dict[str, int | str]
    files: dict[str, str]
    evidence: dict[str, str]
    missing: list[str] = field(default_factory=list)
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False)
        with new_file(folder / MANIFEST) as file:
            file.write(f"{text}\n".encode())

    def damaged_files(self, folder: Path, progress: Progress = int) -> Iterator[str]:
        """Yield a sentence for each file that is missing or was changed."""
        for name, sha256 in sorted(self.files.items()):
            path = folder / name
            if not path.is_file():
                yield f"{name} is missing."
            elif sha256_of_file(path, progress) != sha256:
                yield f"{name} was changed: its SHA-256 is not that of the manifest."


@contextmanager
def told_in_a_sentence() -> Iterator[None]:
    """Turn what disk or database say (full, read-only, gone) into ``BackupError``."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise BackupError(f"{where}{error.strerror or error}") from error
    except (sqlite3.Error, DatabaseFailure) as error:
        raise BackupError(f"The database says: {str(error).strip()}") from error


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a backup; ``BackupError`` says why it cannot be used."""
    path = folder / MANIFEST
    if not path.is_file():
        raise BackupError(_not_a_backup(folder))
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        found = content.get("format")
        if found != FORMAT:
            raise BackupError(
                f"{path} has format {found}; this version reads format {FORMAT}."
            )
        manifest = Manifest(**content)
        _refuse_strange_paths(manifest)
    except (ValueError, TypeError, AttributeError) as error:
        raise BackupError(f"{path} cannot be read: {error}") from None
    return manifest


def _refuse_strange_paths(manifest: Manifest) -> None:
    """A manifest from elsewhere must not make us read or write outside our folders."""
    names = [manifest.database, *manifest.files, *manifest.evidence]
    for name in names:
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or ".." in parts or "\\" in name:
            raise BackupError(f"The manifest names a path that is not allowed: {name}")
    hashes = [*manifest.files.values(), *manifest.evidence.values()]
    if not all(_SHA256.fullmatch(sha256) for sha256 in hashes):
        raise BackupError("The manifest holds something that is no SHA-256.")
    stored = {evidence_path(sha256) for sha256 in manifest.evidence.values()}
    if not {manifest.database, *stored} <= set(manifest.files):
        raise BackupError("The manifest names files without their SHA-256.")


def evidence_path(sha256: str) -> str:
    """Return where in a backup the evidence file with this hash lies."""
    return f"files/{sha256[:2]}/{sha256}"


def complete_backups(place: Path) -> list[Path]:
    """Return the complete backups in a folder, newest first."""
    found = [
        path
        for path in place.iterdir()
        if _FOLDER.fullmatch(path.name) and (path / MANIFEST).is_file()
    ]
    return sorted(found, reverse=True)


def _not_a_backup(folder: Path) -> str:
    if not folder.is_dir():
        return f"There is no folder {folder}."
    inside = complete_backups(folder)
    if inside:
        return f"{folder} holds {len(inside)} backups: name one. Newest: {inside[0]}"
    return f"{folder} is not a backup: it has no {MANIFEST}."
