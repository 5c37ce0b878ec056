"""WARC files: written by us, read back and checked by warcio, which others wrote."""

import datetime
import gzip
import hashlib
import io
from argparse import Namespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from claims.formats.warc import Earlier, Exchange, as_warc, read_warc
from tests.properties import tried

NOON = datetime.datetime(2026, 3, 2, 12, 0, 0, 250000, tzinfo=datetime.UTC)
AGENT = "ClaimTracker/0.3 (+https://claims.example/about/)"
PAGE = b"<p>The Elm rose by 40 centimetres.</p>"


def exchange(body: bytes | None = PAGE, status: int = 200, **fields: Any) -> Exchange:
    length = str(len(body or b""))
    defaults: dict[str, Any] = {
        "url": "https://elmpost.example/river?day=2",
        "at": NOON,
        "peer": "93.184.215.14",
        "asked": (("Host", "elmpost.example"), ("User-Agent", AGENT)),
        "said": (("content-type", "text/html"), ("content-length", length)),
    }
    return Exchange(status=status, body=body, **{**defaults, **fields})


def moved(**fields: Any) -> Exchange:
    said = (("location", "/river?day=2"), ("content-length", "0"))
    url = "http://elmpost.example/old"
    return exchange(None, 301, **{"url": url, "said": said, **fields})


def records(warc: bytes) -> list[tuple[Any, bytes]]:
    return [
        (record, record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(warc))
    ]


def types(warc: bytes) -> list[str]:
    return [record.rec_type for record, _content in records(warc)]


def is_clean(warc: bytes, tmp_path: Any, capsys: Any) -> bool:
    """Run warcio's own check on a file; it prints and fails on what is not right."""
    path = tmp_path / "copy.warc.gz"
    path.write_bytes(warc)
    value = Checker(Namespace(inputs=[str(path)], verbose=False)).process_all()
    return value == 0 and capsys.readouterr().out == ""


def test_a_page_comes_back_as_it_was_with_who_asked_and_when() -> None:
    about, response, request = records(as_warc([exchange()], AGENT))

    assert b"software: ClaimTracker/0.3\r\n" in about[1]
    assert f"http-header-user-agent: {AGENT}\r\n".encode() in about[1]
    assert response[1] == PAGE
    facts = response[0].rec_headers.get_header
    assert facts("WARC-Target-URI") == "https://elmpost.example/river?day=2"
    assert facts("WARC-Date") == "2026-03-02T12:00:00.250000Z"
    assert facts("WARC-IP-Address") == "93.184.215.14"
    digest = "sha1:" + "AZ"  # base32 of SHA-1, whatever it is
    assert facts("WARC-Payload-Digest")[:5] == digest[:5]
    assert response[0].http_headers.get_statuscode() == "200"
    assert request[0].http_headers.statusline == "/river?day=2 HTTP/1.1"
    assert request[0].http_headers.get_header("User-Agent") == AGENT
    concurrent = request[0].rec_headers.get_header("WARC-Concurrent-To")
    assert concurrent == facts("WARC-Record-ID")


def test_redirects_are_kept_in_their_order_with_where_they_lead() -> None:
    warc = as_warc([moved(), exchange()], AGENT)
    found = [record for record, _body in records(warc) if record.rec_type == "response"]

    assert types(warc) == ["warcinfo", "response", "request", "response", "request"]
    assert found[0].http_headers.get_statuscode() == "301"
    assert found[0].http_headers.get_header("location") == "/river?day=2"
    assert found[0].rec_headers.get_header("WARC-Truncated") is None


def test_the_unread_words_of_a_redirect_are_said_to_be_left_out() -> None:
    said = (("location", "/x"), ("content-length", "154"))
    warc = as_warc([moved(said=said), exchange()], AGENT)
    redirect = records(warc)[1][0]

    assert redirect.rec_headers.get_header("WARC-Truncated") == "length"
    assert redirect.http_headers.get_header("X-Crawler-content-length") == "154"
    assert redirect.http_headers.get_header("content-length") == "0"


def test_undone_packing_is_said_and_not_undone_again() -> None:
    said = (
        ("content-encoding", "gzip"),
        ("transfer-encoding", "chunked"),
        ("content-type", "text/html"),
    )
    warc = as_warc([exchange(said=said)], AGENT)
    response, body = records(warc)[1]
    header = response.http_headers.get_header

    assert body == PAGE
    assert header("content-encoding") is None
    assert header("X-Crawler-content-encoding") == "gzip"
    assert header("X-Crawler-transfer-encoding") == "chunked"
    assert header("content-length") == str(len(PAGE))


