"""Starts the sites that are measured, and tells what their processes take."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tracker.demo import web_server

from .machine import ROOT, SERVER_CORE, cpu_seconds, megabytes, pin, tree

START_SECONDS = 60


class Taken(NamedTuple):
    """Seconds of processor time since they started: web processes, database backends."""

    web: float
    database: float


@dataclass
class Site:
    """A site that is being served."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    backends: Callable[[], list[int]] = list
    processes: list[int] = field(default_factory=list)

    def cpu(self) -> Taken:
        return Taken(cpu_seconds(self.processes), cpu_seconds(self.backends()))

    def memory(self) -> float:
        return megabytes(tree(self.process.pid))


@contextmanager
def served_by_gunicorn(
    application: str,
    environment: dict[str, str],
    log: Path,
    workers: int = 1,
    backends: Callable[[], list[int]] = list,
) -> Iterator[Site]:
    """Serve as `make run` and production do, on the server's core."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.set_inheritable(True)
        address = "http://{}:{}".format(*listener.getsockname())
        command = web_server(listener, workers, application)
        options = {"env": environment, "pass_fds": [listener.fileno()]}
        with _running(command, address, log, options, backends) as site:
            yield site


@contextmanager
def served_by_datasette(program: Path, file: Path, log: Path) -> Iterator[Site]:
    """Serve a file with Datasette as it comes, but for queries of more than a second."""
    port = _free_port()
    command = [str(program), "serve", str(file), "--port", str(port)]
    command += ["--setting", "sql_time_limit_ms", "60000"]
    address = f"http://127.0.0.1:{port}"
    with _running(command, address, log, {"env": dict(os.environ)}) as site:
        yield site


def datasette_program() -> Path | None:
    """Return Datasette's program out of the environment that make keeps for it."""
    own = ROOT / ".venv-bench" / "bin" / "datasette"
    if own.exists():
        return own
    found = shutil.which("datasette")
    return Path(found) if found else None


@contextmanager
def _running(
    command: list[str],
    address: str,
    log: Path,
    options: dict,
    backends: Callable[[], list[int]] = list,
) -> Iterator[Site]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **options,
        )
    pin(process.pid, SERVER_CORE)
    site = Site(address, process, log, backends)
    try:
        _wait(site)
        site.processes = tree(process.pid)
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(site: Site) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urlopen(f"{site.address}/robots.txt", timeout=START_SECONDS):
                return
        except HTTPError:
            return  # it answers, and that is enough
        except (URLError, OSError):
            if site.process.poll() is not None or time.monotonic() > deadline:
                said = site.log.read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{site.address} did not start: {said}") from None
            time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
