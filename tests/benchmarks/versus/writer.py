"""Clocks the record's writer: releases in bulk, their rows and their search index.

    python -m tests.benchmarks.versus.writer --database sqlite:////tmp/new.sqlite3

Contents are invented beforehand. Prints the claims and the seconds it took to write
them, as JSON; nothing where this version cannot write in bulk.
"""

import argparse
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.benchmarks.fill import Filler, set_up
from tests.benchmarks.town import Town


class ClockedFiller(Filler):
    """A filler whose writing alone is clocked, not what it invents to be written."""

    seconds = cpu_seconds = 0.0

    def write(self, releases: Iterable[Any]) -> None:
        made = list(releases)
        started, cpu = time.perf_counter(), time.process_time()
        super().write(made)  # type: ignore[misc]
        if made[0].subject_type == "claim":
            self.seconds += time.perf_counter() - started
            self.cpu_seconds += time.process_time() - cpu


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", required=True, help="an empty one")
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    parser.add_argument("--folder", type=Path, required=True, help="data folder")
    chosen = parser.parse_args()
    if not hasattr(Filler, "write"):
        return
    set_up(chosen.database, chosen.folder)
    articles, sources = min(200, chosen.claims), min(2000, 2 * chosen.claims)
    filler = ClockedFiller(Town(chosen.claims, articles, sources))
    filler.fill()
    taken = {"seconds": filler.seconds, "cpu_seconds": filler.cpu_seconds}
    print(json.dumps({"claims": chosen.claims, **taken}))


if __name__ == "__main__":
    main()
