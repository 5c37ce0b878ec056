"""The trace of an import: one event for each batch, with the digest of each row.

Called last in the transaction that wrote the batch, or undid it; what the desk finds is
brought in step with it. Whoever imports is an
editor of every claim in the batch (``permissions.editors_of``).
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import F

from claims import search
from claims.models import Claim, ClaimImport, ImportRow
from claims.models.events import Actor, append_event
from claims.workflow.words import ClaimState


def record_batch(
    claim_import: ClaimImport,
    number: int,
    rows: Iterable[ImportRow],
    made: dict[str, list[str]],
    actor: Any,
    at: datetime.datetime,
) -> None:
    """Append the event of a batch: its rows by digest, and what was made beside them.

    ``made``: model name → public ids of sources, documents and articles.
    """
    digests = {row.claim_public_id: row.digest for row in rows}
    details = {"batch": number, "digests": digests, "made": made}
    _append("imported", claim_import, actor, at, details)
    search.write_desk(digests)


def record_undoing(
    claim_import: ClaimImport,
    number: int,
    rows: Iterable[ImportRow],
    actor: Any,
    at: datetime.datetime,
) -> None:
    """Append the event of a batch that was undone."""
    claims = [row.claim_public_id for row in rows]
    _append(
        "import_undone", claim_import, actor, at, {"batch": number, "claims": claims}
    )
    search.write_desk(claims)


def discard_imported(keys: list[int]) -> None:
    """Discard drafts that an import made and nobody touched since."""
    rows = Claim.objects.filter(pk__in=keys)
    rows.update(state=ClaimState.DISCARDED, version=F("version") + 1)


def _append(
    verb: str,
    claim_import: ClaimImport,
    actor: Any,
    at: datetime.datetime,
    details: dict[str, Any],
) -> None:
    public_id = claim_import.public_id
    append_event(verb, "claimimport", public_id, Actor.of(actor), at, details)
