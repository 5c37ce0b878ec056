"""Verifying stored copies: each file and text read again and held to its hashes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from claims.formats.warc import WarcFacts, read_warc
from claims.models import StoredCopy
from claims.models.copies import copy_path, sha256_of, warc_path

from .durable import sha256_of as sha256_of_file


@dataclass(frozen=True)
class Fault:
    """What is not as it was stored: of which copy, in which of its files."""

    copy: StoredCopy
    what: str
    sentence: str

    def __str__(self) -> str:
        document = self.copy.document
        where = f"{document.public_id}, copy {self.copy.number}, {self.what}"
        return f"{where}: {self.sentence} (“{document.title}”)"


def copies_to_verify() -> QuerySet[StoredCopy]:
    """Every copy, one after another; its text is read when its turn comes."""
    rows = StoredCopy.objects.select_related("document").order_by("pk")
    return rows.defer("text", "blocks", "pages")


def faults_of(copy: StoredCopy) -> Iterator[Fault]:
    """Yield what is wrong with one copy; nothing when it is as it was stored."""
    if copy.sealed_at:
        yield from _left_over(copy)
        return
    for what, check in _CHECKS:
        for sentence in check(copy):
            yield Fault(copy, what, sentence)


def _text(copy: StoredCopy) -> Iterator[str]:
    if not copy.text_sha256:
        return
    text = StoredCopy.objects.values_list("text", flat=True).get(pk=copy.pk)
    if not text:
        yield "the text is missing."
    elif sha256_of(text) != copy.text_sha256:
        yield "the text was changed: it has another SHA-256."


def _file(copy: StoredCopy) -> Iterator[str]:
    yield from _held(copy.file, copy.raw_sha256)


def _warc(copy: StoredCopy) -> Iterator[str]:
    """Check the file, and then that it is whole and has this very payload."""
    faults = list(_held(copy.warc, copy.warc_sha256))
    if faults or not copy.warc:
        yield from faults
        return
    with copy.warc.open("rb") as file:
        facts = read_warc(file)
    yield from facts.faults
    if not facts.faults:
        yield from _payload(copy, facts)


def _payload(copy: StoredCopy, facts: WarcFacts) -> Iterator[str]:
    if facts.earlier is None and facts.payload_sha256 != copy.raw_sha256:
        yield "its payload is not the file of the copy."


def _held(file: Any, sha256: str) -> Iterator[str]:
    """Yield the fault of one file of the storage, held to the hash noted for it."""
    if not file:
        return  # it came without, as a copy out of a fixture does
    try:
        with file.open("rb") as opened:
            found = sha256_of_file(opened)
    except FileNotFoundError:
        yield f"{file.name} is missing."
        return
    except OSError as error:
        yield f"{file.name} cannot be read: {error.strerror or error}."
        return
    if found != sha256:
        yield f"{file.name} was changed: it has another SHA-256."


_CHECKS: tuple[tuple[str, Callable[[StoredCopy], Iterator[str]]], ...] = (
    ("text", _text),
    ("file", _file),
    ("WARC file", _warc),
)


def _left_over(copy: StoredCopy) -> Iterator[Fault]:
    """Yield the files that a sealed copy left behind and no other copy has."""
    for what, sha256, name in (
        ("file", copy.raw_sha256, copy_path(copy, "")),
        ("WARC file", copy.warc_sha256, warc_path(copy, "")),
    ):
        if not sha256 or not default_storage.exists(name):
            continue
        field = "file" if what == "file" else "warc"
        if not StoredCopy.objects.filter(**{field: name}).exists():
            yield Fault(copy, what, f"it is sealed, and {name} is still there.")
