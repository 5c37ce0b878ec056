"""Stored copies: bytes kept by their hash, rows added with their event."""

import datetime
import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from claims.intake import Reading
from claims.intake.media_types import media_type_of
from claims.models import Citation, Document, StoredCopy
from claims.models.copies import copy_path, sha256_of, warc_path
from claims.moves import record_edit
from claims.workflow.words import BlockRole

from .anchoring import Finder, anchor_passages, look_ahead
from .originals import Original
from .quotations import check_soon


def keep_bytes(copy: StoredCopy, raw: bytes = b"", warc: bytes = b"") -> None:
    """Write the bytes by their hash, before any row: never a row without its bytes."""
    if raw:
        copy.raw_sha256, copy.size = sha256_of_bytes(raw), len(raw)
        copy.file.name = _kept(copy_path(copy, ""), raw)
    if warc:
        copy.warc_sha256 = sha256_of_bytes(warc)
        copy.warc.name = _kept(warc_path(copy, ""), warc)


def _kept(name: str, content: bytes) -> str:
    if default_storage.exists(name):
        return name
    return str(default_storage.save(name, ContentFile(content)))


def copy_of(original: Original, reading: Reading | None) -> StoredCopy:
    """Return the unsaved copy of what came in; ``None``: no text was found in it."""
    copy = StoredCopy(
        provenance=original.provenance,
        retrieved_at=original.retrieved_at,
        media_type=media_type_of(original.raw, original.content_type),
        final_url=original.url,
        http_status=original.http_status,
        redirects=original.redirects,
    )
    if reading is not None:
        copy.text = reading.text
        copy.blocks = [vars(block) for block in reading.blocks]
        copy.pages = [vars(page) for page in reading.pages]
        copy.extractor = reading.extractor
        copy.extractor_version = reading.extractor_version
    return copy


def add_copy(
    document: Document,
    copy: StoredCopy,
    actor: Any,
    *,
    raw: bytes = b"",
    warc: bytes = b"",
    verb: str = "edited",
    also: Iterable[str] = (),
    at: datetime.datetime | None = None,
    finder: Finder | None = None,
) -> StoredCopy:
    """Add a stored copy as the document's next, with its event and its bytes.

    A text without blocks is one block. ``warc``: the file that says how it came (see
    ``warcs``). ``also``: what else of the document changed with it, for the event. The
    document's passages are looked for in it: that takes its time (see
    ``anchoring.Finder``), so it is done before the transaction
    and only checked in it. Quotations are compared once it is over. Who opens a
    transaction around this call looks ahead outside of that (``anchoring.look_ahead``).
    Raises ``ValidationError``, also for what was sealed: it does not come back by
    itself.
    """
    finder = finder or look_ahead(document, copy.text)
    with transaction.atomic():
        Document.raise_version(document.pk)
        refuse_sealed(document, raw, copy.text)
        copy.document, copy.number = document, last_number(document) + 1
        if copy.text and not copy.blocks:
            body = {"role": BlockRole.BODY.value, "start": 0, "end": len(copy.text)}
            copy.blocks = [body]
        copy.full_clean(exclude=["document"])
        keep_bytes(copy, raw, warc)
        copy.save()
        anchor_passages(copy, actor, finder, at)
        record_edit(document, actor, ["storedcopy.added", *also], verb=verb, at=at)
        # Under the lock of the log, under which files of sealed copies are removed.
        keep_bytes(copy, raw, warc)
        check_soon(Citation.objects.of_working_claims().filter(document=document))
    return copy


def refuse_sealed(document: Document, raw: bytes, text: str) -> None:
    """Raise ``ValidationError`` when a sealed copy of the document had this content."""
    same = Q()
    if raw:
        same |= Q(raw_sha256=sha256_of_bytes(raw))
    if text:
        same |= Q(text_sha256=sha256_of(text))
    if not same:
        return
    twin = document.copies.filter(same).exclude(sealed_at=None).first()
    if twin is not None:
        said = _("This is what copy %(number)s was, which is sealed: it is not kept.")
        raise ValidationError(said % {"number": twin.number})


def sha256_of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def last_number(document: Document) -> int:
    return document.copies.aggregate(last=Max("number"))["last"] or 0
