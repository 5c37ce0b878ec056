"""The body of a response: decompressed piece by piece, never beyond its limits."""

import zlib
from collections.abc import Iterable

from .errors import FetchError, Reason
from .limits import Limits

_PIECE_BYTES = 64 * 1024
#: What may expand as it likes: small texts of one letter are no attack.
_HARMLESS_BYTES = 1024 * 1024


def decoded(pieces: Iterable[bytes], encoding: str, limits: Limits) -> bytes:
    """Return the body with its content encoding undone.

    ``encoding``: the header of that name. Understood: none, gzip, deflate; we ask for
    no other. Raises ``FetchError`` when it grows too large or is damaged.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _joined(pieces, limits)
    if name not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(
            Reason.ENCODING, "The server packed it in a way that was not asked for."
        )
    return _unpacked(pieces, name, limits)


def _joined(pieces: Iterable[bytes], limits: Limits) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        _hold(len(body), limits.body_bytes)
    return bytes(body)


def _unpacked(pieces: Iterable[bytes], name: str, limits: Limits) -> bytes:
    body, received, unpack = bytearray(), 0, None
    for piece in pieces:
        received += len(piece)
        unpack = unpack or zlib.decompressobj(_window(name, piece))
        most = min(limits.decoded_bytes, received * limits.expansion + _HARMLESS_BYTES)
        rest = piece
        while rest and not unpack.eof:
            try:
                body += unpack.decompress(rest, _PIECE_BYTES)
            except zlib.error:
                raise _damaged() from None
            _hold(len(body), most)
            rest = unpack.unconsumed_tail
    if unpack is not None and not unpack.eof:
        raise _damaged()
    return bytes(body)


def _window(name: str, first: bytes) -> int:
    """Return zlib's window: "deflate" comes with its header (RFC 9110), or without."""
    if name != "deflate":
        return zlib.MAX_WBITS | 16
    with_header = first[0] & 0x0F == 8
    return zlib.MAX_WBITS if with_header else -zlib.MAX_WBITS


def _hold(size: int, most: int) -> None:
    if size > most:
        raise FetchError(Reason.TOO_LARGE, "It is too large.")


def _damaged() -> FetchError:
    return FetchError(Reason.BROKEN, "The response is damaged or cut off.")
