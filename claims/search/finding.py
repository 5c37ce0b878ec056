"""Finds claims: the best matches first while they are few, the newest of very many.

What a word costs is known before it is looked for, from the table of terms. Nothing is
ever counted or ranked to its end when a great part of all claims has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from .databases import database
from .queries import Query, Unit, understand
from .tables import DESK, PUBLIC, Index

#: As many matches are ranked and counted; of more, the newest are found.
MAX_MATCHES = 5000
#: A word in more entries than this says little about which of them is meant, and the
#: ranking would go through all of them first: it is left out of it.
MAX_RANKED = 50_000
#: Beginnings that stand for words in more entries than this are looked for as the
#: words most used among them.
MAX_BEGINNING = 100_000
WORDS_OF_A_BEGINNING = 64
#: On PostgreSQL: where each word stands in one of so many entries, walking down the
#: newest meets enough of them before asking the index would have collected all.
COMMON = 20


@dataclass(frozen=True)
class Found:
    """What a search found.

    ``keys``: numbers of entries, the best first if ``is_ranked``, else the newest first;
    at most ``MAX_MATCHES`` of them, and ``has_more`` says whether there are others.
    ``match``: the query as the database reads it.
    """

    index: Index
    query: Query
    keys: tuple[int, ...] = ()
    is_ranked: bool = False
    has_more: bool = False
    match: str = ""

    def public_ids(self, first: int = 0, last: int | None = None) -> list[str]:
        """Return the public ids of the claims found, in order."""
        return public_ids(self.index, self.keys[first:last])

    def narrow(self, rows: QuerySet[Any], field: str = "public_id") -> QuerySet[Any]:
        """Keep the rows among what was found, in the order they have.

        ``field``: leads from the rows to the public id of a claim.
        """
        condition, values = database().among("id", self.keys)
        found = f"SELECT public_id FROM {self.index.entries} WHERE {condition}"
        return rows.filter(**{f"{field}__in": RawSQL(found, [values])})


def find(typed: str, index: Index = PUBLIC) -> Found:
    """Find what readers can find; never an error, whatever is typed."""
    query = understand(typed)
    if not query.wanted:
        return Found(index, query)
    with connection.cursor() as cursor:
        return _Search(cursor, index, query).found()


def find_at_desk(typed: str) -> Found:
    """Find among all claims of the desk."""
    return find(typed, DESK)


def frequencies(terms: Iterable[str], index: Index = PUBLIC) -> dict[str, int]:
    """Return in how many entries each of these terms stands; exact, and fast."""
    wanted = list(dict.fromkeys(terms))
    condition, values = database().among("term", wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT term, entries FROM {index.terms} WHERE {condition}", [values]
        )
        found = dict(cursor.fetchall())
    return {term: found.get(term, 0) for term in wanted}


def containing_any(
    terms: Iterable[str], limit: int, index: Index = PUBLIC
) -> list[str]:
    """Return public ids of claims with at least one of these terms, the best first.

    Give it rare terms. When they stand in very many entries together, the newest
    ``limit`` are returned, unranked.
    """
    known = {
        term: number for term, number in frequencies(terms, index).items() if number
    }
    if not known:
        return []
    match, number = database().any_of(known), sum(known.values())
    with connection.cursor() as cursor:
        if number <= MAX_RANKED:
            keys = database().best(cursor, index, match, limit)
        else:
            walk = _is_common(cursor, index, max(known.values()))
            keys = database().newest(cursor, index, match, limit, walk)
    return public_ids(index, keys)


def size(index: Index = PUBLIC) -> int:
    """Return how many entries an index has, or has about, where claims were deleted."""
    with connection.cursor() as cursor:
        return _size(cursor, index)


def _size(cursor: Any, index: Index) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {index.entries}")
    return int(cursor.fetchone()[0])


def _is_common(cursor: Any, index: Index, number: int) -> bool:
    return number * COMMON > _size(cursor, index)


def public_ids(index: Index, keys: Iterable[int]) -> list[str]:
    """Return the public ids of entries, in their order."""
    wanted = list(keys)
    condition, values = database().among("id", wanted)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, public_id FROM {index.entries} WHERE {condition}", [values]
        )
        found = dict(cursor.fetchall())
    return [found[key] for key in wanted if key in found]


class _Search:
    """One search under way."""

    def __init__(self, cursor: Any, index: Index, query: Query) -> None:
        self.cursor = cursor
        self.index = index
        self.query = query
        self.expanded: dict[Unit, list[str]] = {}
        self.numbers = frequencies(
            (term for unit in query.units for term in unit.terms), index
        )

    def found(self) -> Found:
        numbers = {unit: self.at_most(unit) for unit in self.query.units}
        rarest = min(numbers[unit] for unit in self.query.wanted)
        if not rarest:
            return Found(self.index, self.query, is_ranked=True)
        match = database().expression(self.query, self.expanded)
        walk = _is_common(self.cursor, self.index, rarest)
        keys = database().newest(self.cursor, self.index, match, MAX_MATCHES + 1, walk)
        if len(keys) > MAX_MATCHES:
            newest = tuple(keys[:MAX_MATCHES])
            return Found(self.index, self.query, newest, False, True, match)
        telling = tuple(u for u in self.query.wanted if numbers[u] <= MAX_RANKED)
        if telling and keys:
            keys = self.ranked(keys, telling, match)
        return Found(self.index, self.query, tuple(keys), bool(telling), False, match)

    def ranked(
        self, keys: list[int], telling: tuple[Unit, ...], match: str
    ) -> list[int]:
        """Put the matches in the order of how well they match what tells them apart."""
        is_all = telling == self.query.wanted
        rank = match if is_all else database().expression(Query(telling), self.expanded)
        found: list[int] = database().ranked(self.cursor, self.index, rank, keys)
        return found

    def at_most(self, unit: Unit) -> int:
        """Return in how many entries a unit stands at most; 0: in none."""
        numbers = [self.numbers[term] for term in unit.terms]
        if not unit.begins:
            return min(numbers)
        beginning = self._beginning(unit)
        return min([*numbers[:-1], beginning])

    def _beginning(self, unit: Unit) -> int:
        """Return how often words with a beginning are used, all together."""
        first = unit.terms[-1]
        self.cursor.execute(
            f"SELECT term, entries FROM {self.index.terms} "
            "WHERE term >= %s AND term < %s",
            [first, f"{first}{chr(0x10FFFF)}"],
        )
        used = dict(self.cursor.fetchall())
        number = sum(used.values())
        if number > MAX_BEGINNING and len(unit.terms) == 1:
            most_used = sorted(used, key=lambda term: -used[term])
            self.expanded[unit] = most_used[:WORDS_OF_A_BEGINNING]
        return number
