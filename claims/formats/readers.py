"""Every format that a table of claims may come in: its name, endings and reader."""

from collections.abc import Callable
from typing import BinaryIO

from .csv_records import read_csv
from .jsonl_records import read_jsonl
from .records import Reading
from .xlsx_records import read_xlsx

#: Bytes → a stream of records. A further format is a further line here.
READERS: dict[str, Callable[[BinaryIO], Reading]] = {
    "csv": read_csv,
    "xlsx": read_xlsx,
    "jsonl": read_jsonl,
}
_ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def format_named(file_name: str) -> str:
    """Return the format that a file's name ends with; "" for any other name."""
    lower = file_name.lower()
    return next((name for end, name in _ENDINGS.items() if lower.endswith(end)), "")
