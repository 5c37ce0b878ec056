"""Tries what the page about PostgreSQL says, by its own commands, and times each block.

    python tests/benchmarks/moving.py

Every block of docs/postgresql.md that is marked `sh` runs in order, in one shell, as
root of a machine would run it: against a PostgreSQL and a Redis that are started for
it and thrown away, and an installation on SQLite with the demo's stories. Paths of the
page become folders of the run; `systemctl`, `runuser` and `apt-get` are played. Ends
with exit code 1 at the first command that fails. Needs postgresql and redis-server.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.databases import (  # noqa: E402, needs the path above
    PostgresqlCluster,
    new_run_folder,
    postgresql_binaries,
)

PAGE = ROOT / "docs" / "postgresql.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SITE = 8001
#: Where things lie on the page, and here.
PLACES = {
    "/etc/claims.env": "etc/claims.env",
    "/var/lib/claims": "lib",
    "/var/backups/claims": "backups",
    "/srv/claims": str(ROOT),
}
#: The operator's script, as docs/operator.md has it, with this run's paths and Python.
CLAIMS = """\
#!/bin/sh
set -a; . {folder}/etc/claims.env; set +a
cd {root} && exec {python} manage.py "$@"
"""
#: Starts and ends the web processes: what systemd does with the unit of the guide.
SYSTEMCTL = """\
#!/bin/sh
pid={folder}/gunicorn.pid
case "$1" in
stop)
    [ ! -f $pid ] || {{ kill "$(cat $pid)"; while [ -f $pid ]; do sleep 0.1; done; }} ;;
start)
    set -a; . {folder}/etc/claims.env; set +a
    cd {root}
    {python} -m gunicorn tracker.wsgi --workers 3 --bind 127.0.0.1:{site} \\
        --no-control-socket --pid $pid --daemon --error-logfile {folder}/gunicorn.log
    for _ in $(seq 100); do
        curl --silent --output /dev/null http://127.0.0.1:{site}/healthz && exit 0
        sleep 0.2
    done
    cat {folder}/gunicorn.log; exit 1 ;;
esac
"""
#: `runuser -u postgres -- createdb …`: here everybody may do everything.
RUNUSER = '#!/bin/sh\nshift 3; exec "$@"\n'
NOTHING = "#!/bin/sh\n"


class Stage:
    """The folder that the commands of the page take for their machine."""

    def __init__(self, folder: Path, redis_port: int) -> None:
        self.folder, self.redis_port = folder, redis_port
        self.site = free_port()
        for name in ("bin", "etc", "lib", "backups"):
            (folder / name).mkdir()
        self.programs()
        settings = {
            "SECRET_KEY": "a-key-for-trying-long-enough-to-be-taken-and-no-secret",
            "TRACKER_DATA_DIR": str(folder / "lib"),
            "TRACKER_REPORT_EMAIL": "errors@claims.example",
        }
        lines = [f"{name}={value}\n" for name, value in settings.items()]
        (folder / "etc" / "claims.env").write_text("".join(lines))

    def programs(self) -> None:
        words = {
            "folder": self.folder,
            "root": ROOT,
            "python": sys.executable,
            "site": self.site,
        }
        for name, text in {
            "claims": CLAIMS.format(**words),
            "systemctl": SYSTEMCTL.format(**words),
            "runuser": RUNUSER,
            "apt-get": NOTHING,
        }.items():
            path = self.folder / "bin" / name
            path.write_text(text)
            path.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        binaries = postgresql_binaries()
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("TRACKER_", "DJANGO_", "PG"))
            and name not in ("SECRET_KEY", "DATABASE_URL", "CACHE_URL")
        }
        return {
            **kept,
            "PATH": f"{self.folder / 'bin'}:{binaries}:{os.environ['PATH']}",
            "PGHOST": str(self.folder / "pg"),
            "PGUSER": "tracker",
            "PYTHONPATH": str(ROOT),
        }

    def here(self, block: str) -> str:
        """Return a block of the page with the places of this run."""
        for place, name in PLACES.items():
            block = block.replace(place, str(self.folder / name))
        block = block.replace("127.0.0.1:8001", f"127.0.0.1:{self.site}")
        return block.replace("127.0.0.1:6379", f"127.0.0.1:{self.redis_port}")

    def prepare(self) -> None:
        """Make the installation on SQLite that is going to move."""
        for words in (
            ["migrate", "--verbosity=0"],
            ["loaddata", "town_demo", "libya_2016", "--verbosity=0"],
            ["collectstatic", "--no-input", "--verbosity=0"],
        ):
            subprocess.run(
                [self.folder / "bin" / "claims", *words],
                env=self.environment,
                check=True,
            )


def try_page(stage: Stage) -> bool:
    """Run all blocks in one shell, so that what one sets the next has."""
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    shell = subprocess.Popen(
        ["bash", "-e", "-o", "pipefail"],
        stdin=subprocess.PIPE,
        env=stage.environment,
        cwd=stage.folder,
        text=True,
    )
    assert shell.stdin is not None
    for number, block in enumerate(blocks, start=1):
        said = f"echo; echo '== block {number} of {len(blocks)}'; SECONDS=0"
        after = f'echo "-- block {number}: $SECONDS s"'
        shell.stdin.write(f"{said}\nset -x\n{stage.here(block)}set +x\n{after}\n")
    shell.stdin.close()
    return shell.wait() == 0


@contextmanager
def redis() -> Iterator[int]:
    program = shutil.which("redis-server")
    if program is None:
        sys.exit("redis-server is not here: apt-get install redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def main() -> None:
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    if postgresql_binaries() is None:
        sys.exit("PostgreSQL is not here: apt-get install postgresql")
    folder = new_run_folder()
    cluster = PostgresqlCluster(folder)
    started = time.perf_counter()
    cluster.start()
    try:
        with redis() as port:
            stage = Stage(folder, port)
            stage.prepare()
            good = try_page(stage)
            subprocess.run([folder / "bin" / "systemctl", "stop"], check=False)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
    taken = time.perf_counter() - started
    print(f"{'Every block worked' if good else 'A command failed'}: {taken:.0f} s")
    sys.exit(not good)


if __name__ == "__main__":
    main()
