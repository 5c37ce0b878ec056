"""What a public claim belongs to, as rows of the link tables."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from claims.models.record import (
    ClaimLink,
    Listing,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
)

from .content import Content
from .many_rows import insert, remove, stored

#: The tables with their own columns; the first says what the claim belongs to.
LINK_TABLES: dict[type[ClaimLink], tuple[str, ...]] = {
    PublishedClaimArticle: (
        *("article_id", "start", "end", "stored_copy"),
        *("placement", "is_first"),
    ),
    PublishedClaimSource: ("source_id", "position"),
    PublishedClaimDocument: ("document_id", "stance"),
    PublishedClaimTopic: ("slug", "label"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """One row of a link table, without its key: what it leads to, in which list."""

    table: type[ClaimLink]
    leads_to: str
    listing: int
    values: tuple[Any, ...]


def links_of(claim: PublishedClaim) -> list[Link]:
    """Return the links of a claim as it stands in the record; none if not listed.

    Where several lead to the same list, the first alone puts the claim there.
    """
    if not claim.is_listed:
        return []
    links = []
    seen = set()
    for table, leads_to, listing, values in _links(claim.content["claim"]):
        place = (table, leads_to, listing)
        links.append(
            Link(table, leads_to, Listing.NONE if place in seen else listing, values)
        )
        seen.add(place)
    return links


def _links(content: Content) -> Iterator[tuple[type[ClaimLink], str, int, Any]]:
    for row in content["appearances"]:
        yield PublishedClaimArticle, row["article"], Listing.CLAIMS, _place(row)
    for position, source in _chain_sources(content):
        listing = Listing.RELAYED if position else Listing.CLAIMS
        yield PublishedClaimSource, source, listing, (position,)
    for slug, label in content["topics"]:
        yield PublishedClaimTopic, slug, Listing.CLAIMS, (label,)
    for document, stance in _used_documents(content):
        yield PublishedClaimDocument, document, Listing.CLAIMS, (stance,)


def _place(row: Content) -> tuple[Any, ...]:
    passage = row["passage"] or {}
    return (
        passage.get("start", 0),
        passage.get("end", 0),
        passage.get("stored_copy", ""),
        row["placement"],
        row["is_first"],
    )


def _chain_sources(content: Content) -> list[tuple[int, str]]:
    chain = [(0, content["source"])]
    chain += [(link["position"], link["source"]) for link in content["chain"]]
    return [(position, source) for position, source in chain if source]


def _used_documents(content: Content) -> list[tuple[str, str]]:
    used = [(row["document"], row["stance"]) for row in content["citations"]]
    used += [(row["document"], "") for row in content["chain"] if row["document"]]
    return sorted(set(used))


def write_links(
    before: Collection[str], claims: Iterable[tuple[PublishedClaim, list[Link]]]
) -> None:
    """Replace the links of these claims; ``before``: ids of those that had any."""
    rows: dict[type[ClaimLink], list[tuple[Any, ...]]]
    rows = {table: [] for table in LINK_TABLES}
    for claim, links in claims:
        repeated = tuple(stored(getattr(claim, name)) for name in ClaimLink.REPEATED)
        for link in links:
            own = (claim.pk, *repeated, link.listing, link.leads_to, *link.values)
            rows[link.table].append(own)
    for table, columns in LINK_TABLES.items():
        remove(table, "claim_id", before)
        names = ("claim_id", *ClaimLink.REPEATED, "listing", *columns)
        insert(table, names, rows[table])
