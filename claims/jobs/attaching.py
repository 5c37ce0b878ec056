"""Attaching a file: stored as it is, with its text where that is found in time."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.intake import IntakeError, Reading
from claims.intake.media_types import media_type_of
from claims.models import Document, StoredCopy
from claims.workflow.words import Provenance

from .captures import want_reading
from .capturing import read_file, remark_of
from .copies import add_copy, copy_of
from .file_types import TEXT, text_of
from .originals import Original
from .reading import TOO_LONG, ReadingLimits


@dataclass(frozen=True)
class Attached:
    """A file that was stored; ``remark``: what the person should know of it."""

    copy: StoredCopy
    remark: str = ""


def attach(
    document: Document,
    content: bytes,
    retrieved_at: Any,
    actor: Any,
    limits: ReadingLimits,
) -> Attached:
    """Store a file of an accepted type with its text, where it has one.

    Whoever sends it waits, hence the limits. What takes longer is read by the next
    upkeep run, which adds a copy with the text. Raises ``ValidationError``.
    """
    original = Original(content, Provenance.UPLOADED, retrieved_at)
    reading, remark = _read(content, limits)
    copy = copy_of(original, reading)
    if copy.media_type == TEXT:
        copy.text = text_of(content)
    add_copy(document, copy, actor, raw=content)
    if remark.endswith(TOO_LONG):
        want_reading(copy, actor)
        later = _("The next upkeep run reads it, and adds a copy with its text.")
        remark = f"{remark} {later}"
    return Attached(copy, remark)


def _read(content: bytes, limits: ReadingLimits) -> tuple[Reading | None, str]:
    """Read a PDF or a web page; a plain text is kept letter for letter instead."""
    if media_type_of(content) == TEXT:
        return None, ""
    try:
        reading = read_file(content, limits=limits)
    except IntakeError as error:
        return None, _("Stored without text. %s") % error
    return reading, remark_of(reading) if reading else ""
