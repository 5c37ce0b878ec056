"""The writer of the record in bulk: rows and search index from releases, a second."""

import json
from collections.abc import Iterator

from tests.benchmarks.fill import Filler
from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.figures import OURS, Row, Value, not_there
from tests.benchmarks.versus.machine import run_measured
from tests.benchmarks.versus.places import environment, program
from tests.benchmarks.versus.programs import last_words

TITLE = "The record's writer in bulk"
NAME = "publishing writer, record and search index"
LIMIT_RATE = 2_000
WRITER = "tests.benchmarks.versus.writer"


def rows(bench: Bench) -> Iterator[Row]:
    target = {"limit": LIMIT_RATE, "at_least": True}
    if not hasattr(Filler, "write"):
        yield not_there(NAME, "claims/s", "no writer in bulk yet", **target)
        return
    values = {OURS[kind]: measure(bench, kind) for kind in bench.kinds}
    note = f"{bench.desk_claims:,} claims into an empty record, releases included"
    yield Row(NAME, "claims/s", values, note=note, **target)


def measure(bench: Bench, kind: str) -> Value:
    empty = bench.places.empty(kind, "written")
    said = bench.places.folder / "writer.json"
    command = program("-m", WRITER, "--database", empty.url)
    command += ["--claims", str(bench.desk_claims)]
    command += ["--folder", str(bench.places.data)]
    try:
        ran = run_measured(command, environment(), said)
    finally:
        bench.places.drop(empty)
    if ran.code:
        raise RuntimeError(f"the writer failed: {last_words(said)}")
    told = json.loads(said.read_text().splitlines()[-1])
    rate = told["claims"] / told["seconds"]
    details = {"seconds": told["seconds"], "cpu_seconds": told["cpu_seconds"]}
    return Value(rate, {**details, "peak_mb": ran.peak})
