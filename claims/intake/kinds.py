"""What the bytes are: a PDF file, a web page or plain text."""

import re
from enum import StrEnum

_PAGE_BEGINS = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.I)
_LOOKED_AT_BYTES = 2048


class Kind(StrEnum):
    """How to read it; the value is its media type."""

    PAGE = "text/html"
    PDF = "application/pdf"
    TEXT = "text/plain"


def kind_of(raw: bytes, content_type: str = "") -> Kind:
    """Tell by the first bytes, and for pages by the header of the response too."""
    start = raw[:_LOOKED_AT_BYTES].replace(b"\x00", b"")  # of UTF-16
    if start.lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    media_type = content_type.partition(";")[0].strip().lower()
    says_page = media_type in (Kind.PAGE, "application/xhtml+xml")
    if says_page or _PAGE_BEGINS.search(start):
        return Kind.PAGE
    return Kind.TEXT


def charset_of(content_type: str) -> str:
    """Return the charset of a Content-Type header, or ""."""
    match = re.search(r"charset\s*=\s*\"?([\w.:-]+)", content_type, re.I | re.A)
    return match[1] if match else ""
