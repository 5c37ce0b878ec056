"""The page that lays a quotation beside its source: what differs, and who looked."""

from dataclasses import dataclass
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
from django.views.decorators.http import require_POST, require_safe

from claims.models import AttributionLink, Citation, QuoteCheck
from claims.moves import MoveError, StaleMoveError, confirm_by_eye, take_over_check
from claims.moves.quotations import LOOKING, TAKING_OVER
from claims.workflow.desk_words import EyeFinding

from .quotation_rows import Comparison, Offered, comparison_of

VIEWING = ("claims.view_citation", "claims.view_quotecheck")
#: A form sent says which check it was shown; of an address it is a public id.
_OWN = "own"


class SeenForm(forms.Form):
    """What a person saw who compared the quotation with its source."""

    check = forms.CharField(widget=forms.HiddenInput)
    eye = forms.ChoiceField(
        label=gettext_lazy("What I see"),
        widget=forms.RadioSelect,
        choices=[
            (finding.value, finding.label)
            for finding in (EyeFinding.SAME, EyeFinding.OTHER)
        ],
    )
    note = forms.CharField(
        label=gettext_lazy("What I looked at"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80, "dir": "auto"}),
        help_text=gettext_lazy(
            "e.g. “The scan, page 12: it reads 5,000.” Not public. Needed when the "
            "program finds otherwise."
        ),
    )


@dataclass(frozen=True)
class _Sent:
    """A form that was refused, to be shown again, and the answer's status."""

    form: SeenForm | None = None
    reasons: tuple[str, ...] = ()
    status: int = 200


class QuotationPage:
    """Mixin of CitationAdmin: `…/<id>/quotation/`, and what is sent from there."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        route = "<path:object_id>/quotation/"
        views = {
            "": (self.quotation_view, "quotation"),
            "seen/": (self.seen_view, "quotation_seen"),
            "take-over/": (self.take_over_view, "quotation_take_over"),
        }
        own = [
            path(f"{route}{end}", wrap(view), name=f"claims_citation_{name}")
            for end, (view, name) in views.items()
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_safe)
    def quotation_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self._page(request, self._citation(request, object_id), _Sent())

    @method_decorator(require_POST)
    def seen_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        citation = self._citation(request, object_id, LOOKING)
        form = SeenForm(request.POST)
        if not form.is_valid():
            return self._page(request, citation, _Sent(form, status=422))
        check = _check(citation, form.cleaned_data["check"])
        eye = EyeFinding(form.cleaned_data["eye"])
        try:
            confirm_by_eye(check, request.user, eye, form.cleaned_data["note"])
        except MoveError as error:
            return self._page(request, citation, _refused(error, form))
        messages.success(
            request, _("Noted, with your name: %(eye)s.") % {"eye": eye.label}
        )
        return Redirect(quotation_url(citation))

    @method_decorator(require_POST)
    def take_over_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        citation = self._citation(request, object_id, (TAKING_OVER,))
        check = _check(citation, request.POST.get("check", ""))
        link = _link(citation, request.POST.get("link", ""))
        proposed = request.POST.get("proposed", "")
        try:
            value = take_over_check(check, request.user, link, proposed)
        except MoveError as error:
            return self._page(request, citation, _refused(error))
        said = _("Did they say it? Now: %(check)s.") % {"check": value.label}
        messages.success(request, said)
        return Redirect(reverse("admin:claims_claim_change", args=[citation.claim_id]))

    def _citation(
        self, request: HttpRequest, object_id: str, needed: tuple[str, ...] = ()
    ) -> Citation:
        if not request.user.has_perms((*VIEWING, *needed)):
            raise PermissionDenied
        citation: Citation | None = self.get_object(  # type: ignore[attr-defined]
            request, unquote(object_id)
        )
        if citation is None:
            raise Http404
        return citation

    def _page(
        self, request: HttpRequest, citation: Citation, sent: _Sent
    ) -> HttpResponse:
        comparison = comparison_of(citation)
        form = sent.form or SeenForm(initial=_initial(comparison))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Quotation and source"),
            "subtitle": str(citation.document),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": citation,
            "comparison": comparison,
            "offered": Offered.of(citation, comparison),
            "form": form,
            "reasons": sent.reasons,
            "may_look": request.user.has_perms(LOOKING),
            "may_take_over": request.user.has_perm(TAKING_OVER),
        }
        return TemplateResponse(
            request, "admin/quotation.html", context, status=sent.status
        )


def quotation_url(citation: Citation) -> str:
    return reverse("admin:claims_citation_quotation", args=[citation.pk])


def _initial(comparison: Comparison) -> dict[str, Any]:
    check = comparison.check
    if check is None:
        return {}
    finding = EyeFinding.SAME if check.is_accepted else ""
    return {"check": check.public_id, "eye": finding}


def _check(citation: Citation, public_id: str) -> QuoteCheck:
    check = citation.quote_checks.filter(public_id=public_id).first()
    if check is None:
        raise Http404
    return check


def _link(citation: Citation, public_id: str) -> AttributionLink | None:
    """Return the link of the chain that was chosen; ``None``: the claim's own source."""
    if public_id == _OWN:
        return None
    link = citation.claim.chain.filter(public_id=public_id).first()
    if link is None:
        raise Http404
    return link


def _refused(error: MoveError, form: SeenForm | None = None) -> _Sent:
    status = 409 if isinstance(error, StaleMoveError) else 422
    return _Sent(form, tuple(error.reasons), status)
