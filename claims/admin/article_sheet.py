"""The sheet of an article: every claim on one page for print, and as a CSV file."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.formats.tabular import csv_lines
from claims.models import Article

from .sheet_rows import COLUMNS, cells_of, protected_labels, sheet_rows


class ArticleSheets:
    """Mixin of ArticleAdmin: the sheet and its CSV, for whoever may see the claims."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path(
                "<path:object_id>/sheet/",
                wrap(self.sheet_view),
                name="claims_article_sheet",
            ),
            path(
                "<path:object_id>/sheet.csv",
                wrap(self.csv_view),
                name="claims_article_csv",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_safe)
    def sheet_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        article = self._article(request, object_id)
        labels = protected_labels()
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Sheet"),
            "opts": Article._meta,
            "original": article,
            "headline": labels.put_in(article.document.title),
            "rows": sheet_rows(article, labels),
            "columns": COLUMNS,
            "now": timezone.now(),
            "has_labels": bool(labels),
        }
        return TemplateResponse(request, "admin/article_sheet.html", context)

    @method_decorator(require_safe)
    def csv_view(self, request: HttpRequest, object_id: str) -> StreamingHttpResponse:
        article = self._article(request, object_id)
        rows = sheet_rows(article, protected_labels())
        head = tuple(str(column) for column in COLUMNS)
        return StreamingHttpResponse(
            csv_lines([head, *map(cells_of, rows)]),
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": content_disposition_header(
                    as_attachment=True, filename=f"{article.slug}.csv"
                )
            },
        )

    def _article(self, request: HttpRequest, object_id: str) -> Article:
        wanted: Any = ("claims.view_article", "claims.view_claim")
        if not request.user.has_perms(wanted):
            raise PermissionDenied
        article: Article | None = self.get_object(  # type: ignore[attr-defined]
            request, object_id
        )
        if article is None:
            raise Http404
        return article
