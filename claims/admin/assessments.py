"""Assessments: begun from a claim, written beside its evidence, moved from here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.db.models.functions import Left
from django.forms import ChoiceField, Textarea
from django.http import HttpRequest, HttpResponse
from django.http import HttpResponseRedirect as Redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Assessment, Claim, CorrectionRequest, Methodology
from claims.models.claims import SORTED_BY
from claims.reading.status_page import status_page_from_desk
from claims.workflow.words import WRITABLE_STATES, ClaimState

from .batches import BatchSheets
from .forms import DeskForm
from .history import HistoryAdmin
from .lookups import key_from
from .moves import MovablePages, offers
from .queues import QueueFilter, QueueLists
from .searching import FoundThroughClaims


class AssessmentForm(DeskForm):
    #: Names of those who reported an error about this claim and permit to be named.
    asked_by = ChoiceField(
        label=gettext_lazy("Reported by"),
        required=False,
        help_text=Assessment._meta.get_field("asked_by").help_text,
        error_messages={
            "invalid_choice": gettext_lazy(
                "No request about this claim permits the name “%(value)s”."
            )
        },
    )

    class Meta:
        widgets: ClassVar = {
            "summary": Textarea(attrs={"rows": 2, "cols": 80}),
            "rationale": Textarea(attrs={"rows": 8, "cols": 80}),
        }

    #: Given when the assessment is saved for the first time.
    late_fields = frozenset({"author", "number"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields.get("asked_by")
        if offered is not None:
            offered.choices = [("", "---------"), *self._names()]

    def _names(self) -> list[tuple[str, str]]:
        """Return who may be named, and who is named already."""
        permitting = CorrectionRequest.objects.permitting_names(self._claim_key())
        names = {*permitting.values_list("name", flat=True), self.instance.asked_by}
        return [(name, name) for name in sorted(names - {""})]

    def _claim_key(self) -> int | None:
        """Return the key of the claim: of the row, of what was typed, or to begin."""
        if self.instance.claim_id is not None:
            return int(self.instance.claim_id)
        name = self.add_prefix("claim")
        if self.is_bound and "claim" in self.fields:
            widget = self.fields["claim"].widget
            typed = widget.value_from_datadict(self.data, self.files, name)
        else:
            typed = self.initial.get("claim")
        return key_from(str(typed or ""))

    def clean_claim(self) -> Claim:
        claim: Claim = self.cleaned_data["claim"]
        if claim.state != ClaimState.WORKING:
            raise ValidationError(_("This claim is no longer worked on."))
        return claim


@admin.register(Assessment)
class AssessmentAdmin(
    FoundThroughClaims, BatchSheets, QueueLists, MovablePages, HistoryAdmin
):
    form = AssessmentForm
    list_display = [
        "claim_in_short",
        "status",
        "state",
        "author",
        "signer",
        "submitted_at",
    ]
    list_filter = [QueueFilter, "state", "status"]
    list_select_related = ["claim", "status", "author", "signer"]
    search_fields = ["=public_id"]  # says that there is a search: see the mixin
    search_help_text = gettext_lazy(
        "Words of the claim, of its summaries, reasons, evidence or sources, a public "
        "id, or the user name of an author."
    )
    claim_id_field = "claim__public_id"
    ordering = ["-submitted_at", "-pk"]
    autocomplete_fields = ["claim"]
    change_form_template = "admin/assessment_form.html"
    fieldsets = [
        (None, {"fields": ["claim", ("status", "as_of", "methodology")]}),
        (
            gettext_lazy("Finding"),
            {"fields": ["summary", "rationale", "part_that_holds", "part_that_fails"]},
        ),
        (
            gettext_lazy("Reasons, where something is left open"),
            {
                "classes": ["collapse"],
                "fields": ["attribution_reason", "independence_reason"],
            },
        ),
        (
            gettext_lazy("Correction (when the claim is published already)"),
            {"fields": ["correction_kind", "notice", "asked_by"]},
        ),
        (
            gettext_lazy("State"),
            {
                "fields": [
                    ("state", "number"),
                    ("author", "signer"),
                    ("return_reason", "withdrawal_reason"),
                ]
            },
        ),
    ]
    readonly_fields = [
        "state",
        "number",
        "author",
        "signer",
        "return_reason",
        "withdrawal_reason",
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        written = queryset.filter(author__username=search_term.strip())
        if search_term.strip() and written.exists():
            return written, False
        return super().get_search_results(request, queryset, search_term)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj)[: None if obj else -1]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "claim"] if obj is not None else fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was published, or given up, is read and never rewritten."""
        if obj is not None and obj.state not in WRITABLE_STATES:
            return False
        return super().has_change_permission(request, obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "methodology": Methodology.objects.in_force(today),
            **super().get_changeform_initial_data(request),
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Open the assessment that is open already instead of beginning another."""
        key = key_from(request.GET.get("claim", ""))
        if request.method == "GET" and key is not None:
            begun = Assessment.objects.open().filter(claim=key).first()
            if begun is not None:
                self.message_user(
                    request, _("This claim already has an open assessment: here it is.")
                )
                return Redirect(
                    reverse("admin:claims_assessment_change", args=[begun.pk])
                )
        return super().add_view(request, form_url, extra_context)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if not change:
            claim = Claim.objects.select_for_update(no_key=True).get(pk=obj.claim_id)
            earlier = claim.assessments.aggregate(last=Max("number"))["last"]
            obj.author, obj.number = request.user, (earlier or 0) + 1
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        assessment = context.get("original")
        context["show_save_and_add_another"] = False
        if assessment is not None:
            fresh = Assessment.objects.select_related("claim").get(pk=assessment.pk)
            context |= {
                "offers": offers(fresh, request.user),
                "evidence": status_page_from_desk(fresh.claim, fresh),
                "claim": fresh.claim,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(
        description=gettext_lazy("claim"), ordering=Left("claim__text", SORTED_BY)
    )
    def claim_in_short(self, assessment: Assessment) -> str:
        return Truncator(assessment.claim.text).chars(90)
