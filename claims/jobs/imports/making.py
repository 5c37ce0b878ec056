"""What a batch makes beside its claims: sources, documents, articles, topics."""

import datetime
from typing import Any

from django.utils.text import slugify

from claims.checking.dates import edtf_bounds
from claims.models import Article, Document, Source, Topic
from claims.models.documents import DocumentKind
from claims.models.identity import new_public_id
from claims.models.sources import SourceKind

from .contents import Content
from .inserting import Row, insert, keys_of, note_histories
from .matching import ArticleRef, Matched, Matcher, SourceRef
from .reading_dates import STATED

_OF_ARTICLES = str(DocumentKind.ARTICLE_NEWSPAPER)
Pairs = list[tuple[Content, Matched]]


class Maker:
    """Makes, in the transaction of a batch, what its rows name and is not here yet."""

    def __init__(
        self, matcher: Matcher, user: Any, at: datetime.datetime, reason: str
    ) -> None:
        self._matcher, self._user, self._at, self._reason = matcher, user, at, reason
        self.made: dict[str, list[str]] = {}

    def make(self, pairs: Pairs) -> None:
        """Make everything; afterwards each reference has its primary key.

        In this order: a publisher before its document, an article's document before
        the article, an article before what is unnamed in it.
        """
        articles = _new(matched.article for _content, matched in pairs)
        sources = _new(
            source for _content, matched in pairs for source in _named(matched)
        )
        free = [ref for ref in sources if ref.article is None]
        self._make_sources(free)
        self._make_articles(articles)
        self._make_sources([ref for ref in sources if ref.article is not None])
        self._make_documents(pairs)
        self._make_topics(pairs)

    def _make_sources(self, refs: list[SourceRef]) -> None:
        reports = [ref for ref in refs if ref.kind == SourceKind.REPORT]
        documents = self._reports(reports)
        rows = []
        for ref in refs:
            ref.row = Source(name=ref.name, kind=ref.kind)
            ref.row.document = documents.get(id(ref))
            if ref.article is not None and ref.kind != SourceKind.REPORT:
                ref.row.article_id = ref.article.pk
            rows.append(ref.row)
        _give_slugs(Source, rows, [row.name for row in rows], 60)
        self._save(Source, rows)
        for ref in refs:
            ref.pk = ref.row.pk

    def _reports(self, refs: list[SourceRef]) -> dict[int, Document]:
        """Make the documents that reports are: nobody here has seen them."""
        rows = {
            id(ref): Document(
                title=ref.name,
                kind=DocumentKind.REPORT,
                known_only_from_id=ref.article.document_pk if ref.article else None,
            )
            for ref in refs
        }
        self._save(Document, list(rows.values()))
        return rows

    def _make_articles(self, refs: list[ArticleRef]) -> None:
        new = [ref for ref in refs if ref.document_pk is None]
        documents = [
            Document(**_document(ref.title, _OF_ARTICLES, ref.url, ref.published))
            for ref in new
        ]
        for ref, row in zip(new, documents, strict=True):
            row.publisher_id = ref.publisher.pk if ref.publisher else None
        self._save(Document, documents)
        for ref, row in zip(new, documents, strict=True):
            ref.document_pk = row.pk
            self._matcher.know_document(ref.url, ref.title, row.pk)
        articles: list[Any] = [Article(slug=ref.slug) for ref in refs]
        for ref, article in zip(refs, articles, strict=True):
            article.document_id = ref.document_pk
        _give_slugs(Article, articles, [ref.title for ref in refs], 80)
        self._save(Article, articles)
        for ref, article in zip(refs, articles, strict=True):
            ref.pk = article.pk

    def _make_documents(self, pairs: Pairs) -> None:
        rows: dict[str, Row] = {}
        known = self._matcher.documents
        for content, matched in pairs:
            citations = content.get("citations", ())
            named = zip(citations, matched.documents, matched.publishers, strict=True)
            for citation, key, by in named:
                if not known.get(key) and key not in rows:
                    rows[key] = _cited(citation, by)
        insert(Document, list(rows.values()))
        ids = [row["public_id"] for row in rows.values()]
        self._note(Document, ids)
        keys = keys_of(Document, ids)
        known |= {key: keys[row["public_id"]] for key, row in rows.items()}

    def _make_topics(self, pairs: Pairs) -> None:
        refs = _new(topic for _content, matched in pairs for topic in matched.topics)
        rows = [Topic(label=ref.label) for ref in refs]
        _give_slugs(Topic, rows, [ref.label for ref in refs], 48)
        Topic.objects.bulk_create(rows)
        for ref, row in zip(refs, rows, strict=True):
            ref.pk = row.pk

    def _save(self, model: Any, rows: list[Any]) -> None:
        if rows:
            model.objects.bulk_create(rows)
            self._note(model, [row.public_id for row in rows])

    def _note(self, model: Any, public_ids: list[str]) -> None:
        if not public_ids:
            return
        note_histories(model, public_ids, "+", self._user, self._at, self._reason)
        self.made.setdefault(str(model._meta.model_name), []).extend(public_ids)


def _named(matched: Matched) -> list[SourceRef]:
    named = (matched.source, matched.article.publisher, *matched.publishers)
    return [ref for ref in named if ref is not None]


def _new(refs: Any) -> list[Any]:
    """Return the references to what is not here yet, each once, in order."""
    return list({id(ref): ref for ref in refs if ref.pk is None}.values())


def _cited(citation: Content, by: SourceRef | None) -> Row:
    url = citation.get("url", "")
    usual = DocumentKind.WEBPAGE if url else DocumentKind.DOCUMENT
    row = _document(
        citation["title"],
        citation.get("kind") or str(usual),
        url,
        citation.get("published", ""),
    )
    return row | {"public_id": new_public_id(), "publisher_id": by.pk if by else None}


def _document(title: str, kind: str, url: str, published: str) -> Row:
    bounds = edtf_bounds(published) if published else None
    return {
        "title": title,
        "kind": kind,
        "url": url,
        "published_edtf": published,
        "published_from": bounds.earliest if bounds else None,
        "published_to": bounds.latest if bounds else None,
        "published_basis": STATED if published else "",
    }


def _give_slugs(model: Any, rows: list[Any], names: list[str], most: int) -> None:
    """Give rows addresses made of their names, as saving them one by one would."""
    without = [
        (row, name) for row, name in zip(rows, names, strict=True) if not row.slug
    ]
    stems = {id(row): slugify(name)[:most] for row, name in without}
    taken = set(
        model.objects.filter(slug__in=set(stems.values())).values_list(
            "slug", flat=True
        )
    )
    taken |= {row.slug for row in rows}
    for row, _name in without:
        own = getattr(row, "public_id", "") or new_public_id()
        stem = stems[id(row)] or own
        row.slug = f"{stem}-{own}" if stem in taken else stem
        taken.add(row.slug)
