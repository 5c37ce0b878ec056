"""The databases that are measured: one folder, each made once and kept for next time."""

import datetime
import hashlib
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.databases import PostgresqlCluster, SqliteFiles, postgresql_binaries

from .machine import ROOT, command_of, tree

SECRET_KEY = "a key for measuring, long enough to be taken and no secret"


class KeptCluster(PostgresqlCluster):
    """A cluster that stays, and writes as safely as a new one of Debian does."""

    SETTINGS: dict[str, str] = {}

    def tidy(self, name: str) -> None:
        """Do what autovacuum has done in any database that was not just filled."""
        address = f"host={self.folder} user=tracker dbname={name}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")

    def backends(self) -> list[int]:
        """Return the processes that serve a connection, not those that tidy up."""
        if self.server is None:
            return []
        found = tree(self.server.pid)
        return [pid for pid in found if "[local]" in command_of(pid)]


@dataclass(frozen=True)
class Database:
    """One database; ``kind`` is sqlite or postgresql."""

    kind: str
    name: str
    url: str
    place: str

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Return what a statement of ours selects; it is the same in both."""
        if self.kind == "sqlite":
            with closing(sqlite3.connect(self.place)) as connection:
                return connection.execute(statement).fetchall()
        with psycopg.connect(self.place) as connection:
            return connection.execute(statement).fetchall()  # type: ignore[arg-type]


class Places:
    """All databases of a run, under one folder."""

    def __init__(self, folder: Path, say: Callable[[str], None] = print) -> None:
        self.folder, self.say = folder.resolve(), say
        self.data = self.folder / "data"
        for each in (self.folder, self.data, self.folder / "sqlite"):
            each.mkdir(parents=True, exist_ok=True)
        self.files = SqliteFiles(self.folder / "sqlite")
        self.cluster: KeptCluster | None = None

    @contextmanager
    def open(self, wanted: list[str]) -> Iterator[list[str]]:
        """Start PostgreSQL where there is one; yield the kinds that can be measured."""
        if "postgresql" not in wanted or postgresql_binaries() is None:
            yield ["sqlite"]
            return
        self.cluster = KeptCluster(self.folder)
        try:
            self.cluster.start()
            yield ["sqlite", "postgresql"]
        finally:
            self.cluster.stop()

    def database(self, kind: str, name: str) -> Database:
        if kind == "sqlite":
            return Database(
                kind, name, self.files.url_of(name), self.files.name_of(name)
            )
        assert self.cluster is not None
        place = f"host={self.cluster.folder} user=tracker dbname={name}"
        return Database(kind, name, self.cluster.url_of(name), place)

    def made(
        self, kind: str, name: str, state: str, make: Callable[[Database], None]
    ) -> Database:
        """Return a database as ``make`` fills it, from last time where it was kept.

        ``state``: what it was made from. Where that is another one now, it is made anew.
        """
        database = self.database(kind, name)
        note = self._note(database)
        if note.exists() and json.loads(note.read_text())["state"] == state:
            return database
        note.unlink(missing_ok=True)
        self.empty(kind, name)
        with self.step(f"making {name} ({kind})") as seconds:
            make(database)
            if self.cluster is not None and kind == "postgresql":
                self.cluster.tidy(name)
        self.keep(database, state, seconds())
        return database

    def keep(self, database: Database, state: str, seconds: float) -> None:
        """Note that a database is whole, and what it was made from."""
        noted = {"state": state, "seconds": seconds, "at": time.time()}
        self._note(database).write_text(json.dumps(noted))

    def empty(self, kind: str, name: str) -> Database:
        """Return a database without tables; what had the name before is gone."""
        database = self.database(kind, name)
        self.drop(database)
        if self.cluster is not None and kind == "postgresql":
            self.cluster._execute(f'CREATE DATABASE "{name}"')
        return database

    def version(self, database: Database) -> str:
        """Return what is another one whenever the database was made anew."""
        return (
            f"{database.name} of {json.loads(self._note(database).read_text())['at']}"
        )

    def _note(self, database: Database) -> Path:
        return self.folder / f"{database.kind}-{database.name}.json"

    def copy(self, database: Database, name: str) -> Database:
        """Return a copy to write into; whoever asks drops it."""
        copy = self.database(database.kind, name)
        self.drop(copy)
        store = self.files if database.kind == "sqlite" else self.cluster
        assert store is not None
        store.copy(name, database.name)
        return copy

    def drop(self, database: Database) -> None:
        store = self.files if database.kind == "sqlite" else self.cluster
        assert store is not None
        store.drop(database.name)

    @contextmanager
    def step(self, what: str) -> Iterator[Callable[[], float]]:
        """Say what is done, and how long it took."""
        started = time.perf_counter()

        def seconds() -> float:
            return time.perf_counter() - started

        self.say(f"{what} …")
        yield seconds
        self.say(f"{what}: {datetime.timedelta(seconds=round(seconds()))}")


def environment(**own: str) -> dict[str, str]:
    """Return what a program of ours gets: nothing of whoever started the run."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TRACKER_", "DJANGO_"))
    }
    return {**kept, "SECRET_KEY": SECRET_KEY, "PYTHONPATH": str(ROOT), **own}


def ours(database: Database, data: Path, keep_pages: str = "off") -> dict[str, str]:
    """Return what our own programs get; ``keep_pages``: on as shipped, or off."""
    return environment(
        DATABASE_URL=database.url,
        DJANGO_SETTINGS_MODULE="tracker.settings",
        TRACKER_DATA_DIR=str(data),
        TRACKER_REPORT_EMAIL="errors@claims.example",
        TRACKER_KEEP_PAGES=keep_pages,
    )


def migration_state() -> str:
    """Return what tells one shape of our tables from another."""
    names = sorted(path.name for path in (ROOT / "claims" / "migrations").glob("0*.py"))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def program(*words: str | Path) -> list[str]:
    return [sys.executable, *(str(word) for word in words)]
