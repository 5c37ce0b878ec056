"""Stored copies on a document's page: what is wanted, what failed, and sealing one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from claims.fetch import FetchError
from claims.jobs.captures import can_be_fetched, want_copy
from claims.jobs.sealing import seal
from claims.models import Background, Document, StoredCopy, Suggestion
from claims.moves import MoveError, StaleMoveError
from claims.moves.copies import SEALING, is_shown, words_to_forget
from claims.workflow.desk_words import CaptureState

from .evidence_files import EvidenceFiles

CAPTURES_SHOWN = 5


class SealForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80, "dir": "auto"}),
        help_text=gettext_lazy(
            "Readers see it beside the copy's date: name nobody who is to be protected."
        ),
    )


class StoredCopies(EvidenceFiles):
    """Mixin of DocumentAdmin: asks for a copy, and seals one for good."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path(
                "<path:object_id>/store/",
                wrap(self.store_view),
                name="claims_document_store",
            ),
            path(
                "<path:object_id>/copies/<slug:copy_id>/seal/",
                wrap(self.seal_view),
                name="claims_document_seal",
            ),
            *super().get_urls(),
        ]

    @method_decorator(require_POST)
    def store_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        document = self._document_to_change(request, object_id)
        try:
            want_copy(document, request.user)
        except FetchError as error:
            messages.error(request, _("No copy is wanted. %s") % error)
        else:
            messages.success(
                request, _("Noted: the next upkeep run fetches it, and stores a copy.")
            )
        return Redirect(page_of(document))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def seal_view(
        self, request: HttpRequest, object_id: str, copy_id: str
    ) -> HttpResponse:
        if not request.user.has_perm(SEALING):
            raise PermissionDenied
        copy = self._copy(request, object_id, copy_id)
        form = SealForm(request.POST if request.method == "POST" else None)
        status = 422 if form.is_bound else 200
        if form.is_valid():
            try:
                seal(copy, request.user, form.cleaned_data["reason"])
            except MoveError as error:
                form.add_error(None, error.reasons)
                status = 409 if isinstance(error, StaleMoveError) else 422
            else:
                messages.success(
                    request, _("Copy %(n)s is sealed.") % {"n": copy.number}
                )
                return Redirect(page_of(copy.document))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Seal copy %(n)s") % {"n": copy.number},
            "subtitle": str(copy.document),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": copy.document,
            "copy": copy,
            "form": form,
            **consequences(copy),
        }
        return TemplateResponse(request, "admin/seal_copy.html", context, status=status)


def page_of(document: Document) -> str:
    return reverse("admin:claims_document_change", args=[document.pk])


def consequences(copy: StoredCopy) -> dict[str, Any]:
    """Return what goes and what stays when a copy is sealed, for its page."""
    within = {"passage__stored_copy": copy}
    forgotten = words_to_forget(copy).count()
    others = StoredCopy.objects.exclude(pk=copy.pk)
    return {
        "suggestions": Suggestion.objects.filter(**within, claim=None).count(),
        "backgrounds": Background.objects.filter(**within).count(),
        "staying": copy.passages.exclude(exact="").count() - forgotten,
        "sharing": others.filter(file=copy.file).count() if copy.file else 0,
        "is_shown": is_shown(copy),
    }


def is_lost(file: Any) -> bool:
    return bool(file) and not file.storage.exists(str(file.name))


def copies_of(document: Document, user: Any) -> dict[str, Any]:
    """Return what a document's page shows of its copies, and may be done with them."""
    copies = list(document.copies.defer("text", "blocks", "pages").order_by("-number"))
    for copy in copies:
        copy.has_lost_a_file = any(map(is_lost, (copy.file, copy.warc)))
    captures = list(document.captures.newest_first()[:CAPTURES_SHOWN])
    may_attach = user.has_perm("claims.add_storedcopy")
    newest = captures[0].state if captures else ""
    return {
        "copies": copies,
        "captures": captures,
        "may_attach": may_attach,
        "may_store": may_attach and can_be_fetched(document),
        "is_again": newest in (CaptureState.FAILED, CaptureState.WANTED),
        "may_seal": user.has_perm(SEALING),
    }
