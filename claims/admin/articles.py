"""Articles: what is under check, its claims and how far they are."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from claims.models import Article, Claim, Release
from claims.workflow.words import LISTING_STATUSES

from .article_sheet import ArticleSheets
from .change_lists import number_of
from .citing import choose_url
from .dates import DependentDates
from .history import HistoryAdmin
from .importing import ArticleImports
from .moves import MovablePages, offers
from .passages import waiting_in
from .queues import QueueFilter, QueueLists
from .workspace import ArticleWorkspaces

CLAIMS_SHOWN = 200


@admin.register(Article)
class ArticleAdmin(
    ArticleWorkspaces,
    ArticleImports,
    ArticleSheets,
    DependentDates,
    QueueLists,
    MovablePages,
    HistoryAdmin,
):
    list_display = ["title", "state", "progress", "editor", "is_demo"]
    list_filter = [QueueFilter, "state", "is_demo"]
    list_select_related = ["document", "editor"]
    search_fields = ["document__title", "slug", "=public_id"]
    search_help_text = _("Words of the title, or the address.")
    autocomplete_fields = ["document", "editor"]
    change_form_template = "admin/article_form.html"
    change_list_template = "admin/article_list.html"
    fieldsets = [
        (None, {"fields": ["document", "editor", "state", "gate_reason"]}),
        (
            _("What readers get"),
            {"fields": ["slug", "display", "display_reason", "is_demo"]},
        ),
    ]
    readonly_fields = ["state", "gate_reason"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return fields
        is_known = Release.objects.of("article", obj.public_id).exists()
        return [*fields, "document", *(["slug"] if is_known else [])]

    def get_queryset(self, request: HttpRequest) -> Any:
        working = Claim.objects.working()
        is_open = working.filter(status__in=LISTING_STATUSES, is_held_back=False)
        rows = super().get_queryset(request).select_related("document", "editor")
        return rows.annotate(
            working_total=number_of(working, "article"),
            open_total=number_of(is_open, "article"),
        )

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article = context.get("original")
        if article is not None:
            claims = article.claims.select_related("status", "source", "assignee")
            context |= {
                "offers": offers(article, request.user),
                "claims": claims.order_by("pk")[:CLAIMS_SHOWN],
                "newest_copy": article.newest_copy,
                "cite_url": choose_url(article.claims.working()),
                "may_cite": request.user.has_perm("claims.add_citation"),
                "doubted_dates": article.claims.dates_in_doubt().count(),
                "passages_waiting": waiting_in(article.document),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("title"), ordering="document__title")
    def title(self, article: Article) -> str:
        return article.document.title

    @admin.display(description=_("claims"))
    def progress(self, article: Any) -> str:
        return _("%(total)s claims, %(open)s open") % {
            "total": article.working_total,
            "open": article.open_total,
        }
