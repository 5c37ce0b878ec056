"""Which files the desk takes as evidence: told by their bytes, never by their name."""

from django.utils.translation import gettext as _

from claims.intake.kinds import Kind
from claims.intake.media_types import UNKNOWN, media_type_of

TEXT = Kind.TEXT.value


class FileRefusedError(ValueError):
    """The file is none of the types taken; the sentence says which are."""


def accepted_type(content: bytes) -> str:
    """Return the media type of a PDF, web page, image or UTF-8 text; refuse the rest."""
    media_type = media_type_of(content)
    if media_type == UNKNOWN:
        raise _refused()
    if media_type == TEXT:
        text_of(content)
    return media_type


def text_of(content: bytes) -> str:
    """Decode a text file strictly; ``FileRefusedError`` when it is not UTF-8 text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or not text.strip():
        raise _refused()
    return text.replace("\r\n", "\n")


def _refused() -> FileRefusedError:
    return FileRefusedError(
        _(
            "This is no PDF, web page, PNG, JPEG, GIF or WebP image, and no text in "
            "UTF-8."
        )
    )
