"""Places that backups come from and go to."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from claims.models import StoredCopy
from tests.conftest import STORE
from tests.databases import in_use
from tests.factories import make_copy


@contextmanager
def empty_place(files: Path) -> Iterator[None]:
    """Work with an empty database and evidence folder while the block runs."""
    key = f"empty_{uuid.uuid4().hex[:12]}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{key}" TEMPLATE template0')
    try:
        with in_use(STORE, key), override_settings(MEDIA_ROOT=files):
            yield
    finally:
        STORE.drop(key)


@contextmanager
def filled_place(files: Path) -> Iterator[None]:
    """Work with a migrated database and an empty evidence folder meanwhile."""
    key = f"filled_{uuid.uuid4().hex[:12]}"
    STORE.copy(key)
    try:
        with in_use(STORE, key), override_settings(MEDIA_ROOT=files):
            yield
    finally:
        STORE.drop(key)


def attach_file(words: bytes, sha256: str, **fields: object) -> StoredCopy:
    """Store evidence bytes under their SHA-256; return the saved copy."""
    copy = make_copy(text="", raw_sha256=sha256, provenance="uploaded", **fields)
    copy.file.save("evidence.pdf", ContentFile(words), save=False)
    copy.save(update_fields=["file"])
    return copy


def attach_warc(words: bytes, **fields: object) -> StoredCopy:
    """Store bytes as the WARC file of a copy, whatever they are."""
    sha256 = hashlib.sha256(words).hexdigest()
    copy = make_copy(warc_sha256=sha256, provenance="captured", **fields)
    copy.warc.save("copy.warc.gz", ContentFile(words), save=False)
    copy.save(update_fields=["warc"])
    return copy


def run(*command: object) -> str:
    """Run a command of the tracker; return what it printed."""
    out = StringIO()
    call_command(*map(str, command), stdout=out)
    return out.getvalue()


def backup(place: Path) -> Path:
    """Make a backup by its command; return the backup's own folder."""
    run("backup", place)
    return max(place.glob("2*"))
