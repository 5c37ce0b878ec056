"""One at a time, on however many machines the tracker runs."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from .durable import file_lock


@contextmanager
def lease(name: str) -> Iterator[bool]:
    """Hold a named lease while the block runs; False when it is held elsewhere.

    The database server, or the system for SQLite, which lives on one machine, takes
    the lease back when its holder ends, however it ends.
    """
    if connection.vendor == "postgresql":
        holding = _advisory_lock(name)
    else:
        holding = file_lock(Path(settings.TRACKER_DATA_DIR) / f"{name}.lock")
    with holding as ours:
        yield ours


@contextmanager
def _advisory_lock(name: str) -> Iterator[bool]:
    """Lock on a connection of its own, which ends with the block.

    Given back by hand, too: the server learns of a closed connection a moment later.
    """
    key = [f"claims.{name}"]
    with closing(connection.copy()) as holder, holder.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", key)
        ours = cursor.fetchone()[0]
        try:
            yield ours
        finally:
            if ours:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", key)
