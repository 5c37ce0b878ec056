"""The stock admin of the claims: list, search, filters, citations in their claim."""

from django.contrib import admin

from .models import Article, Citation, Claim, Document, Source


class CitationInline(admin.TabularInline):
    model = Citation


@admin.register(Claim)
class ClaimAdmin(admin.ModelAdmin):
    list_display = ("text", "status", "attribution_check", "source", "changed_at")
    list_filter = ("status", "attribution_check")
    search_fields = ("text", "source__name")
    date_hierarchy = "changed_at"
    inlines = [CitationInline]


admin.site.register([Article, Document, Source])
