"""Evidence searches: where we looked for evidence, and what came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.workflow.words import Question

from .claims import Claim
from .identity import Identified, IdentifiedQuerySet


class EvidenceSearch(Identified):
    """That we looked somewhere for something and what came of it: a result too."""

    SIGNED_FIELDS = ("question", "looked_in", "looked_for", "searched_on", "result")

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="searches",
    )
    question = models.CharField(
        _("question"), max_length=12, choices=Question, default=Question.TRUTH
    )
    looked_in = models.CharField(_("looked in"), max_length=500)
    looked_for = models.CharField(_("looked for"), max_length=500)
    searched_on = models.DateField(_("searched on"))
    searched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("searched by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    result = models.TextField(
        _("result"), help_text=_("e.g. “No mention in the 2015 reports.”")
    )

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence search")
        verbose_name_plural = _("evidence searches")
        ordering = ["claim", "searched_on", "public_id"]

    def __str__(self) -> str:
        return f"{self.looked_in}: {self.looked_for}"
