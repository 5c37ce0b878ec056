"""The desk's conversation about a claim. Never public."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .claims import Claim
from .identity import Identified, IdentifiedQuerySet


class Note(Identified):
    """Something one colleague tells the others about a claim. Never public."""

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="notes",
        editable=False,
    )
    body = models.TextField(_("note"))
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["claim", "at", "public_id"]

    def __str__(self) -> str:
        return self.body[:80]
