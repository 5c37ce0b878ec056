"""JSON Lines (https://jsonlines.org): one JSON object on each line."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from .encodings import lines_of
from .records import MAX_ROWS, Fault, FormatError, Reading, Record

_REMEDY = 'Each line is one JSON object, as in {"external_id": "17", …}.'


def read_jsonl(stream: BinaryIO) -> Reading:
    """Read one object from each line; a line that is none becomes a faulty record."""
    return Reading(None, _records(lines_of(stream)))


def _records(lines: Iterator[str]) -> Iterator[Record]:
    number = 0
    try:
        for number, line in enumerate(lines, start=1):
            if number > MAX_ROWS:
                raise FormatError(f"More than {MAX_ROWS:,} lines.", "Cut it up.")
            if line.strip():
                yield _record(number, line)
    except FormatError as error:
        row = number if number > MAX_ROWS else number + 1
        raise FormatError(error.sentence, error.remedy, row) from None


def _record(number: int, line: str) -> Record:
    try:
        value = json.loads(
            line, parse_constant=_no_number, object_pairs_hook=_without_doubles
        )
    except json.JSONDecodeError as error:
        sentence = f"It is not JSON: {error.msg} at character {error.pos + 1}."
        return _faulty(number, sentence)
    except (ValueError, RecursionError) as error:
        return _faulty(number, f"It cannot be read: {error}.")
    if not isinstance(value, dict):
        return _faulty(number, "It is no JSON object.")
    return Record(
        number, {name: cell for name, cell in value.items() if _is_filled(cell)}
    )


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != "" and cell != []


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name “{double}” stands there twice")
    return found


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number of JSON")


def _faulty(number: int, sentence: str) -> Record:
    return Record(number, {}, (Fault("", sentence, _REMEDY),))
