"""Documents: what claims stand in and rest on, who made them, their stored copies."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from claims.models import Citation, Contribution, Document

from .base import StackedParts
from .change_lists import number_of
from .dates import CorrectedDates
from .history import HistoryAdmin
from .links import LinkPages, notice_of
from .moves import MovablePages, offers
from .passages import PassagePages, waiting_in
from .queues import QueueFilter, QueueLists
from .stored_copies import StoredCopies, copies_of


class ContributionInline(StackedParts):
    model = Contribution
    autocomplete_fields = ["source"]
    fields = [("position", "source", "role")]


@admin.register(Document)
class DocumentAdmin(
    CorrectedDates,
    PassagePages,
    LinkPages,
    StoredCopies,
    QueueLists,
    MovablePages,
    HistoryAdmin,
):
    list_display = [
        "title",
        "kind",
        "publisher",
        "published_edtf",
        "uses",
        "link_state",
    ]
    list_filter = [QueueFilter, "kind", "link_state"]
    list_select_related = ["publisher"]
    search_fields = ["title", "url", "publisher__name", "=public_id"]
    search_help_text = _("Words of the title, the address, or the publisher.")
    autocomplete_fields = ["publisher", "known_only_from"]
    inlines = [ContributionInline]
    change_form_template = "admin/document_form.html"
    fieldsets = [
        (None, {"fields": ["title", ("kind", "language"), "publisher"]}),
        (
            _("Where it is"),
            {
                "fields": [
                    "url",
                    "canonical_url",
                    ("archive_url", "archived_on"),
                    "known_only_from",
                    ("link_state", "link_checked_at"),
                ]
            },
        ),
        (
            _("When it was published"),
            {"fields": [("published_words", "published_edtf"), "published_basis"]},
        ),
    ]
    readonly_fields = ["link_state", "link_checked_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(citation_total=number_of(Citation.objects.all(), "document"))
        )

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        document = context.get("original")
        if document is not None:
            context |= {
                "offers": offers(document, request.user),
                "passages_waiting": waiting_in(document),
                "link_notice": notice_of(document),
                **copies_of(document, request.user),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def found_by(self, document: Document, term: str) -> str:
        """Return the address that holds what was typed, where the title does not."""
        typed = term.strip().casefold()
        is_there = typed and typed not in document.title.casefold()
        return document.url if is_there and typed in document.url.casefold() else ""

    @admin.display(description=_("citations"), ordering="citation_total")
    def uses(self, document: Any) -> int:
        return int(document.citation_total)
