"""XLSX as spreadsheets save it: the first sheet, read row by row.

openpyxl reads it, in the mode that holds one row; tablib would hold the whole table.
A formula is handed on as the text it is: nothing here works anything out.
"""

import datetime
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from .records import (
    MAX_COLUMNS,
    MAX_ROWS,
    FormatError,
    Reading,
    Record,
    column_names,
    record_of,
)

#: A workbook is a ZIP file. What its parts say they unpack to is checked before any of
#: them is unpacked, and no part can unpack to more than it says.
MAX_PARTS = 1000
MAX_SHEET_BYTES = 1024**3
#: Read whole into memory: each text once, and everything that is no sheet.
MAX_TEXTS_BYTES = 64 * 1024**2
MAX_OTHER_BYTES = 16 * 1024**2
#: One after another; a row's number may be anything, and the rows before it are empty.
MAX_EMPTY_ROWS = 100_000
_DAMAGED = "This is no XLSX file, or it is damaged."
_SAVE_AGAIN = "Open it in a spreadsheet and save it anew, or save it as CSV UTF-8."
#: How a character that XML cannot hold is written (ECMA-376, part 1, 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(stream: BinaryIO) -> Reading:
    """Read the first sheet of a workbook. Raises ``FormatError``."""
    from openpyxl import load_workbook  # half a second, for this format alone

    refuse_bombs(stream)
    try:
        book = load_workbook(stream, read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size may be wrong
        rows = _rows(sheet.iter_rows(values_only=True))
        _number, header = next(rows, (1, []))
    except FormatError:
        raise
    except Exception as error:
        # It raises whatever it stumbles over.
        raise FormatError(_DAMAGED, _SAVE_AGAIN) from error
    columns = column_names(header)
    return Reading(columns, _records(rows, columns))


def refuse_bombs(stream: BinaryIO) -> None:
    """Refuse a workbook that would unpack to too much, or that brings entities."""
    try:
        with zipfile.ZipFile(stream) as parts:
            members = parts.infolist()
            if len(members) > MAX_PARTS:
                raise FormatError(f"The workbook has more than {MAX_PARTS} parts.")
            for member in members:
                _refuse_size(member)
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_entities(parts, member)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, EOFError) as error:
        raise FormatError(_DAMAGED, _SAVE_AGAIN) from error
    except (NotImplementedError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise FormatError(_DAMAGED, _SAVE_AGAIN) from error
    stream.seek(0)


def _refuse_size(member: zipfile.ZipInfo) -> None:
    most = MAX_OTHER_BYTES
    if "worksheets/" in member.filename:
        most = MAX_SHEET_BYTES
    elif member.filename.endswith("sharedStrings.xml"):
        most = MAX_TEXTS_BYTES
    if member.file_size > most:
        raise FormatError(
            f"“{member.filename}” unpacks to {member.file_size:,} bytes; "
            f"{most:,} are the most.",
            "Cut the table up, or save it as CSV UTF-8.",
        )


def _refuse_entities(parts: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    with parts.open(member) as part:
        start = part.read(4096).replace(b"\x00", b"")
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise FormatError(
            "The workbook defines entities, which no spreadsheet does.", _SAVE_AGAIN
        )


def _rows(cells: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, list[str]]]:
    number = last = 0
    try:
        for number, row in enumerate(cells, start=1):
            if number > MAX_ROWS or number - last > MAX_EMPTY_ROWS:
                raise FormatError("So many rows are too many.", "Cut it up.", number)
            filled = len(row)
            while filled and row[filled - 1] is None:
                filled -= 1
            last = number if filled else last
            if filled > MAX_COLUMNS:
                raise FormatError(f"More than {MAX_COLUMNS} columns.", row=number)
            yield number, [_text(cell) for cell in row[:filled]]
    except FormatError:
        raise
    except Exception as error:
        # It raises whatever it stumbles over.
        raise FormatError(_DAMAGED, _SAVE_AGAIN, number + 1) from error


def _records(
    rows: Iterator[tuple[int, list[str]]], columns: tuple[str, ...]
) -> Iterator[Record]:
    for number, row in rows:
        if any(row):
            missing = len(columns) - len(row)
            yield record_of(number, columns, row + [""] * missing)


def _text(cell: Any) -> str:
    """Return a cell as text: days as 2016-03-03, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell)
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
