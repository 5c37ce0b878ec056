"""Field history on the desk: what changed, in labels; for reading only."""

import itertools
from typing import Any

from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from claims.models import Event
from claims.models.fields import EdtfField

from .base import DeskAdmin
from .lookups import key_from
from .readable import readable_value
from .tracing import subject_of
from .word_changes import word_changes

#: Counted or derived by the machine: no editor changed them.
_NOT_EDITORIAL = ("version", "is_changed", "said_in_doubt")
_CHARACTERS = 300


class ReadableChanges(HistoricalRecordContextHelper):
    def context_for_delta_changes(self, delta: Any) -> list[dict[str, Any]]:
        """Give each change of a text its words, of anything else the old and new."""
        changes = super().context_for_delta_changes(delta)
        for change, shown in zip(delta.changes, changes, strict=True):
            if _is_prose(self.model._meta.get_field(change.field)):
                shown["parts"] = word_changes(change.old or "", change.new or "")
        return changes

    def prepare_delta_change_value(self, change: Any, value: Any) -> Any:
        return readable_value(self.model._meta.get_field(change.field), value)


def _is_prose(field: models.Field) -> bool:
    is_text = isinstance(field, (models.CharField, models.TextField))
    is_coded = isinstance(field, (models.URLField, models.SlugField, EdtfField))
    return is_text and not is_coded and not field.choices


class HistoryAdmin(DeskAdmin, SimpleHistoryAdmin):
    """A desk page with field history; earlier versions are read, never reverted to."""

    history_list_per_page = 50

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        subject = subject_of(row) if row is not None else None
        events = (
            Event.objects.of(str(subject._meta.model_name), subject.public_id)
            .order_by("-sequence")
            .first()
            if subject is not None
            else None
        )
        context = {"newest_event": events, **(extra_context or {})}
        return super().history_view(request, object_id, context)

    def history_form_view(
        self,
        request: HttpRequest,
        object_id: str,
        version_id: str,
        extra_context: Any = None,
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if key_from(version_id) is None:
            raise Http404
        request.desk_reads_history = True  # type: ignore[attr-defined]
        return super().history_form_view(request, object_id, version_id, extra_context)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if getattr(request, "desk_reads_history", False):
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if getattr(request, "desk_reads_history", False):
            return (*flatten_fieldsets(self.get_fieldsets(request, obj)), *fields)
        return fields

    def set_history_delta_changes(
        self,
        request: HttpRequest,
        historical_records: Any,
        foreign_keys_are_objs: bool = True,
    ) -> None:
        records = list(historical_records)
        for newer, older in itertools.pairwise(records):
            delta = newer.diff_against(
                older,
                excluded_fields=_NOT_EDITORIAL,
                foreign_keys_are_objs=foreign_keys_are_objs,
            )
            words = self.get_historical_record_context_helper(request, newer)
            newer.history_delta_changes = words.context_for_delta_changes(delta)

    def get_historical_record_context_helper(
        self, request: HttpRequest, historical_record: Any
    ) -> ReadableChanges:
        return ReadableChanges(
            self.model,
            historical_record,
            max_displayed_delta_change_chars=_CHARACTERS,
        )
