"""Prints what a search costs: milliseconds to find, and of the whole page.

    python tests/benchmarks/search.py --claims 100000
    python tests/benchmarks/search.py --claims 100000 --postgresql

Medians. CPU is that of this process, with SQLite in it; elapsed time has a database
server's own in it, and whatever else the machine does. The index is first made from
nothing: how many claims a second, and how large it gets, is printed too.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.fill import fill, set_up  # noqa: E402, needs the path above

#: What readers type. Each claim of the invented town is made of forty words: "bridge" is
#: in nearly all of them, and numbers are those of sources.
QUERIES = {
    "rare": "7",
    "common": "bridge",
    "phrase": '"mill bridge"',
    "none": "zanzibar",
    "prefix": "bri*",
    "common and rare": "bridge 7",
    "many common": "council mill bridge river harbour",
    "exclusion": "bridge -7",
    "long phrase": '"mill bridge river"',
}
TIMES = 7


def clocked(act: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of CPU and elapsed milliseconds."""
    spent = []
    act()
    for _ in range(TIMES):
        cpu, elapsed = time.process_time(), time.monotonic()
        act()
        spent.append((time.process_time() - cpu, time.monotonic() - elapsed))
    cpus, elapsed_times = zip(*spent, strict=True)
    return statistics.median(cpus) * 1000, statistics.median(elapsed_times) * 1000


def print_times() -> None:
    from django.test import Client

    from claims.search import find

    client = Client(headers={"host": "localhost"})
    print(f"{'':18} {'find, ms':>18} {'page, ms':>18}")
    print(f"{'search':16} {'CPU':>10} {'elapsed':>9} {'CPU':>8} {'elapsed':>9}  found")
    for name, typed in QUERIES.items():
        cpu, elapsed = clocked(lambda typed=typed: find(typed).public_ids(0, 30))
        page = clocked(lambda typed=typed: client.get("/claims/", {"words": typed}))
        found = find(typed)
        number = f"{len(found.keys)}{'+' if found.has_more else ''}"
        order = "the best first" if found.is_ranked else "the newest first"
        print(
            f"{name:16} {cpu:10.2f} {elapsed:9.2f} {page[0]:8.2f} {page[1]:9.2f}  "
            f"{number}, {order}"
        )


def make_index() -> None:
    from django.db import connection

    from claims.models import PublishedClaim
    from claims.search import PUBLIC, rebuild

    claims = PublishedClaim.objects.count()
    cpu, elapsed = time.process_time(), time.monotonic()
    rebuild(PUBLIC, anew=True)
    cpu, elapsed = time.process_time() - cpu, time.monotonic() - elapsed
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(_SIZE[connection.vendor])
        size = cursor.fetchone()[0]
    print(
        f"{connection.vendor}, {claims:,} claims: {claims / cpu:,.0f} a second of CPU, "
        f"{claims / elapsed:,.0f} a second elapsed; {size / claims:,.0f} bytes a claim"
    )


#: Bytes of the public index. In SQLite, of its texts and entries by their content.
_SIZE = {
    "sqlite": "SELECT (SELECT sum(length(block)) FROM claims_search_public_texts_data)"
    " + (SELECT sum(length(c0) + length(c1) + length(c2) + length(c3)) "
    "FROM claims_search_public_texts_content)",
    "postgresql": "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
    "WHERE relname LIKE 'claims\\_search\\_public%' AND relkind = 'r'",
}


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a PostgreSQL server of our own; give the address of a database."""
    from tests.databases import TEMPLATE, PostgresqlCluster

    folder.chmod(0o711)
    cluster = PostgresqlCluster(folder)
    cluster.start()
    try:
        cluster.create_template()
        yield cluster.url_of(TEMPLATE)
    finally:
        cluster.stop()


def measure(database: str, claims: int, folder: Path) -> None:
    set_up(database, folder)
    from claims.models import PublishedClaim

    if not PublishedClaim.objects.exists():
        fill(claims)
    make_index()
    print_times()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--database",
        help="address of a database; filled if its record is empty. "
        "Default: a SQLite file that is thrown away",
    )
    where.add_argument(
        "--postgresql", action="store_true", help="on a server that is thrown away"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claims-", dir="/tmp") as name:
        folder = Path(name)
        if chosen.postgresql:
            with server(folder) as database:
                measure(database, chosen.claims, folder)
            return
        database = chosen.database or f"sqlite:///{folder}/record.sqlite3"
        measure(database, chosen.claims, folder)


if __name__ == "__main__":
    main()
