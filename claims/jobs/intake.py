"""Importing an article: read it apart from us, then store it whole or not at all."""

import datetime
import hashlib
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.intake import IntakeError, Reading, charset_of, kind_of
from claims.models import Article, Document, Source, StoredCopy
from claims.models.copies import sha256_of
from claims.models.documents import DocumentKind
from claims.models.events import lock_head
from claims.models.sources import SourceKind
from claims.moves import record_edit

from .anchoring import look_ahead
from .authors import note_authors
from .copies import add_copy, copy_of
from .marking import suggest
from .originals import Original
from .reading import ReadingLimits, read_apart
from .sources import make_source
from .warcs import packed

#: Kinds of sources that publish.
PUBLISHERS = (
    *(SourceKind.OUTLET, SourceKind.ORGANISATION, SourceKind.GOVERNMENT),
    SourceKind.SERIES,
)
TITLE_WORDS = 12
_MAX_TITLE = 500
_MAX_NAME = 300


@dataclass(frozen=True)
class Stated:
    """What whoever imports says of the article; it goes before what was read."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""


class Outcome(Enum):
    NEW = "new"
    COPY_ADDED = "copy added"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Imported:
    """What an import did. ``copy``: the newest of the article, new or not.

    ``authors``: the persons of its byline, noted as its authors. ``remarks``: what a
    person should look at, beside what the reading says.
    """

    outcome: Outcome
    article: Article
    copy: StoredCopy
    reading: Reading
    authors: tuple[Source, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def warnings(self) -> tuple[str, ...]:
        return (*self.reading.warnings, *self.remarks)


def read_original(original: Original, limits: ReadingLimits | None = None) -> Reading:
    """Read the bytes of an article in a child process; ``IntakeError``."""
    return read_apart(
        original.raw,
        kind_of(original.raw, original.content_type),
        url=original.url,
        charset=charset_of(original.content_type),
        limits=limits,
    )


def store(
    original: Original,
    reading: Reading,
    stated: Stated,
    actor: Any,
    at: datetime.datetime | None = None,
) -> Imported:
    """Store what was read: a new article, another copy of a known one, or nothing.

    An article is known by its address (asked for, final or canonical) or by the same
    bytes or text. Nothing of a known one is changed. What could be claims is suggested
    afterwards, for a person to decide. Raises ``IntakeError``.
    """
    at = at or timezone.now()
    try:
        imported = _made(packed(original), reading, stated, actor, at)
    except ValidationError as error:
        raise IntakeError(" ".join(error.messages)) from error
    suggest(imported.article)
    return imported


def _made(
    original: Original,
    reading: Reading,
    stated: Stated,
    actor: Any,
    at: datetime.datetime,
) -> Imported:
    with transaction.atomic():
        lock_head()  # two who import the same at once: the second finds it
        article = _known(original, reading)
        if article is None:
            return _new(original, reading, stated, actor, at)
    return _again(article, original, reading, actor, at)


def _known(original: Original, reading: Reading) -> Article | None:
    articles = Article.objects.select_related("document")
    urls = {original.url, original.asked_url, reading.canonical_url} - {""}
    by_address = articles.filter(
        Q(document__url__in=urls) | Q(document__canonical_url__in=urls)
    )
    raw, text = hashlib.sha256(original.raw).hexdigest(), sha256_of(reading.text)
    copies = StoredCopy.objects.filter(Q(raw_sha256=raw) | Q(text_sha256=text))
    by_content = articles.filter(document__in=copies.values("document"))
    return by_address.order_by("pk").first() or by_content.order_by("pk").first()


def _again(
    article: Article,
    original: Original,
    reading: Reading,
    actor: Any,
    at: datetime.datetime,
) -> Imported:
    """Add a copy, unless the newest has this text; one at a time for each document.

    Not under the lock of the log: that comes after those of the claims, as in moves.
    """
    document = article.document
    if unchanged := _unchanged(article, reading):
        return unchanged
    finder = look_ahead(document, reading.text)
    with transaction.atomic():
        Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        if unchanged := _unchanged(article, reading):
            return unchanged
        copy = copy_of(original, reading)
        how: Any = {"raw": original.raw, "warc": original.warc}
        how |= {"verb": "imported", "at": at}
        add_copy(document, copy, actor, finder=finder, **how)
    return Imported(Outcome.COPY_ADDED, article, copy, reading)


def _unchanged(article: Article, reading: Reading) -> Imported | None:
    newest = article.newest_copy
    if newest is None or newest.text_sha256 != sha256_of(reading.text):
        return None
    return Imported(Outcome.UNCHANGED, article, newest, reading)


def _new(
    original: Original,
    reading: Reading,
    stated: Stated,
    actor: Any,
    at: datetime.datetime,
) -> Imported:
    document = _document_of(original, reading, stated)
    document.publisher = _publisher(stated.publisher or reading.publisher, actor, at)
    document.full_clean()
    copy = copy_of(original, reading)
    document.save()
    article = Article(document=document)
    article.full_clean()
    article.save()
    authors = note_authors(document, reading.byline, actor, at)
    also = ["contribution.added"] if authors.noted else []
    how: Any = {"raw": original.raw, "warc": original.warc, "also": also}
    add_copy(document, copy, actor, verb="imported", at=at, **how)
    record_edit(article, actor, ["article.document"], verb="imported", at=at)
    return Imported(Outcome.NEW, article, copy, reading, authors.noted, authors.remarks)


def _document_of(original: Original, reading: Reading, stated: Stated) -> Document:
    url = original.url
    canonical = reading.canonical_url if reading.canonical_url != url else ""
    published = stated.published or reading.published
    basis = (
        "stated by whoever imported it" if stated.published else "stated by the page"
    )
    return Document(
        title=title_of(reading, stated)[:_MAX_TITLE],
        kind=DocumentKind.ARTICLE_NEWSPAPER,
        url=url,
        canonical_url=canonical,
        published_edtf=published,
        published_basis=basis if published else "",
        language=stated.language or reading.language,
    )


def title_of(reading: Reading, stated: Stated) -> str:
    """Return the title; the first words of the text where nothing else is one."""
    if stated.title or reading.title:
        return stated.title or reading.title
    words = reading.text.split()
    return " ".join(words[:TITLE_WORDS]) + ("…" if len(words) > TITLE_WORDS else "")


def _publisher(name: str, actor: Any, at: datetime.datetime) -> Source | None:
    """Return the publisher of a name or other name, made when nobody has it.

    A protected source is never found: its name must not be learned this way.
    """
    name = " ".join(name.split())[:_MAX_NAME]
    if not name:
        return None
    for source in Source.objects.filter(kind__in=PUBLISHERS, is_protected=False):
        names = {each.casefold() for each in (source.name, *source.aliases)}
        if name.casefold() in names:
            return source
    return make_source(name, SourceKind.OUTLET, actor, at)
