"""Claims: the list an editor scans, and the page where a claim is worked on."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext_lazy as _

from claims.jobs.checked_before import suggest_soon
from claims.models import Assessment, Claim, Release
from claims.models.bases import circle_refusal
from claims.models.claims import SORTED_BY
from claims.moves import record_review
from claims.moves.reviews import FIELDS as REVIEW_FIELDS
from claims.moves.reviews import follow_rule
from claims.reading.status_page import status_page_from_desk
from claims.workflow.words import OPEN_STATES, AssessmentState, AttributionCheck

from .appearances import AppearanceInline
from .base import BLANK
from .bulk import BulkChanges
from .checked_before import CheckedBefore
from .citing import SharedCitations
from .claim_exports import ClaimExports
from .claim_imports import ClaimImports
from .claim_page import panels_of
from .claim_parts import (
    ChainInline,
    CitationInline,
    InquiryInline,
    NoteInline,
    SearchInline,
    attributing_citations,
)
from .forms import DeskForm
from .history import HistoryAdmin
from .lookups import key_on_page
from .moves import MovablePages
from .narrowing import ArticleFilter, AssigneeFilter, TopicFilter
from .news import ClaimNews
from .queues import QueueFilter, QueueLists
from .searching import FoundThroughClaims


class ClaimForm(DeskForm):
    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if self.instance.pk and "depends_on" in self.changed_data:
            bases = cleaned.get("depends_on") or ()
            if refusal := circle_refusal(self.instance, bases):
                self.add_error("depends_on", refusal)
        return cleaned


@admin.register(Claim)
class ClaimAdmin(
    FoundThroughClaims,
    ClaimExports,
    ClaimImports,
    ClaimNews,
    BulkChanges,
    SharedCitations,
    CheckedBefore,
    QueueLists,
    MovablePages,
    HistoryAdmin,
):
    form = ClaimForm
    change_list_template = "admin/claim_list.html"
    actions: Any = [*BulkChanges.actions, "cite_one_document"]
    list_display = [
        "in_short",
        "status",
        "assessment",
        "kind",
        "source",
        "article_in_short",
        "assignee",
        "due_on",
    ]
    list_filter = [
        QueueFilter,
        "status",
        "state",
        "attribution_check",
        "kind",
        "voice",
        "priority",
        ArticleFilter,
        AssigneeFilter,
        TopicFilter,
        "is_held_back",
    ]
    list_select_related = ["status", "source", "article__document", "assignee"]
    search_fields = ["=public_id"]  # says that there is a search: see the mixin
    autocomplete_fields = ["article", "source", "topics", "depends_on", "assignee"]
    change_form_template = "admin/claim_form.html"
    change_list_template = "admin/claim_list.html"
    inlines = [
        AppearanceInline,
        ChainInline,
        CitationInline,
        SearchInline,
        InquiryInline,
        NoteInline,
    ]
    readonly_fields = ["attribution_checked_by", "attribution_checked_on"]
    fieldsets = [
        (
            _("What is claimed"),
            {"fields": ["text", ("kind", "voice"), "article", "topics"]},
        ),
        (
            _("Who says so"),
            {
                "fields": [
                    ("source", "role"),
                    ("attribution_check", "attribution_citation"),
                    ("attribution_checked_by", "attribution_checked_on"),
                ]
            },
        ),
        (
            _("When it was said"),
            {"fields": [("said_words", "said_edtf"), "said_basis"]},
        ),
        (
            _("Work at the desk"),
            {
                "fields": [
                    ("priority", "assignee"),
                    "due_on",
                    ("next_review_on", "review_rule"),
                    "depends_on",
                    "suggested_wording",
                ],
            },
        ),
        (
            _("Later change"),
            {
                "classes": ["collapse"],
                "fields": [("superseded_since", "superseded_citation")],
            },
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview_view)
        route = "<path:object_id>/preview/"
        return [path(route, view, name="claims_claim_preview"), *super().get_urls()]

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> Any:
        """Fold the sections of a claim that is there: the sheet above shows them."""
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            if obj is not None and BLANK not in request.GET:
                inline.classes = ["collapse"]
        return inlines

    def get_queryset(self, request: HttpRequest) -> Any:
        begun = Assessment.objects.filter(claim=OuterRef("pk"), state__in=OPEN_STATES)
        rows = super().get_queryset(request)
        return rows.annotate(open_state=Subquery(begun.values("state")[:1]))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if obj is not None and Release.objects.of("claim", obj.public_id).exists():
            return [*fields, "article"]
        return fields

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "attribution_citation":
            kwargs["queryset"] = attributing_citations(request)
        if db_field.name == "superseded_citation":
            rows = db_field.related_model.objects.select_related("document")
            kwargs["queryset"] = rows.filter(claim_id=key_on_page(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if "attribution_check" in form.changed_data:
            stamp_check(obj, request.user)
        if _gives_rule_alone(form.changed_data):
            follow_rule(obj)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: list[Any], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            suggest_soon(form.instance)
        changed = [name for name in REVIEW_FIELDS if name in form.changed_data]
        if changed:
            record_review(form.instance, request.user, changed)

    def stamp_part(self, request: HttpRequest, part: Any) -> None:
        super().stamp_part(request, part)
        row = part.instance
        if "attribution_check" in part.changed_data:
            stamp_check(row, request.user)
        if row._meta.model_name == "note" and row.author_id is None:
            row.author = request.user
        if row._meta.model_name == "evidencesearch" and row.searched_by_id is None:
            row.searched_by = request.user

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if context.get("original") is not None:
            context |= panels_of(context["original"].pk, request.user)
        for section in context["inline_admin_formsets"]:
            count_in_heading(section)
        return super().render_change_form(request, context, *args, **kwargs)

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        claim = self.get_object(request, object_id)
        if claim is None or not self.has_view_permission(request, claim):
            raise Http404
        assessment = claim.open_assessment or claim.published_assessment
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview of the reader's page"),
            "opts": self.opts,
            "original": claim,
            "page": status_page_from_desk(claim, assessment),
        }
        return TemplateResponse(request, "admin/preview.html", context)

    @admin.display(description=_("claim"), ordering=Left("text", SORTED_BY))
    def in_short(self, claim: Claim) -> str:
        return Truncator(claim.text).chars(110)

    @admin.display(description=_("article"), ordering="article__document__title")
    def article_in_short(self, claim: Claim) -> str:
        return Truncator(str(claim.article)).chars(40)

    @admin.display(description=_("assessment"))
    def assessment(self, claim: Any) -> str:
        state = claim.open_state
        return str(AssessmentState(state).label) if state else "–"


def _gives_rule_alone(changed: list[str]) -> bool:
    return "review_rule" in changed and "next_review_on" not in changed


def count_in_heading(section: Any) -> None:
    """Say in the heading of a section how many rows it holds."""
    number = section.formset.initial_form_count()
    if number:
        section.opts.verbose_name_plural = format_lazy(
            "{name} ({number})", name=section.opts.verbose_name_plural, number=number
        )


def stamp_check(row: Any, user: Any) -> None:
    """Note who judged an attribution and when; of an unchecked one, nobody did."""
    is_judged = row.attribution_check != AttributionCheck.UNCHECKED
    row.attribution_checked_by = user if is_judged else None
    row.attribution_checked_on = timezone.localdate() if is_judged else None
