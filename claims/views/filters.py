"""Filters of the lists. The filter is the address: ``/claims/?status=refuted``."""

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models.documents import DocumentKind
from claims.models.record import (
    PublishedArticle,
    PublishedClaimArticle,
    PublishedClaimTopic,
    PublishedNotice,
    PublishedSource,
)
from claims.models.sources import SourceKind
from claims.publishing.rows import folded
from claims.publishing.status_words import Statuses
from claims.workflow.words import ArticleState, AttributionCheck, LinkState

MAX_WORDS_CHARACTERS = 200
MAX_CHOICES = 100


class WordsFilter(filters.CharFilter):
    """All the words, in any of the columns, without regard to case or accents."""

    def __init__(self, *columns: str, **kwargs: Any) -> None:
        super().__init__(max_length=MAX_WORDS_CHARACTERS, label=_("Words"), **kwargs)
        self.columns = columns

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        for word in value.split() if value else ():
            found = Q()
            for column in self.columns:
                found |= Q(**{column: folded(word) if "words" in column else word})
            qs = qs.filter(found)
        return qs


class DayFilter(filters.DateFilter):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, **kwargs)


def choice(label: Any, choices: Any = (), **kwargs: Any) -> filters.ChoiceFilter:
    """Return a filter by one of the choices, with "any" as its empty one."""
    return filters.ChoiceFilter(
        label=label, choices=choices, empty_label=_("any"), **kwargs
    )


class ClaimFilter(filters.FilterSet):
    words = WordsFilter("words__contains", "source_name__icontains")
    status = choice(_("Is it true?"))
    check = choice(
        _("Did they say it?"), AttributionCheck.choices, field_name="attribution_check"
    )
    source = choice(_("Source"), field_name="source__slug")
    article = choice(_("Article"), method="in_article")
    topic = choice(_("Topic"), method="on_topic")
    said_from = DayFilter(
        label=_("Said from"), field_name="said_from", lookup_expr="gte"
    )
    said_to = DayFilter(
        label=_("Said until"), field_name="said_from", lookup_expr="lte"
    )

    def __init__(self, query: Any, *, statuses: Statuses, **kwargs: Any) -> None:
        super().__init__(query, **kwargs)
        choices = {
            "status": [(status.slug, status.label) for status in statuses.values()],
            "source": _source_choices(query.get("source", "")),
            "article": _article_choices(query.get("article", "")),
            "topic": _topic_choices(query.get("topic", "")),
        }
        for name, values in choices.items():
            self.filters[name].extra["choices"] = values

    def in_article(self, qs: QuerySet[Any], _name: str, slug: str) -> QuerySet[Any]:
        links = PublishedClaimArticle.objects.filter(article__slug=slug)
        return qs.filter(pk__in=links.values("claim"))

    def on_topic(self, qs: QuerySet[Any], _name: str, slug: str) -> QuerySet[Any]:
        links = PublishedClaimTopic.objects.filter(slug=slug)
        return qs.filter(pk__in=links.values("claim"))


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
    kind = choice(_("Kind"), PublishedNotice.Kind.choices)


def _shown_slug(slug: str) -> str:
    """Return a slug that may be looked up; databases refuse NUL in a text."""
    return slug.replace("\x00", "")[:MAX_WORDS_CHARACTERS]


def _source_choices(chosen: str) -> list[tuple[str, str]]:
    most_heard = PublishedSource.objects.order_by("-said_by", "public_id").values("pk")
    rows = PublishedSource.objects.filter(
        Q(pk__in=most_heard[:MAX_CHOICES]) | Q(slug=_shown_slug(chosen))
    )
    return list(rows.order_by("name", "public_id").values_list("slug", "name"))


def _article_choices(chosen: str) -> list[tuple[str, str]]:
    newest = PublishedArticle.objects.order_by("-released_at", "public_id").values("pk")
    rows = PublishedArticle.objects.filter(
        Q(pk__in=newest[:MAX_CHOICES]) | Q(slug=_shown_slug(chosen))
    )
    return list(rows.order_by("title", "public_id").values_list("slug", "title"))


def _topic_choices(chosen: str) -> list[tuple[str, str]]:
    """Return the topic chosen: topics are chosen on the pages of claims."""
    if not chosen:
        return []
    rows = PublishedClaimTopic.objects.filter(slug=_shown_slug(chosen)).order_by()
    return list(rows.values_list("slug", "label")[:1])
