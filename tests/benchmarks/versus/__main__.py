"""Measures us, a stock Django application and Datasette side by side, on the same work.

    make bench N=1000000
    make bench N=10000 ARGS="--only lists --only search"

Fills databases, serves each with its own server in one process on one core, asks from
another one, and prints medians of processor time and ratios. Databases are kept in the
folder of --folder (BENCH_DIR) and used again while their tables and N are the same.
When every workload has a figure for this N, the tables of docs/performance.md are
written anew; its prose stays.
"""

import argparse
import datetime
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

from .bench import Bench
from .figures import row_from
from .machine import CLIENT_CORE, ROOT, SERVER_CORE, commit, described
from .page import Measured, table, tables, write
from .places import Places, migration_state
from .serving import datasette_program
from .workloads import NAMES, workloads

PAGE = ROOT / "docs" / "performance.md"


class Results:
    """Figures of earlier runs in the same folder, kept workload by workload."""

    def __init__(self, folder: Path, claims: int) -> None:
        self.path = folder / f"figures-{claims}.json"
        self.kept = json.loads(self.path.read_text()) if self.path.exists() else {}

    def add(self, measured: Measured) -> None:
        self.kept[measured.name] = asdict(measured)
        self.path.write_text(json.dumps(self.kept, indent=1))

    def all(self) -> list[Measured]:
        found = [self.kept[name] for name in NAMES if name in self.kept]
        return [
            Measured(**{**each, "rows": [row_from(row) for row in each["rows"]]})
            for each in found
        ]

    @property
    def complete(self) -> bool:
        return set(NAMES) <= set(self.kept)


def run(chosen: argparse.Namespace) -> None:
    places = Places(chosen.folder)
    results = Results(places.folder, chosen.claims)
    say_what(chosen, places)
    with places.open(chosen.kinds) as kinds:
        bench = Bench(
            claims=chosen.claims,
            requests=chosen.requests,
            seconds=chosen.seconds,
            places=places,
            kinds=kinds,
            with_others=not chosen.ours_only,
        )
        bench.prepare()
        for name, workload in workloads(chosen.only):
            started = time.perf_counter()
            with places.step(workload.TITLE):
                rows = list(workload.rows(bench))
            seconds = time.perf_counter() - started
            at = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
            results.add(Measured(name, workload.TITLE, at, commit(), seconds, rows))
            print("\n".join(table(rows)), flush=True)
    if results.complete:
        write(chosen.page, tables(results.all(), heading(chosen, results)))
        print(f"Written: {chosen.page}")


def say_what(chosen: argparse.Namespace, places: Places) -> None:
    print(f"{chosen.claims:,} claims; databases are kept in {places.folder}")
    if datasette_program() is None:
        print("Datasette is not here and is left out: `make bench` installs it.")


def heading(chosen: argparse.Namespace, results: Results) -> list[str]:
    found = results.all()
    commits = sorted({each.commit for each in found})
    minutes = sum(each.seconds for each in found) / 60
    return [
        f"Measured: {found[0].at} to {found[-1].at}, {minutes:.0f} minutes.",
        f"Commit: {', '.join(commits)}; tables of migration state {migration_state()}.",
        f"Machine: {described()}.",
        f"Command: `make bench N={chosen.claims}`; server on core {SERVER_CORE}, "
        f"client on core {CLIENT_CORE}.",
    ]


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    parser.add_argument(
        "--only", action="append", default=[], choices=NAMES, help="one workload"
    )
    parser.add_argument(
        "--requests", type=int, default=40, help="for each page; default: 40"
    )
    parser.add_argument(
        "--seconds", type=int, default=120, help="of mixed load; default: 120"
    )
    parser.add_argument("--ours-only", action="store_true", help="leave the others out")
    parser.add_argument(
        "--sqlite-only",
        dest="kinds",
        action="store_const",
        const=["sqlite"],
        default=["sqlite", "postgresql"],
        help="leave PostgreSQL out",
    )
    parser.add_argument("--page", type=Path, default=PAGE, help="default: %(default)s")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(os.environ.get("BENCH_DIR") or ROOT / ".bench"),
        help="where databases are kept; default: BENCH_DIR, or .bench",
    )
    return parser


def main() -> None:
    run(arguments().parse_args())


if __name__ == "__main__":
    sys.exit(main())
