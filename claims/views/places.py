"""What a list of claims may be narrowed to: a source, article, topic or document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.models.record import (
    Listing,
    PublishedArticle,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedSource,
)


@dataclass(frozen=True)
class Place:
    """One list of claims: the links that make it, and how many of them there are.

    ``by_status``: the same by status; ``None`` where nobody counts them.
    """

    table: Any
    column: str
    key: str
    size: int
    by_status: Mapping[str, int] | None = None
    listing: int = Listing.CLAIMS

    @property
    def links(self) -> Any:
        wanted = {self.column: self.key, "listing": self.listing}
        return self.table._default_manager.filter(**wanted).order_by()


def place_of(name: str, value: str, counted: Mapping[str, int]) -> Place:
    """Return the list that a filter leads to; an empty one for what is unknown.

    ``counted``: tallies, with that of the topic.
    """
    if name == "topic":
        return Place(PublishedClaimTopic, "slug", value, counted[f"topic={value}"])
    return _PLACES[name](value)


def _source(slug: str) -> Place:
    row = _row(PublishedSource, slug, "said_by", "tallies")
    return Place(PublishedClaimSource, "source", row.pk, row.said_by, row.tallies)


def _relayer(slug: str) -> Place:
    row = _row(PublishedSource, slug, "relayed_by")
    listing = Listing.RELAYED
    return Place(PublishedClaimSource, "source", row.pk, row.relayed_by, None, listing)


def _article(slug: str) -> Place:
    row = _row(PublishedArticle, slug, "claim_count", "tallies")
    return Place(PublishedClaimArticle, "article", row.pk, row.claim_count, row.tallies)


def _document(key: str) -> Place:
    rows = PublishedDocument.objects.filter(pk=key).order_by()
    size = rows.values_list("use_count", flat=True).first() or 0
    return Place(PublishedClaimDocument, "document", key, size)


def _row(table: Any, slug: str, *columns: str) -> Any:
    rows = table.objects.filter(slug=slug).only("pk", *columns).order_by()
    return rows.first() or table(public_id="")


_PLACES = {
    "source": _source,
    "relayed": _relayer,
    "article": _article,
    "document": _document,
}
