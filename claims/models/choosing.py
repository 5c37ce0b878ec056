"""What the filters of public claims mean, for their list and for exports alike.

The words of readers are not among them: which claims those find is for the search.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from .record import (
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
)

Claims = QuerySet[Any, Any]


def _linked(model: Any, **wanted: Any) -> Any:
    return model.objects.filter(**wanted).order_by().values("claim")


def _by_source(rows: Claims, slug: str) -> Claims:
    links = _linked(PublishedClaimSource, source__slug=slug, position=0)
    return rows.filter(pk__in=links)


def _relayed(rows: Claims, slug: str) -> Claims:
    links = _linked(PublishedClaimSource, source__slug=slug, position__gte=1)
    return rows.filter(pk__in=links)


def _in_article(rows: Claims, slug: str) -> Claims:
    return rows.filter(pk__in=_linked(PublishedClaimArticle, article__slug=slug))


def _on_topic(rows: Claims, slug: str) -> Claims:
    return rows.filter(pk__in=_linked(PublishedClaimTopic, slug=slug))


def _using(rows: Claims, public_id: str) -> Claims:
    return rows.filter(pk__in=_linked(PublishedClaimDocument, document=public_id))


#: Name of a filter, as addresses and commands have it → what narrows the claims.
FILTERS: dict[str, Callable[[Claims, Any], Claims]] = {
    "status": lambda rows, slug: rows.filter(status=slug),
    "check": lambda rows, check: rows.filter(attribution_check=check),
    "source": _by_source,
    "article": _in_article,
    "topic": _on_topic,
    "document": _using,
    "relayed": _relayed,
    "said_from": lambda rows, day: rows.filter(said_from__gte=day),
    "said_to": lambda rows, day: rows.filter(said_from__lte=day),
}


def chosen_claims(**wanted: Any) -> Claims:
    """Return the listed claims of the record that pass each filter that is given."""
    rows: Claims = PublishedClaim.objects.filter(is_listed=True)
    for name, value in wanted.items():
        if value:
            rows = FILTERS[name](rows, value)
    return rows.order_by("pk")
