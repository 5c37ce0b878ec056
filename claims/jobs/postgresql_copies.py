"""PostgreSQL: `pg_dump` of a live database, `pg_restore` into an empty one."""

import os
import shutil
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from claims.search import PREFIX

from .database_facts import DatabaseFacts, Run, read_facts
from .durable import Progress, sync_file
from .manifest import BackupError

#: Where Debian and Ubuntu keep the client programs when they are not on the PATH.
DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")
FUNCTION = "claims_event_refuse"


def copy_out(
    connection: BaseDatabaseWrapper, folder: Path, progress: Progress = int
) -> tuple[str, DatabaseFacts]:
    """Dump the database as it is at one moment; return file name and facts.

    Writers go on meanwhile. The facts are those found in the dump: it and they are
    read in one snapshot.
    """
    target = folder / "database.dump"
    program = client_program("pg_dump")
    target.touch(mode=0o600)
    with closing(connection.copy()) as reader:
        reader.set_autocommit(False)
        with reader.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            run = _runner(cursor)
            snapshot = run("SELECT pg_export_snapshot()")[0][0]
            options = ["-Fc", f"--snapshot={snapshot}", f"--file={target}"]
            _run_client(connection, [program, *options])
            found = read_facts(run, _tables(run))
    progress(target.stat().st_size)
    sync_file(target)
    return target.name, found


def facts(connection: BaseDatabaseWrapper) -> DatabaseFacts:
    with connection.cursor() as cursor:
        run = _runner(cursor)
        return read_facts(run, _tables(run))


def occupied(connection: BaseDatabaseWrapper, tables: set[str]) -> str:
    """Say what stands in the way of a restore; "" of an empty place."""
    with connection.cursor() as cursor:
        found = sorted(tables & set(_tables(_runner(cursor))))
    name = connection.settings_dict["NAME"]
    return f"the database {name} has the table {found[0]}" if found else ""


def put_back(connection: BaseDatabaseWrapper, copy: Path) -> None:
    """Restore a dump in one transaction: whole, or not at all."""
    program = client_program("pg_restore")
    options = ["--single-transaction", "--exit-on-error", "--no-owner"]
    options += ["--no-privileges", f"--dbname={connection.settings_dict['NAME']}"]
    _run_client(connection, [program, *options, str(copy)])


def faults(_connection: BaseDatabaseWrapper) -> list[str]:
    """PostgreSQL checks keys while it restores; there is nothing more to ask."""
    return []


def clear(connection: BaseDatabaseWrapper, tables: set[str]) -> None:
    """Take the restored tables away again."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        searched = [t for t in _tables(_runner(cursor)) if t.startswith(PREFIX)]
        for table in sorted({*tables, *searched}):
            cursor.execute(f"DROP TABLE IF EXISTS {quote(table)} CASCADE")
        cursor.execute(f"DROP FUNCTION IF EXISTS {FUNCTION}")


def client_program(name: str) -> str:
    """Return the path of a PostgreSQL client program, or say how to get it."""
    if found := shutil.which(name):
        return found
    installed = list(DEBIAN_PROGRAMS.glob(f"[0-9]*/bin/{name}"))
    if installed:
        return str(max(installed, key=lambda path: float(path.parent.parent.name)))
    raise BackupError(
        f"The program {name} is not installed here: on Debian and Ubuntu, "
        "`apt-get install postgresql-client`, of the server's version or newer."
    )


def _run_client(connection: BaseDatabaseWrapper, command: list[str]) -> None:
    """Run a client program against our database, the password in its environment."""
    settings = connection.settings_dict
    _arguments, from_options = connection.client.settings_to_cmd_args_env(settings, [])
    wanted = {
        "PGDATABASE": settings["NAME"],
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        **(from_options or {}),
    }
    given = {name: str(value) for name, value in wanted.items() if value}
    ran = subprocess.run(  # noqa: S603 - our own programs, no words of a stranger
        command, env={**os.environ, **given}, capture_output=True, text=True
    )
    if ran.returncode != 0:
        said = ran.stderr.strip().splitlines() or ["it does not say why"]
        raise BackupError(f"{Path(command[0]).name} failed: {said[0]}")


def _runner(cursor: Any) -> Run:
    def run(statement: str) -> list[Any]:
        cursor.execute(statement)
        return list(cursor.fetchall())

    return run


def _tables(run: Run) -> list[str]:
    rows = run(
        "SELECT tablename FROM pg_tables "
        "WHERE schemaname = current_schema() ORDER BY tablename"
    )
    return [name for (name,) in rows]
