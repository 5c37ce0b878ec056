"""CSV (RFC 4180) as people save it: comma, semicolon or tab, any line end."""

import csv
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from .encodings import lines_of
from .records import (
    MAX_ROWS,
    FormatError,
    Reading,
    Record,
    column_names,
    record_of,
)

DELIMITERS = (",", ";", "\t")


def read_csv(stream: BinaryIO) -> Reading:
    """Read a table whose first row names the columns. Raises ``FormatError``.

    The separator is the one that cuts the header into most cells. Quotes must be
    right: where they are not, nobody can say where a cell ends, and reading ends.
    """
    lines = lines_of(stream)
    first = next(lines, "")
    rows = _rows(chain([first], lines), delimiter_of(first))
    _number, header = next(rows, (1, []))
    columns = column_names(header)
    return Reading(columns, _records(rows, columns))


def delimiter_of(header: str) -> str:
    """Return what separates the names in a header line; a comma if nothing does."""
    counts = {
        each: len(next(csv.reader([header], delimiter=each), ())) for each in DELIMITERS
    }
    return max(DELIMITERS, key=lambda each: counts[each])


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    number = 1
    try:
        for row in csv.reader(lines, delimiter=delimiter, strict=True):
            yield number, row
            number += 1
    except csv.Error as error:
        raise FormatError(
            f"The quotes are not right ({error}).",
            "A cell in quotes ends with one; a quote inside it is written twice.",
            number,
        ) from None
    except FormatError as error:
        raise FormatError(error.sentence, error.remedy, number) from None


def _records(
    rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...]
) -> Iterator[Record]:
    for number, row in rows:
        if number > MAX_ROWS:
            raise FormatError(
                f"More than {MAX_ROWS:,} rows.", "Cut the file up.", number
            )
        if any(row):
            yield record_of(number, columns, row)
