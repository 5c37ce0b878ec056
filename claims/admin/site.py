"""The desk as an admin site: its own index, its banner, never kept in a cache."""

from functools import update_wrapper
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from claims.models import Assessment

from .change_lists import LookUpPaginator
from .waiting import queues_for

RETURNED_SHOWN = 5
#: The lists of the desk in the order an editor needs them, each with the key that,
#: after “g”, leads to it.
LISTS = {
    "Claim": "c",
    "Assessment": "a",
    "Article": "r",
    "Source": "s",
    "Document": "d",
    "Citation": "t",
    "CorrectionRequest": "q",
    "Topic": "o",
    "Release": "l",
    "Event": "e",
}


class DeskAutocomplete(AutocompleteJsonView):
    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let whoever works on claims find a colleague's name, and no more of it."""
        if self.model_admin.model is get_user_model():
            return request.user.has_perm("claims.change_claim")
        return bool(super().has_perm(request, obj))

    def get_paginator(self, queryset: Any, per_page: int, *_: Any, **__: Any) -> Any:
        """Read one page and look whether another follows, without counting."""
        return LookUpPaginator(queryset, per_page)

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Show beside the name what the words typed were found in."""
        found = super().serialize_result(obj, to_field_name)
        hint = getattr(self.model_admin, "found_by", lambda *_: "")(obj, self.term)
        return {**found, "text": f"{found['text']} · {hint}"} if hint else found


class DeskSite(AdminSite):
    site_title = settings.TRACKER_SITE_NAME
    site_header = format_lazy(_("{site}: the desk"), site=settings.TRACKER_SITE_NAME)
    index_title = _("What waits")
    empty_value_display = "–"
    enable_nav_sidebar = False  # lists need its room; the way is above each page

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[Any]:
        """Put the lists in the order of work instead of the alphabet's."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(model["object_name"]))
            for model in app["models"]:
                model["key"] = LISTS.get(model["object_name"], "")
        return apps

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Keep every page out of caches; PostgreSQL can look for no NUL character."""

        def without_nul(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if "%00" in request.META.get("QUERY_STRING", ""):
                raise BadRequest("NUL character in the address")
            return view(request, *args, **kwargs)

        return super().admin_view(update_wrapper(without_nul, view), cacheable=False)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return DeskAutocomplete.as_view(admin_site=self)(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add what was returned to this user: said on every page while it is so."""
        context = super().each_context(request)
        if self.has_permission(request):
            returned = Assessment.objects.returned_to(request.user)
            context["returned_to_me"] = list(
                returned.select_related("claim", "status")[:RETURNED_SHOWN]
            )
        return context

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        queues = queues_for(request.user, timezone.localdate())
        own = {
            "queues": queues,
            "empty_queues": [counted for counted in queues if counted.is_empty],
        }
        return super().index(request, own | (extra_context or {}))


def _place(model_name: str) -> int:
    names = list(LISTS)
    return names.index(model_name) if model_name in names else len(names)
