"""The daily mails: to whom, in which words, and never two on one day."""

import datetime
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from claims.models import Reminder, Source
from claims.publishing.secrets import PublicLabels

from .waiting import Moment, Section, waiting_for

logger = logging.getLogger(__name__)
Send = Callable[[EmailMessage], object]


@dataclass(frozen=True)
class DailyMail:
    """What one person is to be told, as a mail in plain text."""

    user: User
    sections: tuple[Section, ...]

    @property
    def count(self) -> int:
        return sum(section.count for section in self.sections)

    @property
    def subject(self) -> str:
        words = ngettext(
            "%(site)s: one thing waits for you",
            "%(site)s: %(count)s things wait for you",
            self.count,
        )
        return words % {"site": settings.TRACKER_SITE_NAME, "count": self.count}

    @property
    def body(self) -> str:
        site = settings.TRACKER_SITE_URL
        context = {
            "name": self.user.get_full_name() or self.user.get_username(),
            "site": settings.TRACKER_SITE_NAME,
            "count": self.count,
            "sections": self.sections,
            "desk": site + reverse("admin:index"),
            "switch": site + reverse("admin:reminders"),
        }
        return render_to_string("mail/daily.txt", context)

    def message(self) -> EmailMessage:
        return EmailMessage(
            self.subject,
            self.body,
            settings.TRACKER_EMAIL_FROM,
            [self.user.email],
            headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no replies
        )


class Outcome(Enum):
    """What became of one mail."""

    SENT = "sent"
    NO_ADDRESS = "no address"
    ALREADY = "sent by another run"
    FAILED = "FAILED"


@dataclass(frozen=True)
class Reminded:
    """One person, and what became of their mail; ``fault`` where it failed."""

    user: User
    outcome: Outcome
    fault: str = ""


def mails_due(at: datetime.datetime, idle_days: int) -> Iterator[DailyMail]:
    """Yield the mail of each active person for whom something waits.

    Without those who had theirs today, in the site's time zone, or want none. A claim
    untouched for ``idle_days`` is idle.
    """
    today = timezone.localdate(at)
    moment = Moment(today, at - datetime.timedelta(days=idle_days))
    labels = PublicLabels(Source.objects.protected())
    people = User.objects.filter(is_active=True, is_staff=True)
    people = people.exclude(reminder__is_wanted=False)
    for user in people.exclude(reminder__sent_on__gte=today).order_by("username"):
        if sections := waiting_for(user, moment, labels):
            yield DailyMail(user, tuple(sections))


def send_mails(
    at: datetime.datetime, idle_days: int, send: Send = EmailMessage.send
) -> Iterator[Reminded]:
    """Send every mail that is due and yield what became of each.

    The day is taken before the mail is sent, outside any transaction, and given back
    when it fails: a run that is killed in between costs a mail and never sends two.
    """
    for mail in list(mails_due(at, idle_days)):
        yield _remind(mail, timezone.localdate(at), send)


def _remind(mail: DailyMail, today: datetime.date, send: Send) -> Reminded:
    if not mail.user.email:
        return Reminded(mail.user, Outcome.NO_ADDRESS)
    if not Reminder.objects.take_day(mail.user, today):
        return Reminded(mail.user, Outcome.ALREADY)
    try:
        send(mail.message())
    except Exception as error:
        # Whatever it is, the others are to get theirs.
        Reminder.objects.give_back(mail.user, today)
        logger.warning("the mail to %s failed", mail.user, exc_info=True)
        return Reminded(mail.user, Outcome.FAILED, f"{type(error).__name__}: {error}")
    return Reminded(mail.user, Outcome.SENT)
