"""Files of claims that were imported: their rows, what each made, and what it is called."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import (
    UNFINISHED_IMPORTS,
    ClaimImportState,
    RowOutcome,
    RowVerdict,
)

from .claims import Claim
from .identity import PUBLIC_ID_CHARACTERS, Identified, IdentifiedQuerySet

MAX_ORIGIN = 100
MAX_EXTERNAL_ID = 200


class ClaimImportQuerySet(IdentifiedQuerySet):
    def unfinished(self) -> "ClaimImportQuerySet":
        """Imports, and undoings, that were begun and broke off; the oldest first."""
        return self.filter(state__in=UNFINISHED_IMPORTS).order_by("at", "public_id")


class ClaimImport(Identified):
    """A file of claims: read and checked as a whole, then written batch by batch."""

    file_name = models.CharField(_("file"), max_length=200)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    file_format = models.CharField(_("format"), max_length=20)
    origin = models.CharField(
        _("origin"),
        max_length=MAX_ORIGIN,
        help_text=_(
            "Whose external ids these are, e.g. “The Elm Post, archive”. The same id of "
            "the same origin is the same claim."
        ),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ClaimImportState,
        default=ClaimImportState.READING,
        editable=False,
    )
    takes_good_rows = models.BooleanField(
        _("good rows only"),
        default=False,
        help_text=_("Written although other rows were refused."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="claim_imports",
        editable=False,
        help_text=_("Counts as an author of every claim in it."),
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    added = models.PositiveIntegerField(_("added"), default=0, editable=False)
    changed = models.PositiveIntegerField(_("changed"), default=0, editable=False)
    skipped = models.PositiveIntegerField(_("skipped"), default=0, editable=False)
    refused = models.PositiveIntegerField(_("refused"), default=0, editable=False)
    batches = models.PositiveIntegerField(_("batches"), default=0, editable=False)
    written = models.PositiveIntegerField(_("rows written"), default=0, editable=False)
    kept = models.PositiveIntegerField(
        _("rows left as they were"), default=0, editable=False
    )

    objects = ClaimImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of claims")
        verbose_name_plural = _("imports of claims")
        ordering = ["-at", "public_id"]
        indexes = [
            models.Index(fields=["file_sha256"], name="claim_import_file"),
            models.Index(fields=["state"], name="claim_import_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="claim_import_begun_by_somebody",
                condition=Q(by__isnull=False)
                | Q(state__in=[ClaimImportState.READING, ClaimImportState.CHECKED]),
                violation_error_message=_("Say who imports."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def to_write(self) -> int:
        return self.added + self.changed

    @property
    def is_refused(self) -> bool:
        """Whether rows were refused, and nobody asked for the good ones."""
        return bool(self.refused) and not self.takes_good_rows


class ImportRowQuerySet(models.QuerySet[Any]):
    def to_write(self) -> "ImportRowQuerySet":
        """Rows that have not been written yet, in the order of the file."""
        wanted = [RowVerdict.ADD, RowVerdict.CHANGE]
        waiting = self.filter(verdict__in=wanted, outcome=RowOutcome.WAITING)
        return waiting.order_by("number")


class ImportRow(models.Model):
    """A row of an imported file: checked first, and then what became of it."""

    claim_import = models.ForeignKey(
        ClaimImport,
        verbose_name=_("import"),
        on_delete=models.CASCADE,
        related_name="rows",
    )
    number = models.PositiveIntegerField(_("row"))
    external_id = models.CharField(
        _("external id"), max_length=MAX_EXTERNAL_ID, blank=True
    )
    digest = models.CharField(
        _("digest"), max_length=64, blank=True, help_text=_("SHA-256 of its content.")
    )
    content = models.TextField(
        _("content"),
        blank=True,
        help_text=_("What the row says, as canonical JSON under the names of columns."),
    )
    verdict = models.CharField(_("verdict"), max_length=6, choices=RowVerdict)
    remarks = models.JSONField(
        _("remarks"),
        default=list,
        blank=True,
        help_text=_("Field, sentence and remedy: why it is refused, or to look at."),
    )
    claim_public_id = models.CharField(
        _("public id of the claim"), max_length=PUBLIC_ID_CHARACTERS, blank=True
    )
    previous = models.ForeignKey(
        "self",
        verbose_name=_("row before"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text=_("Of a changed claim: what the import before said of it."),
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=7,
        choices=RowOutcome,
        default=RowOutcome.WAITING,
        blank=True,
    )
    batch = models.PositiveIntegerField(_("batch"), null=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["claim_import", "number"]
        indexes = [
            models.Index(
                fields=["claim_import", "verdict", "number"], name="import_row_verdict"
            ),
            models.Index(fields=["claim_public_id"], name="import_row_claim"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim_import", "number"],
                name="import_row_number_once",
                violation_error_message=_("That row was read already."),
            ),
            models.CheckConstraint(
                name="import_row_refused_with_reason",
                condition=~Q(verdict=RowVerdict.REFUSE) | ~Q(remarks=[]),
                violation_error_message=_("Say why the row is refused."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.external_id}"


class ExternalId(models.Model):
    """What a claim is called where it came from, and which row it was last like."""

    origin = models.CharField(_("origin"), max_length=MAX_ORIGIN)
    external_id = models.CharField(_("external id"), max_length=MAX_EXTERNAL_ID)
    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="external_ids",
    )
    row = models.ForeignKey(
        ImportRow, verbose_name=_("row"), on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(
        _("version"),
        default=1,
        help_text=_(
            "Of the claim when it was imported; if it is another, it was edited."
        ),
    )

    class Meta:
        verbose_name = _("external id")
        verbose_name_plural = _("external ids")
        ordering = ["origin", "external_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "external_id"],
                name="external_id_once_per_origin",
                violation_error_message=_("Another claim has this external id."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.origin}: {self.external_id}"
