"""The queues of the desk: what waits, for whom, since when, and in which order."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import (
    Article,
    Assessment,
    Claim,
    CorrectionRequest,
    Document,
    Inquiry,
)
from claims.models.bounded import count_up_to
from claims.workflow.words import ArticleState, AssessmentState

from .change_lists import DeskChangeList
from .waits import (
    never_due,
    reply_overdue,
    since_asked,
    since_assigned,
    since_basis_changed,
    since_changed,
    since_compared,
    since_doubted,
    since_first_event,
    since_known,
    since_quoted,
    since_returned,
    since_suggested,
    since_taken_up,
    since_told,
    wait_in_words,
    work_overdue,
)

#: A queue is counted up to here; beyond, "1000+" says enough.
COUNTED = 1000
MODELS: dict[str, Any] = {
    "article": Article,
    "assessment": Assessment,
    "claim": Claim,
    "document": Document,
    "correctionrequest": CorrectionRequest,
}
#: What is overdue first, then what waits longest.
ORDER: tuple[Any, ...] = (
    F("overdue").asc(nulls_last=True),
    F("since").asc(nulls_last=True),
    "pk",
)

Rows = Callable[[Any, Any, datetime.date], QuerySet]


@dataclass(frozen=True)
class Queue:
    """One queue: its name in addresses, its label, its rows, and since when they wait.

    ``since`` takes the user and gives an expression for the moment, ``overdue`` takes
    today and gives one for the day that was set and has passed. ``by`` is the column
    that says the same as both, where an index has it in order.
    """

    slug: str
    model: str
    label: Promise
    explanation: Promise
    rows: Rows
    since: Callable[[Any], Any]
    overdue: Callable[[datetime.date], Any] = never_due
    by: str = ""

    def order(self, *, is_long: bool) -> tuple[Any, ...]:
        """Return the order of its list; in a long one, what came first comes first.

        Since when a row waits is looked up in the log, row by row.
        """
        if self.by:
            return (self.by, "pk")
        return ("pk",) if is_long else ORDER

    def waiting(self, rows: Any, user: Any, today: datetime.date) -> QuerySet:
        """Return the rows of this queue, each with ``since`` and ``overdue``."""
        timed: QuerySet = self.rows(rows, user, today).annotate(
            since=self.since(user), overdue=self.overdue(today)
        )
        return timed

    def counted(self, user: Any, today: datetime.date) -> QuerySet:
        """Return at most ``COUNTED`` + 1 of its rows, timed and in order."""
        every = MODELS[self.model].objects.order_by()
        few = self.rows(every, user, today).order_by("pk").values("pk")
        kept = every.filter(pk__in=few[: COUNTED + 1])
        return kept.annotate(
            since=self.since(user), overdue=self.overdue(today)
        ).order_by(*ORDER)


def _awaiting_reply(rows: Any, _user: Any, _today: datetime.date) -> QuerySet:
    unanswered = Inquiry.objects.unanswered().order_by()
    return rows.working().filter(pk__in=unanswered.values("claim"))


QUEUES = (
    Queue(
        "waiting-for-me",
        "claim",
        _("Waiting for me"),
        _("Assigned to you, and the next step is yours."),
        lambda rows, user, _today: rows.waiting_for(user),
        since_assigned,
        work_overdue,
    ),
    Queue(
        "returned-to-me",
        "assessment",
        _("Returned to me"),
        _("Your assessments that came back with a reason."),
        lambda rows, user, _today: rows.returned_to(user),
        lambda _user: since_returned(),
    ),
    Queue(
        "my-drafts",
        "assessment",
        _("My drafts"),
        _("Assessments you began and have not submitted."),
        lambda rows, user, _today: rows.filter(
            author=user, state=AssessmentState.DRAFT
        ),
        lambda _user: F("created_at"),
    ),
    Queue(
        "to-sign-off",
        "assessment",
        _("To sign off"),
        _("Submitted by others, waiting for a second pair of eyes."),
        lambda rows, user, _today: rows.to_sign_off().by_others_than(user),
        lambda _user: F("submitted_at"),
    ),
    Queue(
        "to-publish",
        "assessment",
        _("To publish"),
        _("Signed off, not yet published."),
        lambda rows, _user, _today: rows.to_publish(),
        lambda _user: F("signed_at"),
    ),
    Queue(
        "changed-since-release",
        "claim",
        _("Changed since release"),
        _("Claims of released articles that readers have not been shown so."),
        lambda rows, _user, _today: rows.changed_since_release(),
        lambda _user: since_changed(),
    ),
    Queue(
        "new-information",
        "claim",
        _("New information since sign-off"),
        _("Signed claims of which something came to be known."),
        lambda rows, _user, _today: rows.with_new_information(),
        lambda _user: since_known(),
    ),
    Queue(
        "basis-changed",
        "claim",
        _("Its basis changed"),
        _("A claim that these rest on has another finding, or other words."),
        lambda rows, _user, _today: rows.with_changed_basis(),
        lambda _user: since_basis_changed(),
    ),
    Queue(
        "checked-before",
        "claim",
        _("Checked before?"),
        _("Much like an older claim: say whether it is the same."),
        lambda rows, _user, _today: rows.with_pairs_to_decide(),
        lambda _user: since_suggested(),
    ),
    Queue(
        "passages-to-decide",
        "claim",
        _("Passages to find again"),
        _("A newer copy reads otherwise: say where the words stand now."),
        lambda rows, _user, _today: rows.with_passages_to_decide(),
        lambda _user: since_compared(),
    ),
    Queue(
        "quotations-to-look-at",
        "claim",
        _("Quotations to look at"),
        _("The stored copy reads otherwise, or no program can compare it."),
        lambda rows, _user, _today: rows.with_quotations_to_look_at(),
        lambda _user: since_quoted(),
    ),
    Queue(
        "awaiting-reply",
        "claim",
        _("Awaiting reply"),
        _("Somebody was asked and has not answered yet."),
        _awaiting_reply,
        lambda _user: since_asked(),
        reply_overdue,
    ),
    Queue(
        "correction-requests",
        "correctionrequest",
        _("Correction requests"),
        _("Readers reported an error and await an answer."),
        lambda rows, user, _today: rows.waiting_for(user),
        lambda _user: F("received_at"),
        work_overdue,
    ),
    Queue(
        "due-for-recheck",
        "claim",
        _("Due for re-check"),
        _("The day set for another look has come."),
        lambda rows, _user, today: rows.due_for_recheck(today),
        lambda _user: F("next_review_on"),
        by="next_review_on",
    ),
    Queue(
        "dates-to-confirm",
        "claim",
        _("Dates to confirm"),
        _("Dated from an article's date that was corrected since."),
        lambda rows, _user, _today: rows.dates_in_doubt(),
        lambda _user: since_doubted(),
    ),
    Queue(
        "unattributed",
        "claim",
        _("Unattributed"),
        _("Claims that nobody is named for."),
        lambda rows, _user, _today: rows.unattributed(),
        lambda _user: since_first_event("claim"),
    ),
    Queue(
        "links-to-look-at",
        "document",
        _("Links to look at"),
        _("Moved, gone, or no longer what was cited: say what follows."),
        lambda rows, _user, _today: rows.with_link_to_look_at(),
        lambda _user: since_told(),
    ),
    Queue(
        "in-progress",
        "article",
        _("Articles in progress"),
        _("Open or released, and not cleared yet."),
        lambda rows, _user, _today: rows.exclude(state=ArticleState.CLEARED),
        lambda _user: since_taken_up(),
    ),
)


BY_SLUG = {queue.slug: queue for queue in QUEUES}


class QueueFilter(admin.SimpleListFilter):
    """Narrows a change list to one queue; links on the index carry its name."""

    title = _("queue")
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            (queue.slug, queue.label)
            for queue in QUEUES
            if queue.model == model_admin.opts.model_name
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        queue = BY_SLUG.get(self.value() or "")
        if queue is None:
            return queryset
        return queue.waiting(queryset, request.user, timezone.localdate())


class QueueChangeList(DeskChangeList):
    """A list that, narrowed to a queue, begins with what is overdue or waits longest."""

    is_long = False

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list[Any]:
        queue = BY_SLUG.get(self.params.get(QueueFilter.parameter_name, ""))
        if queue is None or "since" not in queryset.query.annotations:
            return super().get_ordering(request, queryset)
        self.is_long = count_up_to(queryset, COUNTED) > COUNTED
        if ORDER_VAR in self.params:
            return super().get_ordering(request, queryset)
        return list(queue.order(is_long=self.is_long))

    def get_ordering_field(self, field_name: Any) -> Any:
        """Sort a long queue by no column that is looked up row by row."""
        if self.is_long and field_name == "waits":
            return None
        return super().get_ordering_field(field_name)


class QueueLists:
    """Mixin of ModelAdmin: narrowed to a queue, the list says how long each waits."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return QueueChangeList

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = super().get_list_display(request)  # type: ignore[misc]
        queue = BY_SLUG.get(request.GET.get(QueueFilter.parameter_name, ""))
        if queue is None or queue.model != self.opts.model_name:  # type: ignore[attr-defined]
            return columns
        return [*columns, "waits"]

    @admin.display(description=_("waits"), ordering="since")
    def waits(self, row: Any) -> str:
        return wait_in_words(row, timezone.localdate())
