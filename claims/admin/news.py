"""New information on a claim: the page on which a person says what follows from it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.models import NewInformation
from claims.moves import MoveError, StaleMoveError, settle
from claims.moves.news import SETTLING


class SettleForm(forms.Form):
    conclusion = forms.CharField(
        label=gettext_lazy("What follows"),
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80, "dir": "auto"}),
        help_text=gettext_lazy("e.g. “The sense is the same: the finding stands.”"),
    )


class ClaimNews:
    """Mixin of ClaimAdmin: `…/<id>/news/<public id>/`, where news is settled."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.news_view)  # type: ignore[attr-defined]
        route = "<path:object_id>/news/<slug:news_id>/"
        own = path(route, view, name="claims_claim_news")
        return [own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def news_view(
        self, request: HttpRequest, object_id: str, news_id: str
    ) -> HttpResponse:
        if not request.user.has_perm(SETTLING):
            raise PermissionDenied
        claim = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        rows = NewInformation.objects.select_related("settled_by", "basis__status")
        news = claim and rows.filter(claim=claim, public_id=news_id).first()
        if news is None:
            raise Http404
        form = SettleForm(request.POST if request.method == "POST" else None)
        status = 422 if form.is_bound else 200
        if form.is_valid():
            try:
                settle(news, request.user, form.cleaned_data["conclusion"])
            except MoveError as error:
                form.add_error(None, error.reasons)
                news.refresh_from_db()
                status = 409 if isinstance(error, StaleMoveError) else 422
            else:
                messages.success(request, _("Settled: “%(news)s”") % {"news": news})
                return Redirect(reverse("admin:claims_claim_change", args=[claim.pk]))
        return self._news_page(request, claim, {"news": news, "form": form}, status)

    def _news_page(
        self, request: HttpRequest, claim: Any, context: dict[str, Any], status: int
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Its basis changed")
            if context["news"].basis
            else _("New information since sign-off"),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": claim,
        }
        return TemplateResponse(
            request, "admin/news.html", shared | context, status=status
        )
