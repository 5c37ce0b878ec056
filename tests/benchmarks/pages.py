"""Prints what each public page costs: CPU milliseconds, queries, bytes.

    python tests/benchmarks/pages.py --claims 100000

Median of 30 requests by the process clock, beside a view that does nothing, through
all of the middleware. A database server's own time is not in it.
"""

import argparse
import statistics
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
#: Lists as readers use them, beside each page as it opens.
VARIANTS = (
    "claims/?page=2",
    "claims/?page=500",
    "claims/?status=refuted",
    "claims/?words=bridge",
    "claims/?sort=source",
    "claims/?sort=-said",
    "sources/?page=2",
    "documents/?page=2",
)


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
    for variant in VARIANTS:
        yield variant, [f"/{variant}"]


def keys_for(subject: str, argument: str) -> list[str]:
    from claims import models

    if subject == "request":  # thanks for any number: none of them is looked up
        return [f"{number:010}" for number in range(ADDRESSES)]
    table = getattr(models, f"Published{subject.capitalize()}")
    column = "slug" if argument == "slug" else "pk"
    return list(table.objects.order_by("pk").values_list(column, flat=True)[:ADDRESSES])


def measure(page: str, paths: list[str], requests: int) -> Cost:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
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


def print_table(costs: list[Cost]) -> None:
    empty = costs[0].median_ms
    width = max(len(cost.page) for cost in costs)
    print(f"{'page':{width}}  status  queries     KB  CPU ms  worst  × empty".rstrip())
    for cost in costs:
        print(
            f"{cost.page:{width}}  {cost.status:6}  {cost.queries:7}  "
            f"{cost.kilobytes:5.1f}  {cost.median_ms:6.2f}  {cost.worst_ms:5.1f}  "
            f"{cost.median_ms / empty:7.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    parser.add_argument(
        "--requests", type=int, default=30, help="for each page; default: 30"
    )
    parser.add_argument(
        "--database",
        help="address of a database; filled if its record is empty. "
        "Default: a SQLite file that is thrown away",
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claims-benchmark-") as folder:
        database = chosen.database or f"sqlite:///{folder}/record.sqlite3"
        set_up(database, Path(folder))
        from claims.models import PublishedClaim

        if not PublishedClaim.objects.exists():
            fill(chosen.claims)
        add_empty_view()
        pages = [("(an empty view)", [EMPTY]), *addresses()]
        costs = [measure(page, paths, chosen.requests) for page, paths in pages]
        count = PublishedClaim.objects.count()
        print(f"{count} claims, median of {chosen.requests} requests")
        print_table(costs)


if __name__ == "__main__":
    main()
