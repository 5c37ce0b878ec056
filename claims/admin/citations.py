"""Citations: edited on the claim page or on a page of their own."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from claims.jobs.quotation_places import passage_of
from claims.models import Citation, Claim, Inquiry

from .forms import DeskForm, OpenedForm
from .history import HistoryAdmin
from .lookups import key_from, key_on_page
from .origins import SuggestsOrigins, known_origins
from .quotations import QuotationPage
from .searching import FoundThroughClaims

CITATION_FIELDSETS: Any = [
    (
        None,
        {
            "fields": [
                ("position", "document"),
                ("question", "stance", "form"),
                "quotation",
                ("locator_kind", "locator", "language"),
                "origin",
            ]
        },
    ),
    (
        _("Facts of other forms of evidence, desk note"),
        {
            "classes": ["collapse"],
            "fields": [
                "value",
                "working",
                "description",
                ("observed_on", "inquiry"),
                "desk_note",
            ],
        },
    ),
]


class CitationPartForm(SuggestsOrigins, OpenedForm):
    """Finds the quotation in the document's newest stored copy, where it stands once.

    In other typography it is the same place.
    """

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if {"quotation", "document"} & set(self.changed_data):
            self._find_passage(cleaned)
        return cleaned

    def _find_passage(self, cleaned: dict[str, Any]) -> None:
        quotation = (cleaned.get("quotation") or "").replace("\r\n", "\n")
        document = cleaned.get("document")
        copy = document.newest_copy if document and quotation else None
        # An invalid form rolls the passage made here back again.
        self.instance.passage = passage_of(quotation, copy)


class CitationForm(CitationPartForm, DeskForm):
    pass


@admin.register(Citation)
class CitationAdmin(FoundThroughClaims, QuotationPage, HistoryAdmin):
    form = CitationForm
    change_form_template = "admin/citation_form.html"
    list_display = ["document", "stance", "question", "claim", "position"]
    list_filter = ["question", "stance", "form"]
    list_select_related = ["claim", "document"]
    ordering: ClassVar[Any] = ["-pk"]
    sortable_by: ClassVar[Any] = ["stance", "question"]
    search_fields = ["=public_id"]  # says that there is a search: see the mixin
    claim_id_field = "claim__public_id"
    autocomplete_fields = ["claim", "document"]
    readonly_fields = ["in_context"]
    fieldsets = [
        (None, {"fields": ["claim"]}),
        CITATION_FIELDSETS[0],
        (_("In the stored copy"), {"fields": ["in_context"]}),
        CITATION_FIELDSETS[1],
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "claim"] if obj is not None else fields

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "inquiry":
            kwargs["queryset"] = Inquiry.objects.filter(
                claim__citations=key_on_page(request)
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        citation = context.get("original")
        key = citation.claim_id if citation else key_from(request.GET.get("claim", ""))
        context["known_origins"] = known_origins([key] if key else [])
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if not change:
            Claim.raise_version(obj.claim_id)
        super().save_model(request, obj, form, change)

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> Redirect:
        """Back to the claim, whose evidence this is."""
        return Redirect(reverse("admin:claims_claim_change", args=[obj.claim_id]))

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> Redirect:
        return self.response_post_save_add(request, obj)

    @admin.display(description=_("place"))
    def in_context(self, citation: Citation) -> SafeString | str:
        passage = citation.passage
        if passage is None:
            return str(
                _("The quotation was not found in a stored copy, or there is none.")
            )
        return format_html(
            '<span class="desk-passage" dir="auto">…{}<mark>{}</mark>{}…</span>',
            passage.prefix,
            passage.exact,
            passage.suffix,
        )
