"""Captures: stored copies that are wanted of documents, and what came of each."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import OPEN_CAPTURES, CaptureState

from .copies import StoredCopy, without_text
from .documents import Document
from .identity import Identified, IdentifiedQuerySet


class CaptureQuerySet(IdentifiedQuerySet):
    def open(self) -> "CaptureQuerySet":
        return self.filter(state__in=OPEN_CAPTURES)

    def due(self, at: datetime.datetime) -> "CaptureQuerySet":
        """Those to be taken up now, the longest wanted first."""
        is_time = Q(next_try_at=None) | Q(next_try_at__lte=at)
        rows = self.filter(is_time, state=CaptureState.WANTED)
        return rows.order_by("wanted_at", "public_id")

    def newest_first(self) -> "CaptureQuerySet":
        """For a page: who wanted each, and the copy it made or found unchanged."""
        rows = self.select_related("wanted_by", "stored_copy", "reads")
        return rows.defer(*without_text("stored_copy"), *without_text("reads"))


class Capture(Identified):
    """A wish that a copy of a document be stored, and its outcome. Never public."""

    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="captures",
    )
    url = models.CharField(
        _("address"),
        max_length=2000,
        blank=True,
        help_text=_("What is fetched; empty where a file that is here is read."),
    )
    reads = models.ForeignKey(
        StoredCopy,
        verbose_name=_("copy whose file is read"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=CaptureState,
        default=CaptureState.WANTED,
    )
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wanted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="captures",
        help_text=_("Empty where a command wanted it."),
    )
    wanted_at = models.DateTimeField(_("wanted at"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    reason = models.TextField(
        _("what happened"),
        blank=True,
        help_text=_("Why it failed, why it waits, or what to know of the copy."),
    )
    stored_copy = models.ForeignKey(
        StoredCopy,
        verbose_name=_("stored copy"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="captures",
        help_text=_("The copy it made, or the one it found unchanged."),
    )

    objects = CaptureQuerySet.as_manager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-wanted_at", "public_id"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="capture_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=OPEN_CAPTURES, reads=None),
                name="capture_one_open_per_document",
                violation_error_message=_("A copy of this document is wanted already."),
            ),
            models.UniqueConstraint(
                fields=["reads"],
                condition=Q(state__in=OPEN_CAPTURES),
                name="capture_one_open_reading_per_file",
                violation_error_message=_("This file is to be read already."),
            ),
            models.CheckConstraint(
                name="capture_of_an_address_or_a_file",
                condition=(~Q(url="") & Q(reads=None))
                | (Q(url="") & Q(reads__isnull=False)),
                violation_error_message=_("An address is fetched, or a file is read."),
            ),
            models.CheckConstraint(
                name="capture_failed_with_reason",
                condition=~Q(state=CaptureState.FAILED) | ~Q(reason=""),
                violation_error_message=_("Say why no copy was stored."),
            ),
            models.CheckConstraint(
                name="capture_ended_with_a_copy",
                condition=~Q(state__in=[CaptureState.STORED, CaptureState.UNCHANGED])
                | Q(stored_copy__isnull=False),
                violation_error_message=_("Say which copy was stored or seen again."),
            ),
        ]

    def __str__(self) -> str:
        return self.url or str(self.reads)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CAPTURES