def test_warcio_finds_nothing_wrong(tmp_path: Any, capsys: Any) -> None:
    chain = [moved(), exchange(said=(("content-encoding", "gzip"),))]
    first = as_warc(chain, AGENT)
    assert is_clean(first, tmp_path, capsys)
    again = as_warc([exchange()], AGENT, read_warc(io.BytesIO(first)).main)
    assert is_clean(again, tmp_path, capsys)


def test_warcio_finds_a_flipped_byte(tmp_path: Any, capsys: Any) -> None:
    plain = gzip.decompress(as_warc([exchange()], AGENT))
    broken = plain.replace(b"40 centimetres", b"90 centimetres")
    assert broken != plain
    assert not is_clean(broken, tmp_path, capsys)


def test_the_same_payload_again_is_named_and_not_kept_twice() -> None:
    body = bytes(range(256)) * 400
    first = as_warc([exchange(body)], AGENT)
    main = read_warc(io.BytesIO(first)).main
    assert main is not None
    again = as_warc([exchange(body, url="https://mirror.example/")], AGENT, main)
    facts = read_warc(io.BytesIO(again))

    assert types(again) == ["warcinfo", "revisit", "request"]
    revisit, content = records(again)[1]
    assert content == b""
    assert facts.payload_sha256 == ""
    assert facts.earlier == main
    assert main.url == "https://elmpost.example/river?day=2"
    digest = records(first)[1][0].rec_headers.get_header("WARC-Payload-Digest")
    assert revisit.rec_headers.get_header("WARC-Payload-Digest") == digest
    assert revisit.http_headers.get_statuscode() == "200"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ('inline; filename="Pegel.pdf"', 'inline; filename="Pegel.pdf"'),
        ('inline; filename="Flüsse.pdf"', 'inline; filename="Fl%C3%BCsse.pdf"'),
        (";\N{NO-BREAK SPACE}=0", ";%C2%A0=0"),
        ("Pegel 100% über", "Pegel 100% %C3%BCber"),
    ],
)
def test_a_header_beyond_ascii_is_kept_percent_encoded(said: str, kept: str) -> None:
    headers = (("content-type", "text/html"), ("x-odd", said))
    warc = as_warc([exchange(said=headers, asked=headers)], AGENT)
    response, request = (record for record, _content in records(warc)[1:])

    assert read_warc(io.BytesIO(warc)).faults == ()
    assert response.http_headers.get_header("x-odd") == kept
    assert request.http_headers.get_header("x-odd") == kept


@tried(100)
@example(body=b"", url="https://a.example/", odd=";\N{NO-BREAK SPACE}=0", status=200)
@given(
    body=st.binary(max_size=3000),
    url=st.sampled_from(["https://a.example/", "http://a.example/%C3%9F?q=%D8"]),
    odd=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=30),
    status=st.sampled_from([200, 203, 299]),
)
def test_any_payload_is_read_back_with_our_own_hash(body, url, odd, status) -> None:
    said = (("content-type", "text/html"), ("x-odd", odd.strip()))
    warc = as_warc([moved(), exchange(body, status, url=url, said=said)], AGENT)
    facts = read_warc(io.BytesIO(warc))

    assert facts.faults == ()
    assert facts.records == 5
    assert facts.payload_sha256 == hashlib.sha256(body).hexdigest()
    assert facts.main is not None
    assert facts.main.url == url
    assert records(warc)[3][1] == body


WARC = as_warc([moved(), exchange(PAGE * 50)], AGENT)


@tried(200)
@given(place=st.integers(0, len(WARC) - 1), bit=st.integers(0, 7))
def test_a_flipped_bit_of_a_file_is_never_taken_for_the_page(place, bit) -> None:
    broken = bytearray(WARC)
    broken[place] ^= 1 << bit
    facts = read_warc(io.BytesIO(bytes(broken)))
    whole = hashlib.sha256(PAGE * 50).hexdigest()
    assert facts.faults or facts.payload_sha256 == whole


@pytest.mark.parametrize("part", [0, 0.001, 0.1, 0.5, 0.8])
def test_a_file_that_was_cut_off_is_said_to_be(part: float) -> None:
    assert read_warc(io.BytesIO(WARC[: round(len(WARC) * part)])).faults


def test_what_is_no_such_file_is_said_to_be_none() -> None:
    assert read_warc(io.BytesIO(b"%PDF-1.4 and so on")).faults


def test_an_earlier_record_is_named_by_three_facts() -> None:
    earlier = Earlier("<urn:uuid:1>", "https://a.example/", "2026-03-01T00:00:00Z")
    warc = as_warc([exchange()], AGENT, earlier)
    assert read_warc(io.BytesIO(warc)).earlier == earlier
