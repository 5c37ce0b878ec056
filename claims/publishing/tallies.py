"""How many claims a public article, source and document have, and of which status.

Only listed claims have links and a source, so none of the queries asks for
``is_listed``: without statistics SQLite would walk that index from end to end (100
milliseconds for a source among 30,000 claims).
"""

from typing import Any

from django.db.models import Count

from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedSource,
)
from claims.models.releases import SubjectType


def count_again(subject_type: str, public_id: str) -> None:
    """Write the tallies of one article, source or document anew."""
    _COUNTERS[subject_type](public_id)


def _count_article(public_id: str) -> None:
    claims = PublishedClaim.objects.filter(article_links__article=public_id)
    total, decided, tallies = _counted(claims)
    PublishedArticle.objects.filter(pk=public_id).update(
        claim_count=total, decided_count=decided, tallies=tallies
    )


def _count_source(public_id: str) -> None:
    said = PublishedClaim.objects.filter(source_id=public_id)
    relayed = PublishedClaim.objects.filter(
        source_links__source=public_id, source_links__position__gte=1
    )
    total, decided, tallies = _counted(said)
    PublishedSource.objects.filter(pk=public_id).update(
        said_by=total,
        said_by_decided=decided,
        relayed_by=_number_of(relayed),
        tallies=tallies,
    )


def _count_document(public_id: str) -> None:
    using = PublishedClaim.objects.filter(document_links__document=public_id)
    PublishedDocument.objects.filter(pk=public_id).update(use_count=_number_of(using))


_COUNTERS: dict[str, Any] = {
    SubjectType.ARTICLE: _count_article,
    SubjectType.SOURCE: _count_source,
    SubjectType.DOCUMENT: _count_document,
}


def _number_of(claims: Any) -> int:
    return int(claims.order_by().values("pk").distinct().count())


def _counted(claims: Any) -> tuple[int, int, dict[str, int]]:
    """Count claims: all, the decided ones, and by status in the order of its name."""
    grouped = claims.order_by("status").values("status", "is_decided")
    rows = list(grouped.annotate(number=Count("public_id", distinct=True)))
    tallies: dict[str, int] = {}
    for row in rows:
        tallies[row["status"]] = tallies.get(row["status"], 0) + row["number"]
    decided = sum(row["number"] for row in rows if row["is_decided"])
    return sum(tallies.values()), decided, tallies
