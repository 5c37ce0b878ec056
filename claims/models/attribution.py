"""The chain of those who are said to have said so, and the check of each link."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.workflow.words import AttributionCheck

from .documents import Document
from .identity import Identified, IdentifiedQuerySet
from .sources import Source


class Checked(models.Model):
    """A link of an attribution chain: *did they say it?*, judged by whom and when."""

    attribution_check = models.CharField(
        _("did they say it?"),
        max_length=15,
        choices=AttributionCheck,
        default=AttributionCheck.UNCHECKED,
    )
    attribution_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    attribution_checked_on = models.DateField(_("checked on"), null=True, blank=True)
    attribution_citation = models.ForeignKey(
        "claims.Citation",
        verbose_name=_("shown by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The citation that shows what was said."),
    )

    class Meta:
        abstract = True


class AttributionLink(Identified, Checked):
    """A further link of the chain: whom the one before relies on. Position ≥ 1."""

    SIGNED_FIELDS = (
        "position",
        "source",
        "document",
        "role",
        "attribution_check",
        "attribution_checked_on",
        "attribution_citation",
    )

    claim = models.ForeignKey(
        "claims.Claim",
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="chain",
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=1,
        help_text=_("1 is whom the claim's source relies on, 2 whom that one does …"),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attribution_links",
        help_text=_("Empty: nobody is named."),
    )
    document = models.ForeignKey(
        Document,
        verbose_name=_("where it was said"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attribution_links",
    )
    role = models.CharField(_("role of the source"), max_length=300, blank=True)

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("link of the chain")
        verbose_name_plural = _("attribution chain")
        ordering = ["claim", "position", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "position"],
                name="attribution_link_position_once",
                violation_error_message=_("That position of the chain is taken."),
            ),
            models.CheckConstraint(
                name="attribution_link_position_from_one",
                condition=Q(position__gte=1),
                violation_error_message=_(
                    "The claim's own source is position 0; links start at 1."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.source or _('nobody named')}"
