"""Passages the desk does not check one by one, and why."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .articles import Article
from .copies import Passage
from .identity import Identified, IdentifiedQuerySet


class Background(Identified):
    """A passage of an article that is background: not checked one by one, and why."""

    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="backgrounds",
    )
    passage = models.ForeignKey(
        Passage,
        verbose_name=_("passage"),
        on_delete=models.PROTECT,
        related_name="backgrounds",
    )
    reason = models.CharField(
        _("reason"),
        max_length=300,
        help_text=_("e.g. “common knowledge”, “told again below, checked there”."),
    )
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("marked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    marked_at = models.DateTimeField(_("marked at"), default=timezone.now)

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("background")
        verbose_name_plural = _("background")
        ordering = ["article", "passage__start", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "passage"],
                name="background_once_per_passage",
                violation_error_message=_("This passage is background already."),
            ),
            models.CheckConstraint(
                name="background_with_reason",
                condition=~models.Q(reason=""),
                violation_error_message=_("Say why it is not checked one by one."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.passage)
