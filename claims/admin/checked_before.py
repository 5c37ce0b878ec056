"""Has this been checked before? A claim beside those it is like, and a page to ask on."""

from collections.abc import Iterable
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
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from claims.jobs.sharing import SHARING, may_share, share_assessment
from claims.models import Claim, ClaimPair
from claims.moves import MoveError, StaleMoveError, decide_pair
from claims.moves.pairs import DECIDING, DECISIONS
from claims.search import Similar, similar_at_desk
from claims.search.similar import MAX_CHARACTERS
from claims.workflow.desk_words import PairState
from claims.workflow.words import ClaimState

VIEWING = ("claims.view_claim", "claims.view_claimpair")
SHOWN = 8
#: Shown is what has so much of the score of the best.
WORTH = 0.2
PAIRS_SHOWN = 50


class DecisionForm(forms.Form):
    """What a person says of a pair; ``seen``: the state of it that the page showed."""

    other = forms.CharField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(
        label=gettext_lazy("The two are"),
        widget=forms.RadioSelect,
        choices=[(state.value, state.label) for state in DECISIONS],
    )
    note = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60, "dir": "auto"}),
        help_text=gettext_lazy(
            "Needed when they are the same: why, and what differs, if anything. It "
            "stands before the reasons of an assessment that is taken over."
        ),
    )


class AskForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("A claim, or a post as it was sent to you"),
        max_length=MAX_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80, "dir": "auto"}),
    )


@dataclass(frozen=True)
class AlikeRow:
    """A claim beside the one asked about: as pair, as found, and the form to decide."""

    claim: Claim
    pair: ClaimPair | None = None
    found: Similar | None = None
    form: DecisionForm | None = None
    is_shareable: bool = False


