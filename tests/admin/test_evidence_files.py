"""Evidence files: told by their bytes, stored by their hash, handed out as downloads."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from claims.models import Document, Event, StoredCopy
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests import factories
from tests.admin.pages import address_of, client_of, form_on

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 16
GOOD = {
    "application/pdf": PDF,
    "image/png": PNG,
    "image/jpeg": b"\xff\xd8\xff\xe0" + b"\0" * 16,
    "image/gif": b"GIF89a" + b"\0" * 16,
    "image/webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "text/plain": "Der Fluß stieg.\r\nمرحبا".encode(),
}
BAD = {
    "a program": b"\x7fELF" + b"\0" * 16,
    "an archive": b"PK\x03\x04" + b"\0" * 16,
    "Latin-1": "Der Fluß".encode("latin-1"),
    "text with a zero": b"a\0b",
    "nothing": b"",
    "blanks": b" \n ",
}


@pytest.fixture
def files(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


@pytest.fixture
def researcher():
    return client_of(factories.make_user(RESEARCHERS))


def attach(client, document: Document, content: bytes, name: str = "note.pdf"):
    address = address_of(document, "attach")
    form = form_on(client.get(address))
    return client.post(address, {**form, "file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("media_type", GOOD)
def test_file_is_stored_with_what_it_is_and_its_hash(media_type, files, researcher):
    document = factories.make_document()

    response = attach(researcher, document, GOOD[media_type], name="evil.html")

    assert response.status_code == 302
    copy = document.copies.get()
    assert (copy.media_type, copy.provenance) == (media_type, "uploaded")
    assert copy.raw_sha256 == hashlib.sha256(GOOD[media_type]).hexdigest()
    with copy.file.open() as file:
        assert file.read() == GOOD[media_type]
    assert copy.text == ("Der Fluß stieg.\nمرحبا" if media_type == "text/plain" else "")
    event = Event.objects.of("document", document.public_id).latest("sequence")
    assert '"storedcopy.added"' in event.body
    assert Document.objects.get(pk=document.pk).version == document.version + 1


@pytest.mark.parametrize("kind", BAD)
def test_other_files_are_refused_with_a_sentence(kind, files, researcher):
    document = factories.make_document()

    response = attach(researcher, document, BAD[kind])

    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert not StoredCopy.objects.exists()
    assert not list(files.rglob("*.*"))


@override_settings(TRACKER_MAX_UPLOAD_MB=0)
def test_file_larger_than_the_limit_is_refused(files, researcher):
    response = attach(researcher, factories.make_document(), PDF)
    assert "larger than" in str(response.context["form"].errors)


def test_same_bytes_are_kept_once(files, researcher):
    first, second = factories.make_document(), factories.make_document()
    attach(researcher, first, PDF)
    attach(researcher, second, PDF)
    assert first.copies.get().file.name == second.copies.get().file.name
    assert len([path for path in files.rglob("*") if path.is_file()]) == 1


def test_pasted_text_becomes_the_next_copy(researcher):
    document = factories.make_document()
    factories.make_copy(document)
    address = address_of(document, "paste")
    form = form_on(researcher.get(address)) | {"text": "One line.\r\nAnother."}

    assert researcher.post(address, form).status_code == 302

    copy = document.newest_copy
    assert (copy.number, copy.text) == (2, "One line.\nAnother.")
    assert copy.provenance == "pasted"
    assert copy.blocks == [{"role": "body", "start": 0, "end": len(copy.text)}]


def test_file_comes_as_a_download_in_a_sandbox(files, researcher):
    document = factories.make_document()
    attach(researcher, document, PNG)
    copy = document.copies.get()
    address = f"/admin/claims/document/{document.pk}/copies/{copy.public_id}/file/"

    response = client_of(factories.make_user(OBSERVERS)).get(address)

    assert b"".join(response.streaming_content) == PNG
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert client_of(None).get(address).status_code == 302
    assert client_of(factories.make_user()).get(address).status_code == 403


def test_missing_and_sealed_files_are_not_found(files, researcher):
    document = factories.make_document()
    attach(researcher, document, PDF)
    copy = document.copies.get()
    address = f"/admin/claims/document/{document.pk}/copies/{copy.public_id}/file/"
    other = factories.make_document()

    assert researcher.get(address.replace(copy.public_id, "0" * 10)).status_code == 404
    elsewhere = address.replace(f"/{document.pk}/", f"/{other.pk}/")
    assert researcher.get(elsewhere).status_code == 404
    default_storage.delete(copy.file.name)
    assert researcher.get(address).status_code == 404


def test_observer_attaches_nothing(files):
    document = factories.make_document()
    observer = client_of(factories.make_user(OBSERVERS))
    for view in ("attach", "paste"):
        assert observer.get(address_of(document, view)).status_code == 403
        assert (
            observer.post(address_of(document, view), {"text": "x"}).status_code == 403
        )
    assert not StoredCopy.objects.exists()


def test_text_of_a_copy_can_be_read(researcher):
    copy = factories.make_copy()
    address = f"/admin/claims/document/{copy.document_id}/copies/{copy.public_id}/text/"
    assert b"The old mill burned down" in researcher.get(address).content
