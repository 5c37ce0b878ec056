"""The page of a document's link: what the link watch saw, and what a person says."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.models import Citation, Document, LinkNotice, LinkWatch
from claims.moves import (
    MoveError,
    StaleMoveError,
    ask_for_look,
    lift_link,
    overrule_link,
    settle_link,
    take_over_address,
)
from claims.moves.links import DECIDING, words_of
from claims.workflow.desk_words import OVERRULING_STATES

LOOKING = "claims.view_document"
PROBES_SHOWN = 50
SETTLED_SHOWN = 20
#: A form of ours sends no more; a text column takes no NUL character.
_LONGEST = 5000


def _look(request: HttpRequest, document: Document) -> str:
    ask_for_look(document, request.user)
    return _("Noted: the next upkeep run looks.")


def _overrule(request: HttpRequest, document: Document) -> str:
    state, reason = _typed(request, "state"), _typed(request, "reason")
    seen = _typed(request, "seen")
    watch = overrule_link(document, request.user, state, reason, seen)
    return _("Readers are told from now on: %(state)s.") % {
        "state": watch.get_overruled_as_display()
    }


def _lift(request: HttpRequest, document: Document) -> str:
    watch = lift_link(document, request.user, _typed(request, "seen"))
    return _("Lifted. The link watch says: %(state)s.") % {
        "state": watch.get_state_display()
    }


def _take_over(request: HttpRequest, document: Document) -> str:
    fresh = take_over_address(document, request.user, _typed(request, "url"))
    return _("The address is now %(url)s. Release it to show it to readers.") % {
        "url": fresh.url
    }


def _settle(request: HttpRequest, document: Document) -> str:
    notice = notice_of(document)
    if notice is None:
        raise StaleMoveError(_("A colleague settled this meanwhile."))
    notice.kind = _typed(request, "kind")
    settled = settle_link(notice, request.user, _typed(request, "conclusion"))
    return _("Settled: %(what)s.") % {"what": settled.get_kind_display()}


#: What can be done on the page; each returns the sentence that says it is done.
ACTS: dict[str, Callable[[HttpRequest, Document], str]] = {
    "look": _look,
    "overrule": _overrule,
    "lift": _lift,
    "take-over": _take_over,
    "settle": _settle,
}


class LinkPages:
    """Mixin of DocumentAdmin: `…/<id>/link/`, and what is done there."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        route = "<path:object_id>/link/"
        return [
            path(route, wrap(self.link_view), name="claims_document_link"),
            path(
                f"{route}<slug:act>/",
                wrap(self.link_act_view),
                name="claims_document_link_act",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_safe)
    def link_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._link_page(request, self._document_linked(request, object_id))

    @method_decorator(require_POST)
    def link_act_view(
        self, request: HttpRequest, object_id: str, act: str
    ) -> HttpResponse:
        document = self._document_linked(request, object_id)
        if not request.user.has_perm(DECIDING):
            raise PermissionDenied
        if act not in ACTS:
            raise Http404
        try:
            said = ACTS[act](request, document)
        except MoveError as error:
            status = 409 if isinstance(error, StaleMoveError) else 422
            fresh = Document.objects.get(pk=document.pk)
            return self._link_page(request, fresh, error.reasons, status)
        messages.success(request, said)
        return Redirect(reverse("admin:claims_document_link", args=[document.pk]))

    def _document_linked(self, request: HttpRequest, object_id: str) -> Document:
        if not request.user.has_perm(LOOKING):
            raise PermissionDenied
        document: Document | None = self.get_object(  # type: ignore[attr-defined]
            request, unquote(object_id)
        )
        if document is None:
            raise Http404
        return document

    def _link_page(
        self,
        request: HttpRequest,
        document: Document,
        refused: Any = (),
        status: int = 200,
    ) -> HttpResponse:
        rows = LinkWatch.objects.select_related("overruled_by")
        watch = rows.filter(document=document).first()
        probes = document.probes.order_by("-at", "-pk")
        settled = document.link_notices.exclude(settled_at=None)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("What the link watch saw"),
            "subtitle": str(document),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": document,
            "watch": watch,
            "seen": words_of(watch),
            "moved_to": moved_to(watch, document),
            "notice": notice_of(document),
            "missing": missing_in(watch),
            "may_decide": request.user.has_perm(DECIDING),
            "states": [(state.value, state.label) for state in OVERRULING_STATES],
            "probes": probes[:PROBES_SHOWN],
            "probes_left": max(probes.count() - PROBES_SHOWN, 0),
            "settled": settled.select_related("settled_by").order_by("-settled_at")[
                :SETTLED_SHOWN
            ],
            "refused": refused,
            # What was typed is not lost when it is refused.
            **{name: _typed(request, name) for name in ("state", "reason")},
            "conclusion": _typed(request, "conclusion"),
        }
        return TemplateResponse(
            request, "admin/document_link.html", context, status=status
        )


def notice_of(document: Document) -> LinkNotice | None:
    """Return what happened to a link that nobody has settled yet."""
    notice: LinkNotice | None = (
        LinkNotice.objects.unsettled().filter(document=document).first()
    )
    return notice


def moved_to(watch: LinkWatch | None, document: Document) -> str:
    """Return where a document's page stands now, for good; "" where it is."""
    is_known = watch is not None and watch.url == document.url
    return watch.moved_to if watch is not None and is_known else ""


def missing_in(watch: LinkWatch | None) -> Any:
    """Return the citations whose words were missing in the newest page."""
    if watch is None or not watch.gone:
        return []
    rows = Citation.objects.filter(public_id__in=watch.gone)
    return rows.select_related("claim").order_by("pk")


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "")[:_LONGEST]
