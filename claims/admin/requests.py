"""Correction requests: what readers reported, who answers, what became of it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from claims.models import CorrectionRequest
from claims.models.requests import SETTLING
from claims.moves import MoveError, StaleMoveError, erase_request, settle_request
from claims.workflow.desk_words import RequestOutcome

from .base import DeskAdmin
from .narrowing import AssigneeFilter
from .queues import QueueFilter, QueueLists

CHARACTERS_IN_LIST = 90


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[("", "---------"), *RequestOutcome.choices],
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80, "dir": "auto"}),
        help_text=gettext_lazy(
            "What you answered, or why there was nothing to answer. It is kept, so "
            "write no names. Spam needs none."
        ),
    )


class IsSettledFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", gettext_lazy("open")), ("yes", gettext_lazy("settled"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = {"no": True, "yes": False}.get(self.value() or "")
        return (
            queryset if wanted is None else queryset.filter(settled_at__isnull=wanted)
        )


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(QueueLists, DeskAdmin):
    actions: Any = ["settle_as_spam"]
    list_display = [
        "about",
        "in_short",
        "received_at",
        "due_on",
        "assignee",
        "state",
    ]
    list_filter = [
        QueueFilter,
        IsSettledFilter,
        "outcome",
        "looks_like_spam",
        AssigneeFilter,
    ]
    list_select_related = ["claim", "assignee"]
    search_fields = ["text", "evidence", "claim__text", "=public_id", "=name", "=email"]
    search_help_text = gettext_lazy("Words of the report or claim, or a number.")
    ordering = ["-received_at", "-pk"]
    autocomplete_fields = ["assignee"]
    fields = ["assignee"]
    change_form_template = "admin/request_form.html"

    def get_urls(self) -> list[URLPattern]:
        pages = {"settle": self.settle_view, "erase": self.erase_view}
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"claims_correctionrequest_{name}",
            )
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who answers a request that is settled is no longer a question."""
        if obj is not None and obj.settled_at is not None:
            return False
        return super().has_change_permission(request, obj)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = context["original"]
        context |= {
            "may_settle": request.user.has_perm(SETTLING),
            "may_assess": row.claim_id
            and request.user.has_perm("claims.add_assessment"),
            "write_to": letter_to(row),
            "page": f"{settings.TRACKER_SITE_URL}{page_of(row)}" if row.claim else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    # What is done with a request

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def settle_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        form = SettleForm(request.POST if request.method == "POST" else None)
        return self._act(request, object_id, "settle", form, settle_request)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def erase_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        form = forms.Form(request.POST if request.method == "POST" else None)
        return self._act(request, object_id, "erase", form, erase_request)

    def _act(
        self,
        request: HttpRequest,
        object_id: str,
        name: str,
        form: forms.Form,
        act: Callable[..., Any],
    ) -> HttpResponse:
        """Show the page of an act; when it is confirmed, do it and go back."""
        if not request.user.has_perm(SETTLING):
            raise PermissionDenied
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        status = 422 if form.is_bound else 200
        if form.is_valid():
            try:
                act(row, request.user, **form.cleaned_data)
            except MoveError as error:
                form.add_error(None, error.reasons)
                row.refresh_from_db()
                status = 409 if isinstance(error, StaleMoveError) else 422
            else:
                messages.success(request, _DONE[name] % {"request": row})
                return Redirect(
                    reverse("admin:claims_correctionrequest_change", args=[row.pk])
                )
        context = {
            **self.admin_site.each_context(request),
            "title": _TITLES[name],
            "opts": self.opts,
            "original": row,
            "form": form,
        }
        template = f"admin/request_{name}.html"
        return TemplateResponse(request, template, context, status=status)

    @admin.action(
        description=gettext_lazy("Settle these as spam"), permissions=["change"]
    )
    def settle_as_spam(self, request: HttpRequest, queryset: QuerySet) -> None:
        rows = list(queryset.filter(settled_at=None))
        for row in rows:
            settle_request(row, request.user, RequestOutcome.SPAM, "")
        done = ngettext(
            "%(number)s request was settled as spam.",
            "%(number)s requests were settled as spam.",
            len(rows),
        )
        self.message_user(request, done % {"number": len(rows)})

    # Columns

    @admin.display(description=gettext_lazy("about"), ordering="claim__text")
    def about(self, row: CorrectionRequest) -> str:
        return Truncator(about_in_words(row)).chars(CHARACTERS_IN_LIST)

    @admin.display(description=gettext_lazy("what is wrong"))
    def in_short(self, row: CorrectionRequest) -> str:
        return Truncator(row.text).chars(CHARACTERS_IN_LIST)

    @admin.display(description=gettext_lazy("state"), ordering="outcome")
    def state(self, row: CorrectionRequest) -> str:
        if row.settled_at is not None:
            return str(row.get_outcome_display())
        return _("open: looks like spam") if row.looks_like_spam else _("open")


_DONE = {
    "settle": gettext_lazy("Settled: %(request)s"),
    "erase": gettext_lazy("Emptied: %(request)s"),
}
_TITLES = {
    "settle": gettext_lazy("Settle the request"),
    "erase": gettext_lazy("Delete what the sender typed"),
}


def about_in_words(row: CorrectionRequest) -> str:
    """Return the claim or address a request is about, or that it names none."""
    return row.claim.text if row.claim else row.address or _("no page named")


def page_of(row: CorrectionRequest) -> str:
    """Return the path of the readers' page of the claim; "" without one."""
    return reverse("claim_detail", args=[row.claim.public_id]) if row.claim else ""


def letter_to(row: CorrectionRequest) -> str:
    """Return a mailto address for the answer, which a person writes and sends."""
    if not row.email:
        return ""
    words = {"site": settings.TRACKER_SITE_NAME, "number": row.public_id}
    subject = quote(_("%(site)s: your report %(number)s") % words)
    about = f"{settings.TRACKER_SITE_URL}{page_of(row)}" if row.claim else row.address
    body = quote(f"{about}\n\n")
    return f"mailto:{quote(row.email, safe='@')}?subject={subject}&body={body}"
