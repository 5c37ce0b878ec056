"""Rows on the claim page: the chain, evidence, searches, inquiries, notes."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.models import AttributionLink, Citation, EvidenceSearch, Inquiry, Note
from claims.workflow.words import Question

from .base import StackedParts
from .citations import CITATION_FIELDSETS, CitationPartForm
from .form_fields import SharedChoiceField
from .forms import OpenedForm
from .lookups import key_on_page, keys_from

#: More than this many citations are listed with links to their own pages.
CITATIONS_IN_PLACE = 20
#: Larger than any position: moved rows wait there while positions are swapped.
OUT_OF_THE_WAY = 10_000
LONGEST_CHAIN = 99


class LinkForm(OpenedForm):
    #: Two links may swap places; the formset sees that no place is taken twice.
    late_fields = frozenset({"position"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = [MinValueValidator(1), MaxValueValidator(LONGEST_CHAIN)]
        self.fields["position"].validators += limits

    def validate_unique(self) -> None:
        """Left to the formset, which sees all rows."""


class LinkFormSet(BaseInlineFormSet):
    def save(self, commit: bool = True) -> Any:
        """Move changed links out of the way before each takes its new position."""
        moved = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        rows = AttributionLink.objects.filter(pk__in=moved)
        rows.update(position=F("position") + OUT_OF_THE_WAY)
        return super().save(commit)


class ChainInline(StackedParts):
    model = AttributionLink
    form = LinkForm
    formset = LinkFormSet
    autocomplete_fields = ["source", "document"]
    fields = [
        ("position", "source"),
        ("role", "document"),
        ("attribution_check", "attribution_citation"),
        ("attribution_checked_by", "attribution_checked_on"),
    ]
    readonly_fields = ["attribution_checked_by", "attribution_checked_on"]
    verbose_name_plural = _("further links of the chain: whom the source relies on")

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "attribution_citation":
            kwargs["queryset"] = attributing_citations(request)
            kwargs["form_class"] = SharedChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def attributing_citations(request: HttpRequest) -> QuerySet:
    """Return what this claim cites for *did they say it?*: the choices of a check."""
    rows = Citation.objects.select_related("document")
    return rows.filter(question=Question.ATTRIBUTION, claim=key_on_page(request))


class NewestCitations(BaseInlineFormSet):
    """The newest few for editing; of a posted page, the rows it holds."""

    def get_queryset(self) -> QuerySet:
        if not hasattr(self, "_newest"):
            rows = super().get_queryset()
            self._newest = rows.filter(pk__in=self._wanted(rows)).order_by(
                "position", "public_id"
            )
        return self._newest

    def _wanted(self, rows: QuerySet) -> list[int]:
        if not self.is_bound:
            return list(
                rows.order_by("-pk").values_list("pk", flat=True)[:CITATIONS_IN_PLACE]
            )
        return keys_from(
            self.data.get(f"{self.prefix}-{index}-id", "")
            for index in range(self.initial_form_count())
        )


class CitationInline(StackedParts):
    model = Citation
    form = CitationPartForm
    formset = NewestCitations
    autocomplete_fields = ["document"]
    fieldsets = CITATION_FIELDSETS
    show_change_link = True
    verbose_name_plural = _("citations (the newest, edited in place)")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("document", "passage")

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "inquiry":
            kwargs["queryset"] = Inquiry.objects.filter(claim=key_on_page(request))
            kwargs["form_class"] = SharedChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SearchInline(StackedParts):
    model = EvidenceSearch
    autocomplete_fields = ["searched_by"]
    fields = [
        ("question", "searched_on", "searched_by"),
        "looked_in",
        "looked_for",
        "result",
    ]


class InquiryInline(StackedParts):
    model = Inquiry
    fields = [
        ("addressee", "addressed_to"),
        ("contact", "channel"),
        "question",
        ("asked_on", "deadline_on", "answered_on"),
        "answer",
        "outcome",
    ]


class NoteInline(StackedParts):
    """The desk's conversation: notes are added, and stay as they were written."""

    model = Note
    extra = 1
    can_delete = False
    fields = ["body", ("author", "at")]
    readonly_fields = ["author", "at"]
    verbose_name_plural = _("notes (never public)")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("author")
