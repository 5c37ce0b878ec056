"""Statements of an article that the tracker proposes as claims; a person decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import Speech, SuggestionState

from .articles import Article
from .claims import Claim
from .copies import Passage, StoredCopy
from .fields import TextListField
from .identity import Identified, IdentifiedQuerySet


class SuggestionQuerySet(IdentifiedQuerySet):
    def proposed(self) -> "SuggestionQuerySet":
        return self.filter(state=SuggestionState.PROPOSED)

    def rejected(self) -> "SuggestionQuerySet":
        return self.filter(state=SuggestionState.REJECTED)

    def within(self, copy: StoredCopy) -> "SuggestionQuerySet":
        """Those of one stored copy, in the order of its text."""
        rows = self.filter(passage__stored_copy=copy).select_related("passage")
        return rows.order_by("passage__start", "passage__end", "public_id")


class Suggestion(Identified):
    """A statement that could be a claim. Nothing becomes one without a person."""

    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        on_delete=models.PROTECT,
        related_name="suggestions",
    )
    passage = models.ForeignKey(
        Passage,
        verbose_name=_("passage"),
        on_delete=models.PROTECT,
        related_name="suggestions",
    )
    speech = models.CharField(_("how it stands"), max_length=10, choices=Speech)
    source_name = models.CharField(
        _("source"),
        max_length=300,
        blank=True,
        help_text=_("The fullest name the text gives; empty when nobody is named."),
    )
    chain = TextListField(
        _("relayed by"), help_text=_("Whoever relays the source, nearest first.")
    )
    source_words = models.CharField(_("named as"), max_length=300, blank=True)
    cue_words = models.CharField(_("by the words"), max_length=300, blank=True)
    date_words = models.CharField(
        _("date, in the article's words"), max_length=200, blank=True
    )
    reason = models.CharField(_("why it is suggested"), max_length=300, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SuggestionState,
        default=SuggestionState.PROPOSED,
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    claim = models.ForeignKey(
        Claim,
        verbose_name=_("accepted as"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["article", "passage__start", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "passage", "source_name"],
                name="suggestion_once_per_place_and_source",
                violation_error_message=_("This is suggested already."),
            ),
            models.CheckConstraint(
                name="suggestion_accepted_as_a_claim",
                condition=~Q(state=SuggestionState.ACCEPTED) | Q(claim__isnull=False),
                violation_error_message=_("Say as which claim it was accepted."),
            ),
            models.CheckConstraint(
                name="suggestion_decided_by_somebody",
                condition=Q(state=SuggestionState.PROPOSED)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=_("Say who decided, and when."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.passage)
