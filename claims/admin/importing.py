"""The page "Import an article": paste, upload, or ask for an address."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.fetch import FetchError
from claims.fetch.addresses import MAX_CHARACTERS, read_address
from claims.intake import IntakeError
from claims.jobs.intake import Imported, Outcome, Stated, read_original, store
from claims.jobs.originals import Original, from_stream
from claims.jobs.reading import ReadingLimits
from claims.jobs.wanted import want, what_came
from claims.models import Article, Import
from claims.models.fields import validate_edtf
from claims.workflow.words import Provenance

IMPORTS_SHOWN = 20
STATED = ("title", "publisher", "published", "language")
#: Whoever sends a page waits for it: half of what a web server gives a request.
LIMITS = ReadingLimits(cpu_seconds=10, wall_seconds=15)
PERMISSIONS = (
    "claims.add_article",
    "claims.add_document",
    "claims.add_import",
    "claims.add_storedcopy",
)


class ImportForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=MAX_CHARACTERS,
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text=gettext_lazy(
            "Fetched by the next upkeep run, not at once; below you see what came of it."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("Text in UTF-8, a saved web page, or a PDF file."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 100, "dir": "auto"}),
        help_text=gettext_lazy("Headline first; a blank line between paragraphs."),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
        help_text=gettext_lazy("Only where the article's own headline does not serve."),
    )
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField", "dir": "auto"}),
    )
    published = forms.CharField(
        label=gettext_lazy("Published, EDTF"),
        required=False,
        max_length=40,
        validators=[validate_edtf],
        help_text=gettext_lazy("e.g. 2016-03-03, 2016-03 or 2016-03~."),
    )
    language = forms.CharField(
        label=gettext_lazy("Language"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("BCP 47, e.g. en or ar."),
    )

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url:
            try:
                read_address(url)
            except FetchError as error:
                raise ValidationError(str(error)) from error
        return url

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        text = (given.get("text") or "").strip()
        origins = [each for each in (given.get("url"), given.get("file"), text) if each]
        if len(origins) != 1 and not self.errors:
            raise ValidationError(_("Give an address, a file or a text: one of them."))
        return given

    def origin_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("url", "file", "text")]

    def stated_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in STATED]

    @property
    def stated(self) -> Stated:
        return Stated(**{name: self.cleaned_data[name] for name in STATED})

    @property
    def original(self) -> Original:
        """The bytes that came with the form, and how."""
        now = timezone.now()
        upload = self.cleaned_data["file"]
        if not upload:
            return Original(self.cleaned_data["text"].encode(), Provenance.PASTED, now)
        original = from_stream(upload, now)
        return Original(original.raw, Provenance.UPLOADED, now)


class ArticleImports:
    """Mixin of ArticleAdmin: the page "Import an article"."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        page = path("import/", wrap(self.import_view), name="claims_article_import")
        return [page, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perms(PERMISSIONS):
            raise PermissionDenied
        sent = request.method == "POST"
        form = ImportForm(request.POST, request.FILES) if sent else ImportForm()
        if sent and form.is_valid():
            try:
                return self._imported(request, form)
            except (IntakeError, FetchError) as error:
                form.add_error(None, str(error))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Import an article"),
            "opts": Article._meta,
            "form": form,
            "imports": Import.objects.newest_first()[:IMPORTS_SHOWN],
        }
        status = 422 if form.errors else 200
        return TemplateResponse(
            request, "admin/import_article.html", context, status=status
        )

    def _imported(self, request: HttpRequest, form: ImportForm) -> HttpResponse:
        if form.cleaned_data["url"]:
            want(form.cleaned_data["url"], form.stated, request.user)
            messages.success(request, _("Noted: the next upkeep run fetches it."))
            return Redirect(reverse("admin:claims_article_import"))
        original = form.original
        reading = read_original(original, LIMITS)
        done = store(original, reading, form.stated, request.user)
        self._say(request, done)
        return Redirect(
            reverse("admin:claims_article_workspace", args=[done.article.pk])
        )

    def _say(self, request: HttpRequest, done: Imported) -> None:
        say = messages.info if done.outcome is Outcome.UNCHANGED else messages.success
        say(request, what_came(done))
        for warning in done.warnings:
            messages.warning(request, warning)
