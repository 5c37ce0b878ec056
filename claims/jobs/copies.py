"""Stored copies: bytes kept by their hash, rows added with their event."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from claims.models import Citation, Document, StoredCopy
from claims.models.copies import copy_path
from claims.moves import record_edit
from claims.workflow.words import BlockRole

from .anchoring import Finder, anchor_passages, look_ahead
from .quotations import check_soon


def keep_bytes(copy: StoredCopy, raw: bytes) -> None:
    """Write the bytes by their hash, before any row: never a row without its bytes."""
    copy.raw_sha256 = hashlib.sha256(raw).hexdigest()
    name = copy_path(copy, "")
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(raw))
    copy.file.name = name


def add_copy(
    document: Document,
    copy: StoredCopy,
    actor: Any,
    *,
    raw: bytes = b"",
    verb: str = "edited",
    also: Iterable[str] = (),
    at: datetime.datetime | None = None,
    finder: Finder | None = None,
) -> StoredCopy:
    """Add a stored copy as the document's next, with its event and its bytes.

    A text without blocks is one block. ``also``: what else of the document changed
    with it, for the event. The document's passages are looked for in it:
    that takes its time (see ``anchoring.Finder``), so it is done before the transaction
    and only checked in it. Quotations are compared once it is over. Who opens a transaction around this call looks ahead
    outside of that (``anchoring.look_ahead``). Raises ``ValidationError``.
    """
    finder = finder or look_ahead(document, copy.text)
    with transaction.atomic():
        Document.raise_version(document.pk)
        copy.document, copy.number = document, last_number(document) + 1
        if copy.text and not copy.blocks:
            body = {"role": BlockRole.BODY.value, "start": 0, "end": len(copy.text)}
            copy.blocks = [body]
        copy.full_clean(exclude=["document"])
        if raw:
            keep_bytes(copy, raw)
        copy.save()
        anchor_passages(copy, actor, finder, at)
        record_edit(document, actor, ["storedcopy.added", *also], verb=verb, at=at)
        check_soon(Citation.objects.of_working_claims().filter(document=document))
    return copy


def last_number(document: Document) -> int:
    return document.copies.aggregate(last=Max("number"))["last"] or 0
