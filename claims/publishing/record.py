"""Writes the record: each row a function of its subject's releases.

``Rewriter`` collects the subjects a transaction touched and rewrites their rows in
an order in which every row finds those it points to; then come the counts, and last
what readers can search. One claim and a thousand go the same way: each portion in a
few statements.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Value

from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
)
from claims.models.releases import Release, SubjectType

from . import demonstrations, many_rows, rows
from .content import Content
from .facets import Facets
from .found import INDEX_OF, FoundOtherwise
from .links import LINK_TABLES, Link, links_of, write_links
from .quotations import known_quotations
from .revision import advance
from .tallies import Tallies

#: Subjects whose releases are in memory at once.
PORTION = 500
#: What counts of a claim before it is written anew.
_COUNTED = (
    *("is_listed", "is_decided", "content", "sequence", "status"),
    *("attribution_check", "source_name", "said_from"),
)


class Rewriter:
    """The subjects whose record rows are to be written, then writes them."""

    def __init__(self) -> None:
        self._touched: dict[str, set[str]] = defaultdict(set)
        self._marked: set[demonstrations.Subject] = set()
        self._tallies = Tallies()
        self._facets = Facets()
        self._written: list[PublishedClaim] = []
        self._found = FoundOtherwise()

    def touch(self, subject_type: str, subject_id: str) -> None:
        self._touched[subject_type].add(subject_id)

    def has_touched(self, subject_type: str, subject_id: str) -> bool:
        return subject_id in self._touched[subject_type]

    def touch_claims_appearing_in(self, article_id: str) -> None:
        """Touch public claims that also stand in an article released only now."""
        if not PublishedArticle.objects.filter(pk=article_id).exists():
            self._touch_claims_naming(article_id)

    def _touch_claims_naming(self, article_id: str) -> None:
        mention = f'"article":"{article_id}"'
        rows_naming_it = Release.objects.filter(
            subject_type=SubjectType.CLAIM, content__contains=mention
        )
        for subject_id in rows_naming_it.values_list("subject_id", flat=True):
            self.touch(SubjectType.CLAIM, subject_id)

    def write(self) -> None:
        """Rewrite every touched row, the counts they change, and what can be found."""
        self.write_rows()
        for subject_type in (SubjectType.CLAIM, *INDEX_OF):
            self._found.add(subject_type, self._touched[subject_type])
        self._found.write(self._written)
        advance()

    def write_rows(self) -> None:
        """Rewrite every touched row, then the counts they change."""
        for portion in self._portions(SubjectType.SOURCE):
            self._write_sources(portion)
        for portion in self._portions(SubjectType.DOCUMENT):
            self._write_documents(portion)
        for portion in self._portions(SubjectType.ARTICLE):
            self._write_articles(portion)
        for portion in self._portions(SubjectType.CLAIM):
            self._write_claims(portion)
        self._tallies.write()
        self._facets.write()
        demonstrations.mark(self._marked | self._counted_subjects())

    def _portions(self, subject_type: str) -> Iterator[list[str]]:
        ids = sorted(self._touched[subject_type])
        for start in range(0, len(ids), PORTION):
            yield ids[start : start + PORTION]

    def _counted_subjects(self) -> set[demonstrations.Subject]:
        sources = self._tallies.touched(PublishedSource)
        documents = self._tallies.touched(PublishedDocument)
        return {(str(SubjectType.SOURCE), public_id) for public_id in sources} | {
            (str(SubjectType.DOCUMENT), public_id) for public_id in documents
        }

    def _write_sources(self, ids: list[str]) -> None:
        known = _column(PublishedSource, ids, "content")
        written = [
            PublishedSource(public_id=public_id, **rows.source_values(releases))
            for public_id, releases in _releases(SubjectType.SOURCE, ids).items()
        ]
        _put(written)
        others = {row.pk: row for row in written if row.pk in known}
        renamed = {pk for pk, row in others.items() if known[pk]["name"] != row.name}
        for public_id in renamed:
            _rename_source(public_id, others[public_id].name)
        self._found.add_published_by(renamed)
        found_otherwise = {
            pk for pk, row in others.items() if _names(known[pk]) != _names(row.content)
        }
        self._found.add_claims_naming(SubjectType.SOURCE, found_otherwise)
        self._note_named(SubjectType.SOURCE, written)

    def _write_documents(self, ids: list[str]) -> None:
        known = _column(PublishedDocument, ids, "title")
        values = {
            public_id: rows.document_values(releases)
            for public_id, releases in _releases(SubjectType.DOCUMENT, ids).items()
        }
        publishers = {each["publisher_id"] for each in values.values()}
        names = _column(PublishedSource, publishers, "name")
        written = [
            PublishedDocument(
                public_id=public_id,
                publisher_name=names.get(each["publisher_id"], ""),
                **each,
            )
            for public_id, each in values.items()
        ]
        _put(written)
        retitled = {row.pk for row in written if known.get(row.pk) != row.title}
        self._found.add_articles_of({*known}, retitled=retitled & known.keys())
        for row in written:
            if row.pk in known:
                _tell_articles_of(row)
        self._note_named(SubjectType.DOCUMENT, written)

    def _write_articles(self, ids: list[str]) -> None:
        was_demo = _column(PublishedArticle, ids, "is_demo")
        values = {
            public_id: rows.article_values(releases)
            for public_id, releases in _releases(SubjectType.ARTICLE, ids).items()
        }
        named = {each["document_id"] for each in values.values()}
        documents = PublishedDocument.objects.defer("content").in_bulk(sorted(named))
        written = []
        for public_id, each in values.items():
            document = documents[each["document_id"]]
            for name in _OF_ITS_DOCUMENT:
                each[name] = getattr(document, name)
            written.append(PublishedArticle(public_id=public_id, **each))
        _put(written)
        for row in written:
            self._marked.add((str(SubjectType.DOCUMENT), row.document_id))
            if was_demo.get(row.pk, row.is_demo) != row.is_demo:
                self._touch_claims_naming(row.pk)

    def _write_claims(self, ids: list[str]) -> None:
        before = PublishedClaim.objects.only(*_COUNTED).in_bulk(ids)
        for claim in before.values():
            self._count(claim, links_of(claim), -1)
        stories = {
            public_id: (rows.tell_story(releases), releases)
            for public_id, releases in _releases(SubjectType.CLAIM, ids).items()
        }
        is_demo = _column(PublishedArticle, _articles_named(stories), "is_demo")
        claims = [
            PublishedClaim(
                public_id=public_id, **rows.claim_values(story, releases, set(is_demo))
            )
            for public_id, (story, releases) in stories.items()
        ]
        sources = {claim.source_id for claim in claims}
        names = _column(PublishedSource, sources, "name")
        quotations = known_quotations(claims)
        for claim in claims:
            claim.source_name = names.get(claim.source_id or "", "")
            claim.is_demo = _is_demo(claim, stories[claim.pk][1], is_demo)
            claim.quotations = quotations[claim.pk]
        _put(claims)
        linked = [(claim, links_of(claim)) for claim in claims]
        write_links([pk for pk, row in before.items() if row.is_listed], linked)
        _write_notices(before, claims, {pk: each[0] for pk, each in stories.items()})
        for claim, links in linked:
            self._count(claim, links, +1)
        self._written += claims

    def _count(self, claim: PublishedClaim, links: list[Link], sign: int) -> None:
        self._tallies.count(claim, links, sign)
        self._facets.count(claim, sign)

    def _note_named(self, namer_type: str, namers: Iterable[Any]) -> None:
        contents = {row.pk: row.content for row in namers}
        named = demonstrations.write_namings(str(namer_type), contents)
        self._marked |= {(str(namer_type), public_id) for public_id in contents} | named


_OF_ITS_DOCUMENT = ("title", "publisher_name", "published_from")


def _put(written: list[Any]) -> None:
    """Write rows; of those that were there, only what follows from releases.

    Publications wait for each other, so nobody else is about to add them.
    """
    if written:
        many_rows.put(written, _KEPT[type(written[0])])


#: Columns that are counted, are facts of machines, or follow from who uses the row.
_KEPT = {
    PublishedSource: frozenset(
        {"is_demo", "said_by", "said_by_decided", "relayed_by", "tallies"}
    ),
    PublishedDocument: frozenset(
        {"is_demo", "use_count", "link_state", "link_checked_at"}
    ),
    PublishedArticle: frozenset({"claim_count", "decided_count", "tallies"}),
    PublishedClaim: frozenset({"review_on"}),
}


def _names(content: Content) -> tuple[str, list[str]]:
    return content["name"], content["aliases"]


def _column(table: Any, ids: Iterable[str | None], name: str) -> dict[str, Any]:
    """Return one column of these rows, by public id; of those that there are."""
    wanted = sorted({public_id for public_id in ids if public_id})
    found = table.objects.filter(pk__in=wanted).order_by()
    return dict(found.values_list("pk", name)) if wanted else {}


def _rename_source(public_id: str, name: str) -> None:
    PublishedClaim.objects.filter(source_id=public_id).update(source_name=name)
    said_by_it = PublishedClaim.objects.filter(
        pk=OuterRef("claim"), source_id=public_id
    )
    for table in LINK_TABLES:
        links: Any = table._default_manager
        links.filter(Exists(said_by_it)).update(
            source_name=Value(name, output_field=CharField())
        )
    documents = PublishedDocument.objects.filter(publisher_id=public_id)
    documents.update(publisher_name=name)
    articles = PublishedArticle.objects.filter(document__publisher_id=public_id)
    articles.update(publisher_name=name)


def _tell_articles_of(document: PublishedDocument) -> None:
    told = {name: getattr(document, name) for name in _OF_ITS_DOCUMENT}
    PublishedArticle.objects.filter(document_id=document.pk).update(**told)


def _releases(subject_type: str, ids: list[str]) -> dict[str, list[Release]]:
    """Return the releases of these subjects, each in line; one query.

    In the order of the index by subject: by number alone, a database that was never
    analysed reads all releases there are.
    """
    found: dict[str, list[Release]] = defaultdict(list)
    wanted = Release.objects.filter(subject_type=subject_type, subject_id__in=ids)
    for release in wanted.order_by("subject_id", "sequence"):
        found[release.subject_id].append(release)
    return found


Stories = dict[str, tuple[rows.ClaimStory, list[Release]]]


def _articles_named(stories: Stories) -> set[str]:
    """Return the articles in which these claims stand or ever stood first."""
    named = set()
    for story, releases in stories.values():
        claim = story.content.get("claim", {})
        named |= {row["article"] for row in claim.get("appearances", ())}
        named |= set(_first_articles(story.content, releases))
    return named


def _first_articles(content: Content, releases: list[Release]) -> list[str]:
    """Return in which article a claim stands, then in which it stood before."""
    earlier = [release.parsed for release in reversed(releases)]
    named = [each.get("claim", {}).get("article") for each in (content, *earlier)]
    return [article for article in named if article]


def _is_demo(
    claim: PublishedClaim, releases: list[Release], is_demo: dict[str, bool]
) -> bool:
    """Say whether a claim is invented: by its article, a tombstone by its last one."""
    return any(
        is_demo.get(article, False)
        for article in _first_articles(claim.content, releases)[:1]
    )


def _write_notices(
    before: Iterable[str],
    claims: Iterable[PublishedClaim],
    stories: dict[str, rows.ClaimStory],
) -> None:
    many_rows.remove(PublishedNotice, "claim_id", list(before))
    PublishedNotice.objects.bulk_create(
        PublishedNotice(claim_id=claim.pk, is_demo=claim.is_demo, **notice)
        for claim in claims
        for notice in stories[claim.pk].notices
    )
