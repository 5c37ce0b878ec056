"""Changes to many claims at once: assign them, set the day of the next look."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Claim
from claims.moves import record_review
from claims.moves.reviews import FIELDS as REVIEW_FIELDS
from claims.workflow.words import ClaimState


class AssignForm(forms.Form):
    assignee = forms.ModelChoiceField(
        label=gettext_lazy("Assign to"),
        queryset=get_user_model().objects.none(),
        required=False,
        empty_label=gettext_lazy("nobody"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = get_user_model().objects.filter(is_active=True, is_staff=True)
        self.fields["assignee"].queryset = colleagues.order_by("username")  # type: ignore[attr-defined]


class NextLookForm(forms.Form):
    next_review_on = forms.DateField(
        label=gettext_lazy("Next look on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty: no day is set."),
    )


@dataclass(frozen=True)
class Outcome:
    """What became of one claim."""

    claim: Claim
    sentence: str
    is_done: bool


class BulkChanges:
    """Mixin of ClaimAdmin: two actions, each with a page that reports row by row."""

    actions: Any = ["assign", "set_next_look"]

    @admin.action(description=gettext_lazy("Assign to …"), permissions=["change"])
    def assign(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return self._bulk(request, queryset, AssignForm, "assign", "assignee")

    @admin.action(
        description=gettext_lazy("Set the day of the next look …"),
        permissions=["change"],
    )
    def set_next_look(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse:
        return self._bulk(
            request, queryset, NextLookForm, "set_next_look", "next_review_on"
        )

    def _bulk(
        self,
        request: HttpRequest,
        queryset: QuerySet,
        form_class: type[forms.Form],
        action: str,
        field: str,
    ) -> HttpResponse:
        is_answer = "bulk" in request.POST
        form = form_class(request.POST if is_answer else None)
        keys = list(queryset.order_by("pk").values_list("pk", flat=True))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": str(self.get_action(action)[2]),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "action": action,
            "form": form,
            "keys": keys,
            "claims": queryset.order_by("pk"),
        }
        if is_answer and form.is_valid():
            value = form.cleaned_data[field]
            context["outcomes"] = [
                set_field(key, field, value, request.user) for key in keys
            ]
        return TemplateResponse(request, "admin/bulk.html", context)


def set_field(key: int, field: str, value: Any, actor: Any) -> Outcome:
    """Set one field of one claim in a transaction of its own."""
    with transaction.atomic():
        claim = Claim.objects.select_for_update(no_key=True).get(pk=key)
        if claim.state != ClaimState.WORKING:
            sentence = _("Left as it is: it is %(state)s.")
            state = {"state": claim.get_state_display()}
            return Outcome(claim, sentence % state, is_done=False)
        if getattr(claim, field) == value:
            return Outcome(claim, _("It was so already."), is_done=True)
        setattr(claim, field, value)
        claim.version += 1
        claim.save(update_fields=[field, "version"])
        if field in REVIEW_FIELDS:
            record_review(claim, actor, [field])
    return Outcome(claim, _("Done."), is_done=True)
