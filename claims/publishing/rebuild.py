"""Replays every release into an empty record and compares it with what stands."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from claims.models.counted import PublishedTally
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
from .found import FoundOtherwise
from .record import PORTION, Rewriter
from .revision import advance
from .snapshot import Difference, Row, Snapshot

__all__ = ["TABLES", "Difference", "rebuild"]

#: Deepest dependants first, so that a wipe in this order meets no reference.
TABLES: tuple[Any, ...] = (
    PublishedTally,
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
#: In an order in which every row finds those that it points to.
_TABLE_OF: dict[str, Any] = {
    SubjectType.SOURCE: PublishedSource,
    SubjectType.DOCUMENT: PublishedDocument,
    SubjectType.ARTICLE: PublishedArticle,
    SubjectType.CLAIM: PublishedClaim,
}
#: Columns that follow from no release.
_NOT_REPLAYED = frozenset(
    {"id", "link_state", "link_checked_at", "quotations", "review_on"}
)


def rebuild(*, fix: bool, progress: Callable[[int], object] = int) -> list[Difference]:
    """Replay all releases; return how the record differed, mending it if asked.

    Runs in one transaction and leaves the record untouched unless ``fix``.
    ``progress`` is called with the number of subjects replayed since its last call.
    """
    with transaction.atomic(), Snapshot() as before:
        lock_head()
        for row in _rows():
            before.add(row)
        _replay(progress)
        differences = before.differences(_rows)
        if fix and differences:
            _found_otherwise(differences).write([])
            advance()
        else:
            transaction.set_rollback(True)
    return differences


def _found_otherwise(differences: list[Difference]) -> FoundOtherwise:
    """Return what readers may find by other words now."""
    found = FoundOtherwise()
    keys: dict[str, set[str]] = defaultdict(set)
    for difference in differences:
        keys[difference.table].add(difference.key)
    for subject_type, table in _TABLE_OF.items():
        found.add(subject_type, keys[table.__name__])
        found.add_claims_naming(subject_type, keys[table.__name__])
    corrected = {key.partition(" ")[0] for key in keys[PublishedNotice.__name__]}
    found.add(SubjectType.CLAIM, corrected)
    return found


def _replay(progress: Callable[[int], object]) -> None:
    for table in TABLES:
        table.objects.all()._raw_delete(table.objects.db)  # in one statement each
    for subject_type in _TABLE_OF:
        for portion in _subjects(subject_type):
            rewriter = Rewriter()
            for subject_id in portion:
                rewriter.touch(subject_type, subject_id)
            rewriter.write_rows()
            progress(len(portion))
    refresh_facts(Document.objects.filter(public_id__in=_public_documents()).iterator())
    refresh_reviews()


def _subjects(subject_type: str) -> Iterator[list[str]]:
    """Yield the public ids of a type that were ever released, portion by portion."""
    rows = Release.objects.filter(subject_type=subject_type).order_by("subject_id")
    ids = rows.values_list("subject_id", flat=True).distinct()
    last = ""
    while portion := list(ids.filter(subject_id__gt=last)[:PORTION]):
        yield portion
        last = portion[-1]


def _public_documents() -> Any:
    return PublishedDocument.objects.values("pk")


def _rows() -> Iterator[Row]:
    """Yield table, key and digest of every row of the record."""
    for table in TABLES:
        names = [
            field.attname
            for field in table._meta.concrete_fields
            if field.attname not in _NOT_REPLAYED
        ]
        for values in table.objects.order_by().values(*names).iterator(chunk_size=2000):
            text = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder)
            digest = hashlib.sha256(text.encode()).hexdigest()
            yield table.__name__, _key(values, digest), digest


def _key(values: dict[str, Any], digest: str) -> str:
    if "public_id" in values:
        return str(values["public_id"])
    if "facet" in values:
        return f"“{values['facet']}” {values['portion']}"
    return f"{values.get('claim_id') or values['namer_id']} {digest[:12]}"
