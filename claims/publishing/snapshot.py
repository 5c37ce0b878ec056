"""Compares a record before and after a replay, in a few megabytes however large."""

import hashlib
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Self

#: Table, key, digest.
Row = tuple[str, str, str]
_HEAPS = 4096


@dataclass(frozen=True, order=True)
class Difference:
    """One row of the record that is missing, in excess or not what it should be."""

    table: str
    key: str
    fault: str


class Snapshot:
    """The rows as they were: their digests in a file, and a sum for each heap of them.

    Rows fall into heaps by their key. Only where a sum differs later, the rows of that
    heap are looked at one by one.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115, closed by __exit__
        self._sums = [0] * _HEAPS

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._file.close()

    def add(self, row: Row) -> None:
        self._file.write("\t".join(row) + "\n")
        self._sums[_heap(row)] += int(row[2], 16)

    def differences(self, rows: Callable[[], Iterable[Row]]) -> list[Difference]:
        """Compare with the rows as they are now; ``rows`` is asked once or twice."""
        sums = [0] * _HEAPS
        for row in rows():
            sums[_heap(row)] += int(row[2], 16)
        heaps = {heap for heap in range(_HEAPS) if sums[heap] != self._sums[heap]}
        if not heaps:
            return []
        before = _digests(row for row in self._rows() if _heap(row) in heaps)
        after = _digests(row for row in rows() if _heap(row) in heaps)
        return sorted(_compare(before, after))

    def _rows(self) -> Iterator[Row]:
        self._file.seek(0)
        for line in self._file:
            table, key, digest = line.rstrip("\n").split("\t")
            yield table, key, digest


def _heap(row: Row) -> int:
    key = f"{row[0]} {row[1]}".encode()
    return int.from_bytes(hashlib.blake2b(key, digest_size=2).digest()) % _HEAPS


def _digests(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """Return the digests by table and key; rows without a key of their own counted."""
    copies: Counter[tuple[str, str]] = Counter()
    found = {}
    for table, key, digest in rows:
        copies[table, key] += 1
        number = copies[table, key]
        found[table, key if number == 1 else f"{key} ×{number}"] = digest
    return found


def _compare(
    before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]
) -> Iterator[Difference]:
    for key in {*before, *after}:
        if key not in before:
            yield Difference(*key, "missing")
        elif key not in after:
            yield Difference(*key, "follows from no release")
        elif before[key] != after[key]:
            yield Difference(*key, "differs from its releases")
