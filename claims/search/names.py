"""What readers find beside claims: names, titles and notices of the record into entries.

Rows of the record say what is public: of a protected source its label, and no name.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from claims.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
)
from claims.models.record import PublicRow

from .contents import entries_of_record
from .entries import Entry, column, joined


def source_entries(public_ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of these public sources: name, then other names."""
    for row in PublishedSource.objects.filter(pk__in=list(public_ids)).order_by():
        yield _named(row, row.name, row.content["aliases"])


def document_entries(public_ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of these public documents: title, then publisher."""
    yield from _titled(PublishedDocument, public_ids)


def article_entries(public_ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of these public articles: title, then publisher."""
    yield from _titled(PublishedArticle, public_ids)


def _titled(table: Any, public_ids: Iterable[str]) -> Iterator[Entry]:
    rows = table.objects.filter(pk__in=list(public_ids)).order_by()
    for row in rows.only("title", "publisher_name", "changed_at"):
        yield _named(row, row.title, [row.publisher_name])


def _named(row: PublicRow, name: str, beside: Iterable[str]) -> Entry:
    columns = (column([name]), "", "", column(beside))
    return Entry(row.pk, int(row.changed_at.timestamp()), columns)


def correction_entries(public_ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of those claims that have notices: these, then the claim.

    Of a retracted claim its words alone, as the list of corrections shows them.
    """
    notices: dict[str, list[str]] = {}
    said = PublishedNotice.objects.filter(claim__in=list(public_ids)).order_by(
        "release_sequence"
    )
    for claim, text in said.values_list("claim_id", "text"):
        notices.setdefault(claim, []).append(text)
    found = PublishedClaim.objects.filter(pk__in=list(notices)).order_by()
    rows = list(found.only("content", "sequence", "is_listed", "text"))
    of_claims = {
        each.public_id: each.columns
        for each in entries_of_record(row for row in rows if row.is_listed)
    }
    for row in rows:
        only_words = (column([row.text]), "", "", "")
        text, summary, *others = of_claims.get(row.pk, only_words)
        columns = (column(notices[row.pk]), text, summary, joined(others))
        yield Entry(row.pk, row.sequence, columns)
