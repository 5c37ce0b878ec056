"""Exporting the whole record: rows a second, and how much memory it takes."""

from collections.abc import Iterator

from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.figures import OURS, Row, Value, not_there
from tests.benchmarks.versus.machine import run_measured
from tests.benchmarks.versus.places import ours, program
from tests.benchmarks.versus.programs import has_command, last_words

TITLE = "Export of all published claims"
COMMAND = "export_claims"
#: Rows a second, by the format.
LIMITS = {"csv": 25_000, "jsonl": 25_000, "xlsx": 3_000}
LIMIT_MEGABYTES = 150


def rows(bench: Bench) -> Iterator[Row]:
    for form, limit in LIMITS.items():
        name = f"export, {form}"
        target = {"limit": limit, "at_least": True}
        if not has_command(COMMAND):
            yield not_there(name, "rows/s", "no such command yet", **target)
            continue
        rates, peaks = {}, {}
        for kind in bench.kinds:
            rates[OURS[kind]], peaks[OURS[kind]] = export(bench, kind, form)
        yield Row(name, "rows/s", rates, **target)
        yield Row(f"{name}: peak", "MB", peaks, LIMIT_MEGABYTES)


def export(bench: Bench, kind: str, form: str) -> tuple[Value, Value]:
    target = bench.places.folder / f"export.{form}"
    target.unlink(missing_ok=True)
    said = bench.places.folder / "export.log"
    command = program("manage.py", COMMAND, target)
    variables = ours(bench.record(kind), bench.places.data)
    ran = run_measured(command, variables, said)
    if ran.code:
        raise RuntimeError(f"{COMMAND} failed: {last_words(said)}")
    megabytes = target.stat().st_size / 2**20
    target.unlink()
    details = {"seconds": ran.seconds, "cpu_seconds": ran.cpu_seconds}
    rate = bench.claims / ran.seconds
    return Value(rate, {**details, "file_mb": megabytes}), Value(ran.peak)
