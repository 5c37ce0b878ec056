"""Where passages of older stored copies stand in newer ones. Nothing moves silently."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.checking.text import same_words
from claims.workflow.desk_words import AnchoringState, AnchorVerdict
from claims.workflow.words import ClaimState

from .appearances import Appearance
from .citations import Citation
from .claims import Claim
from .copies import Passage, StoredCopy
from .identity import Identified, IdentifiedQuerySet

#: States in which the passage is known to stand in the newer copy.
STANDING = (AnchoringState.CERTAIN, AnchoringState.CONFIRMED)


class AnchoringQuerySet(IdentifiedQuerySet):
    def to_decide(self) -> "AnchoringQuerySet":
        return self.filter(state=AnchoringState.TO_DECIDE)

    def standing(self) -> "AnchoringQuerySet":
        return self.filter(state__in=STANDING)

    def in_newest(self) -> "AnchoringQuerySet":
        """Those in the newest copy of a document that there is a text of."""
        later = StoredCopy.objects.with_text().filter(
            document=OuterRef("stored_copy__document"),
            number__gt=OuterRef("stored_copy__number"),
        )
        return self.filter(~Exists(later))

    def not_marked_anew(self) -> "AnchoringQuerySet":
        """Without those whose appearance or citation was marked in that very copy."""
        same_copy = F("stored_copy")
        kept = self.exclude(appearance__passage__stored_copy=same_copy)
        return kept.exclude(citation__passage__stored_copy=same_copy)

    def of_working_claims(self) -> "AnchoringQuerySet":
        return self.filter(
            Q(appearance__claim__state=ClaimState.WORKING)
            | Q(citation__claim__state=ClaimState.WORKING)
        )

    def waiting(self) -> "AnchoringQuerySet":
        """What a person is to decide: newer copies ask again for what older ones did."""
        return self.to_decide().in_newest().not_marked_anew().of_working_claims()


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
        indexes = [
            models.Index(
                fields=["stored_copy"],
                condition=Q(state=AnchoringState.TO_DECIDE),
                name="anchoring_to_decide",
            )
        ]
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

    @property
    def subject(self) -> Any:
        """The appearance or the citation that it is about."""
        return self.appearance or self.citation

    @property
    def claim(self) -> Claim:
        claim: Claim = self.subject.claim
        return claim

    @property
    def reads_otherwise(self) -> bool:
        """Whether letters, figures or signs differ there; typography alone does not."""
        found = self.found
        return found is not None and not same_words(self.base.exact, found.exact)


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
