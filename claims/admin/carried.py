"""Content that a page carries with it, packed: it comes back with the form."""

import base64
import binascii
import zlib

#: What is unpacked at most; the content of 500 claims has a million characters.
MAX_BYTES = 50_000_000


def packed(text: str) -> str:
    """Return a text in few characters that need no escaping in HTML."""
    return base64.b64encode(zlib.compress(text.encode())).decode()


def unpacked(sent: str, most: int = MAX_BYTES) -> str:
    """Return what was packed; "" where it is broken, or has more than ``most`` bytes."""
    try:
        reader = zlib.decompressobj()
        raw = reader.decompress(base64.b64decode(sent, validate=True), most)
        return raw.decode() if reader.eof else ""
    except (binascii.Error, zlib.error, ValueError):
        return ""
