"""Prints how links are judged, how many are looked at in a second, and the memory.

    python tests/benchmarks/link_watch.py --judged --links 200 1000

With ``--judged`` first a thousand links on 50 scripted hosts, looked at until each has
gone its road (weeks, on a frozen clock): how many were judged right at every step.

Each number of links gets a process and a database of its own. The links lie on 50 hosts,
which are one server on loopback, in another process. Hosts allow everything here: no
pause between requests, or the pause is all that would be measured. Two rounds: all
pages new (read in this process; in earnest each new page is read by a child process,
which takes longer than all else), then half of them *not modified* and the other half
sending the same page again. Memory is the highest that the process ever took.
"""

import argparse
import asyncio
import datetime
import os
import resource
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

HOSTS = 50
WORDS = "The ferry carried 38,412 people in 2024."
ETAG = '"1"'
ROUNDS = ("new pages", "pages known already")


async def _answer(reader: Any, writer: Any) -> None:
    request = await reader.readuntil(b"\r\n\r\n")
    path = request.split(b" ", 2)[1].decode()
    if path == "/robots.txt":
        status, body = "404 Not Found", b"No."
    elif b"If-None-Match" in request:
        status, body = "304 Not Modified", b""
    else:
        words = " ".join(f"{path.strip('/')}-{number}" for number in range(300))
        html = f'<html lang="en"><h1>{path}</h1><p>{words}</p><p>{WORDS}</p></html>'
        status, body = "200 OK", html.encode()
    # Only a page that may change has a name for its version.
    tag = "" if path.endswith("same") else f"ETag: {ETAG}\r\n"
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{tag}"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()
    writer.close()


async def _serve() -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0, backlog=512)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


def fill(links: int) -> None:
    """Make so many cited documents: half of them name the version of their page."""
    from claims.models import Citation
    from tests.factories import make_claim, make_copy, make_document

    claim = make_claim()
    for number in range(links):
        ending = "same" if number % 2 else "named"
        url = f"http://h{number % HOSTS}.example/{number}{ending}"
        document = make_document(url=url, title=f"/{number}{ending}")
        make_copy(document, text=WORDS)
        Citation.objects.create(
            claim=claim, document=document, stance="supports", quotation=WORDS
        )


def measure(links: int, port: int) -> None:
    """Look at all links, round after round; print what each round took."""
    from claims.fetch import fetch
    from claims.jobs.link_watch import Way, looking
    from tests.links import FrozenClock, plainly
    from tests.scripted import Loopback

    class Hosts(Loopback):
        def dial(self, address: str, number: int, seconds: float) -> Any:
            return super(Loopback, self).dial("127.0.0.1", port, seconds)

    clock = FrozenClock()
    way = Way(
        fetch=partial(fetch, network=Hosts()),
        read=plainly,
        clock=clock.now,
        sleep=clock.sleep,
        pause_seconds=0,
    )
    fill(links)
    for name in ROUNDS:
        began, spent = time.perf_counter(), time.process_time()
        with looking(way, every=True) as (_links, looks):
            looked = {each.memory.state for each in looks}
        took = time.perf_counter() - began
        spent = time.process_time() - spent
        assert looked == {"ok"}, looked
        sys.stdout.write(f"  {name:28}{links / took:8.0f}{spent / links * 1000:8.1f}\n")
        # Within a day, so that robots.txt is known and the page alone is asked for.
        clock.at += datetime.timedelta(hours=12)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"  {'highest memory, MB':28}{peak:8.0f}\n")


def judge() -> None:
    """Print, life by life, how many links were judged right through all their steps."""
    from tests.benchmarks.fill import set_up

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        set_up(f"sqlite:///{path}/links.sqlite3", path)
        from tests.links import FrozenClock, Hosts, way_to
        from tests.scripted import scripted
        from tests.thousand import travel

        clock = FrozenClock()
        hosts = Hosts(clock)
        with scripted(hosts) as server:
            journey = travel(hosts, way_to(server, clock), clock)
    sys.stdout.write(f"{'what the links do':28}{'links':>8}{'right':>8}  in the end\n")
    for name, links, right, end in journey.by_life():
        sys.stdout.write(f"  {name:26}{links:8}{right:8}  {end}\n")
    sys.stdout.write(f"  {'all':26}{len(journey.seen):8}")
    sys.stdout.write(f"{len(journey.seen) - len(journey.wrong):8}\n\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--judged", action="store_true", help="judge a thousand first")
    parser.add_argument("--links", type=int, nargs="+", default=[200, 1000])
    parser.add_argument("--database", default="", help="a URL; default: a new file")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        asyncio.run(_serve())
    elif chosen.port:
        with tempfile.TemporaryDirectory() as folder:
            from tests.benchmarks.fill import set_up

            path = Path(folder)
            set_up(chosen.database or f"sqlite:///{path}/links.sqlite3", path)
            measure(chosen.links[0], chosen.port)
    else:
        if chosen.judged:
            judge()
        table(chosen.links, chosen.database)


def table(sizes: list[int], database: str) -> None:
    own = [sys.executable, str(Path(__file__))]
    with subprocess.Popen(
        [*own, "--serve"], stdout=subprocess.PIPE, text=True
    ) as hosts:
        port = hosts.stdout.readline().strip()  # type: ignore[union-attr]
        try:
            for size in sizes:
                sys.stdout.write(
                    f"{size} links on {HOSTS} hosts: looks a second, CPU ms each\n"
                )
                sys.stdout.flush()
                more = ["--database", database] if database else []
                command = [*own, "--links", str(size), "--port", port, *more]
                subprocess.run(command, check=True, env=os.environ)
        finally:
            hosts.terminate()


if __name__ == "__main__":
    main()
