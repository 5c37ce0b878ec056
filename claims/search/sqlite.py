"""The indexes on SQLite: a full-text table (FTS5) beside the entries.

Its tokenizer only parts at spaces: every character beyond ASCII belongs to a word, and
what is not of a word was folded away before. Columns have their own copy of the terms,
so that an entry can be taken out whatever the claim says now.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from .entries import Entry, distinct
from .queries import Query, Unit
from .tables import COLUMNS, LAST, WEIGHTS, Index

_PLACES = ", ".join(COLUMNS)
#: Terms met in one look: a ten-millionth of a second each (tests/benchmarks/search.py).
WORK = 250_000


def among(expression: str, values: Iterable[Any]) -> tuple[str, Any]:
    """Return a condition with its one parameter, however many values there are."""
    condition = f"{expression} IN (SELECT value FROM json_each(%s))"
    return condition, json.dumps(list(values))


def add(cursor: Any, index: Index, entries: list[tuple[int, Entry]]) -> None:
    cursor.executemany(
        f"INSERT INTO {index.entries} (id, public_id, moment, digest) "
        "VALUES (%s, %s, %s, %s)",
        [(key, each.public_id, each.moment, each.digest) for key, each in entries],
    )
    cursor.executemany(
        f"REPLACE INTO {index.texts} (rowid, {_PLACES}) VALUES (%s, %s, %s, %s, %s)",
        [(key, *each.columns) for key, each in entries],
    )


def take_out(cursor: Any, index: Index, keys: list[int]) -> None:
    for table, column in ((index.texts, "rowid"), (index.entries, "id")):
        condition, values = among(column, keys)
        cursor.execute(f"DELETE FROM {table} WHERE {condition}", [values])


def terms_held(cursor: Any, index: Index, keys: list[int]) -> list[set[str]]:
    """Return the distinct terms of each of these entries."""
    condition, values = among("rowid", keys)
    cursor.execute(f"SELECT {_PLACES} FROM {index.texts} WHERE {condition}", [values])
    return [distinct(columns) for columns in cursor.fetchall()]


def missing(cursor: Any, index: Index, keys: list[int]) -> set[int]:
    """Return those of the entries whose texts are not there."""
    condition, values = among("id", keys)
    cursor.execute(f"SELECT id FROM {index.texts}_docsize WHERE {condition}", [values])
    return set(keys) - {key for (key,) in cursor.fetchall()}


def count_terms(cursor: Any, index: Index, changes: Mapping[str, int]) -> None:
    cursor.executemany(
        f"INSERT INTO {index.terms} (term, entries) VALUES (%s, %s) "
        "ON CONFLICT (term) DO UPDATE SET entries = entries + excluded.entries",
        sorted(changes.items()),
    )


def empty(cursor: Any, index: Index) -> None:
    for table in (index.entries, index.texts, index.terms):
        cursor.execute(f"DELETE FROM {table}")


def expression(query: Query, expanded: Mapping[Unit, list[str]]) -> str:
    """Return the query as FTS5 reads it (sqlite.org/fts5.html, section 3).

    Every term is in quotation marks and has none itself. ``expanded``: beginnings of
    words with the words to look for instead.
    """
    found = " AND ".join(_unit(unit, expanded) for unit in query.wanted)
    for unit in query.unwanted:
        found = f"({found}) NOT {_unit(unit, expanded)}"
    return found


def _unit(unit: Unit, expanded: Mapping[Unit, list[str]]) -> str:
    if unit in expanded:
        return f"({any_of(expanded[unit])})"
    return f'"{" ".join(unit.terms)}"{" *" if unit.begins else ""}'


def any_of(terms: Iterable[str]) -> str:
    return " OR ".join(f'"{term}"' for term in terms)


def holding(index: Index) -> str:
    """Return a query for the entries that match its one parameter, as ``any_of``."""
    return f"SELECT rowid AS id FROM {index.texts} WHERE {index.texts} MATCH %s"


def newest(
    cursor: Any,
    index: Index,
    match: str,
    limit: int,
    walk: bool,
    before: int = LAST,
    last: int = 0,
) -> list[int]:
    """Return the newest entries that match, numbered below ``before``, from ``last`` on.

    They are found in that order anyway, whether or not many match (``walk``).
    """
    cursor.execute(
        f"SELECT rowid FROM {index.texts} WHERE {index.texts} MATCH %s "
        "AND rowid < %s AND rowid >= %s ORDER BY rowid DESC LIMIT %s",
        [match, before, last, limit],
    )
    return [key for (key,) in cursor.fetchall()]


def reach(size: int, rarest: int, terms: int, walk: bool) -> int:
    """Return how many entries one look goes through, of ``size``.

    Each term is met in as many of them as have the rarest one (``rarest`` in all).
    """
    return max(1, WORK * size // (rarest * terms))


def matches(index: Index, public_id: str) -> str:
    """Return the condition, with one parameter, that a row's claim matches."""
    return (
        f"EXISTS (SELECT 1 FROM {index.entries} AS entry JOIN {index.texts} "
        f"ON {index.texts}.rowid = entry.id WHERE entry.public_id = {public_id} "
        f"AND {index.texts} MATCH %s)"
    )


def best(cursor: Any, index: Index, match: str, limit: int) -> list[int]:
    """Return the entries that match best (BM25, the columns weighted)."""
    cursor.execute(
        f"SELECT rowid FROM {index.texts} WHERE {index.texts} MATCH %s "
        f"ORDER BY bm25({index.texts}, {_WEIGHTS}), rowid DESC LIMIT %s",
        [match, limit],
    )
    return [key for (key,) in cursor.fetchall()]


_WEIGHTS = ", ".join(map(str, WEIGHTS))


def ranked(cursor: Any, index: Index, match: str, keys: list[int]) -> list[int]:
    """Put entries in the order of how well they match."""
    condition, values = among("rowid", keys)
    cursor.execute(
        f"SELECT rowid FROM {index.texts} WHERE {index.texts} MATCH %s "
        f"AND +{condition} ORDER BY bm25({index.texts}, {_WEIGHTS}), rowid DESC",
        [match, values],
    )
    return [key for (key,) in cursor.fetchall()]
