"""Articles that the desk asked for by their address, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.workflow.words import ImportState

from .articles import Article
from .fields import EdtfField, TextListField
from .identity import Identified, IdentifiedQuerySet


class ImportQuerySet(IdentifiedQuerySet):
    def wanted(self) -> "ImportQuerySet":
        return self.filter(state=ImportState.WANTED).order_by("wanted_at", "public_id")

    def newest_first(self) -> "ImportQuerySet":
        return self.select_related("article__document", "wanted_by")


class Import(Identified):
    """A wish of the desk that an address be fetched and imported, and its outcome."""

    url = models.CharField(
        _("address"),
        max_length=2000,
        help_text=_("Of the public internet, beginning with http:// or https://."),
    )
    title = models.CharField(_("title"), max_length=500, blank=True)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    published = EdtfField(_("published, EDTF"))
    language = models.CharField(_("language"), max_length=20, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ImportState,
        default=ImportState.WANTED,
        editable=False,
    )
    wanted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("wanted by"),
        on_delete=models.PROTECT,
        related_name="imports",
        editable=False,
    )
    wanted_at = models.DateTimeField(_("wanted at"), default=timezone.now)
    begun_at = models.DateTimeField(_("begun at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    reason = models.TextField(
        _("why it failed, or what happened"), blank=True, editable=False
    )
    warnings = TextListField(_("to look at"), editable=False)
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        null=True,
        related_name="imports",
        editable=False,
    )

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-wanted_at", "public_id"]
        indexes = [models.Index(fields=["state", "wanted_at"], name="import_state")]
        constraints = [
            models.CheckConstraint(
                name="import_failed_with_reason",
                condition=~models.Q(state=ImportState.FAILED) | ~models.Q(reason=""),
                violation_error_message=_("Say why the import failed."),
            )
        ]

    def __str__(self) -> str:
        return self.url
