"""Captures: fetched in turn, kept with everything that proves them, or honestly not."""

import datetime
import gzip
import hashlib
import io
from typing import Any

import pytest
from django.db import connection
from warcio.archiveiterator import ArchiveIterator

from claims.checking.quotes import check_quotation
from claims.fetch import FetchError
from claims.formats.warc import read_warc
from claims.jobs.captures import (
    run_captures,
    want_copy,
    want_missing,
    want_reading,
)
from claims.jobs.copies import add_copy
from claims.jobs.lease import lease
from claims.jobs.originals import Original
from claims.jobs.upkeep import STEPS, stored_copies
from claims.models import Capture, Document, Event, StoredCopy
from claims.workflow.desk_words import CaptureState
from claims.workflow.roles import EDITORS, RESEARCHERS
from claims.workflow.words import Provenance
from tests.factories import (
    NOON,
    make_article,
    make_capture,
    make_copy,
    make_document,
    make_user,
)
from tests.intake.pages import pdf
from tests.jobs.captured import PARAGRAPHS, PLAIN, Clock, getting, story
from tests.scripted import page, redirect, scripted

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return settings.MEDIA_ROOT


def river(**fields: Any) -> Document:
    return make_document(url=PLAIN, **fields)


def run(*scripts: Any, at: datetime.datetime = NOON, **options: Any) -> list[Capture]:
    """Run what is due against a server that answers so, in turn."""
    with scripted(*scripts) as server:
        how = {"pace": Clock().pace(), "clock": lambda: at, **options}
        return list(run_captures(get=getting(server), **how))


def content(file: Any) -> bytes:
    with file.open("rb") as opened:
        return opened.read()


def stored(files: Any) -> list[Any]:
    return [path for path in files.rglob("*") if path.is_file()]


# What is kept


def test_a_page_is_kept_with_all_that_proves_it(files: Any) -> None:
    user = make_user(RESEARCHERS)
    document = river()
    want_copy(document, user, NOON)
    packed = gzip.compress(story())

    (row,) = run(
        redirect("/new", "301 Moved Permanently"), page(packed, Content_Encoding="gzip")
    )

    copy = document.copies.get()
    assert (row.state, row.stored_copy, row.tries) == (CaptureState.STORED, copy, 1)
    assert (row.begun_at, row.ended_at, row.next_try_at) == (NOON, NOON, None)
    assert copy.provenance == Provenance.CAPTURED
    assert copy.final_url == "http://elmpost.example/new"
    assert copy.redirects == [{"url": PLAIN, "status": 301}]
    assert (copy.http_status, copy.media_type) == (200, "text/html")
    assert copy.raw_sha256 == hashlib.sha256(story()).hexdigest()
    assert copy.size == len(story())
    assert all(each in copy.text for each in PARAGRAPHS)
    assert copy.extractor.startswith("trafilatura")
    assert content(copy.file) == story()
    assert len(stored(files)) == 2
    event = Event.objects.of("document", document.public_id).latest("sequence")
    assert (event.verb, event.actor_id) == ("captured", str(user.pk))


def test_its_warc_file_is_read_back_by_warcio() -> None:
    document = river()
    want_copy(document)
    run(redirect("/new"), page(story()))
    copy = document.copies.get()

    warc = content(copy.warc)
    assert copy.warc.name.endswith(".warc.gz")
    assert copy.warc_sha256 == hashlib.sha256(warc).hexdigest()
    responses = [
        (record.http_headers.get_statuscode(), record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(warc), check_digests="raise")
        if record.rec_type == "response"
    ]
    assert responses == [("302", b""), ("200", story())]
    facts = read_warc(io.BytesIO(warc))
    assert (facts.payload_sha256, facts.faults) == (copy.raw_sha256, ())
    assert b"User-Agent: ClaimTracker/" in gzip.decompress(warc)


def test_the_same_bytes_at_two_addresses_are_kept_once(files: Any) -> None:
    first, second = river(), make_document(url="http://mirror.example/river")
    want_copy(first)
    want_copy(second)
    run(page(story()))
    one, other = first.copies.get(), second.copies.get()

    assert one.file.name == other.file.name
    assert len(stored(files)) == 3  # the page, and how each came
    again = read_warc(io.BytesIO(content(other.warc)))
    assert again.payload_sha256 == ""
    assert again.earlier == read_warc(io.BytesIO(content(one.warc))).main


