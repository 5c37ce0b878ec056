"""Filters beside a list that stay short, however many rows there are to choose from."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.models import Article, Topic

from .lookups import key_from

OFFERED = 50


class ShortFilter(admin.SimpleListFilter):
    """Offers the newest rows of a table, and the one that is chosen.

    An older one is reached from its own page.
    """

    #: The column of the list that is narrowed.
    column = ""

    def rows(self) -> Any:
        """Return the rows to choose from, each as key and words."""
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        newest = list(self.rows().order_by("-pk")[:OFFERED])
        key = key_from(str(self.value() or ""))
        if key is not None and key not in [pk for pk, _words in newest]:
            newest += self.rows().filter(pk=key)
        return [(str(pk), words) for pk, words in newest]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        key = key_from(str(self.value() or ""))
        return queryset if key is None else queryset.filter(**{self.column: key})


class ArticleFilter(ShortFilter):
    title = _("article")
    parameter_name = column = "article"

    def rows(self) -> Any:
        return Article.objects.values_list("pk", "document__title")


class TopicFilter(ShortFilter):
    title = _("topic")
    parameter_name, column = "topics__id__exact", "topics"

    def rows(self) -> Any:
        return Topic.objects.values_list("pk", "label")


class AssigneeFilter(ShortFilter):
    """Colleagues who can log in, and nobody."""

    title = _("assigned to")
    parameter_name, column = "assignee__id__exact", "assignee"
    NOBODY = "none"

    def rows(self) -> Any:
        return get_user_model().objects.values_list("pk", "username")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        colleagues = self.rows().filter(is_active=True, is_staff=True)
        offered = list(colleagues.order_by("username")[:OFFERED])
        key = key_from(str(self.value() or ""))
        if key is not None and key not in [pk for pk, _name in offered]:
            offered += self.rows().filter(pk=key)
        return [(self.NOBODY, _("nobody")), *((str(pk), name) for pk, name in offered)]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == self.NOBODY:
            return queryset.filter(assignee=None)
        return super().queryset(request, queryset)
