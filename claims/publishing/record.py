"""Writes the record: each row a function of its subject's releases.

``Rewriter`` collects the subjects a transaction touched and rewrites their rows in
an order in which every row finds those it points to; then come the tallies, and last
what readers can search.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from claims import search
from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
)
from claims.models.releases import Release, SubjectType

from . import demonstrations, rows, tallies
from .content import Content
from .quotations import refresh_quotations


class Rewriter:
    """The subjects whose record rows are to be written, then writes them."""

    def __init__(self) -> None:
        self._touched: dict[str, set[str]] = defaultdict(set)
        self._tally: dict[str, set[str]] = defaultdict(set)
        self._namings: set[demonstrations.Subject] = set()
        self._renamed: dict[str, set[str]] = defaultdict(set)

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
        """Rewrite every touched row, the tallies they change, and what can be found."""
        self.write_rows()
        search.write_public(
            [
                *self._touched[SubjectType.CLAIM],
                *claims_naming(SubjectType.SOURCE, self._renamed[SubjectType.SOURCE]),
                *claims_naming(SubjectType.ARTICLE, self._renamed[SubjectType.ARTICLE]),
            ]
        )

    def write_rows(self) -> None:
        """Rewrite every touched row, then the tallies they change."""
        for subject_id in sorted(self._touched[SubjectType.SOURCE]):
            self._write_source(subject_id)
        for subject_id in sorted(self._touched[SubjectType.DOCUMENT]):
            self._write_document(subject_id)
        for subject_id in sorted(self._touched[SubjectType.ARTICLE]):
            self._write_article(subject_id)
        public_articles = set(PublishedArticle.objects.values_list("pk", flat=True))
        for subject_id in sorted(self._touched[SubjectType.CLAIM]):
            self._write_claim(subject_id, public_articles)
        refresh_quotations(self._touched[SubjectType.CLAIM])
        for subject_type, subject_ids in self._tally.items():
            for subject_id in sorted(subject_ids):
                tallies.count_again(subject_type, subject_id)
        demonstrations.mark(self._namings | self._tallied_subjects())

    def _tallied_subjects(self) -> set[demonstrations.Subject]:
        return {
            (str(subject_type), subject_id)
            for subject_type in (SubjectType.SOURCE, SubjectType.DOCUMENT)
            for subject_id in self._tally[subject_type]
        }

    def _write_source(self, public_id: str) -> None:
        values = rows.source_values(_releases(SubjectType.SOURCE, public_id))
        before = PublishedSource.objects.filter(pk=public_id).first()
        if _put(PublishedSource, public_id, values):
            _rename_source(public_id, values["name"])
        if before and _names(before.content) != _names(values["content"]):
            self._renamed[SubjectType.SOURCE].add(public_id)
        self._note_named(SubjectType.SOURCE, public_id, values["content"])
        self._tally[SubjectType.SOURCE].add(public_id)

    def _write_document(self, public_id: str) -> None:
        values = rows.document_values(_releases(SubjectType.DOCUMENT, public_id))
        publisher = PublishedSource.objects.filter(pk=values["publisher_id"]).first()
        values["publisher_name"] = publisher.name if publisher else ""
        if _put(PublishedDocument, public_id, values):
            articles = PublishedArticle.objects.filter(document_id=public_id)
            retitled = articles.exclude(title=values["title"])
            self._renamed[SubjectType.ARTICLE] |= set(
                retitled.values_list("pk", flat=True)
            )
            articles.update(
                title=values["title"],
                publisher_name=values["publisher_name"],
                published_from=values["published_from"],
            )
        self._note_named(SubjectType.DOCUMENT, public_id, values["content"])
        self._tally[SubjectType.DOCUMENT].add(public_id)

    def _write_article(self, public_id: str) -> None:
        values = rows.article_values(_releases(SubjectType.ARTICLE, public_id))
        document = PublishedDocument.objects.get(pk=values["document_id"])
        values["title"] = document.title
        values["publisher_name"] = document.publisher_name
        values["published_from"] = document.published_from
        before = PublishedArticle.objects.filter(pk=public_id).first()
        _put(PublishedArticle, public_id, values)
        self._tally[SubjectType.DOCUMENT].add(document.pk)
        if before is not None and before.is_demo != values["is_demo"]:
            self._touch_claims_naming(public_id)
        self._tally[SubjectType.ARTICLE].add(public_id)

    def _write_claim(self, public_id: str, public_articles: set[str]) -> None:
        self._note_tallies(public_id)
        releases = _releases(SubjectType.CLAIM, public_id)
        story = rows.tell_story(releases)
        values = rows.claim_values(story, releases, public_articles)
        source = PublishedSource.objects.filter(pk=values["source_id"]).first()
        values["source_name"] = source.name if source else ""
        values["is_demo"] = _is_demo(releases, values["article_id"])
        _put(PublishedClaim, public_id, values)
        claim = PublishedClaim(public_id=public_id, **values)
        _write_links(claim)
        _write_notices(claim, story)
        self._note_tallies(public_id)

    def _note_named(self, namer_type: str, namer_id: str, content: Content) -> None:
        named = demonstrations.write_namings((str(namer_type), namer_id), content)
        self._namings |= {(str(namer_type), namer_id), *named}

    def _note_tallies(self, claim_id: str) -> None:
        for model, name in _LINKED.items():
            found = model.objects.filter(claim_id=claim_id)
            self._tally[name].update(found.values_list(f"{name}_id", flat=True))


_LINKED: dict[Any, str] = {
    PublishedClaimArticle: SubjectType.ARTICLE,
    PublishedClaimSource: SubjectType.SOURCE,
    PublishedClaimDocument: SubjectType.DOCUMENT,
}


def claims_naming(subject_type: str, public_ids: set[str]) -> Iterator[str]:
    """Yield the ids of claims that are found by the names of these subjects too."""
    if not public_ids:
        return
    if subject_type == SubjectType.SOURCE:
        links = PublishedClaimSource.objects.filter(source__in=public_ids)
        yield from links.order_by().values_list("claim_id", flat=True)
    elif subject_type == SubjectType.ARTICLE:
        claims = PublishedClaim.objects.filter(article__in=public_ids)
        yield from claims.order_by().values_list("pk", flat=True)


def _names(content: Content) -> tuple[str, list[str]]:
    return content["name"], content["aliases"]


def _put(table: Any, public_id: str, values: rows.Values) -> bool:
    """Write a row; say whether it was there, and others may repeat what it says.

    Publications wait for each other, so nobody else is about to add it.
    """
    if table.objects.filter(pk=public_id).update(**values):
        return True
    table.objects.create(public_id=public_id, **values)
    return False


def _rename_source(public_id: str, name: str) -> None:
    PublishedClaim.objects.filter(source_id=public_id).update(source_name=name)
    documents = PublishedDocument.objects.filter(publisher_id=public_id)
    documents.update(publisher_name=name)
    articles = PublishedArticle.objects.filter(document__publisher_id=public_id)
    articles.update(publisher_name=name)


def _releases(subject_type: str, subject_id: str) -> list[Release]:
    return list(Release.objects.of(subject_type, subject_id).order_by("number"))


def _is_demo(releases: list[Release], article_id: str | None) -> bool:
    """Say whether a claim is invented: by its article, a tombstone by its last one."""
    named = [article_id] if article_id else []
    earlier = [release.parsed.get("claim", {}).get("article") for release in releases]
    for candidate in [*named, *reversed(earlier)]:
        if candidate:
            row = PublishedArticle.objects.filter(pk=candidate).first()
            return bool(row and row.is_demo)
    return False


def _write_links(claim: PublishedClaim) -> None:
    for model in (*_LINKED, PublishedClaimTopic):
        model.objects.filter(claim=claim).delete()
    if not claim.is_listed:
        return
    content = claim.content["claim"]
    PublishedClaimArticle.objects.bulk_create(
        PublishedClaimArticle(
            claim=claim,
            article_id=row["article"],
            start=(row["passage"] or {}).get("start", 0),
            end=(row["passage"] or {}).get("end", 0),
            stored_copy=(row["passage"] or {}).get("stored_copy", ""),
            placement=row["placement"],
            is_first=row["is_first"],
        )
        for row in content["appearances"]
    )
    PublishedClaimSource.objects.bulk_create(
        PublishedClaimSource(claim=claim, source_id=source_id, position=position)
        for position, source_id in _chain_sources(content)
    )
    PublishedClaimTopic.objects.bulk_create(
        PublishedClaimTopic(claim=claim, slug=slug, label=label)
        for slug, label in content["topics"]
    )
    PublishedClaimDocument.objects.bulk_create(
        PublishedClaimDocument(claim=claim, document_id=document_id, stance=stance)
        for document_id, stance in _used_documents(content)
    )


def _chain_sources(content: dict[str, Any]) -> list[tuple[int, str]]:
    chain = [(0, content["source"])]
    chain += [(link["position"], link["source"]) for link in content["chain"]]
    return [(position, source) for position, source in chain if source]


def _used_documents(content: dict[str, Any]) -> list[tuple[str, str]]:
    used = [(row["document"], row["stance"]) for row in content["citations"]]
    used += [(row["document"], "") for row in content["chain"] if row["document"]]
    return sorted(set(used))


def _write_notices(claim: PublishedClaim, story: rows.ClaimStory) -> None:
    PublishedNotice.objects.filter(claim=claim).delete()
    PublishedNotice.objects.bulk_create(
        PublishedNotice(claim=claim, is_demo=claim.is_demo, **notice)
        for notice in story.notices
    )
