"""What a claim's content names by public id: sources, documents and articles."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, DateTimeField, F, JSONField, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, NullIf
from django.urls import reverse

from claims.models.articles import Article
from claims.models.documents import Document, DocumentKind
from claims.models.record import (
    PublishedArticle,
    PublishedDocument,
    PublishedSource,
)
from claims.models.sources import Source
from claims.publishing import content as contents
from claims.publishing.content import Content, day
from claims.publishing.mentions import mentioned
from claims.workflow.words import BROKEN_LINKS

from .outbound import Outbound, outbound, unlinked
from .wording import date_sentence, link_sentence


@dataclass(frozen=True)
class NamedSource:
    """A source as a page names it; ``url`` is empty while it has no public page.

    ``document``: the public id of the document it is, of a report.
    """

    name: str
    url: str = ""
    document: str = ""


@dataclass(frozen=True)
class NamedArticle:
    """An article as a page names it; ``document``: the public id of what it is."""

    title: str
    url: str = ""
    document: str = ""


@dataclass(frozen=True)
class NamedDocument:
    """A document as a page names it, with its addresses and their newest state."""

    title: str
    url: str = ""
    kind: str = ""
    publisher: str = ""
    content: Content = field(default_factory=dict)
    link_state: str = "unknown"
    link_checked_at: datetime.datetime | None = None

    @property
    def kind_label(self) -> str:
        return str(DocumentKind(self.kind).label) if self.kind else ""

    @property
    def language(self) -> str:
        return str(self.content.get("language", ""))

    @property
    def links(self) -> tuple[Outbound, ...]:
        """The links to it, the one to follow first."""
        return outbound(self.content, self.link_state)

    @property
    def unlinked_url(self) -> str:
        """The address that is named and not linked: it may be somebody else's."""
        return unlinked(self.content, self.link_state)

    @property
    def needs_a_copy(self) -> bool:
        """Whether neither its address nor an archive shows what was cited."""
        is_archived = bool(self.content.get("archive_url"))
        return self.link_state in BROKEN_LINKS and not is_archived

    def kept_on(self, copy_id: str) -> datetime.date | None:
        """Return the day of one of our copies; ``None`` when it is not kept any more."""
        for copy in self.content.get("copies", []):
            is_kept = not copy["sealed_at"] and copy["provenance"] != "retold"
            if copy["id"] == copy_id and is_kept:
                return day(copy["retrieved_at"][:10])
        return None

    @property
    def is_known_only_from_another(self) -> bool:
        return bool(self.content.get("known_only_from"))

    @property
    def published(self) -> str:
        return date_sentence(
            self.content.get("published_words", ""),
            self.content.get("published_edtf", ""),
            self.content.get("published_basis", ""),
        )

    @property
    def link_sentence(self) -> str:
        if not self.content.get("url"):
            return ""
        return link_sentence(self.link_state, self.link_checked_at)


@dataclass(frozen=True)
class Names:
    """Everything a claim's content names, by public id."""

    sources: Mapping[str, NamedSource] = field(default_factory=dict)
    documents: Mapping[str, NamedDocument] = field(default_factory=dict)
    articles: Mapping[str, NamedArticle] = field(default_factory=dict)


def names_in_record(content: Content) -> Names:
    """Join what a claim's content names from the record."""
    articles = {row["article"] for row in content["claim"]["appearances"]}
    return names_of(*mentioned(content), articles)


def names_of(sources: set[str], documents: set[str], articles: set[str]) -> Names:
    """Return what the record calls these public ids, in one query for three tables."""
    rows = _document_rows(documents).union(
        _name_rows("source", PublishedSource, ("name", _OF_REPORT), sources),
        _name_rows("article", PublishedArticle, ("title", _OF_ARTICLE), articles),
        all=True,
    )
    found: dict[str, dict[str, Any]] = {"source": {}, "document": {}, "article": {}}
    for what, public_id, *columns in rows:
        found[what][public_id] = _NAMED[what](*columns)
    return Names(found["source"], found["document"], found["article"])


def names_at_desk(content: Content) -> Names:
    """Name things as readers would get them if the claim were published now.

    Only what is public already gets an address.
    """
    public = names_in_record(content)
    source_ids, document_ids = mentioned(content)
    sources = Source.objects.filter(public_id__in=source_ids)
    sources = sources.select_related("document")
    documents = Document.objects.filter(public_id__in=document_ids)
    appearances = content["claim"]["appearances"]
    articles = Article.objects.select_related("document").filter(
        public_id__in={row["article"] for row in appearances}
    )
    return Names(
        sources={
            row.public_id: NamedSource(
                row.public_name,
                _address(public.sources, row.public_id),
                row.document.public_id if row.document and not row.is_protected else "",
            )
            for row in sources
        },
        documents={
            row.public_id: _document_at_desk(
                row, _address(public.documents, row.public_id)
            )
            for row in documents.select_related("publisher")
        },
        articles={
            row.public_id: NamedArticle(
                row.document.title,
                _address(public.articles, row.public_id),
                row.document.public_id,
            )
            for row in articles
        },
    )


def _address(public: Any, public_id: str) -> str:
    return public[public_id].url if public_id in public else ""


def _document_at_desk(document: Document, url: str) -> NamedDocument:
    return NamedDocument(
        title=document.title,
        url=url,
        kind=document.kind,
        publisher=document.publisher.public_name if document.publisher else "",
        content=contents.document_content(document),
        link_state=document.link_state,
        link_checked_at=document.link_checked_at,
    )


def _document_rows(public_ids: set[str]) -> QuerySet[Any, Any]:
    return (
        PublishedDocument.objects.filter(pk__in=public_ids)
        .order_by()
        .values_list(
            Value("document"),
            "public_id",
            "title",
            "public_id",
            "kind",
            "publisher_name",
            "content",
            "link_state",
            "link_checked_at",
        )
    )


#: Which document a source or an article is, as its row of the record says.
_OF_REPORT = NullIf(KT("content__document"), Value("null"))  # SQLite's word for none
_OF_ARTICLE = F("document_id")


def _name_rows(
    what: str, model: Any, told: tuple[str, Any], public_ids: set[str]
) -> QuerySet[Any, Any]:
    """Return names in the columns of ``_document_rows``, what is not needed left out.

    ``told``: the name, and which document it is, in the place of the kind.
    """
    name, document = told
    blank = Value("", CharField())
    rows: QuerySet[Any, Any] = (
        model.objects.filter(pk__in=public_ids)
        .order_by()
        .values_list(
            Value(what),
            "public_id",
            name,
            "slug",
            Cast(document, CharField()),
            blank,
            Value({}, JSONField()),
            blank,
            Value(None, DateTimeField()),
        )
    )
    return rows


def _named_source(
    name: str, slug: str, document: str | None, *_rest: Any
) -> NamedSource:
    address = reverse("source_detail", args=[slug])
    return NamedSource(name, address, document or "")


def _named_article(
    title: str, slug: str, document: str | None, *_rest: Any
) -> NamedArticle:
    address = reverse("article_detail", args=[slug])
    return NamedArticle(title, address, document or "")


def _named_document(
    title: str,
    public_id: str,
    kind: str,
    publisher: str,
    content: Content,
    link_state: str,
    link_checked_at: datetime.datetime | None,
) -> NamedDocument:
    address = reverse("document_detail", args=[public_id])
    return NamedDocument(
        title, address, kind, publisher, content, link_state, link_checked_at
    )


_NAMED: dict[str, Any] = {
    "source": _named_source,
    "document": _named_document,
    "article": _named_article,
}
