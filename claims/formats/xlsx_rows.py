"""Tables as XLSX: every cell a text, so that no spreadsheet runs any of them.

openpyxl writes it, in the mode that holds one row (5,000 rows of 12 cells a second).
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

#: A sheet has no more (Excel specifications and limits).
MAX_SHEET_ROWS = 1_048_576
MAX_CELL_CHARACTERS = 32_767
CUT = " … (cut: a cell of XLSX holds no more; CSV and JSON Lines have all of it)"
#: What XML cannot hold or would change, and what reads as its escape.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)"
)


def write_xlsx(
    stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Write a workbook; another sheet with the header begins where one is full."""
    from openpyxl import Workbook  # half a second, for this format alone
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet, used = None, 0
    for row in rows:
        if sheet is None or used == MAX_SHEET_ROWS:
            sheet, used = book.create_sheet(), 1
            sheet.append(list(header))
        cells: list[Any] = []
        for text in row:
            if not text:
                cells.append(None)  # is left out of the file, and costs nothing
                continue
            cell = WriteOnlyCell(sheet, value=writable(text))
            cell.data_type = "s"  # or one that begins with = would be a formula
            cells.append(cell)
        sheet.append(cells)
        used += 1
    if sheet is None:
        book.create_sheet().append(list(header))
    book.save(stream)


def writable(text: str) -> str:
    """Return a text as XLSX holds it: escaped (ECMA-376, part 1, 22.9.2.19) and cut."""
    escaped = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if len(escaped) <= MAX_CELL_CHARACTERS:
        return escaped
    return escaped[: MAX_CELL_CHARACTERS - len(CUT)] + CUT
