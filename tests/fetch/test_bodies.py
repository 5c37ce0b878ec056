"""Bodies are unpacked within limits."""

import gzip
import zlib

import pytest

from claims.fetch import FetchError, Limits, Reason
from claims.fetch.bodies import decoded

TEXT = b"The river rose by 40 centimetres. " * 500
BARE = zlib.compressobj(wbits=-zlib.MAX_WBITS)
PACKED = {
    "": TEXT,
    "identity": TEXT,
    "gzip": gzip.compress(TEXT),
    "X-Gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
    " deflate ": BARE.compress(TEXT) + BARE.flush(),
}


def pieces(packed: bytes, size: int = 100) -> list[bytes]:
    return [packed[start : start + size] for start in range(0, len(packed), size)]


@pytest.mark.parametrize("encoding", PACKED)
@pytest.mark.parametrize("size", [1, 100, 100_000])
def test_a_body_comes_out_as_it_went_in(encoding, size):
    assert decoded(pieces(PACKED[encoding], size), encoding, Limits()) == TEXT


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_an_empty_body_is_empty(encoding):
    assert decoded([], encoding, Limits()) == b""


def fault(packed: bytes, encoding: str, **limits: int) -> Reason:
    with pytest.raises(FetchError) as caught:
        decoded(pieces(packed, 1000), encoding, Limits(**limits))
    return caught.value.reason


@pytest.mark.parametrize("encoding", ["br", "zstd", "compress", "gzip, gzip", "secret"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding):
    assert fault(TEXT, encoding) is Reason.ENCODING


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_damaged_body_is_refused(encoding):
    packed = PACKED[encoding]
    assert fault(packed[:-20], encoding) is Reason.BROKEN
    assert fault(b"\x78not packed at all", encoding) is Reason.BROKEN


def test_a_bomb_ends_at_the_limit_of_what_it_may_grow_to():
    bomb = gzip.compress(bytes(30 * 1024 * 1024))
    assert len(bomb) < 40_000
    assert fault(bomb, "gzip") is Reason.TOO_LARGE
    assert fault(bomb, "gzip", expansion=10_000) is Reason.TOO_LARGE  # 25 MB
    assert fault(TEXT, "", body_bytes=1000) is Reason.TOO_LARGE


def test_a_bomb_costs_no_more_memory_than_the_limit():
    """Ten gigabytes of nothing, of which the first piece alone would be 1 MB."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    packed = b"".join(packer.compress(bytes(10**6)) for _ in range(200))
    taken = 0

    def counted():
        nonlocal taken
        for piece in pieces(packed, 1000):
            taken += len(piece)
            yield piece

    with pytest.raises(FetchError):
        decoded(counted(), "gzip", Limits())
    assert taken < len(packed) / 10
