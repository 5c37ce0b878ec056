"""Which entries of the search change with the record: of what is written or renamed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from claims import search
from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimSource,
    PublishedDocument,
)
from claims.models.releases import SubjectType

#: In which index a subject is found by its own names.
INDEX_OF = {
    SubjectType.SOURCE: search.SOURCES,
    SubjectType.DOCUMENT: search.DOCUMENTS,
    SubjectType.ARTICLE: search.ARTICLES,
}


class FoundOtherwise:
    """Collects what readers find by other words now, then writes its entries."""

    def __init__(self) -> None:
        self._ids: dict[search.Index, set[str]] = defaultdict(set)

    def add(self, subject_type: str, public_ids: Iterable[str]) -> None:
        """Add subjects that were written themselves."""
        if subject_type == SubjectType.CLAIM:
            self._ids[search.PUBLIC].update(public_ids)
        else:
            self._ids[INDEX_OF[SubjectType(subject_type)]].update(public_ids)

    def add_claims_naming(self, subject_type: str, public_ids: set[str]) -> None:
        """Add the claims that are found by the names of these subjects too."""
        self._ids[search.PUBLIC].update(_claims_naming(subject_type, public_ids))

    def add_published_by(self, sources: set[str]) -> None:
        """Add what is found by the name of its publisher too."""
        if sources:
            documents = PublishedDocument.objects.filter(publisher__in=sources)
            self._ids[search.DOCUMENTS].update(_keys(documents))
            articles = PublishedArticle.objects.filter(document__publisher__in=sources)
            self._ids[search.ARTICLES].update(_keys(articles))

    def add_articles_of(self, documents: set[str], *, retitled: set[str]) -> None:
        """Add articles of documents, and claims of those that have another title."""
        if documents:
            articles = PublishedArticle.objects.filter(document__in=documents)
            self._ids[search.ARTICLES].update(_keys(articles))
        if retitled:
            renamed = PublishedArticle.objects.filter(document__in=retitled)
            self.add_claims_naming(SubjectType.ARTICLE, set(_keys(renamed)))

    def write(self, written: list[PublishedClaim]) -> None:
        """Write the entries; those of ``written`` from these rows."""
        claims = self._ids.pop(search.PUBLIC, set()) | {row.pk for row in written}
        search.write_public_rows(written)
        search.write_public(sorted(claims - {row.pk for row in written}))
        search.write(search.CORRECTIONS, sorted(claims))
        for index, public_ids in self._ids.items():
            search.write(index, sorted(public_ids))


def _claims_naming(subject_type: str, public_ids: set[str]) -> Iterator[str]:
    if not public_ids:
        return
    if subject_type == SubjectType.SOURCE:
        links = PublishedClaimSource.objects.filter(source__in=public_ids)
        yield from links.order_by().values_list("claim_id", flat=True)
    elif subject_type == SubjectType.ARTICLE:
        claims = PublishedClaim.objects.filter(article__in=public_ids)
        yield from _keys(claims)


def _keys(rows: Any) -> Iterator[str]:
    yield from rows.order_by().values_list("pk", flat=True)
