"""Batch sheets: several assessments on one sheet, one confirmation for each claim."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Assessment
from claims.models.events import canonical_json, digest_of
from claims.moves import (
    MoveError,
    eyes_refusal,
    make_move,
    moves_for,
    shown_content,
)
from claims.permissions import permission_refusal
from claims.workflow.moves import MOVES, Move

from .content_words import Line, lines_of
from .lookups import keys_from

BATCH_MOVES = ("submit", "sign_off")
#: A sheet is read claim by claim; more than this nobody reads.
ROWS_ON_SHEET = 50


@dataclass(frozen=True)
class Row:
    """One assessment on the sheet: its content and digest, or why it cannot move."""

    assessment: Assessment
    lines: list[Line]
    seen: str
    hint: str


@dataclass(frozen=True)
class Outcome:
    """What became of one confirmed row."""

    assessment: Assessment
    is_done: bool
    sentences: list[str]


class BatchSheets:
    """Mixin of AssessmentAdmin: actions that lead to a sheet, and the sheet."""

    actions: Any = ["submit_selected", "sign_off_selected"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.sheet_view)  # type: ignore[attr-defined]
        own = [path("sheet/<slug:name>/", view, name="claims_assessment_sheet")]
        return own + super().get_urls()  # type: ignore[misc]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer only the batches this user may make."""
        actions = super().get_actions(request)  # type: ignore[misc]
        for name in BATCH_MOVES:
            if permission_refusal(request.user, MOVES[("assessment", name)]):
                actions.pop(f"{name}_selected", None)
        return actions

    @admin.action(description=gettext_lazy("Submit, on one sheet …"))
    def submit_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return _to_sheet("submit", queryset)

    @admin.action(description=gettext_lazy("Sign off, on one sheet …"))
    def sign_off_selected(
        self, request: HttpRequest, queryset: QuerySet
    ) -> HttpResponse:
        return _to_sheet("sign_off", queryset)

    def sheet_view(self, request: HttpRequest, name: str) -> HttpResponse:
        if name not in BATCH_MOVES:
            raise Http404
        move = MOVES[("assessment", name)]
        refusal = permission_refusal(request.user, move)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("%(move)s, claim by claim") % {"move": move.label},
            "opts": self.opts,  # type: ignore[attr-defined]
            "move": move,
        }
        if refusal:
            context |= {"reasons": [refusal], "back": _change_list()}
            template = "admin/move_forbidden.html"
            return TemplateResponse(request, template, context, status=403)
        if request.method == "POST":
            context |= {"outcomes": _make_moves(request, name), "back": _change_list()}
            return TemplateResponse(request, "admin/sheet_outcome.html", context)
        rows = [_row(row, move, request.user) for row in _chosen(request)]
        context |= {"rows": rows, "back": _change_list()}
        return TemplateResponse(request, "admin/sheet.html", context)


def _to_sheet(name: str, queryset: QuerySet) -> HttpResponse:
    keys = queryset.order_by("pk").values_list("pk", flat=True)[:ROWS_ON_SHEET]
    query = urlencode({"ids": ",".join(str(pk) for pk in keys)})
    return Redirect(reverse("admin:claims_assessment_sheet", args=[name]) + f"?{query}")


def _change_list() -> str:
    return reverse("admin:claims_assessment_changelist")


def _chosen(request: HttpRequest) -> QuerySet:
    keys = keys_from(request.GET.get("ids", "").split(","))
    rows = Assessment.objects.filter(pk__in=keys[:ROWS_ON_SHEET])
    return rows.select_related("claim", "status", "author").order_by("pk")


def _row(assessment: Assessment, move: Move, user: Any) -> Row:
    content = shown_content(assessment)
    hint = eyes_refusal(move, assessment, user)
    if move not in moves_for(assessment, user):
        hint = _("Not possible: it is %(state)s.") % {
            "state": assessment.get_state_display()
        }
    seen = digest_of(canonical_json(content))
    return Row(assessment, lines_of(content, "assessment"), seen, hint)


def _make_moves(request: HttpRequest, name: str) -> list[Outcome]:
    """Move each ticked row in a transaction of its own, with what was seen of it."""
    outcomes = []
    keys = keys_from(request.POST.getlist("confirm"))
    rows = Assessment.objects.filter(pk__in=keys).select_related("claim")
    for row in rows.order_by("pk"):
        seen = request.POST.get(f"seen_{row.pk}", "")
        try:
            make_move(name, row, request.user, seen=seen)
        except MoveError as error:
            outcomes.append(Outcome(row, is_done=False, sentences=error.reasons))
        else:
            outcomes.append(Outcome(row, is_done=True, sentences=[]))
    return outcomes
