"""One capture: what came is read apart from us, and kept if it is anything new."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claims.intake import IntakeError, Kind, Reading, charset_of
from claims.intake.media_types import can_be_read, media_type_of
from claims.models import Document, StoredCopy
from claims.models.copies import sha256_of
from claims.workflow.words import Provenance

from .anchoring import look_ahead
from .copies import add_copy, copy_of, sha256_of_bytes
from .marking import suggest
from .originals import Original
from .reading import ReadingLimits, read_apart
from .warcs import packed


class CaptureError(Exception):
    """No copy was stored; the sentence is for the desk."""


@dataclass(frozen=True)
class Kept:
    """The copy that a capture made, or the one it found unchanged.

    ``remark``: what to know of it, in a sentence.
    """

    copy: StoredCopy
    is_new: bool
    remark: str = ""


def read_file(
    raw: bytes,
    content_type: str = "",
    url: str = "",
    limits: ReadingLimits | None = None,
) -> Reading | None:
    """Read the text of a file in a child process; ``None``: there is no text in it.

    Images and what is of no known type have none. Raises ``IntakeError``.
    """
    media_type = media_type_of(raw, content_type)
    if not can_be_read(media_type):
        return None
    charset = charset_of(content_type)
    return read_apart(raw, Kind(media_type), url=url, charset=charset, limits=limits)


def keep_page(document: Document, original: Original, actor: Any) -> Kept:
    """Store what was fetched as the document's next copy, unless nothing changed.

    A page without text is no copy of anything; a PDF or an image without text is kept.
    Raises ``IntakeError``, ``CaptureError`` or ``ValidationError``.
    """
    reading, remark = _reading(document, original)
    if same := unchanged(document, original, reading):
        return Kept(same, is_new=False)
    copy = copy_of(original, reading)
    original = packed(original)
    finder = look_ahead(document, copy.text)
    with transaction.atomic():
        Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        if same := unchanged(document, original, reading):
            return Kept(same, is_new=False)
        how: Any = {"raw": original.raw, "warc": original.warc}
        add_copy(document, copy, actor, verb="captured", finder=finder, **how)
    _suggest(document)
    return Kept(copy, is_new=True, remark=remark)


def _reading(document: Document, original: Original) -> tuple[Reading | None, str]:
    """Return what was read; where a file has no text, what to say of that."""
    try:
        reading = read_file(original.raw, original.content_type, original.url)
    except IntakeError as error:
        is_file = media_type_of(original.raw, original.content_type) == Kind.PDF
        if not is_file or _is_article(document):
            raise
        return None, _("Stored without text. %s") % error
    if reading is not None:
        return reading, remark_of(reading)
    if not original.raw:
        raise CaptureError(_("The server answered with nothing."))
    if _is_article(document):
        raise CaptureError(_("There is no text in it."))
    return None, _("Stored without text.")


def unchanged(
    document: Document, original: Original, reading: Reading | None
) -> StoredCopy | None:
    """Return the document's newest copy, if it has a file, and this very text.

    Where there is no text, the bytes decide.
    """
    rows = document.copies.defer("text", "blocks", "pages")
    newest = rows.order_by("-number").first()
    if newest is None or not newest.file:
        return None
    if reading is None:
        is_same = newest.raw_sha256 == sha256_of_bytes(original.raw)
    else:
        is_same = newest.text_sha256 == sha256_of(reading.text)
    return newest if is_same else None


def keep_file(copy: StoredCopy, actor: Any) -> Kept:
    """Read a file that is stored already, and add a copy with its text.

    Its own copy never changes, so the text comes as another one of the same file.
    """
    if copy.sealed_at or not copy.file:
        raise CaptureError(_("The file is not here any more."))
    with copy.file.open("rb") as file:
        raw = file.read()
    reading = read_file(raw, copy.media_type)
    if reading is None:
        raise CaptureError(_("There is no text in it."))
    original = Original(raw, Provenance(copy.provenance), copy.retrieved_at)
    added = copy_of(original, reading)
    document = copy.document
    add_copy(document, added, actor, raw=raw, verb="captured")
    _suggest(document)
    return Kept(added, is_new=True, remark=remark_of(reading))


def remark_of(reading: Reading) -> str:
    """Say what to know of a PDF's text; of a page, its date and title are no matter."""
    return " ".join(reading.warnings) if reading.pages else ""


def _is_article(document: Document) -> bool:
    return hasattr(document, "article")


def _suggest(document: Document) -> None:
    """Suggest claims in an article's new copy, as an import does."""
    if _is_article(document):
        suggest(document.article)
