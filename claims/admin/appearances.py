"""Appearances on the claim page: type the words, the place in the article is found."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.checking.anchors import cut, occurrences
from claims.models import Appearance, Article, Claim, StoredCopy

from .base import StackedParts
from .forms import CarriedField, OpenedForm
from .newest_places import newest_places, newest_reading

CONTEXT_SHOWN = 40
PLACES_SHOWN = 20


class AppearanceForm(OpenedForm):
    """Finds the passage of the wording typed; asks which when there are several."""

    place = CarriedField(label=gettext_lazy("which place"))
    #: “One first appearance” is left to the formset: two rows may swap.
    late_fields = frozenset({"is_first"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["article"].required = False
        self.fields["article"].help_text = _("Empty: the claim's own article.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        claim = cleaned.get("claim")
        article = cleaned.get("article") or _article_of(claim)
        wording = (cleaned.get("wording") or "").replace("\r\n", "\n")
        if article is None or not wording:
            return cleaned
        cleaned |= {"article": article, "wording": wording}
        if self.instance.passage_id is None or self._was_moved(article, wording):
            self._find_passage(article.newest_copy, wording)
        return cleaned

    def _was_moved(self, article: Article, wording: str) -> bool:
        row = self.instance
        return row.passage.exact != wording or (
            row.passage.stored_copy.document_id != article.document_id
        )

    def _find_passage(self, copy: StoredCopy | None, wording: str) -> None:
        """Set the passage; an invalid form rolls a passage made here back again."""
        self.instance.passage = None
        if copy is None or not copy.text:
            return
        starts = occurrences(copy.text, wording)
        chosen = self.data.get(self.add_prefix("place"), "")
        if len(starts) == 1:
            chosen = str(starts[0])
        if chosen in [str(start) for start in starts]:
            start = int(chosen)
            self.instance.passage = copy.passage(start, start + len(wording))
        elif starts:
            self._ask_which(copy, wording, starts)
        else:
            self.add_error(
                "wording",
                ValidationError(
                    _("These words do not stand in “%(copy)s”, letter for letter.")
                    % {"copy": copy}
                ),
            )

    def _ask_which(self, copy: StoredCopy, wording: str, starts: list[int]) -> None:
        self.fields["place"] = forms.ChoiceField(
            label=_("Which place?"),
            widget=forms.RadioSelect,
            choices=[
                (str(start), place_in_words(copy.text, start, start + len(wording)))
                for start in starts[:PLACES_SHOWN]
            ],
        )
        self._bound_fields_cache.pop(  # type: ignore[attr-defined]
            "place", None
        )
        self.add_error(
            "place",
            _("These words stand in %(number)s places: choose which.")
            % {"number": len(starts)},
        )


class AppearanceFormSet(BaseInlineFormSet):
    """Judges the rows together: one of them is first, and two may swap."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk is None:
            form.initial.setdefault("is_first", not self.initial_form_count())

    def clean(self) -> None:
        super().clean()
        kept = [
            form
            for form in self.forms
            if hasattr(form, "cleaned_data")
            and form.cleaned_data.get("wording")
            and form not in self.deleted_forms
        ]
        firsts = [form for form in kept if form.cleaned_data.get("is_first")]
        if kept and len(firsts) != 1:
            raise ValidationError(_("Mark exactly one appearance as the first."))

    def save(self, commit: bool = True) -> Any:
        """Unmark the old first row before a new one is marked."""
        unmarked = [
            form.instance.pk
            for form in self.initial_forms
            if form.has_changed() and not form.cleaned_data.get("is_first")
        ]
        Appearance.objects.filter(pk__in=unmarked).update(is_first=False)
        return super().save(commit)


class AppearanceInline(StackedParts):
    model = Appearance
    form = AppearanceForm
    formset = AppearanceFormSet
    autocomplete_fields = ["article"]
    readonly_fields = ["in_context"]
    fields = ["in_context", "wording", "place", ("article", "placement", "is_first")]
    verbose_name_plural = gettext_lazy("where it appears")

    def get_queryset(self, request: Any) -> Any:
        rows = super().get_queryset(request)
        rows = rows.select_related("passage__stored_copy", "article__document")
        return rows.prefetch_related(newest_places())

    @admin.display(description=gettext_lazy("in the article"))
    def in_context(self, appearance: Appearance) -> SafeString | str:
        passage = appearance.passage
        if passage is None:
            return _("no place in a stored copy yet")
        shown = format_html(
            '<span class="desk-passage" dir="auto">…{}<mark>{}</mark>{}…</span>',
            passage.prefix,
            passage.exact,
            passage.suffix,
        )
        reading = newest_reading(appearance)
        return shown + format_html('<span class="desk-late">{}</span>', reading)


def _article_of(claim: Claim | None) -> Article | None:
    return claim.article if claim is not None and claim.article_id else None


def place_in_words(text: str, start: int, end: int) -> str:
    """Return a place as one line: its words in brackets, a little on either side."""
    place = cut(text, start, end)
    before, after = place.prefix[-CONTEXT_SHOWN:], place.suffix[:CONTEXT_SHOWN]
    return f"…{before}[{place.exact}]{after}…"
