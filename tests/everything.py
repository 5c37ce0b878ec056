"""`make test`: every run of the suite that this machine can make, one after the other.

    python -m tests.everything [options of pytest]

With TRACKER_TESTS_NO_SKIPS=1 a missing PostgreSQL or Chromium is a failure.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.databases import NO_POSTGRESQL, postgresql_binaries

NO_TESTS = 5  # pytest's exit code when the options chose none
MOST_WORKERS = 4
NEWER = (3, 13)
PINS = ["requirements.txt", "requirements-dev.txt"]


@dataclass(frozen=True)
class Run:
    name: str
    python: str
    options: list[str] = field(default_factory=list)
    database: str = "sqlite"


def main(options: list[str]) -> int:
    runs, absent = plan()
    for run in runs:
        print(f"Will run: {run.name}", flush=True)
    for sentence in absent:
        print(f"Left out: {sentence}", flush=True)
    codes = {run.name: execute(run, options) for run in runs}
    failed = [name for name, code in codes.items() if code not in {0, NO_TESTS}]
    if set(codes.values()) == {NO_TESTS}:
        failed = ["no test was run"]
    if NO_POSTGRESQL in absent and os.environ.get("TRACKER_TESTS_NO_SKIPS") == "1":
        failed.append(NO_POSTGRESQL)
    if failed:
        print(f"Failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def plan() -> tuple[list[Run], list[str]]:
    """Return the runs to make, and a sentence for what cannot be tried here.

    Two runs try both databases and both Pythons. Browser stories are told once.
    """
    runs = [Run(f"SQLite, {version_of(sys.executable)}", sys.executable)]
    absent = []
    newer = sys.executable
    if sys.version_info[:2] < NEWER:
        newer = newer_environment() or sys.executable
        if newer == sys.executable:
            absent.append("no Python {}.{} here".format(*NEWER))
    if postgresql_binaries():
        name = f"PostgreSQL, {version_of(newer)}"
        runs.append(Run(name, newer, ["-m", "not browser"], "postgresql"))
    else:
        absent.append(NO_POSTGRESQL)
        if newer != sys.executable:
            name = f"SQLite, {version_of(newer)}"
            runs.append(Run(name, newer, ["-m", "not browser"]))
    return runs, absent


def version_of(python: str) -> str:
    told = subprocess.run([python, "--version"], capture_output=True, text=True)
    return told.stdout.strip()


def newer_environment() -> str | None:
    """Make the environment of the newer Python; None when there is no such Python."""
    version = "{}.{}".format(*NEWER)
    python = newer_python(f"python{version}")
    if python is None:
        return None
    folder = f".venv-{version}"
    subprocess.run([python, "tracker/install.py", folder, *PINS], check=True)
    return f"{folder}/bin/python"


def newer_python(name: str) -> str | None:
    """Find an interpreter that runs: pyenv's shim is there even when none is chosen."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    version = name.removeprefix("python")
    own = sorted(pyenv.glob(f"versions/{version}.*/bin/{name}"))
    for candidate in [shutil.which(name), *map(str, own)]:
        command = [candidate, "-c", "import ensurepip, sqlite3"]
        if candidate and subprocess.run(command, capture_output=True).returncode == 0:
            return candidate
    return None


def execute(run: Run, options: list[str]) -> int:
    print(f"\n{run.name}", flush=True)
    command = [run.python, "-m", "pytest", "-q", "--dist", "worksteal"]
    command += ["-n", str(workers()), *run.options, *options]
    environment = {**os.environ, "TRACKER_TEST_DATABASE": run.database}
    return subprocess.run(command, env=environment).returncode


def workers() -> int:
    """One more than there are cores: a worker waits for its browser, server or disk."""
    return min(MOST_WORKERS, (os.cpu_count() or 1) + 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
