"""What waits, for the desk's first page, and the way from one row to the next."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Window
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from .queues import BY_SLUG, COUNTED, QUEUES, Queue
from .waits import age_in_words, wait_in_words

#: So many rows of each queue stand on the first page.
SHOWN = 3
FILTERS = "_changelist_filters"
RELATED = {
    "article": ["document"],
    "assessment": ["claim"],
    "claim": [],
    "document": [],
    "correctionrequest": ["claim"],
}


@dataclass(frozen=True)
class Waiting:
    """One row of a queue: what it is about, its page, how long it waits."""

    words: str
    url: str
    wait: str
    is_overdue: bool


@dataclass(frozen=True)
class Counted:
    """A queue with its length, its first rows, and the age of its oldest."""

    queue: Queue
    count: str
    url: str
    is_empty: bool
    oldest: str
    overdue: int
    rows: list[Waiting]


@dataclass(frozen=True)
class Next:
    """The row after the one on the screen, in the queue it was opened from."""

    queue: Queue
    url: str
    others: int


def queues_for(user: Any, today: datetime.date) -> list[Counted]:
    """Return the queues this user may look into; one query each."""
    return [
        _counted(queue, user, today)
        for queue in QUEUES
        if user.has_perm(f"claims.view_{queue.model}")
    ]


def _counted(queue: Queue, user: Any, today: datetime.date) -> Counted:
    rows = queue.counted(user, today).annotate(
        total=Window(Count("pk")),
        late=Window(Count("overdue")),
        oldest=Window(Min("since")),
    )
    first = list(rows.select_related(*RELATED[queue.model])[:SHOWN])
    total = first[0].total if first else 0
    url = reverse(f"admin:claims_{queue.model}_changelist")
    return Counted(
        queue=queue,
        count=f"{COUNTED}+" if total > COUNTED else str(total),
        url=f"{url}?queue={queue.slug}",
        is_empty=not first,
        oldest=age_in_words(first[0].oldest, today) if first else "",
        overdue=first[0].late if first else 0,
        rows=[_waiting(queue, row, today) for row in first],
    )


def _waiting(queue: Queue, row: Any, today: datetime.date) -> Waiting:
    return Waiting(
        words=_WORDS[queue.model](row),
        url=_page_in_queue(queue, row.pk),
        wait=wait_in_words(row, today),
        is_overdue=row.overdue is not None,
    )


#: What a row of each model is called on the first page.
_WORDS: dict[str, Callable[[Any], str]] = {
    "article": str,
    "document": str,
    "assessment": lambda row: str(row.claim.text),
    "claim": lambda row: str(row.text),
    "correctionrequest": lambda row: str(row.text),
}


def _page_in_queue(queue: Queue, pk: int) -> str:
    """Return the address of a row's page that knows the queue it was opened from."""
    query = QueryDict(mutable=True)
    query[FILTERS] = f"queue={queue.slug}"
    url = reverse(f"admin:claims_{queue.model}_change", args=[pk])
    return f"{url}?{query.urlencode()}"


def next_waiting(request: HttpRequest, row: Any) -> Next | None:
    """Return what comes after this row in the queue whose list it was opened from."""
    filters = QueryDict(request.GET.get(FILTERS, ""))
    queue = BY_SLUG.get(filters.get("queue", ""))
    if queue is None or queue.model != row._meta.model_name:
        return None
    rows = queue.counted(request.user, timezone.localdate())
    keys = list(rows.values_list("pk", flat=True))
    place = keys.index(row.pk) if row.pk in keys else -1
    others = [*keys[place + 1 :], *keys[: max(place, 0)]]
    return (
        Next(queue, _page_in_queue(queue, others[0]), len(others)) if others else None
    )
