"""What a reader of any format hands on: records of named cells, and faults.

A reader turns bytes into a stream of these and knows nothing of claims. What the cells
mean is for whoever asked for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

#: More rows than any sheet of a spreadsheet has.
MAX_ROWS = 1_100_000
MAX_COLUMNS = 500
#: Of one line of a text format: a record with every cell filled has a tenth of it.
MAX_LINE_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class Fault:
    """Why a cell (``field``), or with "" a whole row, cannot be taken; what to do."""

    field: str
    sentence: str
    remedy: str = ""


class FormatError(Exception):
    """The file cannot be read on from here; ``row`` is where, as a spreadsheet counts."""

    def __init__(self, sentence: str, remedy: str = "", row: int | None = None) -> None:
        self.sentence, self.remedy, self.row = sentence, remedy, row
        place = f"Row {row}: " if row is not None else ""
        super().__init__(f"{place}{sentence} {remedy}".strip())


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number as a spreadsheet counts (the header is row 1), its cells.

    Empty cells are left out. A value is a text; in JSON Lines also a number, a list or
    a dictionary. ``faults``: why the row cannot be taken although the file can be read.
    """

    number: int
    cells: dict[str, Any]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Reading:
    """A file being read: the names of its columns (``None``: each row has its own)."""

    columns: tuple[str, ...] | None
    records: Iterator[Record]


def column_names(cells: list[str]) -> tuple[str, ...]:
    """Return the names of a header row; ``FormatError`` for a doubled or empty one.

    "External ID" is read as "external_id". Empty cells at the end are no columns.
    """
    names = ["_".join(cell.split()).casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise FormatError("There is no header.", "Name the columns in row 1.", 1)
    if len(names) > MAX_COLUMNS:
        raise FormatError(f"More than {MAX_COLUMNS} columns are too many.", row=1)
    for place, name in enumerate(names, start=1):
        if not name:
            raise FormatError(f"Column {place} has no name.", "Name it.", 1)
        if name in names[: place - 1]:
            raise FormatError(
                f"The column “{name}” stands there twice.", "Take one out.", 1
            )
    return tuple(names)


def record_of(number: int, columns: tuple[str, ...], row: list[str]) -> Record:
    """Return the record of a row; one with other than its cells is not taken."""
    if len(row) != len(columns) and any(
        row[len(columns) :] or [len(row) < len(columns)]
    ):
        sentence = f"It has {len(row)} cells, the header {len(columns)}."
        remedy = "Put cells that hold the separator or a quote between double quotes."
        return Record(number, {}, (Fault("", sentence, remedy),))
    return Record(
        number, {name: cell for name, cell in zip(columns, row, strict=False) if cell}
    )
