"""Files of exports: their formats, written whole or not at all."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from claims.formats.tabular import csv_lines, exact_csv_lines
from claims.formats.xlsx_rows import write_xlsx

Header = Sequence[str]
Rows = Iterable[Sequence[str]]


def _write_lines(stream: BinaryIO, lines: Iterable[str]) -> None:
    for line in lines:
        stream.write(line.encode())


def _exact(stream: BinaryIO, header: Header, rows: Rows) -> None:
    _write_lines(stream, exact_csv_lines([header]))
    _write_lines(stream, exact_csv_lines(rows))


def _guarded(stream: BinaryIO, header: Header, rows: Rows) -> None:
    stream.write(b"\xef\xbb\xbf")  # or Excel reads another encoding
    _write_lines(stream, csv_lines([header]))
    _write_lines(stream, csv_lines(rows))


def _json_lines(stream: BinaryIO, header: Header, rows: Rows) -> None:
    for row in rows:
        filled = {name: cell for name, cell in zip(header, row, strict=True) if cell}
        stream.write(json.dumps(filled, ensure_ascii=False).encode() + b"\n")


#: Name of a format → what writes a table in it.
FORMATS: dict[str, Callable[[BinaryIO, Header, Rows], None]] = {
    "csv": _exact,
    "csv-for-spreadsheets": _guarded,
    "xlsx": write_xlsx,
    "jsonl": _json_lines,
}


def write_table(stream: BinaryIO, name: str, header: Header, rows: Rows) -> None:
    """Write a table in the format of that name, row by row."""
    FORMATS[name](stream, header, rows)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its name once all of it is written, and else is gone."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
