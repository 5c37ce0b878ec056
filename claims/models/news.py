"""What came to be known of a claim after its finding was signed, and of its bases."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import NewsKind

from .claims import Claim
from .copies import StoredCopy
from .identity import Identified, IdentifiedQuerySet


class NewsQuerySet(IdentifiedQuerySet):
    def unsettled(self) -> "NewsQuerySet":
        return self.filter(settled_at=None)

    def since_sign_off(self) -> "NewsQuerySet":
        return self.exclude(kind=NewsKind.BASIS_CHANGED)

    def of_bases(self) -> "NewsQuerySet":
        return self.filter(kind=NewsKind.BASIS_CHANGED)

    def settled(self) -> "NewsQuerySet":
        """What was settled, the newest first."""
        rows = self.exclude(settled_at=None)
        return rows.order_by("-settled_at", "public_id")


class NewInformation(Identified):
    """New information on a claim; a person says what follows."""

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="news",
    )
    kind = models.CharField(_("what is new"), max_length=20, choices=NewsKind)
    stored_copy = models.ForeignKey(
        StoredCopy,
        verbose_name=_("learned from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="news",
    )
    basis = models.ForeignKey(
        Claim,
        verbose_name=_("the claim it rests on"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="news_of_dependents",
    )
    body = models.TextField(_("in words"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    conclusion = models.TextField(
        _("what follows"),
        blank=True,
        help_text=_("e.g. “The sense is the same: the finding stands.”"),
    )

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("new information")
        verbose_name_plural = _("new information")
        ordering = ["claim", "at", "public_id"]
        indexes = [
            models.Index(
                fields=["claim"], condition=Q(settled_at=None), name="news_unsettled"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "kind", "stored_copy"],
                condition=Q(settled_at=None),
                name="news_once_per_copy_while_unsettled",
                violation_error_message=_("This was noted already."),
            ),
            models.UniqueConstraint(
                fields=["claim", "basis"],
                condition=Q(settled_at=None),
                name="news_once_per_basis_while_unsettled",
                violation_error_message=_("This was noted already."),
            ),
            models.CheckConstraint(
                name="news_of_a_basis_names_it",
                condition=Q(kind=NewsKind.BASIS_CHANGED, basis__isnull=False)
                | ~Q(kind=NewsKind.BASIS_CHANGED) & Q(basis=None),
                violation_error_message=_("Name the claim it rests on."),
            ),
            models.CheckConstraint(
                name="news_settled_with_conclusion",
                condition=Q(settled_at=None)
                | Q(settled_by__isnull=False) & ~Q(conclusion=""),
                violation_error_message=_("Say what follows for the finding."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.body[:80])
