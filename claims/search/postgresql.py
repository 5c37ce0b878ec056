"""The indexes on PostgreSQL: a ``tsvector`` of our own terms in each entry, with GIN.

It is written out term by term, with places and weights: no configuration of the server
has a say in what a word is, so that both databases find the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from .entries import BOUNDARY, Entry
from .queries import Query, Unit
from .tables import LAST, WEIGHTS, Index

_LETTERS = "ABCD"  # of the columns, in their order
#: For ts_rank: the weights of D, C, B and A.
_RANKS = "{" + ",".join(str(weight / WEIGHTS[0]) for weight in WEIGHTS[::-1]) + "}"
#: Entries read in one look, at 2 to 5 microseconds each.
WALKED = 20_000
MAX_PLACES = 255  # of one term (Limitations, in the manual's chapter on text search)


def among(expression: str, values: Iterable[Any]) -> tuple[str, Any]:
    """Return a condition with its one parameter, however many values there are."""
    return f"{expression} = ANY(%s)", list(values)


def add(cursor: Any, index: Index, entries: list[tuple[int, Entry]]) -> None:
    cursor.executemany(
        f"INSERT INTO {index.entries} (id, public_id, moment, digest, terms) "
        "VALUES (%s, %s, %s, %s, %s::tsvector)",
        [
            (key, each.public_id, each.moment, each.digest, _vector(each.columns))
            for key, each in entries
        ],
    )


def _vector(columns: Iterable[str]) -> str:
    """Return the text of a tsvector; terms have no sign in them that it would quote."""
    places: dict[str, list[str]] = defaultdict(list)
    place = 0
    for letter, column in zip(_LETTERS, columns, strict=True):
        for term in column.split():
            place += 1
            if term != BOUNDARY and len(places[term]) < MAX_PLACES:
                places[term].append(f"{place}{letter}")
        place += 1  # no phrase reaches from one column into the next
    return " ".join(
        f"'{term}':{','.join(found)}" for term, found in places.items() if found
    )


def take_out(cursor: Any, index: Index, keys: list[int]) -> None:
    cursor.execute(f"DELETE FROM {index.entries} WHERE id = ANY(%s)", [keys])


def terms_held(cursor: Any, index: Index, keys: list[int]) -> list[set[str]]:
    """Return the distinct terms of each of these entries."""
    cursor.execute(
        f"SELECT tsvector_to_array(terms) FROM {index.entries} WHERE id = ANY(%s)",
        [keys],
    )
    return [set(terms) for (terms,) in cursor.fetchall()]


def missing(_cursor: Any, _index: Index, _keys: list[int]) -> set[int]:
    """Return those of the entries whose terms are not there: they are in the entry."""
    return set()


def count_terms(cursor: Any, index: Index, changes: Mapping[str, int]) -> None:
    cursor.execute(
        f"INSERT INTO {index.terms} AS held (term, entries) "
        "SELECT * FROM unnest(%s::text[], %s::bigint[]) "
        "ON CONFLICT (term) DO UPDATE SET entries = held.entries + excluded.entries",
        [list(changes), list(changes.values())],
    )


def empty(cursor: Any, index: Index) -> None:
    cursor.execute(f"TRUNCATE {index.entries}, {index.terms}")


def expression(query: Query, expanded: Mapping[Unit, list[str]]) -> str:
    """Return the query as the type ``tsquery`` is written; terms hold no signs.

    ``expanded``: beginnings of words with the words to look for instead.
    """
    wanted = [_unit(unit, expanded) for unit in query.wanted]
    unwanted = [f"!{_unit(unit, expanded)}" for unit in query.unwanted]
    return " & ".join([*wanted, *unwanted])


def _unit(unit: Unit, expanded: Mapping[Unit, list[str]]) -> str:
    if unit in expanded:
        return f"({any_of(expanded[unit])})"
    phrase = " <-> ".join(f"'{term}'" for term in unit.terms)
    return f"({phrase}{':*' if unit.begins else ''})"


def any_of(terms: Iterable[str]) -> str:
    return " | ".join(f"'{term}'" for term in terms)


def holding(index: Index) -> str:
    """Return a query for the entries that match its one parameter, as ``any_of``."""
    return f"SELECT id FROM {index.entries} WHERE terms @@ %s::tsquery"


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

    ``walk``: so many do that walking down the entries is quicker than asking the index,
    which would collect all of them first. The function is one that no index answers.
    """
    condition = "ts_match_vq(terms, %s::tsquery)" if walk else "terms @@ %s::tsquery"
    found = f"SELECT id FROM {index.entries} WHERE {condition} AND id < %s AND id >= %s"
    if not walk:
        found = f"WITH found AS MATERIALIZED ({found}) SELECT id FROM found"
    cursor.execute(f"{found} ORDER BY id DESC LIMIT %s", [match, before, last, limit])
    return [key for (key,) in cursor.fetchall()]


def reach(size: int, rarest: int, terms: int, walk: bool) -> int:
    """Return how many entries one look goes through: in a walk, each is read."""
    return WALKED if walk else size + 1


def matches(index: Index, public_id: str) -> str:
    """Return the condition, with one parameter, that a row's claim matches."""
    return (
        f"EXISTS (SELECT 1 FROM {index.entries} AS entry WHERE entry.public_id = "
        f"{public_id} AND ts_match_vq(entry.terms, %s::tsquery))"
    )


def best(cursor: Any, index: Index, match: str, limit: int) -> list[int]:
    """Return the entries that match best, the columns weighted."""
    cursor.execute(
        f"SELECT id FROM {index.entries} WHERE terms @@ %s::tsquery "
        f"ORDER BY ts_rank('{_RANKS}', terms, %s::tsquery) DESC, id DESC LIMIT %s",
        [match, match, limit],
    )
    return [key for (key,) in cursor.fetchall()]


def ranked(cursor: Any, index: Index, match: str, keys: list[int]) -> list[int]:
    """Put entries in the order of how well they match."""
    cursor.execute(
        f"SELECT id FROM {index.entries} WHERE id = ANY(%s) "
        f"ORDER BY ts_rank('{_RANKS}', terms, %s::tsquery) DESC, id DESC",
        [keys, match],
    )
    return [key for (key,) in cursor.fetchall()]
