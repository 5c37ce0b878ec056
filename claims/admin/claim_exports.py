"""The list of claims as a file: those that its filters and its search leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from claims.jobs.exports import NotForOthersError, desk_table, write_table
from claims.models import Claim
from claims.models.bounded import count_up_to

#: Whoever asks for a file waits for it, and a web server gives 30 seconds (4 s of CPU
#: for 5,000 claims with two citations each, 13 s as XLSX).
WRITTEN = 5_000
#: A file of more bytes is written to the disk meanwhile.
IN_MEMORY = 1_000_000


@dataclass(frozen=True)
class Format:
    """A format: its label, how a file's name ends, and its type."""

    label: Promise
    ending: str
    content_type: str


#: By the names that the formats have in ``claims.jobs.exports``.
FORMATS = {
    "csv": Format(_("CSV, exact"), ".csv", "text/csv; charset=utf-8"),
    "csv-for-spreadsheets": Format(
        _("CSV for a spreadsheet"), "-for-spreadsheets.csv", "text/csv; charset=utf-8"
    ),
    "xlsx": Format(
        _("XLSX"),
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "jsonl": Format(_("JSON Lines"), ".jsonl", "application/jsonl; charset=utf-8"),
}


@dataclass(frozen=True)
class Offer:
    label: Promise
    address: str


class ClaimExports:
    """Mixin of ClaimAdmin: whoever may see the list may take it along."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.export_view)  # type: ignore[attr-defined]
        own = path("export/<slug:name>/", view, name="claims_claim_export")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {**(extra_context or {}), "exports": list(_offers(request))}
        return super().changelist_view(request, context)  # type: ignore[misc]

    @method_decorator(require_safe)
    def export_view(
        self, request: HttpRequest, name: str
    ) -> HttpResponse | FileResponse:
        if not self.has_view_or_change_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        if name not in FORMATS:
            raise Http404
        try:
            listed = self.get_changelist_instance(request)  # type: ignore[attr-defined]
        except IncorrectLookupParameters:
            return Redirect(f"{_list_address()}?e=1")
        try:
            return file_of(listed.queryset, name)
        except NotForOthersError as error:
            messages.error(request, f"{_('There is no file.')} {error}")
            return Redirect(f"{_list_address()}?{request.GET.urlencode()}")


def file_of(listed: Any, name: str, most: int = WRITTEN) -> FileResponse:
    """Return the file, sent in portions from the disk once the whole of it is written.

    Until the last row is written it may turn out that a protected name stands in one.
    """
    if count_up_to(listed, most) > most:
        number = number_format(most, force_grouping=True)
        sentence = _("It would hold more than %(number)s claims: narrow the list.")
        raise NotForOthersError(sentence % {"number": number})
    rows = Claim.objects.filter(pk__in=listed.order_by().values("pk"))
    header, lines = desk_table(rows.order_by("pk"))
    file: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115, the response closes it
    try:
        write_table(file, name, header, lines)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    chosen = FORMATS[name]
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"claims-{timezone.localdate().isoformat()}{chosen.ending}",
        content_type=chosen.content_type,
    )


def _offers(request: HttpRequest) -> Iterator[Offer]:
    """Yield an address for each format, with what the list is narrowed by."""
    query = request.GET.copy()
    query.pop(PAGE_VAR, None)
    asked = f"?{query.urlencode()}" if query else ""
    for name, chosen in FORMATS.items():
        address = reverse("admin:claims_claim_export", args=[name])
        yield Offer(chosen.label, f"{address}{asked}")


def _list_address() -> str:
    return reverse("admin:claims_claim_changelist")
