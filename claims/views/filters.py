"""Filters of the lists. The filter is the address: ``/claims/?status=refuted``."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models.documents import DocumentKind
from claims.models.record import (
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedNotice,
)
from claims.models.sources import SourceKind
from claims.reading.status_words import Statuses
from claims.search import Found, find
from claims.workflow.words import ArticleState, AttributionCheck, LinkState

from .choices import NAMED, choices_of
from .claim_rows import ClaimRows, facets_of_filters
from .counts import RowCount, tallies
from .found_claims import FoundClaims, FoundRows
from .places import place_of
from .shown_claims import shown_claims

MAX_WORDS_CHARACTERS = 200


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
        super().__init__(query, queryset=_claims(query))
        choices = {
            "status": [(status.slug, status.label) for status in statuses.values()],
            **choices_of(query),
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
            for name in NAMED
            if name in chosen
        ]
        return ListedClaims(ClaimRows(places, chosen, counted, sort))

    def _chosen(self) -> dict[str, Any]:
        chosen = self.form.cleaned_data.items()
        return {name: value for name, value in chosen if value}

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

    @property
    def count(self) -> RowCount:
        return self.keys.count

    def page(self, offset: int, number: int) -> list[Any] | None:
        keys = self.keys.ids(offset, number)
        return None if keys is None else shown_claims(keys)


def _claims(query: Any) -> QuerySet[Any]:
    """Return the listed claims, in the form that leads SQLite to the right index.

    One source, article or topic narrows more than the usual order helps; a bare
    boolean column is not matched with an index, so these are looked up first.
    """
    if any(query.get(name) for name in NAMED):
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
