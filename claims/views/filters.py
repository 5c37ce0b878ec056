"""Filters of the lists. The filter is the address: ``/claims/?status=refuted``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from claims.models.documents import DocumentKind
from claims.models.record import (
    Listing,
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
from claims.models.sources import SourceKind
from claims.reading.status_words import Statuses
from claims.search import ARTICLES, CORRECTIONS, DOCUMENTS, SOURCES
from claims.workflow.words import ArticleState, AttributionCheck, LinkState

from .claim_rows import ClaimRows, facets_of_filters
from .counts import RowCount, in_order, tallies
from .found_rows import only_the_newest
from .places import place_of
from .rows import QueryRows, Rows
from .searches import MAX_WORDS_CHARACTERS, Searched

MAX_CHOICES = 50
#: Filters that narrow more than the usual order of the list helps.
_NARROW = ("source", "article", "topic", "document", "relayed")
#: When it was said, with the precision that it is known in.
_SAID = KT("content__claim__said_edtf")
_CLAIM_COLUMNS = (
    "text",
    "status",
    "attribution_check",
    "source_name",
    "said_from",
    "changed_at",
    "is_demo",
)


class DayFilter(filters.DateFilter):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d")
        widget.input_type = "date"
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, **kwargs)


def choice(label: Any, choices: Any = (), **kwargs: Any) -> filters.ChoiceFilter:
    """Return a filter by one of the choices, with "any" as its empty one."""
    return filters.ChoiceFilter(
        label=label, choices=choices, empty_label=_("any"), **kwargs
    )


class ClaimFilter(Searched):
    status = choice(_("Is it true?"))
    check = choice(
        _("Did they say it?"), AttributionCheck.choices, field_name="attribution_check"
    )
    source = choice(_("Source"), method="by_source")
    article = choice(_("Article"), method="in_article")
    topic = choice(_("Topic"), method="on_topic")
    document = choice(_("Rests on or cites"), method="using_document")
    relayed = choice(_("Relayed by"), method="relayed_by")
    said_from = DayFilter(
        label=_("Said from"), field_name="said_from", lookup_expr="gte"
    )
    said_to = DayFilter(
        label=_("Said until"), field_name="said_from", lookup_expr="lte"
    )

    def __init__(self, query: Any, *, statuses: Statuses) -> None:
        rows = _claims(query).only(*_CLAIM_COLUMNS)
        super().__init__(query, queryset=rows.annotate(said_edtf=_SAID))
        choices = {
            "status": [(status.slug, status.label) for status in statuses.values()],
            **_choices(query),
        }
        for name, values in choices.items():
            self.filters[name].extra["choices"] = values

    def listed(self, sort: str, query: Any) -> Rows:
        chosen = self.chosen()
        chosen.pop("words", None)  # nothing to look for was in them
        counted = tallies(facets_of_filters(chosen))
        places = [
            place_of(name, chosen.pop(name), counted)
            for name in _NARROW
            if name in chosen
        ]
        return ListedClaims(ClaimRows(places, chosen, counted, sort), self.queryset)

    def by_source(self, qs: QuerySet[Any], _name: str, slug: str) -> QuerySet[Any]:
        links = PublishedClaimSource.objects.filter(source__slug=slug, position=0)
        return qs.filter(pk__in=links.values("claim"))

    def in_article(self, qs: QuerySet[Any], _name: str, slug: str) -> QuerySet[Any]:
        links = PublishedClaimArticle.objects.filter(article__slug=slug)
        return qs.filter(pk__in=links.values("claim"))

    def on_topic(self, qs: QuerySet[Any], _name: str, slug: str) -> QuerySet[Any]:
        links = PublishedClaimTopic.objects.filter(slug=slug)
        return qs.filter(pk__in=links.values("claim"))

    def using_document(self, qs: QuerySet[Any], _name: str, key: str) -> QuerySet[Any]:
        links = PublishedClaimDocument.objects.filter(document=key)
        return qs.filter(pk__in=links.values("claim"))

    def relayed_by(self, qs: QuerySet[Any], _name: str, slug: str) -> QuerySet[Any]:
        links = PublishedClaimSource.objects.filter(source__slug=slug, position__gte=1)
        return qs.filter(pk__in=links.values("claim"))


@dataclass(frozen=True)
class ListedClaims:
    """The claims of a list with the columns that it shows."""

    keys: ClaimRows
    query: QuerySet[Any]

    @property
    def count(self) -> RowCount:
        return self.keys.count

    def page(self, offset: int, number: int) -> list[Any] | None:
        keys = self.keys.ids(offset, number)
        return None if keys is None else in_order(self.query, keys)


def _claims(query: Any) -> QuerySet[Any]:
    """Return the listed claims, in the form that leads SQLite to the right index.

    One source, article or topic narrows more than the usual order helps; a bare
    boolean column is not matched with an index, so these are looked up first.
    """
    if any(query.get(name) for name in _NARROW):
        return PublishedClaim.objects.filter(is_listed=True)
    return PublishedClaim.objects.listed()


class SourceFilter(Searched):
    index = SOURCES
    kind = choice(_("Kind"), SourceKind.choices)


class DocumentFilter(Searched):
    index = DOCUMENTS
    kind = choice(_("Kind"), DocumentKind.choices)
    link = choice(_("Link"), LinkState.choices, field_name="link_state")


class ArticleFilter(Searched):
    index = ARTICLES
    state = choice(
        _("Progress"),
        [
            (ArticleState.RELEASED, _("still being checked")),
            (ArticleState.CLEARED, _("finished")),
        ],
    )


class CorrectionFilter(Searched):
    """Notices, in the order of their days: those of the claims that a search finds."""

    index = CORRECTIONS
    matches = None
    kind = choice(_("Kind"), PublishedNotice.Kind.choices)

    def listed(self, sort: str, query: Any) -> Rows:
        if self.found is None or not self.found.query.wanted:
            return QueryRows(query)
        notices = self.found.narrow(query, "claim__public_id")
        return QueryRows(notices, are_all=not self.found.has_more)

    def notes(self) -> list[str]:
        return [only_the_newest()] if self.found and self.found.has_more else []


def _choices(query: Any) -> dict[str, list[tuple[str, str]]]:
    """Return what these filters may be set to, in one query.

    Sources and articles: those most heard of, and the one chosen. The others are set
    by links of the pages they are about.
    """
    chosen = {
        name: query.get(name, "").replace("\x00", "")[:MAX_WORDS_CHARACTERS]
        for name in _NARROW
    }
    first, *others = _choosable(chosen)
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in chosen}
    for name, value, label in first.union(*others, all=True):
        found[name].append((value, label))
    return {
        name: sorted(pairs, key=lambda pair: pair[1]) for name, pairs in found.items()
    }


def _choosable(chosen: dict[str, str]) -> Iterator[QuerySet[Any, Any]]:
    """Yield rows of filter, value and label."""
    sources = _most(PublishedSource, ("-said_by", "-pk"), chosen["source"])
    yield sources.values_list(Value("source"), "slug", "name")
    articles = _most(PublishedArticle, ("-released_at", "pk"), chosen["article"])
    yield articles.values_list(Value("article"), "slug", "title")
    if slug := chosen["topic"]:
        links = PublishedClaimTopic.objects.filter(slug=slug, listing=Listing.CLAIMS)
        first = links.order_by("-sequence", "claim_id")
        topics = PublishedClaimTopic.objects.filter(pk=Subquery(first.values("pk")[:1]))
        topics = topics.order_by()
        yield topics.values_list(Value("topic"), "slug", "label")
    if key := chosen["document"]:
        documents = PublishedDocument.objects.filter(pk=key).order_by()
        yield documents.values_list(Value("document"), "public_id", "title")
    if slug := chosen["relayed"]:
        relayers = PublishedSource.objects.filter(slug=slug).order_by()
        yield relayers.values_list(Value("relayed"), "slug", "name")


def _most(model: Any, order: tuple[str, str], chosen: str) -> QuerySet[Any]:
    first = model.objects.order_by(*order).values("pk")[:MAX_CHOICES]
    rows: QuerySet[Any] = model.objects.filter(Q(pk__in=first) | Q(slug=chosen))
    return rows.order_by()
