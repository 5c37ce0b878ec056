"""Filters of the lists. The filter is the address: ``/claims/?status=refuted``."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from claims.models.choosing import FILTERS
from claims.models.documents import DocumentKind
from claims.models.record import (
    Listing,
    PublishedArticle,
    PublishedClaim,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
)
from claims.models.sources import SourceKind
from claims.reading.status_words import Statuses
from claims.search import Found, find
from claims.workflow.words import ArticleState, AttributionCheck, LinkState

from .claim_rows import ClaimRows, facets_of_filters
from .counts import RowCount, in_order, tallies
from .found_claims import FoundClaims, FoundRows
from .places import place_of

MAX_WORDS_CHARACTERS = 200
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


class SearchFilter(filters.CharFilter):
    """What to search for; which rows that leaves is for the list to say."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput()
        widget.input_type = "search"
        kwargs = {"label": _("Words"), "widget": widget, **kwargs}
        super().__init__(max_length=MAX_WORDS_CHARACTERS, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs


class WordsFilter(SearchFilter):
    """All the words, in any of the columns, without regard to case."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.columns = columns

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        for word in value.split() if value else ():
            found = Q()
            for column in self.columns:
                found |= Q(**{column: word})
            qs = qs.filter(found)
        return qs


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


class ClaimFilter(filters.FilterSet):
    words = SearchFilter()
    status = choice(_("Is it true?"), method="narrowed")
    check = choice(_("Did they say it?"), AttributionCheck.choices, method="narrowed")
    source = choice(_("Source"), method="narrowed")
    article = choice(_("Article"), method="narrowed")
    topic = choice(_("Topic"), method="narrowed")
    document = choice(_("Rests on or cites"), method="narrowed")
    relayed = choice(_("Relayed by"), method="narrowed")
    said_from = DayFilter(label=_("Said from"), method="narrowed")
    said_to = DayFilter(label=_("Said until"), method="narrowed")

    def __init__(self, query: Any, *, statuses: Statuses) -> None:
        rows = _claims(query).only(*_CLAIM_COLUMNS)
        super().__init__(query, queryset=rows.annotate(said_edtf=_SAID))
        choices = {
            "status": [(status.slug, status.label) for status in statuses.values()],
            **_choices(query),
        }
        for name, values in choices.items():
            self.filters[name].extra["choices"] = values

    @cached_property
    def found(self) -> Found | None:
        """Return what the search found; ``None`` when none was asked for."""
        self.form.is_valid()  # cleans what was given; a fault leaves its field out
        typed = self.form.cleaned_data.get("words")
        return find(typed) if typed else None

    @cached_property
    def found_claims(self) -> FoundClaims | None:
        """Return the claims found among those of the other filters."""
        if self.found is None or not self.found.query.wanted:
            return None
        others = self._chosen().keys() - {"words"}
        return FoundClaims(self.found, self.qs, is_filtered=bool(others))

    def rows(self, sort: str, query: Any) -> "FoundRows | ListedClaims":
        """Return the claims that fit, in an order.

        "": as a search found them, or else the newest first. ``query``: all of them in
        that order, for a search whose matches are to be sorted.
        """
        if self.found_claims is not None:
            return FoundRows(self.found_claims, query if sort else None)
        chosen = self._chosen()
        chosen.pop("words", None)  # nothing to look for was in them
        counted = tallies(facets_of_filters(chosen))
        places = [
            place_of(name, chosen.pop(name), counted)
            for name in _NARROW
            if name in chosen
        ]
        return ListedClaims(ClaimRows(places, chosen, counted, sort), self.queryset)

    def _chosen(self) -> dict[str, Any]:
        chosen = self.form.cleaned_data.items()
        return {name: value for name, value in chosen if value}

    def narrowed(self, qs: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return FILTERS[name](qs, value)


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


class SourceFilter(filters.FilterSet):
    words = WordsFilter("name__icontains")
    kind = choice(_("Kind"), SourceKind.choices)


class DocumentFilter(filters.FilterSet):
    words = WordsFilter("title__icontains", "publisher_name__icontains")
    kind = choice(_("Kind"), DocumentKind.choices)
    link = choice(_("Link"), LinkState.choices, field_name="link_state")


class ArticleFilter(filters.FilterSet):
    words = WordsFilter("title__icontains", "publisher_name__icontains")
    state = choice(
        _("Progress"),
        [
            (ArticleState.RELEASED, _("still being checked")),
            (ArticleState.CLEARED, _("finished")),
        ],
    )


class CorrectionFilter(filters.FilterSet):
    words = SearchFilter(method="about")
    kind = choice(_("Kind"), PublishedNotice.Kind.choices)

    def about(self, qs: QuerySet[Any], _name: str, typed: str) -> QuerySet[Any]:
        """Keep notices with all the words, and those of claims that a search finds."""
        saying = Q()
        for word in typed.split():
            saying &= Q(text__icontains=word)
        claims = find(typed).narrow(PublishedClaim.objects.order_by())
        return qs.filter(saying | Q(claim__in=claims.values("pk")))


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
