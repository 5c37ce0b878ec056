"""Evidence files: attached or pasted as stored copies, handed out as downloads only."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.intake.media_types import EXTENSIONS, UNKNOWN
from claims.jobs.attaching import attach
from claims.jobs.copies import add_copy, last_number
from claims.jobs.file_types import TEXT, FileRefusedError, accepted_type
from claims.models import Document, StoredCopy
from claims.workflow.words import Provenance

from .importing import LIMITS

BYTES_PER_MB = 1024 * 1024


class RetrievedForm(forms.Form):
    """The part both pages share: when the document was as it is given here."""

    retrieved_at = forms.DateTimeField(
        label=gettext_lazy("Retrieved at"),
        initial=timezone.now,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )


class AttachForm(RetrievedForm):
    field_order = ["file", "retrieved_at"]

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "PDF, saved web page, PNG, JPEG, GIF or WebP image, or text in UTF-8. The "
            "text of a PDF and of a web page is read."
        ),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > settings.TRACKER_MAX_UPLOAD_MB * BYTES_PER_MB:
            raise ValidationError(
                _("The file is larger than %(limit)s MB.")
                % {"limit": settings.TRACKER_MAX_UPLOAD_MB}
            )
        content = upload.read()
        try:
            accepted_type(content)
        except FileRefusedError as error:
            raise ValidationError(str(error)) from error
        return content


class PasteForm(RetrievedForm):
    field_order = ["text", "provenance", "retrieved_at"]

    text = forms.CharField(
        label=gettext_lazy("Text"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "cols": 100, "dir": "auto"}),
        help_text=gettext_lazy("As it stands in the document, headline included."),
    )
    provenance = forms.ChoiceField(
        label=gettext_lazy("Provenance"),
        choices=[
            (choice.value, choice.label)
            for choice in (Provenance.PASTED, Provenance.RETOLD)
        ],
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        if not text.strip():
            raise ValidationError(_("Paste the text."))
        return text


class EvidenceFiles:
    """Mixin of DocumentAdmin: pages that add a stored copy, and those that read it."""

    def get_urls(self) -> list[URLPattern]:
        routes = {
            "attach": "<path:object_id>/attach/",
            "paste": "<path:object_id>/paste/",
            "file": "<path:object_id>/copies/<slug:copy_id>/file/",
            "warc": "<path:object_id>/copies/<slug:copy_id>/warc/",
            "text": "<path:object_id>/copies/<slug:copy_id>/text/",
        }
        own = [
            path(
                route,
                self.admin_site.admin_view(getattr(self, f"{name}_view")),  # type: ignore[attr-defined]
                name=f"claims_document_{name}",
            )
            for name, route in routes.items()
        ]
        return own + super().get_urls()  # type: ignore[misc]

    def attach_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        document = self._document_to_change(request, object_id)
        form = AttachForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            facts = (given["file"], given["retrieved_at"])
            try:
                attached = attach(document, *facts, request.user, LIMITS)
            except ValidationError as error:
                form.add_error("file", error.messages)
            else:
                if attached.remark:
                    messages.warning(request, attached.remark)
                return self._stored(request, document)
        return self._form_page(request, document, form, _("Attach a file"))

    def paste_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        document = self._document_to_change(request, object_id)
        form = PasteForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            copy = StoredCopy(
                provenance=form.cleaned_data["provenance"],
                text=form.cleaned_data["text"],
                media_type=TEXT,
                retrieved_at=form.cleaned_data["retrieved_at"],
            )
            try:
                add_copy(document, copy, request.user)
            except ValidationError as error:
                form.add_error("text", error.messages)
            else:
                return self._stored(request, document)
        return self._form_page(request, document, form, _("Paste the text"))

    def file_view(
        self, request: HttpRequest, object_id: str, copy_id: str
    ) -> FileResponse:
        copy = self._copy(request, object_id, copy_id)
        ending = EXTENSIONS.get(copy.media_type, "bin")
        kind = copy.media_type or UNKNOWN
        return download(copy, copy.file, ending, kind)

    def warc_view(
        self, request: HttpRequest, object_id: str, copy_id: str
    ) -> FileResponse:
        copy = self._copy(request, object_id, copy_id)
        return download(copy, copy.warc, "warc.gz", "application/gzip")

    def text_view(
        self, request: HttpRequest, object_id: str, copy_id: str
    ) -> HttpResponse:
        copy = self._copy(request, object_id, copy_id)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": str(copy),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": copy.document,
            "copy": copy,
        }
        return TemplateResponse(request, "admin/copy_text.html", context)

    def _document_to_change(self, request: HttpRequest, object_id: str) -> Document:
        document = self._document(request, object_id)
        allowed = self.has_change_permission(request, document)  # type: ignore[attr-defined]
        if not allowed or not request.user.has_perm("claims.add_storedcopy"):
            raise PermissionDenied
        return document

    def _document(self, request: HttpRequest, object_id: str) -> Document:
        document = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if document is None:
            raise Http404
        return document

    def _copy(self, request: HttpRequest, object_id: str, copy_id: str) -> StoredCopy:
        if not request.user.has_perm("claims.view_storedcopy"):
            raise PermissionDenied
        document = self._document(request, object_id)
        copy = document.copies.filter(public_id=copy_id, sealed_at=None).first()
        if copy is None:
            raise Http404
        return copy

    def _stored(self, request: HttpRequest, document: Document) -> HttpResponse:
        messages.success(
            request, _("Stored as copy %(n)s.") % {"n": last_number(document)}
        )
        return Redirect(reverse("admin:claims_document_change", args=[document.pk]))

    def _form_page(
        self, request: HttpRequest, document: Document, form: Any, title: str
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": title,
            "subtitle": str(document),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": document,
            "form": form,
            "media": self.media,  # type: ignore[attr-defined]
        }
        status = 422 if form.errors else 200
        return TemplateResponse(
            request, "admin/stored_copy_form.html", context, status=status
        )


def download(
    copy: StoredCopy, file: Any, ending: str, content_type: str
) -> FileResponse:
    """Hand a stored file out so that no browser runs or shows what is in it."""
    if not file or not file.storage.exists(str(file.name)):
        raise Http404
    response = FileResponse(
        file.open("rb"),
        as_attachment=True,
        filename=f"{copy.document.public_id}-{copy.number}.{ending}",
        content_type=content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    return response
