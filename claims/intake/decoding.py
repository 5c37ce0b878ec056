"""Bytes → characters, by what the bytes say and never by a guess."""

import codecs
import re

from .errors import IntakeError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: First bytes of files that people upload by mistake → what they are.
_OTHER_FILES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a Word file or another archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a sound"),
    (b"\x1f\x8b", "a compressed file"),
)
#: A charset label at the beginning of a page (HTML Standard, section 4.2.5.4).
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.I
)
_DECLARED_WITHIN_BYTES = 4096
#: Control characters that no text needs: PostgreSQL refuses NUL, XML the rest.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
#: What only says where a line may break, and marks of byte order.
_LAYOUT = re.compile("[\u00ad\u200b\ufeff]")
#: The HTML Standard takes these labels to mean windows-1252.
_WINDOWS_1252 = {"iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii", "iso8859-1"}
#: A page is read with this share of bytes that do not fit its charset.
_TOLERATED = 0.001


def text_of(raw: bytes) -> str:
    """Decode a text file: UTF-8, or what its byte order mark says."""
    _refuse_other_files(raw)
    try:
        text = raw.decode(_marked(raw) or "utf-8")
    except UnicodeDecodeError:
        raise IntakeError("The text is not in UTF-8: save it as UTF-8 first.") from None
    if "\x00" in text:
        raise IntakeError("This is no text but a binary file.")
    return without_controls(text)


def page_of(raw: bytes, charset: str = "") -> tuple[str, tuple[str, ...]]:
    """Decode an HTML page; return it and warnings.

    The charset: a byte order mark, else ``charset`` (of the HTTP header), else what the
    page says, else UTF-8 where it fits, else windows-1252 as browsers do.
    """
    _refuse_other_files(raw)
    declared = _DECLARED.search(raw[:_DECLARED_WITHIN_BYTES])
    label = _marked(raw) or charset or (declared[1].decode() if declared else "")
    if not label:
        return _undeclared(raw)
    codec = _codec(label)
    try:
        return without_controls(raw.decode(codec)), ()
    except UnicodeDecodeError:
        text = raw.decode(codec, "replace")
    lost = text.count("\ufffd")
    if lost > max(3, len(text) * _TOLERATED):
        raise IntakeError(f"The page says that it is in {label}, and it is not.")
    warning = f"{lost} characters do not fit {label} and are shown as “\ufffd”."
    return without_controls(text), (warning,)


def without_controls(text: str) -> str:
    """Return the text without control characters, with plain line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LAYOUT.sub("", _CONTROLS.sub("", text))


def _undeclared(raw: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        return without_controls(raw.decode("utf-8")), ()
    except UnicodeDecodeError:
        if b"\x00" in raw:
            raise IntakeError("This is no page but a binary file.") from None
        text = raw.decode("windows-1252", "replace")
    warning = "The page does not say its charset; it was read as windows-1252."
    return without_controls(text), (warning,)


def _marked(raw: bytes) -> str:
    return next((codec for mark, codec in _MARKS if raw.startswith(mark)), "")


def _codec(label: str) -> str:
    if label.lower() in _WINDOWS_1252:
        return "windows-1252"
    try:
        codec = codecs.lookup(label)
    except LookupError:
        raise IntakeError(f"The page says that it is in {label}: unknown.") from None
    if not codec._is_text_encoding:
        raise IntakeError(f"The page says that it is in {label}: no charset.")
    return "utf-8-sig" if codec.name == "utf-8" else codec.name


def _refuse_other_files(raw: bytes) -> None:
    for signature, kind in _OTHER_FILES:
        if raw.startswith(signature):
            raise IntakeError(f"This is {kind}, not a text or web page.")
