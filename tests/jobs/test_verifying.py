"""Verifying stored copies: one flipped byte is found and named, whatever it is in."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import models

from claims.jobs.captures import run_captures, want_copy
from claims.jobs.copies import add_copy
from claims.jobs.verifying import copies_to_verify, faults_of
from claims.models import StoredCopy
from claims.moves import seal_copy
from claims.workflow.roles import EDITORS
from tests.factories import NOON, make_copy, make_document, make_user
from tests.jobs.captured import PLAIN, getting, story
from tests.scripted import page, redirect, scripted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return settings.MEDIA_ROOT


@pytest.fixture
def copy() -> StoredCopy:
    """A captured page, beside a pasted text and an image that stay whole."""
    make_copy()
    image = StoredCopy(provenance="uploaded", retrieved_at=NOON)
    add_copy(make_document(), image, "a test", raw=b"\x89PNG\r\n\x1a\n" + bytes(50))
    document = make_document(url=PLAIN, title="The river")
    want_copy(document)
    with scripted(redirect("/new"), page(story())) as server:
        list(run_captures(get=getting(server)))
    return document.copies.get()


def faults() -> list[str]:
    return [str(fault) for each in copies_to_verify() for fault in faults_of(each)]


def flip(path: Path, place: int | None = None) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2 if place is None else place] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)


def rows(copy: StoredCopy) -> models.QuerySet:
    return models.QuerySet(StoredCopy).filter(pk=copy.pk)


def verify() -> tuple[str, str]:
    """Run the command; return what it printed, and the refusal."""
    out = StringIO()
    try:
        call_command("verify_copies", stdout=out, stderr=out)
    except CommandError as refusal:
        return out.getvalue(), str(refusal)
    return out.getvalue(), ""


def test_what_is_as_it_was_stored_is_counted(copy: StoredCopy) -> None:
    assert faults() == []
    assert verify() == ("3 copies, each as it was stored.\n", "")


@pytest.mark.parametrize("kind", ["file", "warc"])
@pytest.mark.parametrize("place", [0, None, -1], ids=["first", "middle", "last"])
def test_a_flipped_byte_of_a_file_is_named(copy, kind: str, place: int | None) -> None:
    file = getattr(copy, kind)
    flip(Path(file.path), place)
    (fault,) = faults()
    what = {"file": "file", "warc": "WARC file"}[kind]
    where = f"{copy.document.public_id}, copy 1, {what}: {file.name}"
    assert fault == f"{where} was changed: it has another SHA-256. (“The river”)"
    said, refusal = verify()
    assert said == f"{fault}\n"
    assert refusal == "Read 3 copies: 1 faults."


def test_a_flipped_letter_of_the_text_is_named(copy: StoredCopy) -> None:
    rows(copy).update(text=copy.text.replace("40", "90"))
    assert faults() == [
        f"{copy.document.public_id}, copy 1, text: the text was changed: it has another "
        "SHA-256. (“The river”)"
    ]


def test_a_missing_text_is_named(copy: StoredCopy) -> None:
    rows(copy).update(text="")
    assert "the text is missing." in faults()[0]


@pytest.mark.parametrize("kind", ["file", "warc"])
def test_a_missing_file_is_named(copy: StoredCopy, kind: str) -> None:
    file = getattr(copy, kind)
    Path(file.path).unlink()
    (fault,) = faults()
    assert f"{file.name} is missing." in fault


def test_a_file_that_cannot_be_read_is_named(copy: StoredCopy) -> None:
    path = Path(copy.file.path)
    path.unlink()
    path.mkdir()
    (fault,) = faults()
    assert "cannot be read: " in fault


def test_a_file_of_another_page_is_found_by_its_payload(copy: StoredCopy) -> None:
    """Both hashes of files agree, and still this is not how that page came."""
    other = make_document(url="http://elmpost.example/other")
    want_copy(other)
    with scripted(page(story("Another story altogether, about a bridge."))) as server:
        list(run_captures(get=getting(server)))
    else_where = other.copies.get()
    rows(copy).update(warc=else_where.warc.name, warc_sha256=else_where.warc_sha256)
    (fault,) = faults()
    assert "its payload is not the file of the copy." in fault


def test_a_capture_that_names_an_earlier_payload_is_whole(copy: StoredCopy) -> None:
    mirror = make_document(url="http://mirror.example/river")
    want_copy(mirror)
    with scripted(page(story())) as server:
        list(run_captures(get=getting(server)))
    assert mirror.copies.get().raw_sha256 == copy.raw_sha256
    assert faults() == []


def test_a_file_left_behind_by_a_sealing_is_named(copy: StoredCopy) -> None:
    name = copy.file.name
    seal_copy(copy, make_user(EDITORS), "By law.")  # and the machine stops here
    assert [fault for fault in faults() if f"{name} is still there" in fault]
    assert len(faults()) == 2
    Path(copy.file.storage.path(name)).unlink()
    assert len(faults()) == 1


def test_a_copy_out_of_a_fixture_has_no_file_to_miss() -> None:
    make_copy(raw_sha256="0" * 64, media_type="application/pdf")
    assert faults() == []
