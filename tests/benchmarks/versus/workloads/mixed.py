"""Readers and editors at once: 32 connections, one act in twenty a save at the desk."""

import random
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.client import Client, form_fields
from tests.benchmarks.versus.figures import OURS, Row, Value
from tests.benchmarks.versus.places import Database
from tests.benchmarks.versus.reads import STATUSES, Facts

TITLE = "Mixed load"
CONNECTIONS = 32
SAVES = 0.05
#: `make run` starts so many; with one there would be nobody to lock anybody out.
WORKERS = 2
TIMES_MEDIAN, TIMES_MEMORY = 10, 1.1
SEED = 2016
#: Memory is looked at once the caches are warm, and at the end.
WARM = 0.25
FIELD = "priority"


@dataclass
class Load:
    """What all connections together have seen."""

    until: float
    reads: list[float] = field(default_factory=list)
    saves: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def rows(bench: Bench) -> Iterator[Row]:
    loads: dict[str, Load] = {}
    memory: dict[str, Value] = {}
    for kind in bench.kinds:
        kept = bench.desk(kind)
        copy = bench.places.copy(kept, "mixed")
        try:
            loads[OURS[kind]], memory[OURS[kind]] = run(bench, copy)
        finally:
            bench.places.drop(copy)
    yield Row(
        f"errors in {bench.seconds} s with {CONNECTIONS} connections",
        "errors",
        {title: told(load) for title, load in loads.items()},
        0,
        note=f"{WORKERS} server processes on one core; an error is an answer other "
        "than the one wanted, or “database is locked” in the server's log",
    )
    for name in ("reads", "saves"):
        times = {title: getattr(load, name) for title, load in loads.items()}
        yield Row(f"mixed load, {name}: median", "ms", medians(times))
        yield Row(f"mixed load, {name}: p99 ÷ median", "×", tails(times), TIMES_MEDIAN)
    yield Row("mixed load: memory at the end ÷ warm", "×", memory, TIMES_MEMORY)


def run(bench: Bench, database: Database) -> tuple[Load, Value]:
    facts = Facts(database)
    facts.read()
    keys = [
        key
        for (key,) in database.rows(
            "SELECT id FROM claims_claim WHERE state = 'working' ORDER BY id LIMIT 1000"
        )
    ]
    with bench.serve_us(database, WORKERS, "on") as site:
        editor = bench.editor_of(site)
        load = Load(time.perf_counter() + bench.seconds)
        threads = [
            threading.Thread(
                target=keep_asking,
                args=(site, editor, facts, keys[number::CONNECTIONS], load, number),
            )
            for number in range(CONNECTIONS)
        ]
        for thread in threads:
            thread.start()
        time.sleep(bench.seconds * WARM)
        warm = site.memory()
        for thread in threads:
            thread.join()
        end = site.memory()
    locked = site.log.read_text(errors="replace").count("database is locked")
    load.faults += ["database is locked"] * locked
    return load, Value(end / warm, {"warm_mb": warm, "end_mb": end})


def keep_asking(
    site: Any,
    editor: Client,
    facts: Facts,
    keys: Sequence[int],
    load: Load,
    number: int,
) -> None:
    """Be one connection until the time is over. Nobody else saves its claims."""
    chance = random.Random(SEED + number)
    reader = Client(site.address)
    while time.perf_counter() < load.until:
        try:
            if keys and chance.random() < SAVES:
                save(editor, chance.choice(keys), load)
            else:
                read(reader, read_path(facts, chance), load)
        except (OSError, HTTPException) as fault:
            load.faults.append(repr(fault))


def read(reader: Client, path: str, load: Load) -> None:
    answer = reader.get(path)
    load.reads.append(answer.seconds)
    if answer.status != 200:
        load.faults.append(f"{path}: {answer.status}")


def read_path(facts: Facts, chance: random.Random) -> str:
    """Half status pages, half lists: as they open, paged, filtered, searched."""
    if chance.random() < 0.5:
        return f"/claims/{chance.choice(facts.claims)}/"
    query = chance.choice(
        [
            "",
            f"?page={chance.randint(1, facts.pages)}",
            f"?status={chance.choice(STATUSES)}",
            f"?source={chance.choice(facts.sources)}" if facts.sources else "",
            f"?words={chance.choice(facts.words)}",
        ]
    )
    return f"/claims/{query}"


def save(editor: Client, key: int, load: Load) -> None:
    """Open a claim, change one field, save; the saving alone is clocked."""
    path = f"/admin/claims/claim/{key}/change/"
    page = editor.get(path)
    fields = form_fields(page.body)
    other = "1" if (FIELD, "1") not in fields else "2"
    changed = [(name, other if name == FIELD else value) for name, value in fields]
    answer = editor.post(path, [*changed, ("_save", "Save")])
    load.saves.append(answer.seconds)
    if answer.status != 302:
        load.faults.append(f"{path}: {answer.status}")


def told(load: Load) -> Value:
    kinds = sorted({fault.rpartition(": ")[2] for fault in load.faults})
    return Value(
        len(load.faults),
        {
            "reads": len(load.reads),
            "saves": len(load.saves),
            "faults": ", ".join(kinds[:3]),
        },
    )


def medians(times: dict[str, list[float]]) -> dict[str, Value]:
    return {
        title: Value(statistics.median(each) * 1000, {"p99_ms": p99(each) * 1000})
        for title, each in times.items()
        if each
    }


def tails(times: dict[str, list[float]]) -> dict[str, Value]:
    return {
        title: Value(p99(each) / statistics.median(each))
        for title, each in times.items()
        if each
    }


def p99(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]
