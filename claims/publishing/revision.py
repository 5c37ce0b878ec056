"""How often what readers get has changed: what kept pages are known by."""

import datetime

from django.db import transaction
from django.db.models import BigIntegerField, F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from claims.models.counted import ContentRevision

#: What machines find is shown at the latest so long after, and not sooner than the
#: last of it: a watch that looks at a link each second would let no page be kept.
FACTS_WAIT = datetime.timedelta(minutes=10)


def advance() -> None:
    """Let no page be shown any more that was made before this transaction.

    Called by whatever writes the record, after its lock of the log: publications wait
    for each other there, so that this row is the last they wait for. By two, for one of
    them may have been told already by ``revision_at``; and at least to the time, so
    that no number comes again where an older backup was restored.
    """
    at = int(timezone.now().timestamp() * 1000)
    further = Greatest(F("number") + 2, Value(at, output_field=BigIntegerField()))
    rows = ContentRevision.objects.filter(pk=1)
    if not rows.update(number=further, facts_due_at=None):
        ContentRevision.objects.create(number=at)


def note_facts() -> None:
    """Show what machines found, ten minutes from now at the latest.

    After the commit: a fact may be written by who waits for the log, and would keep
    from this row who has the log. What is lost so, the next day shows.
    """
    transaction.on_commit(lambda: note_facts_at(timezone.now()))


def note_facts_at(now: datetime.datetime) -> None:
    with transaction.atomic():
        ContentRevision.objects.get_or_create(pk=1)
        due = ContentRevision.objects.filter(pk=1)
        due.filter(facts_due_at__lte=now).update(
            number=F("number") + 1, facts_due_at=now + FACTS_WAIT
        )
        due.filter(facts_due_at=None).update(facts_due_at=now + FACTS_WAIT)


def revision_at(now: datetime.datetime) -> int:
    """Return the number that a page made now is kept under; read it before the page."""
    row = ContentRevision.objects.filter(pk=1).values_list("number", "facts_due_at")
    number, facts_due_at = row.first() or (0, None)
    return number + (facts_due_at is not None and facts_due_at <= now)
