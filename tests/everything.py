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
    """Return the runs to make, and a sentence for each that cannot be made here."""
    version = "{}.{}".format(*sys.version_info[:2])
    runs = [Run(f"SQLite, Python {version}, with browser stories", sys.executable)]
    absent = []
    once = ["-m", "not browser"]  # browser stories are told once
    if postgresql_binaries():
        name = f"PostgreSQL, Python {version}"
        runs.append(Run(name, sys.executable, once, "postgresql"))
    else:
        absent.append(NO_POSTGRESQL)
    newer = "{}.{}".format(*NEWER)
    if sys.version_info[:2] < NEWER:
        if python := newer_python(f"python{newer}"):
            folder = f".venv-{newer}"
            subprocess.run([python, "tracker/install.py", folder, *PINS], check=True)
            name = f"SQLite, Python {newer}"
            runs.append(Run(name, f"{folder}/bin/python", once))
        else:
            absent.append(f"no Python {newer} here")
    return runs, absent


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
    command = [run.python, "-m", "pytest", "-q", "--dist", "loadfile", "-n", "auto"]
    command += ["--maxprocesses", "4", *run.options, *options]
    environment = {**os.environ, "TRACKER_TEST_DATABASE": run.database}
    return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
