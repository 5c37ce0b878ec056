"""Appearances: where in which article a claim stands, and in which words."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.workflow.words import BlockRole

from .articles import Article
from .claims import Claim
from .copies import Passage
from .identity import Identified, IdentifiedQuerySet


class Appearance(Identified):
    """That a claim stands in an article, at a passage, in these words."""

    SIGNED_FIELDS = ("article", "passage", "wording", "placement", "is_first")

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="appearances",
    )
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="appearances",
    )
    passage = models.ForeignKey(
        Passage,
        verbose_name=_("passage"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
    )
    wording = models.TextField(
        _("wording there"),
        help_text=_("The words as they stand in the article, exactly."),
    )
    placement = models.CharField(
        _("where it stands"),
        max_length=12,
        choices=BlockRole,
        default=BlockRole.BODY,
    )
    is_first = models.BooleanField(_("first appearance"), default=True)

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["claim", "-is_first", "passage__start", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(is_first=True),
                name="appearance_one_first_per_claim",
                violation_error_message=_("A claim has one first appearance."),
            ),
            models.UniqueConstraint(
                fields=["claim", "passage"],
                name="appearance_once_per_passage",
                violation_error_message=_("The claim already stands at this passage."),
            ),
        ]

    def __str__(self) -> str:
        return self.wording[:80]

    def clean(self) -> None:
        super().clean()
        if self.passage is not None:
            self._refuse_foreign_passage(self.passage)
        if self.is_first and self.claim.article_id != self.article_id:
            raise ValidationError(
                {"article": _("The first appearance is in the claim's own article.")}
            )

    def _refuse_foreign_passage(self, passage: Passage) -> None:
        if passage.stored_copy.document_id != self.article.document_id:
            raise ValidationError(
                {"passage": _("The passage lies in another document.")}
            )
        if passage.exact != self.wording:
            raise ValidationError(
                {"wording": _("The wording is not what stands at the passage.")}
            )
