"""Files that are written whole or not at all, their SHA-256, and locks on files."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

CHUNK_BYTES = 1024 * 1024
Progress = Callable[[int], object]


def sha256_of_file(path: Path, progress: Progress = int) -> str:
    """Return the SHA-256 of a file; ``progress`` gets the bytes of each chunk."""
    with path.open("rb") as file:
        return sha256_of(file, progress)


def sha256_of(file: Any, progress: Progress = int) -> str:
    """Return the SHA-256 of what is left to read in a binary file."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
        progress(len(chunk))
    return digest.hexdigest()


def copy_durably(source: Any, target: Path, progress: Progress = int) -> str:
    """Copy into a new file that only this user reads, down to the disk.

    Returns the SHA-256 of what was read. Raises ``FileExistsError``.
    """
    digest = hashlib.sha256()
    with new_file(target) as file:
        while chunk := source.read(CHUNK_BYTES):
            file.write(chunk)
            digest.update(chunk)
            progress(len(chunk))
    return digest.hexdigest()


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that must not exist yet; it is on the disk when the block ends."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Bring a file's bytes, or a folder's entries, down to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Bring a folder and all its folders down to the disk, deepest first."""
    for path, _folders, _files in os.walk(folder, topdown=False):
        sync_file(Path(path))


@contextmanager
def file_lock(path: Path) -> Iterator[bool]:
    """Lock a file while the block runs; False when somebody else holds it.

    The system lifts the lock when the process ends, however it ends.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
