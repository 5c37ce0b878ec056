"""The queues of the desk: what waits, for whom, and how each list is found."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Article, Assessment, Claim, Inquiry
from claims.workflow.words import ArticleState, AssessmentState

#: A queue is counted up to here; beyond, "1000+" says enough.
COUNTED = 1000
MODELS: dict[str, Any] = {
    "article": Article,
    "assessment": Assessment,
    "claim": Claim,
}

Rows = Callable[[Any, Any, datetime.date], QuerySet]


@dataclass(frozen=True)
class Queue:
    """One queue: its name in addresses, its label, and the rows it holds."""

    slug: str
    model: str
    label: Promise
    explanation: Promise
    rows: Rows


def _waiting_for_me(rows: Any, user: Any, _today: datetime.date) -> QuerySet:
    past_my_turn = Assessment.objects.filter(
        claim=OuterRef("pk"),
        state__in=[
            AssessmentState.SUBMITTED,
            AssessmentState.SIGNED_OFF,
            AssessmentState.PUBLISHED,
        ],
    )
    return rows.working().filter(~Exists(past_my_turn), assignee=user)


def _awaiting_reply(rows: Any, _user: Any, _today: datetime.date) -> QuerySet:
    unanswered = Inquiry.objects.filter(
        claim=OuterRef("pk"), asked_on__isnull=False, answered_on=None, outcome=""
    )
    return rows.working().filter(Exists(unanswered))


QUEUES = (
    Queue(
        "waiting-for-me",
        "claim",
        _("Waiting for me"),
        _("Assigned to you, and the next step is yours."),
        _waiting_for_me,
    ),
    Queue(
        "returned-to-me",
        "assessment",
        _("Returned to me"),
        _("Your assessments that came back with a reason."),
        lambda rows, user, _today: rows.returned_to(user),
    ),
    Queue(
        "my-drafts",
        "assessment",
        _("My drafts"),
        _("Assessments you began and have not submitted."),
        lambda rows, user, _today: rows.filter(
            author=user, state=AssessmentState.DRAFT
        ),
    ),
    Queue(
        "to-sign-off",
        "assessment",
        _("To sign off"),
        _("Submitted by others, waiting for a second pair of eyes."),
        lambda rows, user, _today: rows.to_sign_off().filter(~Q(author=user)),
    ),
    Queue(
        "to-publish",
        "assessment",
        _("To publish"),
        _("Signed off, not yet published."),
        lambda rows, _user, _today: rows.filter(state=AssessmentState.SIGNED_OFF),
    ),
    Queue(
        "changed-since-release",
        "claim",
        _("Changed since release"),
        _("Claims of released articles that readers have not been shown so."),
        lambda rows, _user, _today: rows.changed_since_release(),
    ),
    Queue(
        "awaiting-reply",
        "claim",
        _("Awaiting reply"),
        _("Somebody was asked and has not answered yet."),
        _awaiting_reply,
    ),
    Queue(
        "due-for-recheck",
        "claim",
        _("Due for re-check"),
        _("The day set for another look has come."),
        lambda rows, _user, today: rows.due_for_recheck(today),
    ),
    Queue(
        "unattributed",
        "claim",
        _("Unattributed"),
        _("Claims that nobody is named for."),
        lambda rows, _user, _today: rows.unattributed(),
    ),
    Queue(
        "in-progress",
        "article",
        _("Articles in progress"),
        _("Open or released, and not cleared yet."),
        lambda rows, _user, _today: rows.exclude(state=ArticleState.CLEARED),
    ),
)


@dataclass(frozen=True)
class Counted:
    """A queue with its length and address, for the index."""

    queue: Queue
    count: str
    url: str
    is_empty: bool


def queues_for(user: Any, today: datetime.date) -> list[Counted]:
    """Return the queues this user may look into, counted; one query each."""
    return [
        _counted(queue, user, today)
        for queue in QUEUES
        if user.has_perm(f"claims.view_{queue.model}")
    ]


def _counted(queue: Queue, user: Any, today: datetime.date) -> Counted:
    rows = MODELS[queue.model].objects.order_by()
    number = queue.rows(rows, user, today)[: COUNTED + 1].count()
    shown = f"{COUNTED}+" if number > COUNTED else str(number)
    url = reverse(f"admin:claims_{queue.model}_changelist")
    return Counted(queue, shown, f"{url}?queue={queue.slug}", number == 0)


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
        for queue in QUEUES:
            if queue.slug == self.value():
                return queue.rows(queryset, request.user, timezone.localdate())
        return queryset
