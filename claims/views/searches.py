"""Lists that are searched by words: each through the index of what it shows."""

from functools import cached_property
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.search import PUBLIC, Found, Index, find

from .found_rows import FoundRows, Matches
from .rows import QueryRows, Rows

MAX_WORDS_CHARACTERS = 200


class SearchFilter(filters.CharFilter):
    """What to search for; which rows that leaves is for the list to say."""

    def __init__(self) -> None:
        widget = forms.TextInput()
        widget.input_type = "search"
        super().__init__(
            label=_("Words"), widget=widget, max_length=MAX_WORDS_CHARACTERS
        )

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs


class Searched(filters.FilterSet):
    """Filters of a list whose rows have entries in ``index``, by their public ids."""

    index: Index = PUBLIC
    words = SearchFilter()

    @cached_property
    def found(self) -> Found | None:
        """Return what the search found; ``None`` when none was asked for."""
        self.form.is_valid()  # cleans what was given; a fault leaves its field out
        typed = self.form.cleaned_data.get("words")
        return find(typed, self.index) if typed else None

    @cached_property
    def matches(self) -> Matches | None:
        """Return the rows found among those of the other filters."""
        if self.found is None or not self.found.query.wanted:
            return None
        others = self.chosen().keys() - {"words"}
        return Matches(self.found, self.qs, is_filtered=bool(others))

    def rows(self, sort: str, query: Any) -> Rows:
        """Return the rows that fit, in an order.

        "": as a search found them, or else the usual one of the list. ``query``: all of
        them in that order, for a search whose matches are to be sorted.
        """
        if self.matches is not None:
            return FoundRows(self.matches, query if sort else None)
        return self.listed(sort, query)

    def listed(self, sort: str, query: Any) -> Rows:
        """Return the rows that fit where nothing is looked for."""
        return QueryRows(query)

    def notes(self) -> list[str]:
        """Return what to say of rows that were not looked at."""
        return self.matches.notes() if self.matches else []

    def chosen(self) -> dict[str, Any]:
        chosen = self.form.cleaned_data.items()
        return {name: value for name, value in chosen if value}
