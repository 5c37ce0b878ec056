"""The page on which a person says where passages stand in a document's newest copy."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from claims.checking.anchors import occurrences
from claims.models import Anchoring, Document, Passage
from claims.moves import MoveError, StaleMoveError, decide_anchor
from claims.moves.anchors import DECIDING

from .appearances import PLACES_SHOWN, place_in_words
from .passage_rows import PassageRow, passages_of

LOOKING = ("claims.view_claim", "claims.view_document")


class DecideForm(forms.Form):
    """Where a passage stands now: as proposed, at words that are typed, or nowhere."""

    HERE, GONE, WORDS = "here", "gone", "words"

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(
        choices=[(each, each) for each in (HERE, GONE, WORDS)],
        error_messages={"required": gettext_lazy("Choose one of the buttons.")},
    )
    words = forms.CharField(
        label=gettext_lazy("It stands at these words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 80, "dir": "auto"}),
        help_text=gettext_lazy("Letter for letter, as they stand in the newest copy."),
    )

    def __init__(self, anchoring: Anchoring, data: Any = None) -> None:
        initial = {"seen": anchoring.state, "words": anchoring.base.exact}
        super().__init__(data, initial=initial, auto_id=f"{anchoring.public_id}-%s")
        self.anchoring = anchoring
        self.starts: list[int] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        decision = cleaned.get("decision")
        if decision == self.HERE and self.anchoring.found is None:
            self.add_error(None, _("No place is proposed: type the words."))
        if decision == self.WORDS:
            self._find(cleaned)
        return cleaned

    def _find(self, cleaned: dict[str, Any]) -> None:
        """Find the words typed; ask which place when there are several."""
        copy = self.anchoring.stored_copy
        words = (cleaned.get("words") or "").replace("\r\n", "\n")
        starts = [str(start) for start in occurrences(copy.text, words)]
        chosen = starts[0] if len(starts) == 1 else self.data.get("place", "")
        if chosen in starts:
            cleaned["place"] = (int(chosen), int(chosen) + len(words))
        elif starts:
            self._ask_which(copy.text, words, starts)
        else:
            sentence = _("These words do not stand in “%(copy)s”, letter for letter.")
            self.add_error("words", sentence % {"copy": copy})

    def _ask_which(self, text: str, words: str, starts: list[str]) -> None:
        self.fields["place"] = forms.ChoiceField(
            label=_("Which place?"),
            required=False,
            widget=forms.RadioSelect,
            choices=[
                (start, place_in_words(text, int(start), int(start) + len(words)))
                for start in starts[:PLACES_SHOWN]
            ],
        )
        sentence = _("These words stand in %(number)s places: choose which.")
        self.add_error("place", sentence % {"number": len(starts)})

    @property
    def found(self) -> Passage | None:
        """The passage that was decided on, its row added if need be; ``None``: gone."""
        decision = self.cleaned_data["decision"]
        if decision == self.WORDS:
            return self.anchoring.stored_copy.passage(*self.cleaned_data["place"])
        return self.anchoring.found if decision == self.HERE else None


class PassagePages:
    """Mixin of DocumentAdmin: the page of the passages, and a decision on one."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view  # type: ignore[attr-defined]
        route = "<path:object_id>/passages/"
        return [
            path(route, wrap(self.passages_view), name="claims_document_passages"),
            path(
                f"{route}<slug:anchoring_id>/",
                wrap(self.decide_view),
                name="claims_document_passage",
            ),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @method_decorator(require_safe)
    def passages_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        document = self._document_with_passages(request, object_id)
        return self._passages_page(request, document)

    @method_decorator(require_POST)
    def decide_view(
        self, request: HttpRequest, object_id: str, anchoring_id: str
    ) -> HttpResponse:
        document = self._document_with_passages(request, object_id)
        if not request.user.has_perms(DECIDING):
            raise PermissionDenied
        rows = Anchoring.objects.select_related(
            "stored_copy__document", "base", "found"
        )
        row = rows.filter(
            stored_copy__document=document, public_id=anchoring_id
        ).first()
        if row is None:
            raise Http404
        form = DecideForm(row, request.POST)
        if not form.is_valid():
            return self._passages_page(request, document, form, 422)
        try:
            with transaction.atomic():
                seen = form.cleaned_data["seen"]
                decided = decide_anchor(row, request.user, form.found, seen)
        except MoveError as error:
            form.add_error(None, error.reasons)
            status = 409 if isinstance(error, StaleMoveError) else 422
            return self._passages_page(request, document, form, status)
        words = {"words": decided.base, "state": decided.get_state_display()}
        messages.success(request, _("“%(words)s”: %(state)s.") % words)
        return Redirect(passages_url(document))

    def _document_with_passages(self, request: HttpRequest, object_id: str) -> Document:
        if not request.user.has_perms(LOOKING):
            raise PermissionDenied
        document: Document | None = self.get_object(  # type: ignore[attr-defined]
            request, unquote(object_id)
        )
        if document is None:
            raise Http404
        return document

    def _passages_page(
        self,
        request: HttpRequest,
        document: Document,
        sent: DecideForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        passages = passages_of(document)
        shown = {row.anchoring.public_id for row in (*passages.open, *passages.gone)}
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Passages in the newest copy"),
            "subtitle": str(document),
            "opts": self.opts,  # type: ignore[attr-defined]
            "original": document,
            "passages": passages,
            "open": [_with_form(row, sent) for row in passages.open],
            "gone": [_with_form(row, sent) for row in passages.gone],
            "may_decide": request.user.has_perms(DECIDING),
            # Decided by a colleague: its row is no longer among those with a form.
            "refused": sent
            if sent is not None and sent.anchoring.public_id not in shown
            else None,
        }
        return TemplateResponse(request, "admin/passages.html", context, status=status)


def _with_form(row: PassageRow, sent: DecideForm | None) -> PassageRow:
    is_sent = sent is not None and sent.anchoring.pk == row.anchoring.pk
    return replace(row, form=sent if is_sent else DecideForm(row.anchoring))


def passages_url(document: Document) -> str:
    return reverse("admin:claims_document_passages", args=[document.pk])


def waiting_in(document: Document) -> int:
    """Return how many passages of a document a person is to find again."""
    rows = Anchoring.objects.waiting().filter(stored_copy__document=document)
    return int(rows.count())
