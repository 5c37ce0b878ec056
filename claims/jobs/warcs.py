"""The WARC file of a capture: made of what was fetched, and read back when checked."""

import hashlib
from dataclasses import replace

from claims.fetch import Fetched, Hop
from claims.formats.warc import Earlier, Exchange, as_warc, read_warc
from claims.models import StoredCopy

from .originals import Original, agent


def packed(original: Original) -> Original:
    """Return what was fetched with its WARC file; as it is what came another way.

    A payload that another file has already is only named in it. Packing takes its
    time, so call it outside of any transaction.
    """
    fetched = original.fetched
    if fetched is None or original.warc:
        return original
    raw_sha256 = hashlib.sha256(fetched.body).hexdigest()
    exchanges = [_of_hop(hop, fetched) for hop in fetched.redirects]
    last = Exchange(
        url=fetched.url,
        at=fetched.fetched_at,
        peer=fetched.peer,
        status=fetched.status,
        asked=fetched.asked,
        said=fetched.headers,
        body=fetched.body,
    )
    warc = as_warc([*exchanges, last], agent(), _earlier(raw_sha256))
    return replace(original, warc=warc)


def _of_hop(hop: Hop, fetched: Fetched) -> Exchange:
    return Exchange(
        url=hop.url,
        at=hop.fetched_at or fetched.fetched_at,
        peer=hop.peer,
        status=hop.status,
        asked=hop.asked,
        said=hop.headers,
        body=None,
    )


def _earlier(raw_sha256: str) -> Earlier | None:
    """Return the record that has this payload; ``None`` where no whole file has it."""
    rows = StoredCopy.objects.filter(raw_sha256=raw_sha256, sealed_at=None)
    for copy in rows.exclude(warc="").order_by("pk").defer("text", "blocks", "pages"):
        try:
            with copy.warc.open("rb") as file:
                facts = read_warc(file)
        except OSError:
            continue  # `verify_copies` tells of it
        if not facts.faults and facts.payload_sha256 == raw_sha256:
            return facts.main
    return None
