"""Topics, verification statuses and the methodology: the desk managers' pages."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Methodology, Topic, VerificationStatus

from .base import DeskAdmin
from .forms import DeskForm


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    list_display = ["label", "slug"]
    search_fields = ["label", "slug"]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {"slug": ["label"]} if obj is None else {}


@admin.register(VerificationStatus)
class VerificationStatusAdmin(DeskAdmin):
    list_display = ["label", "slug", "definition", "rating", "is_final", "position"]
    ordering = ["position", "slug"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["slug"] if obj is not None else []


class MethodologyForm(DeskForm):
    def clean_effective_on(self) -> Any:
        """A version takes effect in the future: nobody was told of it in the past."""
        day = self.cleaned_data["effective_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a day after today."))
        return day


@admin.register(Methodology)
class MethodologyAdmin(DeskAdmin):
    form = MethodologyForm
    list_display = ["number", "effective_on"]
    ordering = ["-number"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version in force is what assessments rest on: it stays as it is."""
        if obj is not None and obj.effective_on <= timezone.localdate():
            return False
        return super().has_change_permission(request, obj)
