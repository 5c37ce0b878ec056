"""What the filters of the claims may be set to: only what there is."""

from typing import Any

from claims.models.record import (
    Listing,
    PublishedArticle,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedSource,
)
from claims.reading.statements import Statement

MAX_CHOICES = 50
MAX_CHARACTERS = 200
#: Filters that are set to something which has a page of its own.
NAMED = ("source", "article", "topic", "document", "relayed")

Choices = list[tuple[str, str]]

_SOURCE = ("slug", "name")
_ARTICLE = ("slug", "title")
_SOURCES = PublishedSource.objects.all()
_ARTICLES = PublishedArticle.objects.all()
_MOST_HEARD = Statement(
    _SOURCES, *_SOURCE, order=("-said_by", "-pk"), limit=MAX_CHOICES
)
_NEWEST = Statement(
    _ARTICLES, *_ARTICLE, order=("-released_at", "pk"), limit=MAX_CHOICES
)
_CHOSEN: dict[str, Statement[Any]] = {
    "source": Statement(_SOURCES, *_SOURCE, key="slug"),
    "article": Statement(_ARTICLES, *_ARTICLE, key="slug"),
    "document": Statement(
        PublishedDocument.objects.all(), "public_id", "title", key="public_id"
    ),
    "relayed": Statement(_SOURCES, *_SOURCE, key="slug"),
}


def choices_of(query: Any) -> dict[str, Choices]:
    """Return what these filters may be set to, by label.

    ``query``: the parameters of the address. Sources and articles: those most heard of,
    and the one chosen. The others are set by links of the pages they are about.
    """
    chosen = {
        name: query.get(name, "").replace("\x00", "")[:MAX_CHARACTERS] for name in NAMED
    }
    found: dict[str, Choices] = {name: [] for name in NAMED}
    found["source"] += _MOST_HEARD.values()
    found["article"] += _NEWEST.values()
    found["topic"] += _topic(chosen["topic"])
    for name, statement in _CHOSEN.items():
        if chosen[name] and chosen[name] not in dict(found[name]):
            found[name] += statement.values([chosen[name]])
    return {
        name: sorted(pairs, key=lambda pair: pair[1]) for name, pairs in found.items()
    }


def _topic(slug: str) -> Choices:
    """Return a topic with the label that its newest claim has for it."""
    if not slug:
        return []
    links = PublishedClaimTopic.objects.filter(slug=slug, listing=Listing.CLAIMS)
    return list(
        links.order_by("-sequence", "claim_id").values_list("slug", "label")[:1]
    )
