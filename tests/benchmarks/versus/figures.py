"""What was measured: values side by side in rows, each with what is to be reached."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

#: The columns of the table, in order; the first two are ours.
OURS = {"sqlite": "us, SQLite", "postgresql": "us, PostgreSQL"}
STOCK = {"sqlite": "stock, SQLite", "postgresql": "stock, PostgreSQL"}
DATASETTE = "Datasette"
COLUMNS = (*OURS.values(), *STOCK.values(), DATASETTE)
CPU = "ms CPU"


@dataclass(frozen=True)
class Value:
    """One figure, and what else was seen while it was measured."""

    number: float
    details: Mapping[str, float | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One workload in all columns.

    ``limit`` is to be kept (at most) or, where more is better, reached (``at_least``).
    ``note`` says what a reader of the table has to know, first of all why a figure is
    missing.
    """

    name: str
    unit: str
    values: Mapping[str, Value]
    limit: float | None = None
    at_least: bool = False
    note: str = ""

    def met(self, column: str) -> bool | None:
        """Return whether a column reaches what is asked; ``None``: nothing to say."""
        value = self.values.get(column)
        if value is None or self.limit is None:
            return None
        if self.at_least:
            return value.number >= self.limit
        return value.number <= self.limit

    def ratio(self, other: str) -> float | None:
        """Return how many times ours on SQLite, or on PostgreSQL, another column is."""
        ours = OURS["postgresql" if other == STOCK["postgresql"] else "sqlite"]
        if ours not in self.values or other not in self.values:
            return None
        divisor = self.values[ours].number
        return self.values[other].number / divisor if divisor else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def row_from(stored: Mapping[str, Any]) -> Row:
    values = {name: Value(**each) for name, each in stored["values"].items()}
    return Row(**{**stored, "values": values})


def not_there(name: str, unit: str, note: str, **target: Any) -> Row:
    """Return a row without figures, for what this version cannot do."""
    return Row(name, unit, {}, note=note, **target)
