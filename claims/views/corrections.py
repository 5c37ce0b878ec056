"""Corrections: every dated notice, with the status before and after."""

from typing import Any

import django_tables2 as tables
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from claims.models.record import PublishedNotice
from claims.reading.status_words import (
    newest_methodology,
    notice_row,
    statuses_of,
)

from .filters import CorrectionFilter
from .kept import takes
from .lists import LIST_PARAMETERS, list_context, list_page
from .public import public
from .tables import RecordTable


class CorrectionTable(RecordTable):
    """Sorts and pages the notices; the page itself draws them as a list."""

    usual_order = "-at"
    at = tables.Column(
        _("Date"),
        order_by=("at", "release_sequence", "-claim_id"),
        initial_sort_descending=True,
    )


@public
@takes(*CorrectionFilter.base_filters, *LIST_PARAMETERS)
def correction_list(request: HttpRequest) -> HttpResponse:
    statuses = statuses_of(newest_methodology())
    rows = PublishedNotice.objects.select_related("claim").defer(
        "claim__content", "claim__quotations"
    )
    filterset = CorrectionFilter(request.GET, queryset=rows)
    context: dict[str, Any] = list_context(request, filterset, CorrectionTable)
    shown = context["page"].rows
    context["corrections"] = [(row.claim, notice_row(row, statuses)) for row in shown]
    context["answer_days"] = settings.TRACKER_ANSWER_DAYS
    return list_page(request, "correction_list", context)
