"""Prints what each public page costs: CPU milliseconds, queries, bytes.

    python tests/benchmarks/pages.py --claims 100000
    python tests/benchmarks/pages.py --claims 10000 --and 1000000

Median of 30 requests by the process clock, beside a view that does nothing, through
all of the middleware. A database server's own time is not in it. With a second size,
the last column is what a page costs there, against the first. Pages are made anew but
for those called "kept" or "304".
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.fill import fill, set_up  # noqa: E402, needs the path above

#: How many addresses of a page are asked for, when there are so many.
ADDRESSES = 30
WARM_UPS = 3
EMPTY = "/an-empty-view/"
SORTS = ("changed_at", "status", "attribution_check", "source_name", "said_from")
#: Lists as readers use them, beside each page as it opens; "{far}": a page far in.
VARIANTS = (
    "claims/?page=2",
    "claims/?page={far}",
    "claims/?status=refuted",
    "claims/?status=refuted&page={far}",
    "claims/?check=altered",
    "claims/?status=refuted&check=altered",
    "claims/?source=source-1",
    "claims/?article=article-1",
    "claims/?topic=topic-1",
    "claims/?topic=topic-1&status=refuted",
    "claims/?topic=topic-1&sort=source_name",
    "claims/?relayed=source-1&sort=said_from",
    "claims/?said_from=2024-03-01&said_to=2024-05-31",
    "claims/?said_from=2024-03-01&status=refuted",
    "claims/?words=bridge",
    *(f"claims/?sort={sign}{order}" for order in SORTS for sign in ("", "-")),
    *(f"claims/?sort={order}&page={{far}}" for order in SORTS),
    "sources/?page=2",
    "sources/?sort=-said_by",
    "documents/?page=2",
    "documents/?sort=-published_from",
    "corrections/?page=20",
)
#: Asked for again as they are kept, and once more by who has them.
KEPT = ("claims/", "claims/?status=refuted", "")


@dataclass(frozen=True)
class Cost:
    """What the requests to one page cost."""

    page: str
    status: int
    queries: int
    kilobytes: float
    median_ms: float
    worst_ms: float


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Yield each public page by name, with up to 30 addresses of it."""
    from django.urls import reverse

    from claims.views.urls import urlpatterns

    for pattern in urlpatterns:
        names = list(pattern.pattern.converters)
        if not names:
            yield pattern.name, [reverse(pattern.name)]
            continue
        keys = keys_for(pattern.name.partition("_")[0], names[0])
        yield pattern.name, [reverse(pattern.name, args=[key]) for key in keys]
    far = far_page()
    for variant in VARIANTS:
        yield variant, [f"/{variant.replace('{far}', str(far))}"]


