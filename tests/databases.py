"""Where the databases of a test run come from: one migrated template, cheap copies of it.

SQLite: a file with the options of production. PostgreSQL: a cluster made for the run
and thrown away with it. Both keep the triggers; nothing is ever flushed.
"""

import fcntl
import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

TEMPLATE = "template"
START_SECONDS = 30


class SqliteFiles:
    """Databases as files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def create_template(self) -> None: ...  # SQLite makes the file at the first write

    def name_of(self, key: str) -> str:
        return str(self.folder / f"{key}.sqlite3")

    def url_of(self, key: str) -> str:
        return f"sqlite:///{self.name_of(key)}"

    def copy(self, key: str, template: str = TEMPLATE) -> None:
        shutil.copyfile(self.name_of(template), self.name_of(key))

    def drop(self, key: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(self.name_of(key) + suffix).unlink(missing_ok=True)


class PostgresqlCluster:
    """A server of our own in a folder: a socket there, no port, nothing kept."""

    #: Nothing here has to survive a power cut.
    SETTINGS: dict[str, str] = {"fsync": "off", "full_page_writes": "off"}

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pg"
        self.server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        binaries = postgresql_binaries()
        if binaries is None:
            raise RuntimeError(NO_POSTGRESQL)
        owner = cluster_owner()
        as_owner = {"user": owner, "extra_groups": []} if os.getuid() == 0 else {}
        if not self.folder.exists():
            self.folder.mkdir()
            shutil.chown(self.folder, owner)
            # The owner has to pass through the folder of the run, which is ours alone.
            self.folder.parent.chmod(0o711)
            self._make_cluster(binaries, as_owner)
        self._start_server(binaries, as_owner)

    def _make_cluster(self, binaries: Path, as_owner: dict[str, Any]) -> None:
        subprocess.run(
            [
                binaries / "initdb",
                f"--pgdata={self.folder / 'data'}",
                "--username=tracker",
                "--auth=trust",
                "--locale=C.UTF-8",
                "--encoding=UTF8",
                "--no-sync",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **as_owner,
        )

    def _start_server(self, binaries: Path, as_owner: dict[str, Any]) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            **self.SETTINGS,
        }
        command = [str(binaries / "postgres"), "-D", str(self.folder / "data")]
        for name, setting in options.items():
            command += ["-c", f"{name}={setting}"]
        log = self.folder / "log"
        with log.open("wb") as output:
            # A session of its own: Control-C must reach pytest, which ends the server.
            self.server = subprocess.Popen(
                command,
                stderr=output,
                stdout=output,
                cwd=self.folder,
                start_new_session=True,
                **as_owner,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            self._execute("SELECT 1")
            return True
        return False

    def stop(self) -> None:
        if self.server is not None:
            self.server.send_signal(2)  # SIGINT: end now, ask no client
            self.server.wait(timeout=START_SECONDS)

    def create_template(self) -> None:
        self._execute(f'CREATE DATABASE "{TEMPLATE}"')

    def name_of(self, key: str) -> str:
        return key

    def url_of(self, key: str) -> str:
        return f"postgresql://tracker@{quote(str(self.folder), safe='')}/{key}"

    def copy(self, key: str, template: str = TEMPLATE) -> None:
        self._execute(f'CREATE DATABASE "{key}" TEMPLATE "{template}"')

    def drop(self, key: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{key}" WITH (FORCE)')

    def _execute(self, statement: str) -> None:
        address = f"host={self.folder} user=tracker dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]


Store = SqliteFiles | PostgresqlCluster
KINDS = {"sqlite": SqliteFiles, "postgresql": PostgresqlCluster}
NO_POSTGRESQL = "no PostgreSQL server here (apt-get install postgresql)"


@dataclass(frozen=True)
class OwnDatabase:
    """A database that one test has for itself; programs it starts can share it."""

    url: str

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "DATABASE_URL": self.url}


def new_run_folder() -> Path:
    """Make the folder of this run; short, for the path of a socket has 107 bytes."""
    return Path(tempfile.mkdtemp(prefix="claims-", dir="/tmp"))


def postgresql_binaries() -> Path | None:
    """Return the folder of the newest server's programs."""
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    found = sorted(versions, key=lambda path: float(path.parent.name), reverse=True)
    if pg_config := shutil.which("pg_config"):
        told = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        found.insert(0, Path(told.stdout.strip()))
    if postgres := shutil.which("postgres"):
        found.append(Path(postgres).parent)
    return next((path for path in found if (path / "initdb").exists()), None)


def cluster_owner() -> str:
    """PostgreSQL refuses to run as root: then it is another user's."""
    if os.getuid() != 0:
        return getpass.getuser()
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate_template_once(store: Store, folder: Path) -> None:
    """Make the template, once for all the processes of a run."""
    from django.core.management import call_command

    with locked(folder / "template.lock"):
        if (folder / "template.made").exists():
            return
        store.create_template()
        with in_use(store, TEMPLATE):
            call_command("migrate", verbosity=0)
        (folder / "template.made").touch()


def fill_template_once(
    store: Store, folder: Path, name: str, fill: Callable[[], None]
) -> None:
    """Make a further template, filled, once for all the processes of a run."""
    with locked(folder / f"{name}.lock"):
        if (folder / f"{name}.made").exists():
            return
        store.copy(name)
        with in_use(store, name):
            fill()
        (folder / f"{name}.made").touch()


@contextmanager
def in_use(store: Store, key: str) -> Iterator[None]:
    """Point Django's default connection to a database, in this thread and new ones."""
    from django.db import connections

    configured = connections.settings["default"]
    connections.close_all()
    before, configured["NAME"] = configured["NAME"], store.name_of(key)
    try:
        yield
    finally:
        connections.close_all()
        configured["NAME"] = before
