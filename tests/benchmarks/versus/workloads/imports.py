"""Importing claims as drafts: claims a second, memory, and an editor who saves meanwhile."""

import threading
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.desk_logins import EDITOR
from tests.benchmarks.versus.figures import OURS, Row, Value, not_there
from tests.benchmarks.versus.machine import run_measured
from tests.benchmarks.versus.places import ours, program
from tests.benchmarks.versus.programs import has_command, last_words

from .mixed import Load, save

TITLE = "Import of claims with sources and citations, as drafts"
COMMAND = "import_claims"
LIMIT_RATE, LIMIT_MEGABYTES, LIMIT_SAVE_MS = 1500, 300, 1000
#: Has `write_file(path, claims)`: articles, sources and two citations each.
FILE_WRITER = "tests.benchmarks.imports"
SECONDS_BETWEEN_SAVES = 0.5


def rows(bench: Bench) -> Iterator[Row]:
    many = f"import of {bench.desk_claims:,} claims"
    rate = {"limit": LIMIT_RATE, "at_least": True}
    if not has_command(COMMAND):
        yield not_there(many, "claims/s", "no such command yet", **rate)
        return
    rates, peaks, saves = {}, {}, {}
    for kind in bench.kinds:
        title = OURS[kind]
        rates[title], peaks[title], saves[title] = measure(bench, kind)
    yield Row(many, "claims/s", rates, **rate)
    yield Row(f"{many}: peak", "MB", peaks, LIMIT_MEGABYTES)
    yield Row("an editor's save meanwhile, the slowest", "ms", saves, LIMIT_SAVE_MS)


def measure(bench: Bench, kind: str) -> tuple[Value, Value, Value]:
    """Import into a copy of the desk, while somebody saves a claim there."""
    path = bench.places.folder / "claims.csv"
    import_module(FILE_WRITER).write_file(path, bench.desk_claims)
    copy = bench.places.copy(bench.desk(kind), "importing")
    said = bench.places.folder / "import.log"
    try:
        ((key,),) = copy.rows("SELECT id FROM claims_claim ORDER BY id LIMIT 1")
        with bench.serve_us(copy) as site:
            editor = bench.editor_of(site)
            load, over = Load(0), threading.Event()
            saving = threading.Thread(
                target=keep_saving, args=(editor, key, load, over)
            )
            saving.start()
            try:
                ran = run_measured(
                    program("manage.py", COMMAND, path, "--by", EDITOR),
                    ours(copy, bench.places.data),
                    said,
                )
            finally:
                over.set()
                saving.join()
    finally:
        bench.places.drop(copy)
        path.unlink()
    if ran.code:
        raise RuntimeError(f"{COMMAND} failed: {last_words(said)}")
    return (
        Value(
            bench.desk_claims / ran.seconds,
            {"seconds": ran.seconds, "cpu_seconds": ran.cpu_seconds},
        ),
        Value(ran.peak),
        Value(
            max(load.saves) * 1000,
            {"saves": len(load.saves), "faults": ", ".join(load.faults[:3])},
        ),
    )


def keep_saving(editor: Any, key: int, load: Load, over: threading.Event) -> None:
    while not over.is_set():
        save(editor, key, load)
        time.sleep(SECONDS_BETWEEN_SAVES)