def far_page() -> int:
    """Return a page at six tenths of the claims: the 20,000th of a million."""
    from claims.models import PublishedClaim

    return max(PublishedClaim.objects.count() * 6 // 10 // 30, 1)


def keys_for(subject: str, argument: str) -> list[str]:
    from claims import models

    if subject == "request":  # thanks for any number: none of them is looked up
        return [f"{number:010}" for number in range(ADDRESSES)]
    table = getattr(models, f"Published{subject.capitalize()}")
    column = "slug" if argument == "slug" else "pk"
    return list(table.objects.order_by("pk").values_list(column, flat=True)[:ADDRESSES])


def measure(
    page: str, paths: list[str], requests: int, etag: str | None = None
) -> Cost:
    """Ask for a page so many times; ``etag``: as somebody who has it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    headers = {"host": "localhost", "accept-encoding": "gzip"}
    client = Client(headers=headers | ({"if-none-match": etag} if etag else {}))
    response = client.get(paths[0])
    with CaptureQueriesContext(connection) as queries:
        client.get(paths[-1])
    asked = len(queries)  # now: the next request empties the log
    for number in range(WARM_UPS):
        client.get(paths[number % len(paths)])
    times = []
    for number in range(requests):
        path = paths[number % len(paths)]
        times.append(clocked(lambda path=path: client.get(path)))
    return Cost(
        page,
        response.status_code,
        asked,
        len(response.getvalue()) / 1024,
        statistics.median(times),
        max(times),
    )


def kept_costs(requests: int) -> Iterator[Cost]:
    """Yield what kept pages cost, and what it costs to say that one is still right."""
    from django.conf import settings
    from django.test import Client

    settings.TRACKER_KEEP_PAGES = True
    for name in KEPT:
        client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
        etag = client.get(f"/{name}").headers["ETag"]
        yield measure(f"{name or 'overview'}, kept", [f"/{name}"], requests)
        yield measure(f"{name or 'overview'}, 304", [f"/{name}"], requests, etag)
    settings.TRACKER_KEEP_PAGES = False


def clocked(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def add_empty_view() -> None:
    """Put a view that does nothing beside the site's own, behind its middleware."""
    from django.http import HttpResponse
    from django.urls import path

    from claims.views.public import public
    from tracker import urls

    view = public(lambda request: HttpResponse("nothing"))
    urls.urlpatterns.insert(0, path(EMPTY.strip("/") + "/", view, name="empty"))


def print_table(costs: list[Cost], smaller: dict[str, float]) -> None:
    """Print a row for each page; ``smaller``: milliseconds at the smaller size."""
    empty = costs[0].median_ms
    width = max(len(cost.page) for cost in costs)
    against = "  × smaller" if smaller else ""
    print(f"{'page':{width}}  status  queries     KB  CPU ms  worst  × empty{against}")
    for cost in costs:
        grown = f"  {cost.median_ms / smaller[cost.page]:9.2f}" if smaller else ""
        print(
            f"{cost.page:{width}}  {cost.status:6}  {cost.queries:7}  "
            f"{cost.kilobytes:5.1f}  {cost.median_ms:6.2f}  {cost.worst_ms:5.1f}  "
            f"{cost.median_ms / empty:7.1f}{grown}"
        )


def measure_all(claims: int, requests: int) -> list[Cost]:
    from claims.models import PublishedClaim

    if not PublishedClaim.objects.exists():
        fill(claims)
    pages = [("(an empty view)", [EMPTY]), *addresses()]
    costs = [measure(page, paths, requests) for page, paths in pages]
    costs += kept_costs(requests)
    print(f"{PublishedClaim.objects.count()} claims, median of {requests} requests")
    return costs


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    parser.add_argument(
        "--and", type=int, dest="larger", help="a second, larger number of claims"
    )
    parser.add_argument(
        "--requests", type=int, default=30, help="for each page; default: 30"
    )
    parser.add_argument(
        "--database",
        help="address of a database; filled if its record is empty. "
        "Default: a SQLite file that is thrown away",
    )
    parser.add_argument(
        "--and-database", dest="larger_database", help="the same, of the second size"
    )
    parser.add_argument("--against", default="{}", help=argparse.SUPPRESS)
    return parser


def main() -> None:
    chosen = arguments().parse_args()
    os.environ["TRACKER_KEEP_PAGES"] = "off"
    with tempfile.TemporaryDirectory(prefix="claims-benchmark-") as folder:
        database = chosen.database or f"sqlite:///{folder}/record.sqlite3"
        set_up(database, Path(folder))
        add_empty_view()
        costs = measure_all(chosen.claims, chosen.requests)
        print_table(costs, json.loads(chosen.against))
    if chosen.larger:
        known = {cost.page: cost.median_ms for cost in costs}
        again = ["--claims", str(chosen.larger), "--requests", str(chosen.requests)]
        if chosen.larger_database:
            again += ["--database", chosen.larger_database]
        # A process speaks to one database, so the second size has one of its own.
        program = [sys.executable, __file__, *again, "--against", json.dumps(known)]
        sys.exit(subprocess.run(program, check=False).returncode)


if __name__ == "__main__":
    main()
