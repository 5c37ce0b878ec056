"""Whom and what a row names: rows that are here, or ones that are to be made.

Everything that can be named is looked up once, when an import begins, and kept by its
folded name or address: a query for each row would cost more than the row.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from claims.formats.records import Fault
from claims.models import Article, Document, Source, Topic
from claims.models.sources import UNNAMED_KINDS, SourceKind, bare_name
from claims.workflow.words import Voice

from .cells import place_of
from .columns import PUBLISHER_KINDS
from .contents import Content

#: In place of a key: it is named in the file, and not here yet.
NOT_YET = 0


class MatchError(Exception):
    """Nothing here is certainly what a cell names."""

    def __init__(self, field: str, sentence: str, remedy: str = "") -> None:
        self.fault = Fault(field, sentence, remedy)
        super().__init__(sentence)


@dataclass(eq=False, slots=True)
class SourceRef:
    """A source; ``pk`` is ``None`` until it is made."""

    name: str
    kind: str
    pk: int | None = None
    article: "ArticleRef | None" = None
    row: Any = None


@dataclass(eq=False, slots=True)
class ArticleRef:
    """An article; ``pk`` is ``None`` until it is made."""

    title: str
    slug: str = ""
    pk: int | None = None
    document_pk: int | None = None
    publisher: SourceRef | None = None
    published: str = ""
    is_cleared: bool = False
    url: str = ""
    row: Any = None


@dataclass(eq=False, slots=True)
class TopicRef:
    label: str
    pk: int | None = None
    row: Any = None


@dataclass(frozen=True, slots=True)
class Matched:
    """What one row names, all of it found or to be made."""

    article: ArticleRef
    source: SourceRef | None
    topics: tuple[TopicRef, ...]
    assignee: int | None
    documents: tuple[str, ...]
    publishers: tuple[SourceRef | None, ...]


class Matcher:
    """What can be named, by name. Grows by what an import makes."""

    def __init__(self) -> None:
        self._sources: dict[str, list[SourceRef]] = defaultdict(list)
        self._by_address: dict[str, ArticleRef] = {}
        self._by_place: dict[str, ArticleRef] = {}
        self._by_title: dict[str, list[ArticleRef]] = defaultdict(list)
        self._topics: dict[str, TopicRef] = {}
        self.documents: dict[str, int] = {}
        self._load_documents()
        self._load_articles(self._load_sources())
        for pk, slug, label in Topic.objects.values_list("pk", "slug", "label"):
            ref = TopicRef(label, pk)
            self._topics |= {slug: ref, label.casefold(): ref}
        desk = get_user_model().objects.filter(is_active=True, is_staff=True)
        self._users = dict(desk.values_list("username", "pk"))

    # What is here

    def _load_sources(self) -> dict[int, SourceRef]:
        refs, unnamed = {}, []
        names = ("pk", "name", "aliases", "public_label", "kind", "article")
        rows = Source.objects.order_by("pk").values_list(*names)
        for pk, name, aliases, label, kind, article in rows.iterator():
            ref = refs[pk] = SourceRef(name, kind, pk)
            if article is not None:
                unnamed.append((ref, article))
            for each in {bare_name(each) for each in (name, *aliases, label) if each}:
                self._sources[each].append(ref)
        self._unnamed = unnamed
        return refs

    def _load_documents(self) -> None:
        names = ("pk", "url", "canonical_url", "title")
        rows = Document.objects.order_by("-pk").values_list(*names)
        for pk, url, canonical, title in rows.iterator():
            for address in filter(None, (canonical, url)):
                self.documents[place_of(address)] = pk
            if not url:
                self.documents[_title_key(title)] = pk

    def _load_articles(self, sources: dict[int, SourceRef]) -> None:
        names = (
            *("pk", "slug", "public_id", "state", "document", "document__title"),
            *("document__url", "document__canonical_url", "document__publisher"),
            "document__published_edtf",
        )
        by_key = {}
        for row in Article.objects.order_by("-pk").values_list(*names).iterator():
            pk, slug, public_id, state, document, title, url, canonical, by, day = row
            ref = by_key[pk] = ArticleRef(title, slug, pk, document, url=url)
            ref.publisher, ref.published = sources.get(by), day
            ref.is_cleared = state == "cleared"
            self._by_address |= {slug: ref, public_id: ref}
            self._by_place |= {place_of(each): ref for each in (canonical, url) if each}
            self._by_title[bare_name(title)].append(ref)
        for source, article in self._unnamed:
            source.article = by_key[article]

    def know_document(self, url: str, title: str, pk: int) -> None:
        """Note a document that was made."""
        self.documents[place_of(url) if url else _title_key(title)] = pk

    # What a row names

    def match(self, content: Content) -> Matched:
        """Return what a row names. Raises ``MatchError``."""
        article = self._article(content)
        citations = content.get("citations", ())
        keys = tuple(map(document_key, citations))
        return Matched(
            article,
            self._source_of(content, article),
            tuple(self._topic(label) for label in content.get("topics", ())),
            self._assignee(content.get("assignee", "")),
            keys,
            tuple(
                self._document(citation, key, number)
                for number, (citation, key) in enumerate(
                    zip(citations, keys, strict=True), start=1
                )
            ),
        )

    def _article(self, content: Content) -> ArticleRef:
        address = content.get("article", "")
        url, title = content.get("article_url", ""), content.get("article_title", "")
        found = self._by_address.get(address) if address else None
        if found is None and url:
            found = self._by_place.get(place_of(url))
        if found is None and title and not address and not url:
            found = self._only_titled(title)
        if found is not None:
            return found
        if not title:
            raise self._no_article(
                address or url, "article" if address else "article_url"
            )
        return self._new_article(content, address, url, title)

    def _only_titled(self, title: str) -> ArticleRef | None:
        found = self._by_title.get(bare_name(title), [])
        if len(found) > 1:
            names = ", ".join(ref.slug for ref in found[:5])
            sentence = _("Several articles have this title: %(names)s.")
            remedy = _("Give the address of the one that is meant in “article”.")
            raise MatchError("article_title", sentence % {"names": names}, remedy)
        return found[0] if found else None

    def _no_article(self, given: str, field: str) -> MatchError:
        near = get_close_matches(given, list(self._by_address), n=1) if given else []
        remedy = _("Did you mean “%(near)s”?") % {"near": near[0]} if near else ""
        remedy = remedy or _("With an article_title it is made.")
        sentence = _("There is no article “%(given)s” here.") % {"given": given[:80]}
        return MatchError(field, sentence, remedy)

    def _new_article(
        self, content: Content, address: str, url: str, title: str
    ) -> ArticleRef:
        if address:
            try:
                validate_slug(address)
            except ValidationError:
                raise self._no_article(address, "article") from None
        ref = ArticleRef(title, address, url=url)
        ref.published = content.get("article_published", "")
        if publisher := content.get("article_publisher"):
            ref.publisher = self._publisher(publisher, "article_publisher")
        if address:
            self._by_address[address] = ref
        if url:
            self._by_place[place_of(url)] = ref
            ref.document_pk = self.documents.get(place_of(url)) or None
        self._by_title[bare_name(title)].append(ref)
        return ref

    def _source_of(self, content: Content, article: ArticleRef) -> SourceRef | None:
        if content["voice"] == Voice.OWN:
            if article.publisher is None:
                sentence = _("The article has no publisher, whose voice this is.")
                remedy = _("Name it in article_publisher, or at the desk.")
                raise MatchError("voice", sentence, remedy)
            return article.publisher
        if not (name := content.get("source")):
            return None
        kind = content.get("source_kind", "")
        return self._source(name, kind, article, "source")

    def _source(
        self, name: str, kind: str, article: ArticleRef | None, field: str
    ) -> SourceRef:
        known = [
            ref
            for ref in self._sources.get(bare_name(name), ())
            if ref.kind not in UNNAMED_KINDS or ref.article is article
        ]
        fitting = [ref for ref in known if ref.kind == kind] if kind else known
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise self._ambiguous(name, fitting, field)
        if known:
            raise self._of_another_kind(name, known, field)
        return self._new_source(name, kind, article, field)

    def _publisher(self, name: str, field: str) -> SourceRef:
        known = self._sources.get(bare_name(name), [])
        fitting = [ref for ref in known if ref.kind in PUBLISHER_KINDS]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise self._ambiguous(name, fitting, field)
        return self._new_source(name, PUBLISHER_KINDS[0], None, field)

    def _new_source(
        self, name: str, kind: str, article: ArticleRef | None, field: str
    ) -> SourceRef:
        if not kind:
            sentence = _("“%(name)s” is not here yet.") % {"name": name[:80]}
            raise MatchError(field, sentence, _("Say in source_kind what it is."))
        belongs = (
            article if kind in UNNAMED_KINDS or kind == SourceKind.REPORT else None
        )
        ref = SourceRef(name, kind, article=belongs)
        self._sources[bare_name(name)].append(ref)
        return ref

    def _ambiguous(
        self, name: str, found: Iterable[SourceRef], field: str
    ) -> MatchError:
        sentence = _("“%(name)s” may be any of: %(found)s.")
        remedy = _("Write the name of one of them as it stands at the desk.")
        values = {"name": name[:80], "found": _listed(found)}
        return MatchError(field, sentence % values, remedy)

    def _of_another_kind(
        self, name: str, found: Iterable[SourceRef], field: str
    ) -> MatchError:
        sentence = _("“%(name)s” is of another kind here: %(found)s.")
        remedy = _("Correct source_kind; if it is another, add it at the desk first.")
        values = {"name": name[:80], "found": _listed(found)}
        return MatchError(f"{field}_kind", sentence % values, remedy)

    def _topic(self, label: str) -> TopicRef:
        ref = self._topics.get(label) or self._topics.get(label.casefold())
        if ref is None:
            ref = self._topics[label.casefold()] = TopicRef(label)
        return ref

    def _assignee(self, username: str) -> int | None:
        if not username:
            return None
        if username not in self._users:
            sentence = _("There is no user “%(name)s” at the desk.")
            raise MatchError("assignee", sentence % {"name": username[:80]})
        return int(self._users[username])

    def _document(self, citation: Content, key: str, number: int) -> SourceRef | None:
        """Note the document of a citation; return whom a new one is published by."""
        pk = self.documents.get(key)
        if pk is not None and pk != NOT_YET:
            return None
        place = f"citation_{number}_"
        if pk is None and not citation.get("title"):
            sentence = _("This document is not here yet.")
            raise MatchError(f"{place}title", sentence, _("Give its title."))
        self.documents[key] = NOT_YET
        publisher = citation.get("publisher")
        return self._publisher(publisher, f"{place}publisher") if publisher else None


def document_key(citation: Content) -> str:
    """Return by what a citation's document is known: its address, else its title."""
    url = citation.get("url")
    return place_of(url) if url else _title_key(citation["title"])


def _title_key(title: str) -> str:
    return f"title {bare_name(title)}"


def _listed(found: Iterable[SourceRef]) -> str:
    return ", ".join(f"{ref.name} ({ref.kind})" for ref in list(found)[:5])
