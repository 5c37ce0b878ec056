"""Sources: whom claims are attributed to, with their names and affiliations."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from claims.models import Affiliation, Claim, Release, Source

from .base import StackedParts
from .change_lists import number_of
from .history import HistoryAdmin
from .moves import MovablePages, offers


class AffiliationInline(StackedParts):
    model = Affiliation
    fk_name = "source"
    autocomplete_fields = ["organisation"]
    fields = [("organisation", "role"), ("since", "until")]


@admin.register(Source)
class SourceAdmin(MovablePages, HistoryAdmin):
    list_display = ["name", "kind", "claim_count", "is_protected", "slug"]
    list_filter = ["kind", "is_protected"]
    search_fields = ["name", "aliases", "slug", "=public_id"]
    search_help_text = _("A name, in any spelling recorded.")
    autocomplete_fields = ["document", "article"]
    inlines = [AffiliationInline]
    fieldsets = [
        (None, {"fields": ["name", "aliases", "kind", "description"]}),
        (_("Report, or unnamed source"), {"fields": [("document", "article")]}),
        (
            _("Protection"),
            {"fields": ["is_protected", "public_label", "protection_reason"]},
        ),
        (_("Addresses"), {"fields": ["slug", "url", "same_as"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if obj is not None and Release.objects.of("source", obj.public_id).exists():
            return [*fields, "slug"]
        return fields

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(claim_total=number_of(Claim.objects.all(), "source"))
        )

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context.get("original") is not None:
            context["offers"] = offers(context["original"], request.user)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Find other names in any script: SQLite keeps their letters as escapes."""
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        typed = search_term.strip()
        if not typed or typed.isascii():
            return rows, may_repeat
        spellings = {typed, typed.lower(), typed.upper(), typed.title()}
        named = Q()
        for spelling in spellings:
            named |= Q(aliases__icontains=json.dumps(spelling)[1:-1])
        return queryset.filter(Q(pk__in=rows.values("pk")) | named), may_repeat

    def found_by(self, source: Source, term: str) -> str:
        """Return the other name that holds what was typed, where the name does not."""
        typed = term.strip().casefold()
        if not typed or typed in source.name.casefold():
            return ""
        others = (name for name in source.aliases if typed in name.casefold())
        return next(others, "")

    @admin.display(description=_("claims"), ordering="claim_total")
    def claim_count(self, source: Any) -> int:
        return int(source.claim_total)
