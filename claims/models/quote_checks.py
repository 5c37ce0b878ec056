"""Quotation checks: what comparing a quotation with a stored copy found."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .citations import Citation
from .copies import StoredCopy
from .identity import Identified, IdentifiedQuerySet


class QuoteCheck(Identified):
    """What a comparison of a quotation with one stored copy found. Only ever added."""

    class Verdict(models.TextChoices):
        EXACT = "exact", _("exact")
        TYPOGRAPHIC = "typographic", _("same words, other typography")
        LAYOUT = "layout", _("same words, other layout")
        EDITED_OPENLY = "edited_openly", _("shortened or supplied openly")
        ENCODING_REPAIR = "encoding_repair", _("same words after encoding repair")
        ALTERED = "altered", _("altered")
        SPLICED = "spliced", _("put together from far parts")
        ELISION_HIDES = "elision_hides", _("what is left out changes the sense")
        ABSENT = "absent", _("not in the copy")
        UNCHECKABLE = "uncheckable", _("cannot be checked by machine")

    citation = models.ForeignKey(
        Citation,
        verbose_name=_("citation"),
        on_delete=models.PROTECT,
        related_name="quote_checks",
    )
    stored_copy = models.ForeignKey(
        StoredCopy,
        verbose_name=_("stored copy"),
        on_delete=models.PROTECT,
        related_name="quote_checks",
    )
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    start = models.PositiveIntegerField(_("matched from"), null=True, blank=True)
    end = models.PositiveIntegerField(_("matched to"), null=True, blank=True)
    checker_version = models.CharField(_("version of the checker"), max_length=40)
    checked_at = models.DateTimeField(_("checked at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by eye by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation check")
        verbose_name_plural = _("quotation checks")
        ordering = ["citation", "checked_at", "public_id"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.checked_at:%Y-%m-%d})"
