"""Stored copies as WARC files (ISO 28500): what web archives keep and exchange.

One file for each capture: who captured, then every request with its response. What
was not read of a response (the body of a redirect) or was undone (its packing) is said
in the record, as Common Crawl does it: the header keeps its value under a name that
begins with ``X-Crawler-``.
"""

import datetime
import hashlib
import io
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import quote, urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

Headers = tuple[tuple[str, str], ...]

VERSION = "1.1"
CONFORMS_TO = (
    "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
)
#: They tell how the body came, not what it is: it is kept without its packing.
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Exchange:
    """One request and what the server said to it.

    ``asked`` and ``said``: the headers of each, in their order. ``body``: with its
    content encoding undone; ``None`` where it was not read. ``peer``: the IP address.
    """

    url: str
    at: datetime.datetime
    peer: str
    status: int
    asked: Headers
    said: Headers
    body: bytes | None


@dataclass(frozen=True)
class Earlier:
    """The record in another file that has the same payload: id, address and date."""

    record_id: str
    url: str
    date: str


@dataclass(frozen=True)
class WarcFacts:
    """What a WARC file of ours holds, as it was read back.

    ``payload_sha256``: of the body in the last response; "" where that is a revisit,
    whose payload ``earlier`` has. ``main``: that last response itself. ``records``:
    how many there are. ``faults``: a sentence for each that is not whole.
    """

    records: int
    payload_sha256: str
    main: Earlier | None
    earlier: Earlier | None
    faults: tuple[str, ...]


def as_warc(
    exchanges: Sequence[Exchange], software: str, earlier: Earlier | None = None
) -> bytes:
    """Return one WARC file, each record packed by itself.

    ``exchanges``: the redirects in their order, then the response that counts; its
    body is left out where ``earlier`` has the same. ``software``: how we introduce
    ourselves. Digests are SHA-1 in base32, as the readers of such files expect.
    """
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version=VERSION)
    about = _about(writer, exchanges[0].at, software)
    about_id = about.rec_headers.get_header("WARC-Record-ID")
    writer.write_record(about)
    for exchange in exchanges:
        is_last = exchange is exchanges[-1]
        response = _response(writer, exchange, earlier if is_last else None)
        request = _request(writer, exchange)
        for record in (response, request):
            record.rec_headers.add_header("WARC-Warcinfo-ID", about_id)
        writer.write_request_response_pair(request, response)
    return out.getvalue()


def _about(writer: Any, at: datetime.datetime, software: str) -> Any:
    """Return the record that says who made the file, dated by its first request."""
    said = {
        "software": software.partition(" ")[0],
        "http-header-user-agent": software,
        "format": f"WARC File Format {VERSION}",
        "conformsTo": CONFORMS_TO,
        "robots": "ignore",
        "description": "one cited page, captured as evidence",
    }
    record = writer.create_warcinfo_record(None, said)
    record.rec_headers.replace_header("WARC-Date", _date(at))
    return record


def _request(writer: Any, exchange: Exchange) -> Any:
    parts = urlsplit(exchange.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = StatusAndHeaders(
        f"GET {target} HTTP/1.1", _in_ascii(exchange.asked), is_http_request=True
    )
    return writer.create_warc_record(
        exchange.url, "request", http_headers=head, warc_headers_dict=_facts(exchange)
    )


def _response(writer: Any, exchange: Exchange, earlier: Earlier | None) -> Any:
    head = StatusAndHeaders(
        f"{exchange.status} {_phrase(exchange.status)}".strip(),
        _in_ascii(_told_as_kept(exchange)),
        protocol="HTTP/1.1",
    )
    facts = _facts(exchange)
    if exchange.body is None and _said_length(exchange) != "0":
        facts["WARC-Truncated"] = "length"  # of a redirect nothing is read
    if earlier is not None:
        facts["WARC-Refers-To"] = earlier.record_id
        return writer.create_revisit_record(
            exchange.url,
            payload_digest(exchange.body or b""),
            earlier.url,
            earlier.date,
            http_headers=head,
            warc_headers_dict=facts,
        )
    body = exchange.body or b""
    return writer.create_warc_record(
        exchange.url,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=head,
        warc_headers_dict=facts,
    )


def _facts(exchange: Exchange) -> dict[str, str]:
    facts = {"WARC-Date": _date(exchange.at)}
    return facts | ({"WARC-IP-Address": exchange.peer} if exchange.peer else {})


def _told_as_kept(exchange: Exchange) -> Headers:
    """Return the response's headers, true of the body as it is kept."""
    length = str(len(exchange.body or b""))
    is_as_sent = not any(
        name in _UNDONE and (name != "content-length" or value != length)
        for name, value in exchange.said
    )
    if is_as_sent:
        return exchange.said
    kept = tuple(
        (f"X-Crawler-{name}" if name in _UNDONE else name, value)
        for name, value in exchange.said
    )
    return (*kept, ("content-length", length))


def _in_ascii(headers: Headers) -> list[tuple[str, str]]:
    """Return headers as a record can hold them, what is not ASCII percent-encoded.

    warcio encodes the values of parameters itself, and fails where their name is odd.
    """
    return [
        (name, value if value.isascii() else quote(value, safe=string.printable))
        for name, value in headers
    ]


def _said_length(exchange: Exchange) -> str:
    said = (value for name, value in exchange.said if name == "content-length")
    return next(said, "")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _date(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def payload_digest(body: bytes) -> str:
    """Return the digest by which records name a payload: SHA-1 in base32."""
    digester = WARCWriter._create_digester()
    digester.update(body)
    return str(digester)


# Reading back


def read_warc(file: IO[bytes]) -> WarcFacts:
    """Read a WARC file of ours to its end, piece by piece, checking every digest."""
    records, sha256, pair = 0, "", ""
    main = earlier = None
    faults: list[str] = []
    try:
        for record in ArchiveIterator(file, check_digests=True):
            records += 1
            digest = _sha256_of(record.content_stream())
            faults += [f"Record {records}: {each}." for each in _problems(record)]
            if record.rec_type in ("response", "revisit"):
                main, earlier = _named(record), _refers_to(record)
                sha256 = "" if record.rec_type == "revisit" else digest
            pair = record.rec_headers.get_header("WARC-Concurrent-To") or ""
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        faults.append(f"It cannot be read on after record {records}: {error}")
    if not faults and (main is None or pair != main.record_id):
        faults.append("It ends before the last response and its request.")
    return WarcFacts(records, sha256, main, earlier, tuple(faults))


def _problems(record: Any) -> Iterator[str]:
    """Yield what is wrong with a record; with none of its digests checked, that."""
    yield from record.digest_checker.problems
    headers = record.rec_headers
    has_digest = headers.get_header("WARC-Block-Digest")
    is_checked = record.digest_checker.passed is not None
    if has_digest and not is_checked and record.rec_type != "revisit":
        yield "it is cut off"


def _sha256_of(stream: Any) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK_BYTES):
        digest.update(chunk)
    return digest.hexdigest()


def _named(record: Any) -> Earlier:
    headers = record.rec_headers
    return Earlier(
        headers.get_header("WARC-Record-ID") or "",
        headers.get_header("WARC-Target-URI") or "",
        headers.get_header("WARC-Date") or "",
    )


def _refers_to(record: Any) -> Earlier | None:
    headers = record.rec_headers
    if record.rec_type != "revisit":
        return None
    return Earlier(
        headers.get_header("WARC-Refers-To") or "",
        headers.get_header("WARC-Refers-To-Target-URI") or "",
        headers.get_header("WARC-Refers-To-Date") or "",
    )
