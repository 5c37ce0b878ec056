"""The page that cites one document for several claims: what is shared, then each."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from claims.jobs.citing import (
    MAX_CLAIMS,
    CitingError,
    Target,
    cite_for_several,
)
from claims.models import Citation, Claim

from .citing_forms import (
    Row,
    SharedCitationForm,
    add_fault,
    own_words,
    shared_fieldsets,
)
from .effects import effects_of
from .lookups import keys_from
from .origins import known_origins

#: In an address: nothing is ticked beforehand.
CHOOSE = "choose"
PERMISSIONS = ("claims.view_claim", "claims.add_citation")


class SharedCitations:
    """Mixin of ClaimAdmin: the action on its list, and the page it leads to."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.cite_view)  # type: ignore[attr-defined]
        return [path("cite/", view, name="claims_claim_cite"), *super().get_urls()]  # type: ignore[misc]

    def has_cite_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(PERMISSIONS)

    @admin.action(
        description=gettext_lazy("Cite one document for all of these …"),
        permissions=["cite"],
    )
    def cite_one_document(
        self, request: HttpRequest, queryset: QuerySet
    ) -> HttpResponse:
        if queryset.count() > MAX_CLAIMS:
            said = _("These are the first %(number)s; more are not cited for at once.")
            messages.warning(request, said % {"number": MAX_CLAIMS})
        return Redirect(cite_url(queryset))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def cite_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_cite_permission(request):
            raise PermissionDenied
        claims = _chosen(request)
        form, rows = self._forms(request, claims)
        citations = _cited(request, form, rows)
        if citations is None:
            return self._cite_page(request, form, rows)
        messages.success(request, _what_was_cited(citations))
        return Redirect(_list_of(claims))

    def _forms(
        self, request: HttpRequest, claims: list[Claim]
    ) -> tuple[Any, list[Row]]:
        posted = request.POST if request.method == "POST" else None
        names = flatten_fieldsets(shared_fieldsets())
        form_class = self._citations().get_form(
            request, form=SharedCitationForm, fields=names
        )
        effects = effects_of(claims)
        ticked = CHOOSE not in request.GET
        rows = [
            Row(row, own_words(posted, row, ticked=ticked), effects[row.pk])
            for row in claims
        ]
        return form_class(posted), rows

    def _cite_page(
        self, request: HttpRequest, form: Any, rows: list[Row]
    ) -> HttpResponse:
        desk: Any = self
        citations = self._citations()
        shown = AdminForm(form, shared_fieldsets(), {}, (), citations)
        context = {
            **desk.admin_site.each_context(request),
            "title": _("Cite one document for several claims"),
            "opts": desk.opts,
            "form": form,
            "shown": shown,
            "rows": rows,
            "known_origins": known_origins([row.claim.pk for row in rows]),
            "media": citations.media + shown.media,
            "back": _list_of([row.claim for row in rows]),
        }
        status = 422 if form.errors or any(row.form.errors for row in rows) else 200
        return TemplateResponse(request, "admin/cite.html", context, status=status)

    def _citations(self) -> Any:
        return self.admin_site.get_model_admin(Citation)  # type: ignore[attr-defined]


def cite_url(claims: QuerySet) -> str:
    """Return the address of the page for the first of these claims."""
    keys = claims.order_by("pk").values_list("pk", flat=True)[:MAX_CLAIMS]
    query = urlencode({"ids": ",".join(str(pk) for pk in keys)})
    return f"{reverse('admin:claims_claim_cite')}?{query}"


def choose_url(claims: QuerySet) -> str:
    """Return the address of the page with none of these claims ticked yet."""
    return f"{cite_url(claims)}&{CHOOSE}=1"


def _chosen(request: HttpRequest) -> list[Claim]:
    keys = keys_from(request.GET.get("ids", "").split(","))
    rows = Claim.objects.filter(pk__in=keys[:MAX_CLAIMS])
    return list(rows.select_related("article__document", "source").order_by("pk"))


def _list_of(claims: list[Claim]) -> str:
    """Return the address of the claims list, of one article where all are of one."""
    address = reverse("admin:claims_claim_changelist")
    articles = {claim.article_id for claim in claims}
    return f"{address}?article={articles.pop()}" if len(articles) == 1 else address


def _cited(request: HttpRequest, form: Any, rows: list[Row]) -> list[Citation] | None:
    """Save what was posted; ``None``, with the errors in the forms, if it cannot be."""
    if request.method != "POST":
        return None
    are_valid = [form.is_valid(), *(row.form.is_valid() for row in rows)]
    if not all(are_valid):
        return None
    targets = [
        Target(row.claim, given["quotation"], given["locator"])
        for row in rows
        if (given := row.form.cleaned_data)["cite"]
    ]
    try:
        return cite_for_several(form.instance, targets, request.user)
    except CitingError as error:
        for fault in error.faults:
            add_fault(fault, form, rows)
        return None


def _what_was_cited(citations: list[Citation]) -> str:
    number = len(citations)
    cited = ngettext(
        "Cited for %(number)s claim.", "Cited for %(number)s claims.", number
    ) % {"number": number}
    found = sum(citation.passage_id is not None for citation in citations)
    if not citations[0].document.newest_copy or found == number:
        return cited
    missed = _("The quotation was found in the stored copy for %(found)s of them.")
    return f"{cited} {missed % {'found': found}}"
