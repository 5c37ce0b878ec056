"""Tables as CSV (RFC 4180, UTF-8 without a mark): exact, or safe in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator, Sequence

#: A cell that begins so is run as a formula by spreadsheets (OWASP, "CSV Injection"),
#: the full-width signs too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield each row as one record, ended by CR LF, its cells guarded."""
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([guarded(cell) for cell in row])


def exact_csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield each row as one record, ended by CR LF, its cells as they are.

    For programs: read back, it is what it was. A spreadsheet may run a cell of it.
    """
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow(row)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
