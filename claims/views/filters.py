"""Filters of the lists. The filter is the address: ``/claims/?status=refuted``."""

from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models.choosing import FILTERS
from claims.models.documents import DocumentKind
from claims.models.record import (
    PublishedClaim,
    PublishedNotice,
)
from claims.models.sources import SourceKind
from claims.reading.status_words import Statuses
from claims.search import ARTICLES, CORRECTIONS, DOCUMENTS, SOURCES
from claims.workflow.words import ArticleState, AttributionCheck, LinkState

from .choices import NAMED, choices_of
from .claim_rows import ClaimRows, facets_of_filters
from .counts import RowCount, tallies
from .found_rows import only_the_newest
from .places import place_of
from .rows import QueryRows, Rows
from .searches import Searched
from .shown import in_order


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
        super().__init__(query, queryset=_claims(query))
        choices = {
            "status": [(status.slug, status.label) for status in statuses.values()],
            **choices_of(query),
        }
        for name, values in choices.items():
            self.filters[name].extra["choices"] = values

    def listed(self, sort: str, query: Any) -> Rows:
        chosen = self.chosen()
        chosen.pop("words", None)  # nothing to look for was in them
        counted = tallies(facets_of_filters(chosen))
        places = [
            place_of(name, chosen.pop(name), counted)
            for name in NAMED
            if name in chosen
        ]
        return ListedClaims(ClaimRows(places, chosen, counted, sort), self.queryset)

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
    if any(query.get(name) for name in NAMED):
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
