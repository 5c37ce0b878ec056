"""Searches of the log: each meaning of what was typed, along an index of its own.

Of each meaning the newest rows are looked up, so that a search costs the same however
long the log is; from where they end, the next search goes on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, Value
from django.db.models.functions import Concat

from claims.models.distinct import distinct_values
from claims.models.identity import PUBLIC_ID_CHARACTERS

#: So many rows of a search are listed at once.
LISTED = 1000
#: Names that are gone through, and of those the ones that are looked for.
NAMES, NAMED = 1000, 20
#: The beginning of a public id that few others share.
ID_CHARACTERS = 3


@dataclass(frozen=True)
class Newest:
    """The newest rows that a search found, and the first number it did not look at."""

    keys: list[int]
    older: int | None


def newest_of(rows: Any, meanings: Iterable[Q]) -> Newest:
    """Return the newest rows with any of these meanings, each asked for by itself.

    Asked for together, the databases would gather all of them and sort.
    """
    found: set[int] = set()
    for meaning in meanings:
        newest = rows.filter(meaning).order_by("-sequence")
        found.update(newest.values_list("pk", flat=True)[: LISTED + 1])
    keys = sorted(found, reverse=True)
    return Newest(keys[:LISTED], keys[LISTED] if len(keys) > LISTED else None)


def of_subject(typed: str, kinds: Iterable[str]) -> Iterator[Q]:
    """Yield what is about a row whose public id begins so, kind by kind."""
    begins = typed.lower()
    missing = PUBLIC_ID_CHARACTERS - len(begins)
    is_part = begins.isascii() and begins.isalnum() and len(begins) >= ID_CHARACTERS
    if not is_part or missing < 0:
        return
    ids = Q(subject_id=begins)
    if missing:
        ids = Q(subject_id__range=(begins, begins + "z" * missing))
    for kind in kinds:
        yield Q(subject_type=kind) & ids


def by_name(typed: str, model: Any, column: str) -> Iterator[Q]:
    """Yield what was done under a name of which a word begins so."""
    names = distinct_values(model, column, NAMES)
    known = [name for name in names if begins_so(name, typed)][:NAMED]
    for name in {typed, *known}:
        yield Q((column, name))


def by_person(typed: str) -> Iterator[Q]:
    """Yield the acts of people whose first or last name begins so, or both together."""
    people = get_user_model().objects.annotate(
        whole=Concat("first_name", Value(" "), "last_name")
    )
    named = people.filter(Q(whole__istartswith=typed) | Q(last_name__istartswith=typed))
    for key in named.order_by("pk").values_list("pk", flat=True)[:NAMED]:
        yield Q(actor_id=str(key))


def begins_so(words: str, typed: str) -> bool:
    """Say whether any word begins with what was typed, and goes on so."""
    return f" {words}".casefold().find(f" {typed}".casefold()) >= 0
