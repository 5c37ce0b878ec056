"""Bytes → lines of text, by what the bytes say and never by a guess."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from .records import MAX_LINE_CHARACTERS, FormatError

CHUNK_BYTES = 64 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMES = {"utf-8": "UTF-8", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
_REMEDY = "Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”)."
#: The end of a line. A carriage return alone is one too, unless it is the last that was
#: read: a line feed may follow.
_END = re.compile(r"\r\n|\n|\r(?!\Z)")


def lines_of(stream: BinaryIO) -> Iterator[str]:
    """Yield the lines of a text, their ends included, holding one chunk in memory.

    UTF-8, with or without a mark, or UTF-16 with one. Raises ``FormatError``, naming
    the byte (counted from 1); whoever reads adds the row.
    """
    pending, looked_at = "", 0
    for text in _texts(stream):
        pending += text
        start = 0
        for found in _END.finditer(pending, looked_at):
            yield pending[start : found.end()]
            start = found.end()
        pending = pending[start:]
        looked_at = max(len(pending) - 1, 0)
        if len(pending) > MAX_LINE_CHARACTERS:
            raise FormatError(
                f"A line of more than {MAX_LINE_CHARACTERS:,} characters is too long.",
                "Look for a missing end of line or closing quote.",
            )
    if pending:
        yield pending


def _texts(stream: BinaryIO) -> Iterator[str]:
    """Yield decoded chunks; of a broken one what comes before the fault."""
    chunk = stream.read(CHUNK_BYTES)
    codec, mark = _encoding_of(chunk)
    decoder = codecs.getincrementaldecoder(codec)()
    chunk, done = chunk[len(mark) :], len(mark)
    while True:
        held = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            yield error.object[: error.start].decode(codec)
            wrong = error.object[error.start]
            raise _not_in(codec, done - held + error.start, wrong) from None
        yield text
        if not chunk:
            return
        done += len(chunk)
        chunk = stream.read(CHUNK_BYTES)


def _encoding_of(start: bytes) -> tuple[str, bytes]:
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return codec, mark
    if start.startswith(b"PK\x03\x04"):
        raise FormatError("This is a spreadsheet or an archive, no text.", "Use XLSX.")
    if start[:200].count(b"\x00") * 4 > len(start[:200]):
        raise FormatError("This is no text, or UTF-16 without its mark.", _REMEDY)
    return "utf-8", b""


def _not_in(codec: str, place: int, wrong: int) -> FormatError:
    return FormatError(
        f"Byte {place + 1:,} of the file (0x{wrong:02X}) is not {_NAMES[codec]}.",
        _REMEDY,
    )
