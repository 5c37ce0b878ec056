"""What the workloads stand on: databases by what is in them, and the sites over them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import copying, datasette, desk_logins
from .client import Client
from .figures import DATASETTE, OURS, STOCK
from .machine import ROOT, on_the_clients_core
from .places import Database, Places, environment, migration_state, ours, program
from .programs import last_words
from .serving import (
    Site,
    datasette_program,
    served_by_datasette,
    served_by_gunicorn,
)
from .stock.fill import EDITOR, PASSWORD

#: Lists must cost as much as with so many claims; the desk is measured with so many.
FEW, DESK = 10_000, 100_000
US = "tests.benchmarks.versus.served"
STOCK_SITE = "tests.benchmarks.versus.stock.wsgi"
FILLERS = ROOT / "tests" / "benchmarks"


@dataclass
class Bench:
    """One run: how much is measured, on which kinds of database."""

    claims: int
    requests: int
    seconds: int
    places: Places
    kinds: list[str]
    with_others: bool = True

    @property
    def few(self) -> int:
        return min(FEW, self.claims)

    @property
    def desk_claims(self) -> int:
        return min(DESK, self.claims)

    # Databases

    def record(self, kind: str, claims: int = 0) -> Database:
        """Return a database with a record of so many claims."""
        claims = claims or self.claims
        if kind != "sqlite":
            return self._copied(kind, self.record("sqlite", claims))
        fill = self._fill("fill.py", claims)
        return self.places.made(kind, f"record_{claims}", migration_state(), fill)

    def desk(self, kind: str) -> Database:
        """Return one with the record of so many claims, and the desk's own rows."""
        if kind != "sqlite":
            return self._copied(kind, self.desk("sqlite"))
        claims = self.desk_claims

        def make(database: Database) -> None:
            self._fill("fill.py", claims)(database)
            self._fill("desk_fill.py", claims)(database)
            logins = program("-m", desk_logins.__name__)
            self.run(logins, ours(database, self.places.data))

        return self.places.made(kind, f"desk_{claims}", migration_state(), make)

    def _copied(self, kind: str, original: Database) -> Database:
        """Return a database of another kind with the same rows."""

        def make(database: Database) -> None:
            command = program("-m", copying.__name__, "--from", original.place)
            command += ["--database", database.url]
            command += ["--folder", str(self.places.data)]
            self.run(command, environment())

        state = self.places.version(original)
        return self.places.made(kind, original.name, state, make)

    def stock(self, kind: str, claims: int = 0) -> Database:
        """Return the same claims in the tables of a stock application."""
        is_desk = claims == self.desk_claims  # whose record is of as many
        record = self.desk("sqlite") if is_desk else self.record("sqlite", claims)

        def make(database: Database) -> None:
            filler = program("-m", "tests.benchmarks.versus.stock.fill")
            self.run([*filler, "--from", record.place], self._stock(database))

        name = f"stock_{claims or self.claims}"
        return self.places.made(kind, name, self.places.version(record), make)

    def datasette_file(self) -> Database:
        record = self.record("sqlite")

        def make(database: Database) -> None:
            datasette.make_file(Path(record.place), Path(database.place))

        # The name of the file is in the addresses.
        return self.places.made(
            "sqlite", "datasette", self.places.version(record), make
        )

    def _fill(self, script: str, claims: int) -> Any:
        def make(database: Database) -> None:
            command = program(FILLERS / script, "--database", database.url)
            command += ["--claims", str(claims), "--folder", str(self.places.data)]
            if script == "fill.py":  # as many of these as go with so many claims
                command += ["--articles", "0", "--sources", "0"]
            self.run(command, environment())

        return make

    def run(self, command: list[str], variables: dict[str, str]) -> None:
        """Run a program of ours that has to succeed; its bar shows on a terminal."""
        log = self.places.folder / "programs.log"
        with log.open("wb") as output:
            said = None if sys.stderr.isatty() else output
            ran = subprocess.run(
                command, env=variables, cwd=ROOT, stdout=output, stderr=said
            )
        if ran.returncode:
            said = f"{ran.returncode}: {last_words(log)}"
            raise RuntimeError(f"{' '.join(command)} ended with {said}")

    # Sites

    @contextmanager
    def serve_us(
        self, database: Database, workers: int = 1, keep_pages: str = "off"
    ) -> Iterator[Site]:
        variables = ours(database, self.places.data, keep_pages)
        with self._gunicorn(US, variables, database, workers) as site:
            yield site

    @contextmanager
    def serve_stock(self, database: Database) -> Iterator[Site]:
        variables = self._stock(database)
        with self._gunicorn(STOCK_SITE, variables, database) as site:
            yield site

    @contextmanager
    def serve_datasette(self, program: Path) -> Iterator[Site]:
        file = Path(self.datasette_file().place)
        log = self.places.folder / "datasette.log"
        with served_by_datasette(program, file, log) as site, on_the_clients_core():
            yield site

    def columns(self) -> Iterator[tuple[str, "Column"]]:
        """Yield every column there can be, with how its site is served."""
        for kind in self.kinds:
            yield OURS[kind], Column("us", self.record(kind))
        if not self.with_others:
            return
        for kind in self.kinds:
            yield STOCK[kind], Column("stock", self.stock(kind))
        if datasette_program() is not None:
            yield DATASETTE, Column("datasette", self.datasette_file())

    @contextmanager
    def serve(self, column: "Column") -> Iterator[Site]:
        with ExitStack() as stack:
            if column.system == "us":
                yield stack.enter_context(self.serve_us(column.database))
            elif column.system == "stock":
                yield stack.enter_context(self.serve_stock(column.database))
            else:
                found = datasette_program()
                assert found is not None
                yield stack.enter_context(self.serve_datasette(found))

    @contextmanager
    def _gunicorn(
        self,
        application: str,
        variables: dict[str, str],
        database: Database,
        workers: int = 1,
    ) -> Iterator[Site]:
        log = self.places.folder / f"{application.rpartition('.')[2]}.log"
        cluster = self.places.cluster
        backends = cluster.backends if database.kind == "postgresql" else list
        with (
            served_by_gunicorn(application, variables, log, workers, backends) as site,
            on_the_clients_core(),
        ):
            yield site

    def _stock(self, database: Database) -> dict[str, str]:
        return environment(
            DATABASE_URL=database.url,
            DJANGO_SETTINGS_MODULE="tests.benchmarks.versus.stock.settings",
        )

    def editor_of(self, site: Site) -> Client:
        """Return somebody who is logged in: at our desk or at the stock admin."""
        client = Client(site.address)
        client.log_in(EDITOR, PASSWORD)
        return client

    def prepare(self) -> None:
        """Collect the static files that the site's pages name."""
        variables = environment(
            DJANGO_SETTINGS_MODULE="tracker.settings",
            TRACKER_DATA_DIR=str(self.places.data),
        )
        command = program("manage.py", "collectstatic", "--no-input", "--verbosity=0")
        self.run(command, variables)
        os.sync()


@dataclass(frozen=True)
class Column:
    """A system under measurement, with the database behind it."""

    system: str
    database: Database
