"""The workspace of an article: its text, and beside it what is made of its words."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.models import Article, Claim

from .checked_before import alike_url
from .citing import choose_url
from .forms import COLLISION
from .lookups import key_from
from .workspace_acts import ACTS, Done, RefusedError, carry_out
from .workspace_page import BY_SLUG, SHOWS, Workspace
from .workspace_panel import Panel, overview, panel_of, suggestion_panel

#: Asked for by the page's own script: an answer in parts, by their ids.
IN_PARTS = "HTTP_X_WORKSPACE"
PERMISSIONS = (
    *("claims.add_claim", "claims.change_claim", "claims.add_appearance"),
    *("claims.add_source", "claims.change_suggestion", "claims.add_background"),
)


class ArticleWorkspaces:
    """Mixin of ArticleAdmin: the workspace, its panel alone, and its acts."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        stem, name = "<path:object_id>/workspace/", "claims_article_workspace"
        return [
            path(stem, wrap(self.workspace_view), name=name),
            path(f"{stem}panel/", wrap(self.panel_view), name=f"{name}_panel"),
            path(f"{stem}<slug:act>/", wrap(self.act_view), name=f"{name}_act"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_safe)
    def workspace_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        workspace = self._workspace(request, object_id, request.GET.get("show", ""))
        return self._page(request, workspace, panel_of(workspace, request.GET.dict()))

    @method_decorator(require_safe)
    def panel_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        workspace = self._workspace(request, object_id, request.GET.get("show", ""))
        panel = panel_of(workspace, request.GET.dict())
        return self._parts(request, workspace, panel, [])

    @method_decorator(require_POST)
    def act_view(self, request: HttpRequest, object_id: str, act: str) -> HttpResponse:
        if act not in ACTS:
            raise Http404
        if not request.user.has_perms(PERMISSIONS):
            raise PermissionDenied
        show = request.POST.get("show", "")
        workspace = self._workspace(request, object_id, show)
        try:
            done = carry_out(act, workspace, request)
        except RefusedError as refused:
            return self._refused(request, workspace, refused.panel)
        except IntegrityError:
            workspace = self._workspace(request, object_id, show)
            panel = overview(workspace)
            panel.error = str(COLLISION)
            return self._refused(request, workspace, panel)
        return self._done(request, self._workspace(request, object_id, show), done)

    def _workspace(self, request: HttpRequest, object_id: str, show: str) -> Workspace:
        key = key_from(object_id)
        rows = Article.objects.select_related("document__publisher")
        article = rows.filter(pk=key).first() if key is not None else None
        if article is None or not request.user.has_perms(
            ("claims.view_article", "claims.view_claim")
        ):
            if article is None:
                raise Http404
            raise PermissionDenied
        return Workspace(article, BY_SLUG.get(show, BY_SLUG["all"]))

    def _done(
        self, request: HttpRequest, workspace: Workspace, done: Done
    ) -> HttpResponse:
        panel = _next_panel(workspace, done)
        panel.before = done.alike
        if IN_PARTS in request.META and done.places is not None:
            blocks = workspace.blocks_at(done.places)
            return self._parts(request, workspace, panel, blocks)
        messages.success(request, done.said)
        if done.alike is not None:
            messages.warning(request, _link_to(done.alike))
        target = panel.mark.url if panel.mark else workspace.url("show", "")
        return Redirect(f"{target}#{panel.key or 'ws-panel'}")

    def _refused(
        self, request: HttpRequest, workspace: Workspace, panel: Panel
    ) -> HttpResponse:
        if IN_PARTS in request.META:
            return self._parts(request, workspace, panel, [], status=422)
        return self._page(request, workspace, panel, status=422)

    def _page(
        self,
        request: HttpRequest,
        workspace: Workspace,
        panel: Panel,
        status: int = 200,
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            **self._shared(request, workspace, panel),
            "title": _("Workspace"),
            "subtitle": str(workspace.article),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": workspace.article,
            "shows": SHOWS,
        }
        return TemplateResponse(request, "admin/workspace.html", context, status=status)

    def _parts(
        self,
        request: HttpRequest,
        workspace: Workspace,
        panel: Panel,
        blocks: list[Any],
        status: int = 200,
    ) -> HttpResponse:
        context = {**self._shared(request, workspace, panel), "blocks": blocks}
        return TemplateResponse(
            request, "admin/_workspace_parts.html", context, status=status
        )

    def _shared(
        self, request: HttpRequest, workspace: Workspace, panel: Panel
    ) -> dict[str, Any]:
        return {
            "workspace": workspace,
            "panel": panel,
            "may_mark": request.user.has_perms(PERMISSIONS),
            "may_cite": request.user.has_perm("claims.add_citation"),
            "cite_url": choose_url(workspace.article.claims.working()),
        }


def _link_to(claim: Claim) -> SafeString:
    """Say of a claim just made that it may have been checked before."""
    words = _("Checked before? An older claim is much like it.")
    return format_html('<a href="{}">{}</a>', alike_url(claim), words)


def _next_panel(workspace: Workspace, done: Done) -> Panel:
    """Return what comes after an act: what it asks for, else the next suggestion."""
    if done.query is not None:
        panel = panel_of(workspace, dict([done.query]))
        panel.said = done.said
        return panel
    after = done.places[0].start if done.places else -1
    following = workspace.next_suggestion(after)
    if following is None:
        return overview(workspace, said=done.said)
    return suggestion_panel(workspace, following, said=done.said)
