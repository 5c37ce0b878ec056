"""What a claim's content names by public id: sources, documents and articles."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
from .statements import Statement
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
    """Return what the record calls these public ids."""
    return Names(
        {key: _named_source(*row) for key, *row in _SOURCES.values(sources)},
        {row[0]: _named_document(*row) for row in _DOCUMENTS.values(documents)},
        {key: _named_article(*row) for key, *row in _ARTICLES.values(articles)},
    )


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


_SOURCES = Statement(
    PublishedSource.objects.all(),
    *("public_id", "name", "slug", "content"),
    key="public_id",
)
_DOCUMENTS = Statement(
    PublishedDocument.objects.all(),
    *("public_id", "title", "kind", "publisher_name", "content"),
    *("link_state", "link_checked_at"),
    key="public_id",
)
_ARTICLES = Statement(
    PublishedArticle.objects.all(),
    *("public_id", "title", "slug", "document_id"),
    key="public_id",
)


def _named_source(name: str, slug: str, content: Content) -> NamedSource:
    address = reverse("source_detail", args=[slug])
    return NamedSource(name, address, content.get("document") or "")


def _named_document(public_id: str, title: str, *rest: Any) -> NamedDocument:
    address = reverse("document_detail", args=[public_id])
    return NamedDocument(title, address, *rest)


def _named_article(title: str, slug: str, document: str) -> NamedArticle:
    return NamedArticle(title, reverse("article_detail", args=[slug]), document)
