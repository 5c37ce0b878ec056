"""Topics: the subjects that readers filter claims by."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.workflow.words import AssessmentState

from .identity import Versioned
from .record import PublishedClaim, PublishedClaimTopic


class TopicQuerySet(models.QuerySet["Topic"]):
    def get_by_natural_key(self, slug: str) -> "Topic":
        return self.get(slug=slug)


class Topic(Versioned):
    """A subject that readers filter claims by."""

    #: What a claim's content says of a topic, and a signature covers.
    SIGNED_FIELDS = ("label", "slug")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    label = models.CharField(_("label"), max_length=100)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["label", "slug"]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        super().clean()
        stored = type(self).objects.filter(pk=self.pk).first()
        changed = [
            name
            for name in self.SIGNED_FIELDS
            if stored and getattr(stored, name) != getattr(self, name)
        ]
        if stored and changed and (refusal := stored.rewording_refusal()):
            raise ValidationError({changed[0]: refusal}, code="signed")

    def rewording_refusal(self) -> str:
        """Say why label and address must stay as they are; "" if they may change.

        They are part of what is signed and shown of a claim. A change would make
        every signature over them void without an act of anybody.
        """
        holding = len(self._claims_holding_it())
        if not holding:
            return ""
        return ngettext(
            "%(number)s claim that is signed off or public names this topic: what was "
            "signed stays. Make a new topic and move the claim to it.",
            "%(number)s claims that are signed off or public name this topic: what was "
            "signed stays. Make a new topic and move the claims to it.",
            holding,
        ) % {"number": holding}

    def _claims_holding_it(self) -> set[Any]:
        signed = Q(assessments__state=AssessmentState.SIGNED_OFF)
        public = Q(public_id__in=PublishedClaim.objects.listed().values("pk"))
        at_desk = self.claims.filter(signed | public)
        in_record = PublishedClaimTopic.objects.filter(slug=self.slug)
        return {
            *at_desk.values_list("public_id", flat=True),
            *in_record.values_list("claim_id", flat=True),
        }
