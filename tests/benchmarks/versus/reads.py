"""Pages that are asked for in every column: what to ask, and the rows it makes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tests.benchmarks.town import WORDS

from .bench import Bench
from .client import measured
from .figures import CPU, OURS, Row, Value
from .places import Database

#: Addresses of one page; the median is taken over requests that go through them.
ADDRESSES = 40
STATUSES = ("verified", "refuted", "misleading", "disputed", "unverified", "not-rated")
PER_PAGE = 30


class Facts:
    """What is in a record: names to filter by and to look for."""

    def __init__(self, record: Database) -> None:
        self.record = record

    def _column(self, table: str, column: str, order: str) -> list[str]:
        statement = f"SELECT {column} FROM claims_{table} ORDER BY {order} LIMIT 200"
        return [str(value) for (value,) in self.record.rows(statement)]

    @cached_property
    def sources(self) -> list[str]:
        return self._column("publishedsource", "slug", "public_id")

    @cached_property
    def articles(self) -> list[str]:
        return self._column("publishedarticle", "slug", "public_id")

    @cached_property
    def claims(self) -> list[str]:
        return self._column("publishedclaim", "public_id", "public_id")

    @cached_property
    def pages(self) -> int:
        (row,) = self.record.rows("SELECT count(*) FROM claims_publishedclaim")
        return max(1, row[0] // PER_PAGE)

    words = WORDS

    def read(self) -> None:
        """Look everything up now, before anybody is clocked."""
        for name in ("sources", "articles", "claims", "pages"):
            getattr(self, name)


Paths = Callable[[Facts], Iterable[str]]


@dataclass(frozen=True)
class Case:
    """One kind of page, with its addresses in each system that has it."""

    name: str
    paths: Mapping[str, Paths]
    limit: float | None = None
    note: str = ""
    times_few: float | None = None


def read_rows(bench: Bench, cases: Iterable[Case]) -> Iterator[Row]:
    """Measure each case in each column; yield its row, and its ratio to few claims."""
    cases = list(cases)
    values: dict[str, dict[str, Value]] = {case.name: {} for case in cases}
    for title, column in bench.columns():
        facts = Facts(bench.record("sqlite"))
        with bench.serve(column) as site:
            found = values_of(bench, site, column.system, cases, facts, title)
            for name, value in found.items():
                values[name][title] = value
    few = values_with_few(bench, [case for case in cases if case.times_few])
    for case in cases:
        yield Row(case.name, CPU, values[case.name], case.limit, note=case.note)
        if case.times_few and few:
            yield compared(case, bench.few, values[case.name], few[case.name])


def values_of(
    bench: Bench, site: Any, system: str, cases: list[Case], facts: Facts, title: str
) -> dict[str, Value]:
    found = {}
    for case in cases:
        if system in case.paths:
            paths = list(case.paths[system](facts))
            found[case.name] = measured(site, paths, bench.requests)
            bench.places.say(f"  {title}: {case.name} {found[case.name].number:.2f} ms")
    return found


def values_with_few(bench: Bench, cases: list[Case]) -> dict[str, dict[str, Value]]:
    """Measure ours with 10,000 claims, where there are more than that."""
    if bench.claims <= bench.few or not cases:
        return {}
    values: dict[str, dict[str, Value]] = {case.name: {} for case in cases}
    for kind in bench.kinds:
        record = bench.record(kind, bench.few)
        with bench.serve_us(record) as site:
            facts = Facts(bench.record("sqlite", bench.few))
            title = f"{OURS[kind]}, {bench.few:,} claims"
            for name, value in values_of(
                bench, site, "us", cases, facts, title
            ).items():
                values[name][OURS[kind]] = value
    return values


def compared(
    case: Case, few: int, many: Mapping[str, Value], values: Mapping[str, Value]
) -> Row:
    ratios = {
        column: Value(
            many[column].number / value.number, {f"at_{few}_ms": value.number}
        )
        for column, value in values.items()
        if column in many
    }
    return Row(f"{case.name}: against {few:,} claims", "×", ratios, case.times_few)
