"""Replays every release into an empty record and compares it with what stands."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from claims import search
from claims.models.documents import Document
from claims.models.events import lock_head
from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedNaming,
    PublishedNotice,
    PublishedSource,
)
from claims.models.releases import Release, SubjectType

from .facts import refresh_facts, refresh_reviews
from .record import Rewriter, claims_naming

#: Deepest dependants first, so that a wipe in this order meets no reference.
TABLES: tuple[Any, ...] = (
    PublishedNaming,
    PublishedNotice,
    PublishedClaimDocument,
    PublishedClaimTopic,
    PublishedClaimSource,
    PublishedClaimArticle,
    PublishedClaim,
    PublishedArticle,
    PublishedDocument,
    PublishedSource,
)
#: Columns that follow from no release.
_NOT_REPLAYED = frozenset(
    {"id", "link_state", "link_checked_at", "quotations", "review_on"}
)


@dataclass(frozen=True)
class Difference:
    """One row of the record that is missing, in excess or not what it should be."""

    table: str
    key: str
    fault: str


def rebuild(*, fix: bool, progress: Callable[[int], object] = int) -> list[Difference]:
    """Replay all releases; return how the record differed, mending it if asked.

    Runs in one transaction and leaves the record untouched unless ``fix``.
    ``progress`` is called with the number of subjects replayed since its last call.
    """
    with transaction.atomic():
        lock_head()
        before = _snapshot()
        _replay(progress)
        differences = list(_compare(before, _snapshot()))
        if fix and differences:
            search.write_public(_found_otherwise(differences))
        else:
            transaction.set_rollback(True)
    return differences


def _found_otherwise(differences: list[Difference]) -> Iterator[str]:
    """Yield the ids of claims that readers may find by other words now."""
    keys: dict[str, set[str]] = {}
    for difference in differences:
        keys.setdefault(difference.table, set()).add(difference.key)
    yield from keys.get(PublishedClaim.__name__, ())
    yield from claims_naming(
        SubjectType.SOURCE, keys.get(PublishedSource.__name__, set())
    )
    yield from claims_naming(
        SubjectType.ARTICLE, keys.get(PublishedArticle.__name__, set())
    )


def _replay(progress: Callable[[int], object]) -> None:
    for table in TABLES:
        table.objects.all().delete()
    rewriter = Rewriter()
    subjects = Release.objects.order_by().values_list("subject_type", "subject_id")
    for subject_type, subject_id in subjects.distinct().iterator(chunk_size=2000):
        rewriter.touch(subject_type, subject_id)
        progress(1)
    rewriter.write_rows()
    refresh_facts(Document.objects.filter(public_id__in=_public_documents()).iterator())
    refresh_reviews()


def _public_documents() -> Any:
    return PublishedDocument.objects.values("pk")


def _snapshot() -> dict[tuple[str, str], str]:
    """Return a hash of every row, by table and key; rows without one are counted."""
    found: dict[tuple[str, str], str] = {}
    for table in TABLES:
        names = [
            field.attname
            for field in table._meta.concrete_fields
            if field.attname not in _NOT_REPLAYED
        ]
        for values in table.objects.order_by().values(*names).iterator(chunk_size=2000):
            text = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder)
            digest = hashlib.sha256(text.encode()).hexdigest()
            key, copies = _key(values, digest), 1
            while (table.__name__, key) in found:
                copies += 1
                key = f"{_key(values, digest)} ×{copies}"
            found[(table.__name__, key)] = digest
    return found


def _key(values: dict[str, Any], digest: str) -> str:
    if "public_id" in values:
        return str(values["public_id"])
    return f"{values.get('claim_id') or values['namer_id']} {digest[:12]}"


def _compare(
    before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]
) -> Iterator[Difference]:
    for key in sorted({*before, *after}):
        if key not in before:
            yield Difference(*key, "missing")
        elif key not in after:
            yield Difference(*key, "follows from no release")
        elif before[key] != after[key]:
            yield Difference(*key, "differs from its releases")
