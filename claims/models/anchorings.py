"""Where passages of older stored copies stand in newer ones. Nothing moves silently."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import AnchoringState, AnchorVerdict

from .appearances import Appearance
from .citations import Citation
from .copies import Passage, StoredCopy
from .identity import Identified, IdentifiedQuerySet

#: States in which the passage is known to stand in the newer copy.
STANDING = (AnchoringState.CERTAIN, AnchoringState.CONFIRMED)


class AnchoringQuerySet(IdentifiedQuerySet):
    def to_decide(self) -> "AnchoringQuerySet":
        return self.filter(state=AnchoringState.TO_DECIDE)

    def standing(self) -> "AnchoringQuerySet":
        return self.filter(state__in=STANDING)


class Anchoring(Identified):
    """Where an appearance, or a cited passage, stands in a newer stored copy.

    The appearance and the citation keep the passage they were marked at: that is what
    was signed. Only ever added; what is to be decided, a person decides.
    """

    appearance = models.ForeignKey(
        Appearance,
        verbose_name=_("appearance"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="anchorings",
    )
    citation = models.ForeignKey(
        Citation,
        verbose_name=_("citation"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="anchorings",
    )
    base = models.ForeignKey(
        Passage,
        verbose_name=_("passage before"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    stored_copy = models.ForeignKey(
        StoredCopy,
        verbose_name=_("newer copy"),
        on_delete=models.PROTECT,
        related_name="anchorings",
    )
    verdict = models.CharField(_("how found"), max_length=12, choices=AnchorVerdict)
    found = models.ForeignKey(
        Passage,
        verbose_name=_("passage there"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)
    words_changed = models.BooleanField(_("the words differ"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=AnchoringState)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = AnchoringQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a newer copy")
        verbose_name_plural = _("places in newer copies")
        ordering = ["stored_copy", "base__start", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["appearance", "stored_copy"],
                condition=Q(appearance__isnull=False),
                name="anchoring_once_per_appearance_and_copy",
                violation_error_message=_("This was looked for in that copy already."),
            ),
            models.UniqueConstraint(
                fields=["citation", "stored_copy"],
                condition=Q(citation__isnull=False),
                name="anchoring_once_per_citation_and_copy",
                violation_error_message=_("This was looked for in that copy already."),
            ),
            models.CheckConstraint(
                name="anchoring_of_one_thing",
                condition=Q(appearance__isnull=False, citation__isnull=True)
                | Q(appearance__isnull=True, citation__isnull=False),
                violation_error_message=_(
                    "It is about an appearance or about a citation, one of them."
                ),
            ),
            models.CheckConstraint(
                name="anchoring_stands_somewhere",
                condition=~Q(state__in=STANDING) | Q(found__isnull=False),
                violation_error_message=_("Say where in the newer copy it stands."),
            ),
            models.CheckConstraint(
                name="anchoring_decided_by_somebody",
                condition=Q(
                    state__in=[AnchoringState.CERTAIN, AnchoringState.TO_DECIDE]
                )
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=_("Say who decided, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.base}"


def places_in(copy: StoredCopy) -> dict[int, Passage]:
    """Return where appearances stand in a stored copy, by their primary key.

    Those marked in it, and those of older copies that are known to stand in it.
    """
    anchorings = Anchoring.objects.standing().filter(stored_copy=copy)
    found = anchorings.exclude(appearance=None).select_related("found")
    marked = Appearance.objects.filter(passage__stored_copy=copy)
    return {
        **{row.appearance_id: row.found for row in found},
        **{row.pk: row.passage for row in marked.select_related("passage")},
    }
