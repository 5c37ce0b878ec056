"""Which links are to be looked at, and which of them first."""

import datetime

from django.db.models import F, Q

from claims.models import Document

#: Primary key of a document, and its address.
Link = tuple[int, str]


def due_links(
    at: datetime.datetime,
    *,
    limit: int | None = None,
    public_id: str = "",
    every: bool = False,
) -> list[Link]:
    """Return the links that are due, the longest due first.

    Watched are the addresses of documents that a working claim cites or readers see.
    ``public_id``: of one document, due or not; ``every``: all, due or not. A link dead
    for a year is due no more (its next check is empty), until somebody asks.
    """
    rows = Document.objects.watched()
    if public_id:
        rows = rows.filter(public_id=public_id)
    elif not every:
        rows = rows.filter(_is_due(at))
    order = (F("next_check_at").asc(nulls_first=True), "pk")
    found = rows.order_by(*order).values_list("pk", "url")
    return list(found[:limit])


def _is_due(at: datetime.datetime) -> Q:
    has_other_address = Q(link_watch__isnull=False) & ~Q(link_watch__url=F("url"))
    never_seen = Q(next_check_at=None, link_watch=None)
    return Q(next_check_at__lte=at) | never_seen | has_other_address