def test_a_pdf_is_kept_with_a_map_of_its_pages() -> None:
    document = river()
    want_copy(document)
    raw = pdf(["The Elm rose in one night."], ["Nobody was hurt."], title="Report")
    run(page(raw, Content_Type="application/octet-stream"))
    copy = document.copies.get()

    assert (copy.media_type, copy.page_count) == ("application/pdf", 2)
    assert [row["number"] for row in copy.pages] == [1, 2]
    match = check_quotation("Nobody was hurt.", copy.text, pages=copy.page_map)
    assert match.pages == (2, 2)


def test_what_has_no_text_is_kept_and_said_to_have_none() -> None:
    document = river()
    want_copy(document)
    (row,) = run(page(b"\x89PNG\r\n\x1a\n" + bytes(20), Content_Type="text/html"))
    copy = document.copies.get()
    assert (copy.media_type, copy.text) == ("image/png", "")
    assert row.reason == "Stored without text."


def test_a_pdf_without_text_is_kept_too() -> None:
    document = river()
    want_copy(document)
    (row,) = run(page(b"%PDF-1.4\n%%EOF\n"))
    assert document.copies.get().media_type == "application/pdf"
    assert row.reason.startswith("Stored without text. ")


@pytest.mark.parametrize("body", [b"", b"<html><body></body></html>"])
def test_a_page_without_text_is_no_copy(body: bytes) -> None:
    document = river()
    want_copy(document)
    (row,) = run(page(body))
    assert row.state == CaptureState.FAILED
    assert row.reason
    assert not document.copies.exists()


def test_an_article_gets_no_copy_without_text() -> None:
    article = make_article(document=river())
    want_copy(article.document)
    (row,) = run(page(b"%PDF-1.4\n%%EOF\n"))
    assert row.state == CaptureState.FAILED
    assert article.newest_copy.text


def test_an_article_gets_suggestions_in_its_new_copy() -> None:
    article = make_article(document=river())
    want_copy(article.document)
    run(page(story('"The bridge will close in May," said Ada Brook, the mayor.')))
    assert article.suggestions.within(article.newest_copy).exists()


# Seen again


def test_an_unchanged_page_is_noted_and_not_stored_again(files: Any) -> None:
    document = river()
    want_copy(document)
    run(page(story()))
    version = Document.objects.get(pk=document.pk).version
    want_copy(document)
    same_words = story().replace(b"<body>", b"<body><!-- visit 2 -->")
    (row,) = run(page(same_words), at=NOON + DAY)

    assert (row.state, row.stored_copy) == (
        CaptureState.UNCHANGED,
        document.copies.get(),
    )
    assert row.ended_at == NOON + DAY
    assert len(stored(files)) == 2
    assert Document.objects.get(pk=document.pk).version == version


def test_a_changed_page_is_the_next_copy() -> None:
    document = river()
    for words in (PARAGRAPHS, PARAGRAPHS[:2]):
        want_copy(document)
        run(page(story(*words)))
    assert [copy.number for copy in document.copies.all()] == [1, 2]
    assert PARAGRAPHS[2] not in document.newest_copy.text


def test_a_pasted_text_does_not_stand_for_the_page_itself() -> None:
    document = river()
    want_copy(document)
    run(page(story()))
    text = document.copies.get().text
    other = make_document(url="http://elmpost.example/other")
    make_copy(other, text, provenance="pasted")
    want_copy(other)
    (row,) = run(page(story()))
    assert row.state == CaptureState.STORED
    assert other.newest_copy.provenance == Provenance.CAPTURED


# Faults


@pytest.mark.parametrize(
    "status", ["404 Not Found", "410 Gone", "403 Forbidden", "501 Not Implemented"]
)
def test_what_is_not_there_is_not_tried_again(status: str) -> None:
    document = river()
    want_copy(document)
    (row,) = run(page(b"<p>Not here.</p>", status))
    assert (row.state, row.next_try_at) == (CaptureState.FAILED, None)
    assert row.reason == f"The server answered with status {status[:3]}."
    assert not document.copies.exists()
    assert run(page(story()), at=NOON + 30 * DAY) == []


