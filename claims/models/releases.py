"""Releases: the immutable rows from which the whole record follows."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from claims.workflow.words import ReleaseAct

from .identity import Immutable, ImmutableQuerySet


class SubjectType(models.TextChoices):
    CLAIM = "claim", _("claim")
    ARTICLE = "article", _("article")
    SOURCE = "source", _("source")
    DOCUMENT = "document", _("document")


class ReleaseQuerySet(ImmutableQuerySet):
    def get_by_natural_key(
        self, subject_type: str, subject_id: str, number: int
    ) -> "Release":
        return self.get(subject_type=subject_type, subject_id=subject_id, number=number)

    def of(self, subject_type: str, public_id: str) -> "ReleaseQuerySet":
        return self.filter(subject_type=subject_type, subject_id=public_id)

    def recheck_reasons(self, public_id: Any) -> models.QuerySet["Release", str]:
        """Why a claim was put under re-check, the newest reason first."""
        return (
            self.of(SubjectType.CLAIM, public_id)
            .filter(act=ReleaseAct.RECHECKING)
            .order_by("-sequence")
            .values_list("notice", flat=True)
        )

    def newest(self, subject_type: str, public_id: str) -> "Release | None":
        return self.of(subject_type, public_id).order_by("-sequence").first()

    def newest_of(
        self, subject_type: str, public_ids: Iterable[str]
    ) -> "dict[str, Release]":
        """Return the newest release of each, by public id; one query for all."""
        rows = self.filter(subject_type=subject_type, subject_id__in=list(public_ids))
        last = rows.order_by().values("subject_id").annotate(last=Max("sequence"))
        newest = self.filter(sequence__in=last.values("last")).order_by()
        return {release.subject_id: release for release in newest}


class Release(Immutable):
    """What was made public of one subject, exactly, by whom and when."""

    MUTABLE_FIELDS = ("content", "notice", "sealed_at")

    sequence = models.BigAutoField(_("number"), primary_key=True)
    subject_type = models.CharField(_("subject"), max_length=10, choices=SubjectType)
    subject_id = models.CharField(_("id of the subject"), max_length=10)
    number = models.PositiveIntegerField(
        _("number of the subject's release"), default=1
    )
    act = models.CharField(_("act"), max_length=15, choices=ReleaseAct)
    content = models.TextField(
        _("content"), blank=True, help_text=_("Canonical JSON; empty once sealed.")
    )
    digest = models.CharField(_("digest"), max_length=64)
    notice = models.TextField(
        _("notice"), blank=True, help_text=_("What readers are told about this act.")
    )
    second_person = models.BooleanField(
        _("a second person was needed"),
        default=True,
        help_text=_("False while the desk ran with TRACKER_FOUR_EYES off."),
    )
    by = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("at"))
    sealed_at = models.DateTimeField(_("sealed at"), null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["sequence"]
        indexes = [
            models.Index(
                fields=["subject_type", "subject_id", "sequence"],
                name="release_subject",
            ),
            # What the list of the desk is narrowed by.
            models.Index(fields=["subject_type", "sequence"], name="release_kind"),
            models.Index(fields=["act", "sequence"], name="release_act"),
            models.Index(fields=["by", "sequence"], name="release_by"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "number"],
                name="release_number_once_per_subject",
                violation_error_message=_("That release of the subject exists."),
            ),
            models.CheckConstraint(
                name="release_sealed_is_empty",
                condition=models.Q(sealed_at=None) | models.Q(content="", notice=""),
                violation_error_message=_("A sealed release keeps only its digest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id}, {self.act}"

    def natural_key(self) -> tuple[str, str, int]:
        return (self.subject_type, self.subject_id, self.number)

    @property
    def parsed(self) -> dict[str, Any]:
        """The content as a dictionary, not to be changed; empty once sealed."""
        known: tuple[str, dict[str, Any]] | None = self.__dict__.get("_parsed")
        if known is None or known[0] is not self.content:
            known = self.content, json.loads(self.content) if self.content else {}
            self.__dict__["_parsed"] = known
        return known[1]
