"""Readers get the facts of a stored copy and a little context: never its text or file."""

import re
from typing import Any

import pytest

from claims.jobs.captures import run_captures, want_copy
from claims.models import Capture, Document, PublishedDocument
from claims.moves import seal_copy
from claims.workflow.desk_words import CaptureState
from claims.workflow.roles import EDITORS
from claims.workflow.words import Provenance
from tests.factories import (
    NOON,
    make_article,
    make_capture,
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_user,
    move,
    publish_claim,
)
from tests.jobs.captured import PLAIN, getting
from tests.scripted import page, redirect, scripted
from tests.test_leaks import crawl, starts

pytestmark = pytest.mark.django_db

#: Of other people's texts, so much around a passage (the display policy).
CONTEXT_CHARACTERS = 300
WORDS = 30_000
TOKEN = re.compile(r"elm(\d{5})")
#: The passage that is cited, by its first word and the one after its last.
CITED = (20_000, 20_012)


def words(first: int, last: int) -> str:
    return " ".join(f"elm{number:05}" for number in range(first, last))


def long_document() -> Document:
    """Capture a page of 270,000 characters, each word of which is its own."""
    paragraphs = "".join(
        f"<p>{words(start, start + 60)}.</p>" for start in range(0, WORDS, 60)
    )
    body = f"<html><body><article>{paragraphs}</article></body></html>".encode()
    document = make_document(url=PLAIN, title="A long report")
    want_copy(document)
    with scripted(redirect("/report"), page(body)) as server:
        list(run_captures(get=getting(server)))
    return document


def numbers_in(answers: Any) -> set[int]:
    bodies = (body.decode() for _status, _headers, body in answers)
    return {int(number) for body in bodies for number in TOKEN.findall(body)}


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return settings.MEDIA_ROOT


@pytest.fixture
def published() -> Document:
    """A long document: cited in a published claim, and another that is an article."""
    document = long_document()
    copy = document.copies.get()
    assert copy.text.count("elm") == WORDS
    passage = copy.only_passage(words(*CITED))
    claim = make_claim()
    make_citation(claim, document=document, quotation=passage.exact, passage=passage)
    publish_claim(claim)
    article = make_article(text=words(50_000, 60_000))
    publish_claim(make_claim(article, words(55_000, 55_010)))
    return document


def test_no_public_byte_holds_more_than_a_little_context(published: Document) -> None:
    found = numbers_in(crawl(starts()).values())
    reach = CONTEXT_CHARACTERS // len("elm00000 ")
    allowed = {
        *range(CITED[0] - reach, CITED[1] + reach),
        *range(55_000 - reach, 55_010 + reach),
    }
    assert found >= set(range(*CITED)), "the passage itself is shown"
    assert found <= allowed


def test_no_public_address_gives_the_file(published: Document, client: Any) -> None:
    copy = published.copies.get()
    for answer in crawl(starts()).values():
        assert copy.file.name.encode() not in answer[2]
        assert copy.warc.name.encode() not in answer[2]
    for name in (copy.file.name, copy.warc.name):
        for folder in ("", "media/", "static/", "files/", "evidence/"):
            assert client.get(f"/{folder}{name}").status_code == 404


def test_a_copy_s_facts_are_told(published: Document, client: Any) -> None:
    body = client.get(f"/documents/{published.public_id}/").content.decode()
    copy = published.copies.get()
    for told in (
        *(copy.raw_sha256, copy.text_sha256, copy.warc_sha256, "text/html"),
        *(str(Provenance.CAPTURED.label), f'<span dir="ltr">{PLAIN}</span> (302)'),
        f'<span dir="ltr">{copy.final_url}</span> (200)',
        f"{copy.extractor} {copy.extractor_version}",
    ):
        assert told in body


def test_a_sealed_copy_is_told_with_its_date_and_reason(
    published: Document, client: Any
) -> None:
    seal_copy(published.copies.get(), make_user(EDITORS), "At the author's wish.", NOON)
    before = client.get(f"/documents/{published.public_id}/").content.decode()
    assert "At the author" not in before  # the desk alone knows, until it is released
    move("release", published, make_user(EDITORS))
    body = client.get(f"/documents/{published.public_id}/").content.decode()
    assert "Sealed on 2 March 2026: At the author&#x27;s wish." in body
    assert published.copies.get().raw_sha256 in body


def test_what_is_wanted_or_failed_is_nothing_readers_see(published: Document) -> None:
    before = crawl(starts())
    make_capture(published, state=CaptureState.FAILED, reason="canaryreason")
    make_capture(published, url="http://canary.example/", reason="canaryreason")
    assert Capture.objects.count() == 3
    assert crawl(starts()) == before


def test_without_an_archived_copy_no_page_speaks_of_one(published: Document) -> None:
    article = make_article()
    claim = make_claim(article)
    make_citation(claim, document=make_document(link_state="dead"))
    make_citation(claim, document=make_copy().document)
    publish_claim(claim)
    assert not Document.objects.exclude(archive_url="").exists()
    for _status, _headers, body in crawl(starts()).values():
        text = body.decode().lower()
        assert "archived copy" not in text
        assert "data-versionurl" not in text
        assert "archive.org" not in text


def test_an_archived_copy_is_told_with_its_date(client: Any) -> None:
    claim = make_claim()
    url = "https://archive.example/x1"
    document = make_document(archive_url=url, archived_on=NOON.date())
    make_citation(claim, document=document)
    publish_claim(claim)
    body = client.get(f"/documents/{document.public_id}/").content.decode()
    assert url in body
    assert "As it was on 2 March 2026:" in body
    assert PublishedDocument.objects.filter(pk=document.public_id).exists()
