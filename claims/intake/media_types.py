"""What a file is, told by its first bytes and never by its name."""

from .kinds import Kind, kind_of

UNKNOWN = "application/octet-stream"
#: First bytes → media type. WebP has its size between RIFF and its own name.
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
EXTENSIONS = {
    Kind.PDF.value: "pdf",
    Kind.TEXT.value: "txt",
    Kind.PAGE.value: "html",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}


def media_type_of(raw: bytes, content_type: str = "") -> str:
    """Return the media type of an image, a PDF, a web page or a text.

    ``content_type``: of a response, believed for web pages alone. Anything else is
    ``UNKNOWN``, whatever a server calls it. A text may be in any encoding.
    """
    for signature, media_type in _IMAGES:
        if raw.startswith(signature):
            return media_type
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "image/webp"
    kind = kind_of(raw, content_type)
    if kind is Kind.TEXT and b"\0" in raw and not raw.startswith(_WIDE_MARKS):
        return UNKNOWN
    return kind.value


#: Marks of UTF-16, in which a text holds zeros too.
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def can_be_read(media_type: str) -> bool:
    """Whether there is a reader of ours that may find a text in it."""
    return media_type in {kind.value for kind in Kind}
