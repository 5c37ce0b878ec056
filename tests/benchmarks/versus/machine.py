"""The machine that measures: processor time and memory of processes, cores, its name."""

import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
CORES = sorted(os.sched_getaffinity(0))
#: Servers run on the first core, what asks them on the last one.
SERVER_CORE, CLIENT_CORE = CORES[0], CORES[-1]


def cpu_seconds(pids: Iterable[int]) -> float:
    """Return the processor time that these processes have taken, all threads in it.

    Nanoseconds, by the clock of each process: what clock_getcpuclockid(3) returns for
    it, which Python does not offer. /proc/…/stat counts in hundredths of a second.
    """
    taken = 0.0
    for pid in pids:
        with suppress(OSError):  # it has ended
            taken += time.clock_gettime((~pid << 3) | 2)
    return taken


def tree(pid: int) -> list[int]:
    """Return a process and all that it started, and they."""
    parents = _parents()
    found = [pid]
    for parent in found:
        found += [child for child, of in parents.items() if of == parent]
    return found


def _parents() -> dict[int, int]:
    """Return the parent of each process there is."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            after_name = path.read_text().rpartition(")")[2].split()
            found[int(path.parent.name)] = int(after_name[1])
    return found


def megabytes(pids: Iterable[int]) -> float:
    """Return the memory these processes hold; what they share counts for each."""
    return sum(_status(pid, "VmRSS") for pid in pids) / 1024


def command_of(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    return ""


def _status(pid: int, name: str) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1])
    return 0


def pin(pid: int, core: int) -> None:
    os.sched_setaffinity(pid, {core})


@contextmanager
def on_the_clients_core() -> Iterator[None]:
    pin(0, CLIENT_CORE)
    try:
        yield
    finally:
        os.sched_setaffinity(0, CORES)


class Ran(NamedTuple):
    """What a program took: by the wall clock, of processors, and of memory in MB."""

    seconds: float
    cpu_seconds: float
    peak: float
    code: int


def run_measured(command: list[str], environment: dict[str, str], output: Path) -> Ran:
    """Run a program to its end, whatever its exit code."""
    started = time.perf_counter()
    with output.open("wb") as file:
        program = subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT
        )
        _pid, status, usage = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    cpu = usage.ru_utime + usage.ru_stime
    return Ran(seconds, cpu, usage.ru_maxrss / 1024, program.returncode)


def described() -> str:
    """Say what machine this is, for whoever compares figures."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return (
        f"{_processor()}, {len(CORES)} cores, {memory:.0f} GB; "
        f"{platform.system()} {platform.release()}, {versions}"
    )


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def commit() -> str:
    """Return the commit that is measured, and whether files differ from it."""
    said = [
        subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True)
        for words in (
            ["rev-parse", "--short=10", "HEAD"],
            ["status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs"],
        )
    ]
    if said[0].returncode:
        return "no commit"
    return said[0].stdout.strip() + (" with changes" if said[1].stdout else "")


def python(*words: str) -> list[str]:
    return [sys.executable, *words]