class CheckedBefore:
    """Mixin of ClaimAdmin: `checked-before/`, for a text and for each claim."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        route = "<path:object_id>/checked-before/"
        own = [
            path("checked-before/", wrap(self.ask_view), name="claims_claim_ask"),
            path(
                f"{route}<slug:pair_id>/share/",
                wrap(self.share_view),
                name="claims_claim_share",
            ),
            path(route, wrap(self.alike_view), name="claims_claim_alike"),
        ]
        return [*own, *super().get_urls()]  # type: ignore[misc]

    @method_decorator(require_safe)
    def ask_view(self, request: HttpRequest) -> HttpResponse:
        """Compare a text that somebody typed; it is sent in the address, not kept."""
        if not request.user.has_perms(VIEWING):
            raise PermissionDenied
        form = AskForm(request.GET if "text" in request.GET else None)
        text = form.cleaned_data["text"] if form.is_valid() else ""
        found = _worth_showing(similar_at_desk(text, SHOWN)) if text else []
        context = {
            "title": _("Has this been checked before?"),
            "form": form,
            "is_asked": bool(text),
            "rows": [AlikeRow(each.claim, found=each) for each in found],
        }
        return self._answer(request, "admin/checked_before.html", context)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def alike_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        claim = self._claim_asked(request, object_id)
        if request.method != "POST":
            return self._alike_page(request, claim)
        if not request.user.has_perm(DECIDING):
            raise PermissionDenied
        form = DecisionForm(request.POST)
        other = Claim.objects.filter(public_id=request.POST.get("other", "")).first()
        if other is None:
            raise Http404
        if not form.is_valid():
            return self._alike_page(request, claim, form, 422)
        given = form.cleaned_data
        said = (given["decision"], given["note"], given["seen"])
        try:
            pair = decide_pair(claim, other, request.user, *said)
        except MoveError as error:
            form.add_error(None, error.reasons)
            status = 409 if isinstance(error, StaleMoveError) else 422
            return self._alike_page(request, claim, form, status)
        noted = _("Noted, with your name: %(state)s.")
        messages.success(request, noted % {"state": pair.get_state_display()})
        return Redirect(alike_url(claim))

    @method_decorator(require_POST)
    def share_view(
        self, request: HttpRequest, object_id: str, pair_id: str
    ) -> HttpResponse:
        claim = self._claim_asked(request, object_id)
        if not request.user.has_perms(SHARING):
            raise PermissionDenied
        pair = ClaimPair.objects.of(claim).filter(public_id=pair_id).first()
        if pair is None:
            raise Http404
        try:
            draft = share_assessment(pair, claim, request.user)
        except MoveError as error:
            messages.error(request, " ".join(error.reasons))
            return Redirect(alike_url(claim))
        done = _("Drafted from the same claim's assessment: read it through and edit.")
        messages.success(request, done)
        return Redirect(reverse("admin:claims_assessment_change", args=[draft.pk]))

    def _claim_asked(self, request: HttpRequest, object_id: str) -> Claim:
        if not request.user.has_perms(VIEWING):
            raise PermissionDenied
        claim: Claim | None = self.get_object(  # type: ignore[attr-defined]
            request, unquote(object_id)
        )
        if claim is None:
            raise Http404
        return claim

    def _alike_page(
        self,
        request: HttpRequest,
        claim: Claim,
        sent: DecisionForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        may_decide = request.user.has_perm(DECIDING)
        context = {
            "title": _("Has this been checked before?"),
            "original": claim,
            "rows": list(_rows(claim, sent)),
            "may_decide": may_decide and claim.state == ClaimState.WORKING,
            "may_share": request.user.has_perms(SHARING),
            "form": sent,
        }
        return self._answer(request, "admin/alike.html", context, status)

    def _answer(
        self,
        request: HttpRequest,
        template: str,
        context: dict[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        shared = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, template, shared | context, status=status)


def alike_url(claim: Claim) -> str:
    return reverse("admin:claims_claim_alike", args=[claim.pk])


def pairs_of(claim: Claim) -> list[AlikeRow]:
    """Return the pairs of a claim, those to be decided first, without searching."""
    rows = ClaimPair.objects.of(claim).select_related(
        "decided_by",
        *(f"{each}__{name}" for each in ("one", "other") for name in _SHOWN_OF_CLAIM),
    )
    pairs = sorted(
        rows.order_by("pk")[:PAIRS_SHOWN], key=lambda pair: _ORDER.index(pair.state)
    )
    return [
        AlikeRow(pair.partner_of(claim), pair, is_shareable=may_share(pair, claim))
        for pair in pairs
    ]


_SHOWN_OF_CLAIM = ("status", "article__document")
_ORDER = [
    PairState.SUGGESTED,
    PairState.SAME,
    PairState.RELATED,
    PairState.REJECTED,
]


def _rows(claim: Claim, sent: DecisionForm | None) -> Iterable[AlikeRow]:
    """Yield the pairs of a claim, then what else is like it; each with its form."""
    known = {row.claim.pk: row for row in pairs_of(claim)}
    found = similar_at_desk(claim.text, SHOWN + len(known), but=[claim.public_id])
    by_claim = {each.claim.pk: each for each in found}
    new = [each for each in found if each.claim.pk not in known]
    others = [AlikeRow(each.claim) for each in _worth_showing(new)]
    for row in [*known.values(), *others[:SHOWN]]:
        yield AlikeRow(
            row.claim,
            row.pair,
            by_claim.get(row.claim.pk),
            _form_of(row, sent),
            row.is_shareable,
        )


def _worth_showing(found: list[Similar]) -> list[Similar]:
    """Leave out what has little more in common than words that most claims have."""
    return [each for each in found if each.score >= WORTH * found[0].score]


def _form_of(row: AlikeRow, sent: DecisionForm | None) -> DecisionForm:
    if sent is not None and sent.data.get("other") == row.claim.public_id:
        return sent
    pair = row.pair
    is_decided = pair is not None and pair.state != PairState.SUGGESTED
    initial = {
        "other": row.claim.public_id,
        "seen": pair.state if pair else "",
        "decision": pair.state if pair and is_decided else "",
        "note": pair.note if pair else "",
    }
    return DecisionForm(initial=initial, auto_id=f"id_{row.claim.public_id}_%s")