@pytest.mark.parametrize(
    "script",
    [
        page(b"", "500 Internal Server Error"),
        page(b"", "503 Service Unavailable"),
        page(b"", "429 Too Many Requests"),
        page(b"", "522 Odd"),
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this",
    ],
    ids=["500", "503", "429", "522", "closed", "cut off"],
)
def test_a_passing_fault_waits_for_another_try(script: bytes) -> None:
    document = river()
    want_copy(document)
    (row,) = run(script)
    assert (row.state, row.ended_at) == (CaptureState.WANTED, None)
    assert row.next_try_at == NOON + datetime.timedelta(minutes=10)
    assert row.reason
    assert run(page(story()), at=NOON + datetime.timedelta(minutes=9)) == []
    (row,) = run(page(story()), at=NOON + datetime.timedelta(minutes=10))
    assert (row.state, row.tries, row.reason) == (CaptureState.STORED, 2, "")


def test_it_is_given_up_after_the_last_try() -> None:
    want_copy(river())
    at, tries = NOON, 0
    while Capture.objects.open().exists():
        (row,) = run(page(b"", "500 Internal Server Error"), at=at)
        at, tries = row.next_try_at or at, tries + 1
    assert (tries, row.tries, row.state) == (5, 5, CaptureState.FAILED)
    assert row.reason == "The server answered with status 500. Given up."
    assert at - NOON == datetime.timedelta(days=1, hours=7, minutes=10)


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ("7200", datetime.timedelta(hours=2)),
        ("Mon, 02 Mar 2026 15:00:00 GMT", datetime.timedelta(hours=3)),
        ("1", datetime.timedelta(minutes=10)),
        ("soon", datetime.timedelta(minutes=10)),
        ("Mon, 02 Mar 2020 15:00:00 GMT", datetime.timedelta(minutes=10)),
    ],
)
def test_a_server_is_asked_again_when_it_wants_to_be(said, waits) -> None:
    want_copy(river())
    (row,) = run(page(b"", "503 Service Unavailable", Retry_After=said))
    assert row.next_try_at == NOON + waits


def test_who_asks_us_to_wait_for_weeks_is_not_asked_again() -> None:
    want_copy(river())
    (row,) = run(page(b"", "503 Service Unavailable", Retry_After="99999999999"))
    assert row.state == CaptureState.FAILED


def test_what_leads_inside_is_refused_and_said_so() -> None:
    want_copy(river())
    (row,) = run(redirect("http://127.0.0.1/secret"))
    assert row.state == CaptureState.FAILED
    assert "not in the public internet" in row.reason


def test_one_that_breaks_us_is_not_the_end_of_the_next(caplog: Any) -> None:
    first, second = river(), make_document(url="http://elmpost.example/2")
    want_copy(first, at=NOON)
    want_copy(second, at=NOON + DAY)

    def get(url: str) -> Original:
        if url == PLAIN:
            raise RuntimeError("Not foreseen.")
        return Original(story(), Provenance.CAPTURED, NOON, url, url, "text/html", 200)

    rows = list(run_captures(get=get, clock=lambda: NOON + 2 * DAY))
    assert [row.state for row in rows] == [CaptureState.FAILED, CaptureState.STORED]
    assert rows[0].reason == "An error of the tracker; the log tells more."
    assert rows[0].public_id in caplog.text


def test_what_was_broken_off_is_taken_up_again() -> None:
    row = make_capture(river(), state=CaptureState.RUNNING, tries=1)
    assert run(page(story())) == []
    row.refresh_from_db()
    assert (row.state, row.reason) == (CaptureState.WANTED, "It was broken off.")
    (row,) = run(page(story()), at=NOON + DAY)
    assert row.state == CaptureState.STORED


def test_what_always_breaks_off_is_given_up() -> None:
    make_capture(river(), state=CaptureState.RUNNING, tries=5)
    run(page(story()))
    assert Capture.objects.get().state == CaptureState.FAILED


# In turn


def test_a_host_is_asked_once_a_second_at_most() -> None:
    for number in range(3):
        want_copy(make_document(url=f"http://elmpost.example/{number}"))
    want_copy(make_document(url="http://hillpost.example/"))
    clock = Clock()
    rows = run(page(story()), pace=clock.pace())
    assert len(rows) == 4
    assert clock.slept == [1.0, 1.0]


