"""Since when a row of a queue waits, by when it was due, and both in words."""

import datetime
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Least
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import (
    Anchoring,
    Claim,
    ClaimPair,
    Event,
    Inquiry,
    LinkNotice,
    NewInformation,
    QuoteCheck,
)
from claims.permissions import EDITING_VERBS, SHOWN_VERBS

MONTHS_FROM_DAYS = 60
YEARS_FROM_DAYS = 730
DAYS_IN_MONTH = 30.4
DAYS_IN_YEAR = 365.25


# Expressions: what a queue's rows are annotated with


def since_first_event(kind: str) -> Any:
    """The moment the row came to the desk."""
    return Subquery(_events(kind, "public_id").order_by("sequence").values("at")[:1])


def since_taken_up() -> Any:
    """The moment the article came to the desk, or the first of its claims did."""
    claims = Claim.objects.filter(article=OuterRef("pk")).order_by("pk")
    first = claims.annotate(at=since_first_event("claim")).values("at")[:1]
    return Coalesce(since_first_event("article"), Subquery(first))


def since_returned() -> Any:
    """The moment the newest assessment of the claim came back."""
    events = _events("claim", "claim__public_id").filter(verb="returned")
    return Coalesce(
        Subquery(events.order_by("-sequence").values("at")[:1]), F("submitted_at")
    )


def since_changed() -> Any:
    """The first edit that readers have not been shown."""
    events = _events("claim", "public_id")
    shown = (
        Event.objects.of("claim", OuterRef("subject_id"))  # type: ignore[arg-type]
        .filter(verb__in=SHOWN_VERBS)
        .order_by("-sequence")
        .values("sequence")[:1]
    )
    edits = events.filter(verb__in=EDITING_VERBS).annotate(
        shown=Coalesce(Subquery(shown), 0)
    )
    first = edits.filter(sequence__gt=F("shown")).order_by("sequence")
    return Coalesce(Subquery(first.values("at")[:1]), since_first_event("claim"))


def since_assigned(user: Any) -> Any:
    """The moment the claim was given to this user, who has had it ever since."""
    history = Claim.history.model.objects
    taken_away = history.filter(
        id=OuterRef("id"), history_date__gt=OuterRef("history_date")
    ).exclude(assignee=user)
    given = history.filter(~Exists(taken_away), id=OuterRef("pk"), assignee=user)
    return Coalesce(
        Subquery(given.order_by("history_date").values("history_date")[:1]),
        since_first_event("claim"),
    )


def since_asked() -> Any:
    """The day of the oldest question that nobody has answered."""
    asked = Inquiry.objects.unanswered().filter(claim=OuterRef("pk"))
    return Subquery(asked.order_by("asked_on").values("asked_on")[:1])


def since_doubted() -> Any:
    """The newest correction of the date of the claim's article."""
    events = _events("article", "article__public_id").filter(verb="dates_doubted")
    return Subquery(events.order_by("-sequence").values("at")[:1])


def since_known() -> Any:
    """The moment the oldest unsettled news of the claim came."""
    return _since_told(NewInformation.objects.since_sign_off())


def since_basis_changed() -> Any:
    """The moment the claim was first told of a changed basis that nobody settled."""
    return _since_told(NewInformation.objects.of_bases())


def _since_told(rows: Any) -> Any:
    news = rows.unsettled().filter(claim=OuterRef("pk"))
    return Subquery(news.order_by("at").values("at")[:1])


def since_told() -> Any:
    """The moment that something happened to the link, which nobody has settled."""
    notices = LinkNotice.objects.unsettled().filter(document=OuterRef("pk"))
    return Subquery(notices.values("at")[:1])


def since_compared() -> Any:
    """The moment the oldest passage that is to be found again was missed."""
    waiting = Anchoring.objects.waiting().order_by("made_at").values("made_at")
    appearing = Subquery(waiting.filter(appearance__claim=OuterRef("pk"))[:1])
    citing = Subquery(waiting.filter(citation__claim=OuterRef("pk"))[:1])
    # The least of what is there: of nothing and a moment, databases differ.
    return Least(Coalesce(appearing, citing), Coalesce(citing, appearing))


def since_quoted() -> Any:
    """The moment the oldest quotation that somebody should look at was compared."""
    checks = QuoteCheck.objects.to_look_at().filter(citation__claim=OuterRef("pk"))
    return Subquery(checks.order_by("checked_at").values("checked_at")[:1])


def since_suggested() -> Any:
    """The moment the claim was first found to be like an older one."""
    pairs = ClaimPair.objects.suggested().filter(other=OuterRef("pk"))
    return Subquery(pairs.order_by("suggested_at").values("suggested_at")[:1])


# Expressions: the day that was set and has passed, empty otherwise


def never_due(_today: datetime.date) -> Any:
    # A cast, because PostgreSQL orders by no constant.
    return Cast(Value(None), DateField(null=True))


def reply_overdue(today: datetime.date) -> Any:
    """The earliest deadline that passed without an answer."""
    late = Inquiry.objects.overdue(today).filter(claim=OuterRef("pk"))
    return Subquery(late.order_by("deadline_on").values("deadline_on")[:1])


def work_overdue(today: datetime.date) -> Any:
    """The day a claim or a request was due, where it has passed."""
    return Case(When(due_on__lt=today, then=F("due_on")), output_field=DateField())


def _events(kind: str, public_id: str) -> QuerySet:
    return Event.objects.of(kind, OuterRef(public_id))  # type: ignore[arg-type]


# Words


def age_in_words(moment: datetime.date | None, today: datetime.date) -> str:
    """Return “today”, “12 days”, “3 months”; "" when the moment is not known."""
    if moment is None:
        return ""
    days = max((today - _day(moment)).days, 0)
    if days == 0:
        return _("today")
    if days < MONTHS_FROM_DAYS:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if days < YEARS_FROM_DAYS:
        months = round(days / DAYS_IN_MONTH)
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    years = int(days / DAYS_IN_YEAR)
    return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}


def wait_in_words(row: Any, today: datetime.date) -> str:
    """Say of an annotated row how long it waits, and how long it is overdue."""
    age = age_in_words(row.since, today)
    if row.overdue is None:
        return age
    late = age_in_words(row.overdue, today)
    return _("overdue by %(days)s") % {"days": late}


def _day(moment: datetime.date) -> datetime.date:
    if isinstance(moment, datetime.datetime):
        return timezone.localdate(moment)
    return moment
