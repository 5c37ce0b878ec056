"""Keeps an index in step: entries are written anew in the transaction of the change.

Few statements for a thousand entries. What did not change is left as it is, and of what
did, only the terms that came or went are counted again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction

from claims.models.events import lock_head
from claims.models.record import PublishedClaim

from .contents import entries_of_record
from .databases import database
from .entries import Entry
from .subjects import SUBJECTS
from .tables import DESK, PUBLIC, Index

#: Read and written at once: what is held in memory.
PORTION = 500
#: An entry that is there: its number, moment and digest.
Held = tuple[int, int, str]


def write_public(public_ids: Iterable[str]) -> int:
    """Bring readers' entries of these claims in step with the record; see ``write``."""
    return write(PUBLIC, public_ids)


def write_public_rows(rows: Sequence[PublishedClaim]) -> int:
    """Bring readers' entries of rows at hand in step, as ``write_public`` does."""
    changed = 0
    for first in range(0, len(rows), PORTION):
        portion = rows[first : first + PORTION]
        listed = [row for row in portion if row.is_listed]
        ids = [row.pk for row in portion]
        changed += write_entries(PUBLIC, ids, entries_of_record(listed))
    return changed


def write_desk(public_ids: Iterable[str]) -> int:
    """Bring the desk's entries of these claims in step with its rows; see ``write``."""
    return write(DESK, public_ids)


def write(index: Index, public_ids: Iterable[str]) -> int:
    """Write the entries of these subjects anew; return how many had changed.

    One that is not, or no longer, to be found loses its entry. Call it last in the
    transaction of the change: whoever writes an index holds the log's lock, as whoever
    writes the record or appends an event does, so that numbers and counts are theirs.
    """
    wanted = list(dict.fromkeys(public_ids))
    changed = 0
    for first in range(0, len(wanted), PORTION):
        portion = wanted[first : first + PORTION]
        changed += write_entries(index, portion, SUBJECTS[index].entries(portion))
    return changed


def write_entries(index: Index, public_ids: list[str], entries: Iterable[Entry]) -> int:
    """Write one portion whose entries are at hand: of bulk writers, in their order.

    ``public_ids``: all that are decided on; those without an entry lose theirs.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An entry is written in the transaction of its change.")
    lock_head()
    with connection.cursor() as cursor:
        held = held_entries(cursor, index, public_ids)
        added, gone = [], []
        for entry in _oldest_first(entries):
            known = held.pop(entry.public_id, None)
            if known is None or known[2] != entry.digest or known[1] < entry.moment:
                added.append((_kept_key(known, entry), entry))
                gone += [known] if known else []
        gone += held.values()
        _replace(cursor, index, [key for key, _moment, _digest in gone], added)
    return max(len(added), len(gone))


def _oldest_first(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries so that the newest get the highest numbers, as lists sort them."""
    by_id = sorted(entries, key=lambda entry: entry.public_id, reverse=True)
    return sorted(by_id, key=lambda entry: entry.moment)


def _kept_key(known: Held | None, entry: Entry) -> int | None:
    """Return the number an entry keeps; ``None``: it is newer than all others."""
    return known[0] if known and known[1] >= entry.moment else None


def held_entries(cursor: Any, index: Index, public_ids: list[str]) -> dict[str, Held]:
    """Return the entries there are of these public ids."""
    condition, values = database().among("public_id", public_ids)
    cursor.execute(
        f"SELECT public_id, id, moment, digest FROM {index.entries} WHERE {condition}",
        [values],
    )
    return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}


def _replace(
    cursor: Any, index: Index, gone: list[int], added: list[tuple[int | None, Entry]]
) -> None:
    counts: Counter[str] = Counter()
    if gone:
        for terms in database().terms_held(cursor, index, gone):
            counts.subtract(terms)
        database().take_out(cursor, index, gone)
    if added:
        for _key, entry in added:
            counts.update(entry.terms)
        database().add(cursor, index, list(_numbered(cursor, index, added)))
    changes = {term: change for term, change in counts.items() if change}
    if changes:
        database().count_terms(cursor, index, changes)
    if gone:
        _forget_terms(cursor, index, [term for term in changes if changes[term] < 0])


def _numbered(
    cursor: Any, index: Index, entries: list[tuple[int | None, Entry]]
) -> Iterator[tuple[int, Entry]]:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {index.entries}")
    newest = max([cursor.fetchone()[0], *(key or 0 for key, _entry in entries)])
    for key, entry in entries:
        if key is None:
            key = newest = newest + 1
        yield key, entry


def _forget_terms(cursor: Any, index: Index, terms: list[str]) -> None:
    """Take out the terms that stand in no entry now: words of a claim taken down."""
    condition, values = database().among("term", terms)
    cursor.execute(
        f"DELETE FROM {index.terms} WHERE entries <= 0 AND {condition}", [values]
    )