def test_a_second_run_at_the_same_time_does_nothing() -> None:
    want_copy(river())
    with lease("captures"):
        assert run(page(story())) == []
    assert Capture.objects.get().state == CaptureState.WANTED


def test_no_more_than_a_portion_at_once_the_oldest_first() -> None:
    for number in (2, 0, 1):
        url = f"http://elmpost.example/{number}"
        want_copy(make_document(url=url), at=NOON + number * DAY)
    rows = run(page(story()), at=NOON + 9 * DAY, at_once=2)
    assert [row.url[-1] for row in rows] == ["0", "1"]


def test_no_transaction_is_open_while_a_server_is_asked() -> None:
    want_copy(river())
    outside, seen = len(connection.savepoint_ids), []

    def get(url: str) -> Original:
        seen.append(len(connection.savepoint_ids))
        return Original(story(), Provenance.CAPTURED, NOON, url, url, "text/html", 200)

    assert [row.state for row in run_captures(get=get)] == [CaptureState.STORED]
    assert seen == [outside]


# Wanting


def test_a_copy_is_wanted_once() -> None:
    document = river()
    first = want_copy(document, make_user(EDITORS))
    assert want_copy(document, make_user(EDITORS)) == first
    assert Capture.objects.count() == 1


def test_wanting_again_does_not_wait_for_the_next_try() -> None:
    document = river()
    make_capture(document, next_try_at=NOON + DAY, reason="It was asleep.", tries=1)
    assert run(page(story())) == []
    want_copy(document)
    (row,) = run(page(story()))
    assert row.state == CaptureState.STORED


@pytest.mark.parametrize("url", ["", "http://localhost/", "ftp://news.example/a"])
def test_what_can_never_be_fetched_is_not_wanted(url: str) -> None:
    document = make_document(url=url)
    with pytest.raises(FetchError):
        want_copy(document)
    want_missing([document], None)
    assert not Capture.objects.exists()


def test_a_document_with_a_copy_misses_none() -> None:
    there, missing = river(), make_document(url="http://elmpost.example/2")
    make_copy(there)
    want_missing([there, missing, missing], make_user(RESEARCHERS))
    assert [row.document for row in Capture.objects.all()] == [missing]


def test_what_failed_a_moment_ago_is_not_wanted_by_the_next_citation() -> None:
    document = river()
    make_capture(document, state=CaptureState.FAILED, reason="Gone.", ended_at=NOON)
    want_missing([document], None, NOON + datetime.timedelta(hours=23))
    assert Capture.objects.count() == 1
    want_missing([document], None, NOON + datetime.timedelta(hours=25))
    assert Capture.objects.count() == 2


# Reading a file that is here


def test_a_stored_file_is_read_for_a_copy_with_its_text() -> None:
    document = river()
    raw = pdf(["The Elm rose in one night."], ["Nobody was hurt."])
    copy = StoredCopy(
        provenance="uploaded", retrieved_at=NOON, media_type="application/pdf"
    )
    add_copy(document, copy, make_user(EDITORS), raw=raw)
    want_reading(copy, make_user(EDITORS))
    want_reading(copy, None)

    (row,) = run(page())

    first, second = document.copies.all()
    assert (row.state, row.stored_copy) == (CaptureState.STORED, second)
    assert (first.text, first.raw_sha256) == ("", second.raw_sha256)
    assert "Nobody was hurt." in second.text
    assert second.page_count == 2
    assert second.provenance == Provenance.UPLOADED
    assert second.file.name == first.file.name


def test_a_file_without_text_or_that_is_gone_says_so() -> None:
    document = river()
    copy = StoredCopy(provenance="uploaded", retrieved_at=NOON)
    add_copy(document, copy, "a test", raw=b"\x89PNG\r\n\x1a\n")
    bare = make_copy(document)
    want_reading(copy, None, NOON)
    want_reading(bare, None, NOON + DAY)
    rows = run(page(), at=NOON + DAY)
    assert [row.reason for row in rows] == [
        "There is no text in it.",
        "The file is not here any more.",
    ]


# Upkeep


def test_upkeep_fetches_what_is_wanted() -> None:
    assert ("stored copies", stored_copies) in STEPS
    assert stored_copies(NOON) == "none wanted"
    make_capture(make_document(url="http://127.0.0.1/"))
    assert stored_copies(NOON) == "1 failed"
