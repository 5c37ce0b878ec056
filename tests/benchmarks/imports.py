"""What importing and exporting costs: rows a second, memory, how long an editor waits.

    python tests/benchmarks/imports.py --claims 100000

Fills a database of its own: imports a CSV of that many claims in 200 articles, of 2,000
sources, with two citations each (half as many documents as claims), while another
program saves a claim at the desk again and again, as an editor does. Then it fills a
record of 2,000 claims, multiplies its rows to ``--rows``, and exports them.
"""

import argparse
import csv
import os
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.fill import set_up  # noqa: E402

ARTICLES, SOURCES = 200, 2000
HEADER = (
    *("external_id", "claim", "kind", "voice", "article", "article_title"),
    *("article_url", "article_publisher", "article_published", "wording", "source"),
    *("source_kind", "source_role", "said_words", "topics", "priority"),
    *("citation_1_url", "citation_1_title", "citation_1_publisher"),
    *("citation_1_stance", "citation_1_quotation", "citation_1_locator_kind"),
    *("citation_1_locator", "citation_2_url", "citation_2_title", "citation_2_stance"),
    "citation_2_quotation",
)
#: The editor's program: saves one claim for as long as its input is open.
EDITOR = """
import sys, threading, time
sys.path.insert(0, sys.argv[3])
from pathlib import Path
from tests.benchmarks.fill import set_up
set_up(sys.argv[1], Path(sys.argv[2]))
from claims.models import Claim
from claims.moves import record_edit
from django.contrib.auth.models import User
from django.db import transaction
claim, user = Claim.objects.get(text="The editor's own claim."), User.objects.get()
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
waits = []
while not waits or not ended.wait(0.2):
    began = time.perf_counter()
    with transaction.atomic():
        claim.role = f"saved {len(waits)} times"
        claim.save()
        record_edit(claim, user, ["claim.role"])
    waits.append(time.perf_counter() - began)
print(len(waits), sorted(waits)[len(waits) // 2], max(waits))
"""


def row(number: int) -> list[str]:
    article, source = number % ARTICLES, number % SOURCES
    document, other = number % 50_021, number // 2
    return [
        *(f"row-{number}", f"Figure {number} of the year is above the last one."),
        *(["figure", "event", "state"][number % 3], "attributed"),
        *(f"story-{article}", f"Story number {article}"),
        *(f"https://news.example/{article}", "The Elm Post", "2026-03-02"),
        f"the figure {number}, it said, was above that of last year",
        *(f"Source number {source}", "person", "spokesperson", "last month"),
        *(f"Topic {number % 12}", "high"),
        *(f"https://a.example/{document}", f"Paper {document}", "The Office"),
        *("supports", f"Figure {number} stood above it.", "page", str(number % 90 + 1)),
        *(f"https://b.example/{other}", f"Answer {other}", "context"),
        f"About {number}, nobody knows.",
    ]


def write_file(path: Path, claims: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(row(number) for number in range(claims))


class Clock:
    """Wall time, processor time and the highest memory of one step."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def show(self, step: str, rows: int) -> None:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{step:24} {rows / wall:9,.0f} rows/s  {rows / cpu:9,.0f} rows/s of CPU  "
            f"peak {peak:4.0f} MB"
        )


def apart(work: Any, database: str, folder: Path, number: int) -> None:
    """Do one half of the work in a child; end where it fails."""
    sys.stdout.flush()
    if child := os.fork():
        if os.waitpid(child, 0)[1]:
            sys.exit(f"{work.__name__} failed")
        return
    code = 1
    try:
        set_up(database, folder)
        work(database, folder, number)
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        sys.stdout.flush()
        os._exit(code)


def measure_import(database: str, folder: Path, claims: int) -> None:
    from django.contrib.auth.models import User

    from claims.jobs import imports

    path = folder / "claims.csv"
    write_file(path, claims)
    editor = begin_editing(database, folder)
    user, whole = User.objects.get(), Clock()
    clock = Clock()
    with path.open("rb") as stream:
        staged = imports.stage(imports.File(stream, path.name, "csv"), user)
    assert staged.added == claims, (staged.added, staged.refused)
    clock.show("check", claims)
    clock = Clock()
    imports.begin(staged, user)
    for _rows in imports.carry_on(staged):
        pass
    clock.show("write", claims)
    whole.show("import, both", claims)
    saves, median, longest = editor.communicate("")[0].split()
    print(
        f"an editor's save         {float(median) * 1000:9.0f} ms median   "
        f"{float(longest) * 1000:9.0f} ms longest of {saves}"
    )
    staged.refresh_from_db()
    assert (staged.state, staged.written) == ("done", claims)


def begin_editing(database: str, folder: Path) -> Any:
    from tests.factories import make_claim, make_user

    make_claim(text="The editor's own claim.")
    make_user("Editors", username="rita")
    return subprocess.Popen(
        [sys.executable, "-c", EDITOR, database, str(folder), str(ROOT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


FILLED = 2000


def fill_record(rows: int) -> None:
    """Fill a record, and copy its claims until there are so many: nothing else counts."""
    from django.db import connection

    from claims.models import PublishedClaim
    from tests.benchmarks.fill import fill

    filled = min(FILLED, rows)
    fill(filled, sources=200)
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in PublishedClaim._meta.concrete_fields]
    others = ", ".join(columns[1:])
    table = quote(PublishedClaim._meta.db_table)
    with connection.cursor() as cursor:
        for number in range(1, rows // filled):
            cursor.execute(
                f"INSERT INTO {table} (public_id, {others}) "
                f"SELECT %s || substr(public_id, 5), {others} FROM {table} "
                "WHERE public_id NOT LIKE %s",
                [f"!{number:03}", "!%"],
            )


def measure_exports(_database: str, folder: Path, rows: int) -> None:
    fill_record(rows)
    from claims.jobs.exports import (
        chosen_claims,
        record_lines,
        record_table,
        write_table,
    )

    for name in ("csv", "csv-for-spreadsheets", "jsonl", "xlsx"):
        claims, clock = chosen_claims(), Clock()
        with (folder / f"record.{name}").open("wb") as stream:
            if name == "jsonl":
                stream.writelines(line.encode() for line in record_lines(claims))
            else:
                write_table(stream, name, *record_table(claims))
        clock.show(f"export {name}", claims.count())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    parser.add_argument(
        "--rows", type=int, default=100_000, help="of the export; default: 100000"
    )
    parser.add_argument(
        "--database", help="address of an empty database (default: a SQLite file)"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claims-benchmark-") as name:
        folder = Path(name)
        database = chosen.database or f"sqlite:///{folder}/desk.sqlite3"
        # Each half in a process of its own, which has a highest memory of its own.
        apart(measure_import, database, folder, chosen.claims)
        apart(measure_exports, database, folder, chosen.rows)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    main()
