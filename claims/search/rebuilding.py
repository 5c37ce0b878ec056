"""Fills an index, and tells whether it is in step with what it is made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from claims.models import PublishedClaim
from claims.models.events import lock_head

from .databases import database
from .subjects import SUBJECTS
from .tables import INDEXES, PUBLIC, Index
from .writing import PORTION, held_entries, write

#: So many are put into an empty index by `migrate` itself: some seconds.
SMALL = 20_000
#: Entries compared with what they should be when not all are.
SAMPLE = 200


@dataclass(frozen=True)
class OutOfStep:
    """How an index differs from its subjects: numbers, and ids of some that differ."""

    index: Index
    subjects: int
    entries: int
    differing: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.subjects != self.entries or bool(self.differing)


def rebuild(
    index: Index, *, anew: bool = False, progress: Callable[[int], object] = int
) -> int:
    """Bring a whole index in step, in portions, so that nobody waits long.

    Return how many entries had to be written or taken out. It may be ended at any time
    and called again: what is right already is left. ``anew``: empty it first, for an
    index that is damaged. ``progress`` gets the number of entries since its last call.
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
    for index in made():
        subjects, entries = numbers(index)
        if not entries and 0 < subjects <= SMALL:
            rebuild(index, anew=True)


def made() -> list[Index]:
    """Return the indexes that have their tables: all, unless ``migrate`` is due."""
    tables = connection.introspection.table_names()
    return [index for index in INDEXES if index.entries in tables]


def _portions(index: Index) -> Iterator[list[str]]:
    """Yield the ids of all subjects, those that changed last at the end."""
    # All at hand: 60 MB for a million. What comes meanwhile is written by its writer.
    ids = list(SUBJECTS[index].ids())
    for first in range(0, len(ids), PORTION):
        yield ids[first : first + PORTION]


def _drop_broken(index: Index, public_ids: list[str]) -> None:
    """Take out entries whose texts are gone: they are written again."""
    with connection.cursor() as cursor:
        held = held_entries(cursor, index, public_ids)
        keys = [key for key, _moment, _digest in held.values()]
        if broken := database().missing(cursor, index, keys):
            database().take_out(cursor, index, sorted(broken))


def _take_out_strangers(index: Index) -> int:
    """Take out the entries of what is not there, or no longer to be found."""
    ids = SUBJECTS[index].rows().order_by().values("public_id")
    wanted, values = ids.query.sql_with_params()
    with transaction.atomic(), connection.cursor() as cursor:
        lock_head()
        cursor.execute(f"SELECT public_id FROM {index.entries} EXCEPT {wanted}", values)
        return write(index, [public_id for (public_id,) in cursor.fetchall()])


def out_of_step(index: Index, *, every: bool = False) -> OutOfStep:
    """Compare an index with its subjects: their number, and a sample or ``every`` one."""
    subjects, entries = numbers(index)
    differing: list[str] = []
    for portion in _portions(index) if every else [_sample(index)]:
        differing += _differing(index, portion)
    return OutOfStep(index, subjects, entries, tuple(differing))


def numbers(index: Index) -> tuple[int, int]:
    """Return how many there are to be found, and how many entries."""
    if index == PUBLIC:  # less what is not listed, which are few
        unlisted = PublishedClaim.objects.filter(is_listed__in=[False]).order_by()
        subjects = PublishedClaim.objects.order_by().count() - unlisted.count()
    else:
        subjects = SUBJECTS[index].rows().order_by().count()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {index.entries}")
        return subjects, int(cursor.fetchone()[0])


def _sample(index: Index) -> list[str]:
    """Return the ids of those that changed last, and of others spread over all."""
    newest = SUBJECTS[index].ids(newest_first=True)
    others = newest.order_by("public_id")
    return list(dict.fromkeys([*newest[: SAMPLE // 2], *others[: SAMPLE // 2]]))


def _differing(index: Index, public_ids: list[str]) -> Iterator[str]:
    with connection.cursor() as cursor:
        held = held_entries(cursor, index, public_ids)
        keys = [key for key, _moment, _digest in held.values()]
        broken = database().missing(cursor, index, keys)
    for entry in SUBJECTS[index].entries(public_ids):
        known = held.get(entry.public_id)
        if known is None or known[2] != entry.digest or known[0] in broken:
            yield entry.public_id
