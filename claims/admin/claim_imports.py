"""Pages "Import claims": a file is checked, its report is read, then it is written."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.formats.readers import format_named
from claims.jobs import imports
from claims.models import Claim, ClaimImport
from claims.models.claim_imports import MAX_ORIGIN
from claims.workflow.desk_words import ClaimImportState, RowVerdict

IMPORTS_SHOWN = 20
ROWS_ON_A_PAGE = 50
#: Whoever sends a file waits for the answer: some seconds, a web server gives 30.
ROWS_CHECKED = 10_000
#: Written, or undone, by one press of a button; `upkeep` or the next press goes on.
ROWS_AT_ONCE = 2_000
BYTES_PER_MB = 1024 * 1024
MAY_IMPORT = (
    *("claims.add_claim", "claims.add_source", "claims.add_document"),
    *("claims.add_article", "claims.add_citation", "claims.add_claimimport"),
)
MAY_UNDO = (*MAY_IMPORT, "claims.discard_claim")
State = ClaimImportState


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, XLSX or JSON Lines (.csv, .xlsx, .jsonl)."),
    )
    origin = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        max_length=MAX_ORIGIN,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
        help_text=gettext_lazy(
            "Whose external ids these are, e.g. “The Elm Post, archive”. The same id of "
            "the same origin is the same claim."
        ),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > settings.TRACKER_MAX_UPLOAD_MB * BYTES_PER_MB:
            limit = {"limit": settings.TRACKER_MAX_UPLOAD_MB}
            raise ValidationError(
                _("The file is larger than %(limit)s MB. The operator can import it.")
                % limit
            )
        if not format_named(upload.name):
            raise ValidationError(
                _("Its name should end in .csv, .xlsx or .jsonl, as its format is.")
            )
        return upload

    @property
    def as_file(self) -> imports.File:
        upload, origin = self.cleaned_data["file"], self.cleaned_data["origin"]
        return imports.File(upload, upload.name, format_named(upload.name), origin)


class ClaimImports:
    """Mixin of ClaimAdmin: a file of claims is checked, imported, undone."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        report = "import/<slug:public_id>/"
        return [
            path("import/", wrap(self.upload_view), name="claims_claim_import"),
            path(report, wrap(self.report_view), name="claims_claim_import_report"),
            path(
                f"{report}<slug:act>/",
                wrap(self.act_view),
                name="claims_claim_import_act",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def upload_view(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perms(MAY_IMPORT):
            raise PermissionDenied
        sent = request.method == "POST"
        form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
        if sent and form.is_valid():
            try:
                row = imports.stage(form.as_file, request.user, most=ROWS_CHECKED)
                return Redirect(_report_of(row))
            except imports.ImportRefusedError as error:
                form.add_error("file", str(error).split("\n"))
        shown = ClaimImport.objects.exclude(state=State.READING).select_related("by")
        return self._page(
            request,
            "admin/import_claims.html",
            {
                "title": _("Import claims"),
                "form": form,
                "imports": shown[:IMPORTS_SHOWN],
                "claim_columns": imports.CLAIM_COLUMNS,
                "citation_columns": imports.CITATION_COLUMNS,
            },
            status=422 if form.errors else 200,
        )

    @method_decorator(require_http_methods(["GET", "HEAD"]))
    def report_view(self, request: HttpRequest, public_id: str) -> HttpResponse:
        if not request.user.has_perms(MAY_IMPORT):
            raise PermissionDenied
        row = _shown(public_id)
        verdict = request.GET.get("rows", "")
        verdict = verdict if verdict in (*RowVerdict.values, "kept") else ""
        return self._page(
            request,
            "admin/import_report.html",
            {
                "title": _("Import of %(file)s") % {"file": row.file_name},
                "row": row,
                "counts": _counts(row, verdict),
                "page": _rows_page(row, verdict, request.GET.get("page", "")),
                "chosen": verdict,
                "acts": _acts_for(row, request.user),
                "at_once": ROWS_AT_ONCE,
            },
        )

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, public_id: str, act: str) -> HttpResponse:
        if not request.user.has_perms(MAY_IMPORT):
            raise PermissionDenied
        row = _shown(public_id)
        if act not in _ACTS:
            raise Http404
        if act == "undo" and not request.user.has_perms(MAY_UNDO):
            raise PermissionDenied
        try:
            _ACTS[act](row, request.user)
        except imports.ImportRefusedError as error:
            messages.error(request, str(error))
            return Redirect(_report_of(row))
        if act == "throw_away":
            messages.success(request, _("Thrown away: nothing was imported."))
            return Redirect(reverse("admin:claims_claim_import"))
        row.refresh_from_db()
        messages.success(request, _said(row))
        return Redirect(_report_of(row))

    def _page(
        self,
        request: HttpRequest,
        template: str,
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        site: Any = self.admin_site  # type: ignore[attr-defined]
        context = {**site.each_context(request), "opts": Claim._meta, **context}
        return TemplateResponse(request, template, context, status=status)


# What the buttons do


def _write(row: ClaimImport, user: Any) -> None:
    imports.begin(row, user)
    _carry_on(row, user)


def _write_good(row: ClaimImport, user: Any) -> None:
    imports.begin(row, user, takes_good_rows=True)
    _carry_on(row, user)


def _carry_on(row: ClaimImport, _user: Any) -> None:
    for _rows in imports.carry_on(row, ROWS_AT_ONCE):
        pass


def _undo(row: ClaimImport, user: Any) -> None:
    imports.begin_undoing(row, user)
    _carry_on(row, user)


def _throw_away(row: ClaimImport, _user: Any) -> None:
    imports.throw_away(row)


_ACTS: dict[str, Callable[[ClaimImport, Any], None]] = {
    "write": _write,
    "write_good": _write_good,
    "carry_on": _carry_on,
    "undo": _undo,
    "throw_away": _throw_away,
}
_LABELS = {
    "write": gettext_lazy("Import as drafts"),
    "write_good": gettext_lazy("Import the good rows as drafts"),
    "carry_on": gettext_lazy("Carry on"),
    "undo": gettext_lazy("Undo this import"),
    "throw_away": gettext_lazy("Throw away"),
}


def _acts_for(row: ClaimImport, user: Any) -> list[tuple[str, Any]]:
    """Return the buttons of a report: what they do, and their words."""
    names = []
    if row.state == State.CHECKED:
        if row.to_write:
            names.append("write_good" if row.refused else "write")
        names.append("throw_away")
    elif row.state in (State.WRITING, State.UNDOING):
        names.append("carry_on")
    if row.state in (State.DONE, State.WRITING) and user.has_perms(MAY_UNDO):
        names.append("undo")
    return [(name, _LABELS[name]) for name in names]


def _said(row: ClaimImport) -> str:
    """Say in a sentence how far an import has come."""
    left = row.to_write - row.written - row.kept
    if row.state == State.WRITING:
        return _("%(done)s rows are written, %(left)s are left: carry on.") % {
            "done": row.written,
            "left": left,
        }
    if row.state == State.UNDOING:
        return _("%(left)s rows are still to be undone: carry on.") % {
            "left": row.written
        }
    if row.state == State.UNDONE:
        return _("Undone. What somebody touched since was left, and is listed.")
    return _("Imported: %(done)s claims, all drafts.") % {"done": row.written}


# What the report shows


def _shown(public_id: str) -> ClaimImport:
    rows = ClaimImport.objects.exclude(state=State.READING).select_related("by")
    found: ClaimImport = get_object_or_404(rows, public_id=public_id)
    return found


def _report_of(row: ClaimImport) -> str:
    return reverse("admin:claims_claim_import_report", args=[row.public_id])


def _counts(row: ClaimImport, chosen: str) -> list[tuple[str, Any, int, bool]]:
    """Return what the rows may be narrowed to: value, label, number, whether chosen."""
    numbers = {
        RowVerdict.ADD: row.added,
        RowVerdict.CHANGE: row.changed,
        RowVerdict.SKIP: row.skipped,
        RowVerdict.REFUSE: row.refused,
    }
    found: list[tuple[str, Any, int, bool]] = [
        (str(each), each.label, number, each == chosen)
        for each, number in numbers.items()
    ]
    if row.kept:
        found.append(("kept", _("left as they were"), row.kept, chosen == "kept"))
    return found


def _rows_page(row: ClaimImport, verdict: str, number: str) -> Page[Any]:
    rows = row.rows.order_by("number")
    if verdict == "kept":
        rows = rows.filter(outcome="kept")
    elif verdict:
        rows = rows.filter(verdict=verdict)
    return Paginator(rows, ROWS_ON_A_PAGE).get_page(number)
