"""Daily mails: who wants one, and the day the last one went out."""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def take_day(self, user: Any, day: datetime.date) -> bool:
        """Take the one mail of a day for a person; False when it is taken already.

        Of several who try at once, the database lets one through.
        """
        self.get_or_create(user=user)
        free = Q(sent_on=None) | Q(sent_on__lt=day)
        mine = self.filter(free, user=user, is_wanted=True)
        return bool(mine.update(sent_on=day, sent_before=models.F("sent_on")))

    def give_back(self, user: Any, day: datetime.date) -> None:
        """Give a taken day back: its mail did not go out."""
        taken = self.filter(user=user, sent_on=day)
        taken.update(sent_on=models.F("sent_before"))


class Reminder(models.Model):
    """Whether a person wants the daily mail of what waits, and when one last went."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="reminder",
    )
    is_wanted = models.BooleanField(
        _("send me a daily mail of what waits"),
        default=True,
        help_text=_("At most one a day, and none on a day when nothing waits."),
    )
    sent_on = models.DateField(_("sent on"), null=True, editable=False)
    sent_before = models.DateField(_("sent before that on"), null=True, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily mail")
        verbose_name_plural = _("daily mails")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user)
