"""Fills an index, and tells whether it is in step with what it is made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from claims.models import Claim, PublishedClaim
from claims.models.events import lock_head

from .contents import entries_of_claims, entries_of_record
from .databases import database
from .entries import Entry
from .tables import INDEXES, PUBLIC, Index
from .writing import PORTION, held_entries, write

#: So many claims are put into an empty index by `migrate` itself: some seconds.
SMALL = 20_000
#: Entries compared with what they should be when not all are.
SAMPLE = 200


@dataclass(frozen=True)
class OutOfStep:
    """How an index differs from the claims: numbers, and ids of some that differ."""

    index: Index
    claims: int
    entries: int
    differing: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.claims != self.entries or bool(self.differing)


def rebuild(
    index: Index, *, anew: bool = False, progress: Callable[[int], object] = int
) -> int:
    """Bring a whole index in step, in portions, so that nobody waits long.

    Return how many entries had to be written or taken out. It may be ended at any time
    and called again: what is right already is left. ``anew``: empty it first, for an
    index that is damaged. ``progress`` gets the number of claims since its last call.
    """
    changed = 0
    if anew:
        with transaction.atomic(), connection.cursor() as cursor:
            lock_head()
            database().empty(cursor, index)
    for portion in _portions(index):
        with transaction.atomic():
            lock_head()
            _drop_broken(index, portion)
            changed += write(index, portion)
        progress(len(portion))
    return changed + _take_out_strangers(index)


def fill_if_empty() -> None:
    """Fill indexes that are empty, as after an upgrade; large ones are for a command."""
    for index in INDEXES:
        claims, entries = numbers(index)
        if not entries and 0 < claims <= SMALL:
            rebuild(index, anew=True)


def _portions(index: Index) -> Iterator[list[str]]:
    """Yield the ids of all claims, those that changed last at the end."""
    rows, after = (_listed, _after_listed) if index == PUBLIC else (_every, _after)
    found = list(rows()[:PORTION])
    while found:
        yield [str(row[0]) for row in found]
        found = list(rows().filter(after(found[-1]))[:PORTION])


def _listed() -> Any:
    rows = PublishedClaim.objects.listed().order_by("sequence", "-public_id")
    return rows.values_list("public_id", "sequence")


def _after_listed(last: Any) -> Q:
    return Q(sequence__gt=last[1])


def _every() -> Any:
    return Claim.objects.order_by("pk").values_list("public_id", "pk")


def _after(last: Any) -> Q:
    return Q(pk__gt=last[1])


def _drop_broken(index: Index, public_ids: list[str]) -> None:
    """Take out entries whose texts are gone: they are written again."""
    with connection.cursor() as cursor:
        held = held_entries(cursor, index, public_ids)
        keys = [key for key, _moment, _digest in held.values()]
        if broken := database().missing(cursor, index, keys):
            database().take_out(cursor, index, sorted(broken))


def _take_out_strangers(index: Index) -> int:
    """Take out the entries of claims that are not there, or no longer listed."""
    table = (PublishedClaim if index == PUBLIC else Claim)._meta.db_table
    listed = "claim.is_listed AND" if index == PUBLIC else ""
    with transaction.atomic(), connection.cursor() as cursor:
        lock_head()
        cursor.execute(
            f"SELECT public_id FROM {index.entries} AS entry WHERE NOT EXISTS "
            f"(SELECT 1 FROM {table} AS claim WHERE {listed} "
            "claim.public_id = entry.public_id)"
        )
        return write(index, [public_id for (public_id,) in cursor.fetchall()])


def out_of_step(index: Index, *, every: bool = False) -> OutOfStep:
    """Compare an index with its claims: their number, and a sample or ``every`` one."""
    claims, entries = numbers(index)
    differing: list[str] = []
    for portion in _portions(index) if every else [_sample(index)]:
        differing += _differing(index, portion)
    return OutOfStep(index, claims, entries, tuple(differing))


def numbers(index: Index) -> tuple[int, int]:
    """Return how many claims there are to be found, and how many entries."""
    if index == PUBLIC:
        unlisted = PublishedClaim.objects.filter(is_listed__in=[False]).order_by()
        claims = PublishedClaim.objects.order_by().count() - unlisted.count()
    else:
        claims = Claim.objects.order_by().count()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {index.entries}")
        return claims, int(cursor.fetchone()[0])


def _sample(index: Index) -> list[str]:
    """Return the ids of the claims that changed last, and of others spread over all."""
    if index == PUBLIC:
        rows: Any = PublishedClaim.objects.listed().values_list("pk", flat=True)
        newest = rows.order_by("-sequence", "public_id")
    else:
        rows = Claim.objects.values_list("public_id", flat=True)
        newest = rows.order_by("-pk")
    others = rows.order_by("public_id")
    return list(dict.fromkeys([*newest[: SAMPLE // 2], *others[: SAMPLE // 2]]))


def _differing(index: Index, public_ids: list[str]) -> Iterator[str]:
    if index == PUBLIC:
        rows = PublishedClaim.objects.filter(pk__in=public_ids, is_listed=True)
        entries: Iterator[Entry] = entries_of_record(rows.only("content", "sequence"))
    else:
        entries = entries_of_claims(Claim.objects.filter(public_id__in=public_ids))
    with connection.cursor() as cursor:
        held = held_entries(cursor, index, public_ids)
        keys = [key for key, _moment, _digest in held.values()]
        broken = database().missing(cursor, index, keys)
    for entry in entries:
        known = held.get(entry.public_id)
        if known is None or known[2] != entry.digest or known[0] in broken:
            yield entry.public_id
