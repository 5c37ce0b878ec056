"""SQLite: copying out of a live database, and putting a copy in an empty place."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.db.backends.base.base import BaseDatabaseWrapper

from .database_facts import DatabaseFacts, read_facts
from .durable import Progress, copy_durably, sync_file
from .manifest import BackupError

#: Pages copied between two reports of progress (4 MiB of usual pages).
PAGES = 1024
BESIDE = ("-wal", "-shm", "-journal")


def copy_out(
    connection: BaseDatabaseWrapper, folder: Path, progress: Progress = int
) -> tuple[str, DatabaseFacts]:
    """Copy the database as it is at one moment; return file name and facts.

    Writers go on meanwhile. The facts are those found in the copy.
    """
    path, target = _path(connection), folder / "database.sqlite3"
    if not path.is_file():
        raise BackupError(f"There is no database {path}.")
    target.touch(mode=0o600)
    with closing(_open(path)) as live, closing(_open(target)) as copy:
        # A read transaction holds the moment: without it each write of another
        # process makes SQLite start the copy again (sqlite.org/c3ref/backup_finish).
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        page_bytes = live.execute("PRAGMA page_size").fetchone()[0]
        live.backup(copy, pages=PAGES, progress=_in_bytes(page_bytes, progress))
    with closing(_open(target)) as copy:
        # One plain file: no -wal beside it that could be forgotten.
        copy.execute("PRAGMA journal_mode=DELETE")
        fault = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise BackupError(f"The database is damaged: {fault}")
        facts = read_facts(lambda sql: copy.execute(sql).fetchall(), _tables(copy))
    sync_file(target)
    return target.name, facts


def facts(connection: BaseDatabaseWrapper) -> DatabaseFacts:
    with closing(_open(_path(connection))) as database:
        run = database.execute
        return read_facts(lambda sql: run(sql).fetchall(), _tables(database))


def occupied(connection: BaseDatabaseWrapper, _ours: set[str]) -> str:
    """Say what stands in the way of a restore; "" of an empty place."""
    path = _path(connection)
    for name in ("", *BESIDE):
        if (found := Path(f"{path}{name}")).exists():
            return f"{found} exists"
    return ""


def put_back(connection: BaseDatabaseWrapper, copy: Path) -> None:
    """Put a copy in the place of the database: whole, or not at all."""
    connection.close()
    path = _path(connection)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = Path(f"{path}.restoring")
    unfinished.unlink(missing_ok=True)
    try:
        with copy.open("rb") as source:
            copy_durably(source, unfinished)
        unfinished.rename(path)
        sync_file(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def faults(connection: BaseDatabaseWrapper) -> list[str]:
    """Return what SQLite's own two checks find."""
    with closing(_open(_path(connection))) as database:
        said = [text for (text,) in database.execute("PRAGMA integrity_check")]
        loose = list(database.execute("PRAGMA foreign_key_check"))
    found = [f"The database is damaged: {text}" for text in said if text != "ok"]
    return found + [
        f"Row {row} of {table} points to a row of {parent} that is not there."
        for table, row, parent, _key in loose
    ]


def clear(connection: BaseDatabaseWrapper, _ours: set[str]) -> None:
    """Take a restored database away again."""
    connection.close()
    for name in ("", *BESIDE):
        Path(f"{_path(connection)}{name}").unlink(missing_ok=True)


def _path(connection: BaseDatabaseWrapper) -> Path:
    return Path(connection.settings_dict["NAME"])


def _open(path: Path) -> sqlite3.Connection:
    """Open an existing SQLite file; statements take effect as they are given."""
    address = f"file:{quote(str(path))}?mode=rw"
    return sqlite3.connect(address, uri=True, isolation_level=None, timeout=20)


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT name FROM sqlite_master "
        "WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY name"
    )
    return [name for (name,) in rows]


def _in_bytes(page_bytes: int, progress: Progress) -> Callable[[int, int, int], None]:
    """Turn SQLite's "so many pages remain" into "so many bytes more"."""
    done = 0

    def report(_status: int, remaining: int, total: int) -> None:
        nonlocal done
        progress((total - remaining - done) * page_bytes)
        done = total - remaining

    return report
