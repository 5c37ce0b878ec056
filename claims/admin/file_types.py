"""What an evidence file is, told by its first bytes and never by its name."""

from django.utils.translation import gettext as _

PDF = "application/pdf"
TEXT = "text/plain"
PAGE = "text/html"  # imported, never attached
#: First bytes → media type. WebP has its size between RIFF and its own name.
_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
EXTENSIONS = {
    PDF: "pdf",
    TEXT: "txt",
    PAGE: "html",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}


class FileRefusedError(ValueError):
    """The file is none of the types taken; the sentence says which are."""


def media_type_of(content: bytes) -> str:
    """Return the media type of a PDF, an image or a UTF-8 text; refuse the rest."""
    for signature, media_type in _SIGNATURES:
        if content.startswith(signature):
            return media_type
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    text_of(content)
    return TEXT


def text_of(content: bytes) -> str:
    """Decode a text file strictly; ``FileRefusedError`` when it is not UTF-8 text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text or not text.strip():
        raise FileRefusedError(
            _("This is no PDF, PNG, JPEG, GIF or WebP image, and no text in UTF-8.")
        )
    return text.replace("\r\n", "\n")
