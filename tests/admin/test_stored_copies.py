"""Stored copies at the desk: wanted by a button, told honestly, sealed for good."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.jobs import attaching
from claims.jobs.captures import run_captures, want_copy
from claims.jobs.reading import ReadingLimits
from claims.models import Capture, Citation, Claim, Document, Event, StoredCopy
from claims.workflow.desk_words import CaptureState
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.admin.pages import add_row, address_of, client_of, form_on, open_form, save
from tests.factories import (
    NOON,
    SENTENCES,
    make_article,
    make_background,
    make_capture,
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_user,
    release_article,
)
from tests.intake.pages import news, pdf
from tests.jobs.captured import PLAIN, getting, story
from tests.scripted import page, redirect, scripted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return settings.MEDIA_ROOT


@pytest.fixture
def researcher() -> Any:
    return client_of(make_user(RESEARCHERS))


@pytest.fixture
def editor() -> Any:
    return client_of(make_user(EDITORS))


def captured() -> StoredCopy:
    document = make_document(url=PLAIN)
    want_copy(document)
    with scripted(redirect("/new"), page(story())) as server:
        list(run_captures(get=getting(server)))
    return document.copies.get()


def shown(client: Any, document: Document) -> str:
    return " ".join(client.get(address_of(document)).content.decode().split())


def copy_page(copy: StoredCopy, name: str) -> str:
    arguments = [copy.document_id, copy.public_id]
    return reverse(f"admin:claims_document_{name}", args=arguments)


# Wanting a copy


def test_the_button_wants_a_copy_and_fetches_nothing(researcher: Any) -> None:
    document = make_document(url=PLAIN)
    assert "Store a copy now" in shown(researcher, document)

    response = researcher.post(address_of(document, "store"), follow=True)

    row = Capture.objects.get()
    assert (row.document, row.state) == (document, CaptureState.WANTED)
    assert row.wanted_by is not None
    assert "Noted: the next upkeep run fetches it" in response.content.decode()
    assert "Waiting" in shown(researcher, document)
    researcher.post(address_of(document, "store"))
    assert Capture.objects.count() == 1
    assert not Event.objects.exists()


def test_without_an_address_there_is_no_button(researcher: Any) -> None:
    document = make_document(url="http://localhost/a")
    assert "Store a copy now" not in shown(researcher, document)
    response = researcher.post(address_of(document, "store"), follow=True)
    assert "No copy is wanted." in response.content.decode()
    assert not Capture.objects.exists()


def test_who_only_looks_wants_no_copy() -> None:
    document = make_document(url=PLAIN)
    observer = client_of(make_user(OBSERVERS))
    assert "Store a copy now" not in shown(observer, document)
    assert observer.post(address_of(document, "store")).status_code == 403
    assert observer.get(address_of(document, "store")).status_code == 405
    missing = address_of(document, "store").replace(f"/{document.pk}/", "/0/")
    assert client_of(make_user(EDITORS)).post(missing).status_code == 404
    assert not Capture.objects.exists()


def test_what_waits_and_what_failed_say_why_and_when(researcher: Any) -> None:
    document = make_document(url=PLAIN)
    make_capture(
        document,
        state=CaptureState.FAILED,
        reason="The server answered with status 404.",
        ended_at=NOON,
    )
    make_capture(
        document,
        wanted_at=NOON + datetime.timedelta(days=1),
        reason="The server did not answer in time.",
        tries=2,
        next_try_at=NOON + datetime.timedelta(days=2),
    )
    body = shown(researcher, document)
    assert "The server answered with status 404." in body
    assert "The server did not answer in time. Tried 2 times; again from" in body
    assert "Try again now" in body
    assert "Store a copy now" not in body


def test_a_copy_tells_all_its_facts(researcher: Any) -> None:
    copy = captured()
    body = shown(researcher, copy.document)
    for told in (
        *(copy.raw_sha256, copy.text_sha256, copy.warc_sha256),
        *("Captured by us", "text/html", "text by trafilatura"),
        f'<span dir="ltr">{copy.final_url}</span> (200)',
        f'<span dir="ltr">{PLAIN}</span> (302)',
    ):
        assert told in body
    assert "Seal it" not in body  # an editor's act
    want_copy(copy.document)
    with scripted(page(story())) as server:
        list(run_captures(get=getting(server)))
    assert "Seen unchanged" in shown(researcher, copy.document)


# A citation wants one too


def citation_of(document: Document) -> dict[str, Any]:
    return {
        "document": document.pk,
        "question": "truth",
        "stance": "supports",
        "form": "passage",
        "quotation": "The Elm rose.",
        "locator_kind": "page",
        "locator": "3",
    }


def test_citing_on_the_claim_s_page_wants_a_copy(researcher: Any) -> None:
    claim = make_claim()
    document = make_document(url=PLAIN)
    form = add_row(open_form(researcher, claim), "citations", **citation_of(document))
    assert save(researcher, claim, form).status_code == 302
    assert [row.document for row in Capture.objects.all()] == [document]
    assert Capture.objects.get().wanted_by is not None


def test_a_save_that_is_refused_wants_none(researcher: Any) -> None:
    claim = make_claim()
    document = make_document(url=PLAIN)
    typed = {**citation_of(document), "stance": "is_the_statement"}
    form = add_row(open_form(researcher, claim), "citations", **typed)
    assert save(researcher, claim, form).status_code != 302
    assert not Capture.objects.exists()


def test_citing_on_a_page_of_its_own_wants_a_copy(researcher: Any) -> None:
    citation = make_citation(document=make_document(url=""))
    other = make_document(url=PLAIN)
    assert save(researcher, citation, quotation="Another.").status_code == 302
    assert not Capture.objects.exists()
    assert save(researcher, citation, document=other.pk).status_code == 302
    assert [row.document for row in Capture.objects.all()] == [other]


def test_citing_for_several_wants_one_copy(researcher: Any) -> None:
    document = make_document(url=PLAIN)
    article = make_article()
    claims = [make_claim(article) for _ in range(2)]
    keys = ",".join(str(claim.pk) for claim in claims)
    address = f"/admin/claims/claim/cite/?ids={keys}"
    form = form_on(researcher.get(address)) | citation_of(document)
    assert researcher.post(address, form).status_code == 302
    assert Citation.objects.count() == 2
    assert [row.document for row in Capture.objects.all()] == [document]


def test_citing_what_has_a_copy_wants_none(researcher: Any) -> None:
    claim = make_claim()
    copy = make_copy(make_document(url=PLAIN))
    typed = citation_of(copy.document)
    form = add_row(open_form(researcher, claim), "citations", **typed)
    assert save(researcher, claim, form).status_code == 302
    assert Claim.objects.get(pk=claim.pk).citations.count() == 1
    assert not Capture.objects.exists()


# What is handed out


@pytest.mark.parametrize(
    ("name", "ending", "kind"),
    [("file", "html", "text/html"), ("warc", "warc.gz", "application/gzip")],
)
def test_a_captured_file_is_a_download_in_a_sandbox(researcher, name, ending, kind):
    copy = captured()
    response = researcher.get(copy_page(copy, name))
    content = b"".join(response.streaming_content)
    with getattr(copy, name).open("rb") as file:
        assert content == file.read()
    file_name = f"{copy.document.public_id}-1.{ending}"
    assert response["Content-Disposition"] == f'attachment; filename="{file_name}"'
    assert response["Content-Type"] == kind
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_copy_without_a_warc_file_has_none_to_hand_out(researcher: Any) -> None:
    assert researcher.get(copy_page(make_copy(), "warc")).status_code == 404


def test_a_file_that_is_lost_is_told_on_the_page(researcher: Any) -> None:
    copy = captured()
    assert "no longer where it was stored" not in shown(researcher, copy.document)
    copy.warc.storage.delete(copy.warc.name)
    assert "no longer where it was stored" in shown(researcher, copy.document)
    assert researcher.get(copy_page(copy, "warc")).status_code == 404


# What is attached


def attach(client: Any, document: Document, content: bytes) -> Any:
    address = address_of(document, "attach")
    form = form_on(client.get(address))
    file = SimpleUploadedFile("evidence", content)
    return client.post(address, {**form, "file": file}, follow=True)


def test_the_text_of_a_pdf_is_read_with_its_pages(researcher: Any) -> None:
    document = make_document()
    attach(researcher, document, pdf(["The Elm rose."], ["Nobody was hurt."]))
    copy = document.copies.get()
    assert (copy.provenance, copy.page_count) == ("uploaded", 2)
    assert [page.number for page in copy.page_map] == [1, 2]
    assert "2 pages" in shown(researcher, document)


def test_the_text_of_a_saved_web_page_is_read(researcher: Any) -> None:
    document = make_document()
    attach(researcher, document, news())
    copy = document.copies.get()
    assert (copy.media_type, copy.provenance) == ("text/html", "uploaded")
    assert "<p>" not in copy.text
    assert copy.extractor.startswith("trafilatura")


def test_a_file_without_text_is_stored_and_said_to_be(researcher: Any) -> None:
    document = make_document()
    response = attach(researcher, document, b"%PDF-1.4\n%%EOF\n")
    assert "Stored without text." in response.content.decode()
    assert document.copies.get().text == ""
    assert not Capture.objects.exists()


def test_what_takes_too_long_to_read_is_read_by_the_next_upkeep() -> None:
    user = make_user(RESEARCHERS)
    document = make_document()
    raw = pdf(["The Elm rose."])
    at_once = ReadingLimits(wall_seconds=0)
    attached = attaching.attach(document, raw, NOON, user, at_once)

    assert attached.copy.text == ""
    assert "The next upkeep run reads it" in attached.remark
    assert Capture.objects.get().reads == attached.copy
    list(run_captures())
    assert document.newest_copy.text == "The Elm rose."


@pytest.mark.parametrize("way", ["attach", "paste"])
def test_what_was_sealed_is_refused(editor: Any, way: str) -> None:
    copy = make_copy(text="Words that went.")
    editor.post(copy_page(copy, "seal"), {"reason": "By law."})
    if way == "attach":
        response = attach(editor, copy.document, b"Words that went.")
    else:
        address = address_of(copy.document, "paste")
        form = form_on(editor.get(address)) | {"text": "Words that went."}
        response = editor.post(address, form)
    assert response.status_code == 422
    assert "which is sealed" in response.content.decode()
    assert copy.document.copies.count() == 1


# Sealing


def test_the_page_says_what_goes_and_what_stays(editor: Any) -> None:
    article = make_article()
    make_claim(article, SENTENCES[0])
    make_background(article, SENTENCES[4])
    copy = article.newest_copy
    body = " ".join(editor.get(copy_page(copy, "seal")).content.decode().split())
    assert "1 background mark." in body
    assert "The words of 1 passage that claims stand on" in body
    assert "What older backups hold." in body
    assert "The WARC file." not in body
    assert StoredCopy.objects.get(pk=copy.pk).text


def test_an_editor_seals_a_copy(editor: Any) -> None:
    copy = captured()
    assert "Seal it" in shown(editor, copy.document)
    response = editor.post(
        copy_page(copy, "seal"), {"reason": "The names of children."}, follow=True
    )
    assert "Copy 1 is sealed." in response.content.decode()
    body = shown(editor, copy.document)
    assert "The names of children." in body
    assert "Download the file" not in body
    assert copy.raw_sha256 in body
    for name in ("seal", "file", "warc", "text"):
        assert editor.get(copy_page(copy, name)).status_code == 404


def test_without_a_reason_nothing_is_sealed(editor: Any) -> None:
    copy = make_copy()
    response = editor.post(copy_page(copy, "seal"), {"reason": "  "})
    assert response.status_code == 422
    assert StoredCopy.objects.get(pk=copy.pk).sealed_at is None


def test_a_text_that_readers_see_is_refused_on_the_page(editor: Any) -> None:
    article = make_article("released", display="full", display_reason="Our words.")
    copy = article.newest_copy
    address = copy_page(copy, "seal")
    assert "Readers are shown the text" in editor.get(address).content.decode()
    response = editor.post(address, {"reason": "By law."})
    assert response.status_code == 422
    assert "set the article to excerpts" in response.content.decode()
    assert StoredCopy.objects.get(pk=copy.pk).text
    release_article(article)


def test_a_researcher_seals_nothing(researcher: Any) -> None:
    copy = make_copy()
    for send in (researcher.get, researcher.post):
        assert send(copy_page(copy, "seal")).status_code == 403
    assert StoredCopy.objects.get(pk=copy.pk).sealed_at is None


# Outside archives


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"archive_url": "https://archive.example/x1"}, "Give the date"),
        (
            {"archive_url": PLAIN, "archived_on": "2026-03-01"},
            "own host. Give the address of the copy",
        ),
        (
            {"archive_url": "https://archive.example/x", "archived_on": "2999-01-01"},
            "cannot be of a day to come",
        ),
        (
            {
                "archive_url": f"https://archive.example/web/*/{PLAIN}",
                "archived_on": "2026-03-01",
            },
            "leads to a list of copies",
        ),
    ],
)
def test_an_archive_address_that_cannot_be_is_refused(researcher, typed, field) -> None:
    document = make_document(url=PLAIN)
    response = save(researcher, document, **typed)
    assert response.status_code != 302
    assert field in response.content.decode()
    assert Document.objects.get(pk=document.pk).archive_url == ""


def test_an_archived_copy_is_recorded_with_its_date(researcher: Any) -> None:
    document = make_document(url=PLAIN)
    url = f"https://archive.example/web/20260301101500/{PLAIN}"
    typed = {"archive_url": url, "archived_on": "2026-03-01"}
    assert save(researcher, document, **typed).status_code == 302
    assert Document.objects.get(pk=document.pk).archive_url == url
