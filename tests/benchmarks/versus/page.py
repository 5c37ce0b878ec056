"""The tables of `docs/performance.md`, written between two marks; the prose stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .figures import COLUMNS, OURS, Row, Value

BEGIN = "<!-- written by make bench: from here -->"
END = "<!-- written by make bench: to here -->"
NOTHING = "–"
#: Details under the table, by the name they are kept under.
DETAILS = {
    "wall_ms": "wall, ms",
    "worst_ms": "worst, ms CPU",
    "kilobytes": "kB",
    "requests": "requests",
}


@dataclass(frozen=True)
class Measured:
    """What one workload gave, and when and on what it was measured."""

    name: str
    title: str
    at: str
    commit: str
    seconds: float
    rows: list[Row]


def tables(found: Iterable[Measured], heading: Iterable[str]) -> str:
    """Return the text between the marks."""
    found = list(found)
    lines = [*(f"- {line}" for line in heading), ""]
    commits = {each.commit for each in found}
    for each in found:
        lines += [f"### {each.title}", ""]
        if len(commits) > 1:
            lines += [f"Commit {each.commit}, {each.at}.", ""]
        lines += [*table(each.rows), ""]
    lines += ["### In detail", "", *details(found)]
    return "\n".join(lines)


def table(rows: list[Row]) -> list[str]:
    heads = ["workload", "to reach", *COLUMNS, "stock ÷ us", "Datasette ÷ us", "met"]
    lines = [line(heads), "|" + "---|" * len(heads)]
    for row in rows:
        cells = [
            row.name,
            target(row),
            *(cell(row, column) for column in COLUMNS),
            times(row.ratio(COLUMNS[2])),
            times(row.ratio(COLUMNS[4])),
            verdict(row),
        ]
        lines.append(line(cells))
    notes = [f"{row.name}: {row.note}." for row in rows if row.note]
    return [*lines, *(["", *(f"- {note}" for note in notes)] if notes else [])]


def line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def target(row: Row) -> str:
    if row.limit is None:
        return row.unit
    return f"{'≥' if row.at_least else '≤'} {number(row.limit)} {row.unit}"


def cell(row: Row, column: str) -> str:
    """Return a figure; of PostgreSQL also how much of it is the database's own."""
    value = row.values.get(column)
    if value is None:
        return NOTHING
    own = float(value.details.get("database_ms", 0))
    beside = f" (database {number(own)})" if own else ""
    return f"{number(value.number)}{beside}"


def number(value: float) -> str:
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(ratio: float | None) -> str:
    return NOTHING if ratio is None else f"{number(ratio)} ×"


def verdict(row: Row) -> str:
    """Say of each of our databases whether the target is met."""
    met = [row.met(column) for column in OURS.values() if column in row.values]
    if not met or row.limit is None:
        return NOTHING
    words = ["yes" if each else "**no**" for each in met]
    return words[0] if len(set(words)) == 1 else " / ".join(words)


def details(found: Iterable[Measured]) -> list[str]:
    lines = [line(["figure", "column", *DETAILS.values(), "else"])]
    lines.append("|" + "---|" * (3 + len(DETAILS)))
    for each in found:
        for row in each.rows:
            for column, value in row.values.items():
                if value.details:
                    lines.append(line([row.name, column, *detail_cells(value)]))
    return lines


def detail_cells(value: Value) -> list[str]:
    left: Mapping[str, float | str] = {
        name: each
        for name, each in value.details.items()
        if name not in DETAILS and name not in ("database_ms", "status") and each != ""
    }
    rest = ", ".join(f"{name} {shown(each)}" for name, each in left.items())
    known = [shown(value.details.get(name, NOTHING)) for name in DETAILS]
    return [*known, rest or NOTHING]


def shown(value: float | str) -> str:
    return value if isinstance(value, str) else number(value)


def write(path: Path, text: str) -> None:
    """Put the tables between the marks of a page; everything else stays."""
    before, begin, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path} lacks the line {BEGIN} or {END}.")
    page = f"{before}{BEGIN}\n\n{text}\n\n{END}{after}"
    path.write_text(page, encoding="utf-8")
