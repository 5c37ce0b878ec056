"""What an edit of what is signed or public will do to claims, said beforehand."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from claims.models import Assessment, PublishedClaim
from claims.workflow.words import AssessmentState


def effects_of(claims: Iterable[Any]) -> dict[int, list[str]]:
    """Return, by primary key, sentences on what an edit does; two queries in all."""
    claims = list(claims)
    signed = set(
        Assessment.objects.filter(
            claim__in=claims, state=AssessmentState.SIGNED_OFF
        ).values_list("claim", flat=True)
    )
    listed = set(
        PublishedClaim.objects.listed()
        .filter(pk__in=[claim.public_id for claim in claims])
        .values_list("pk", flat=True)
    )
    return {
        claim.pk: [
            *([_voided()] if claim.pk in signed else []),
            *([_changed()] if claim.public_id in listed else []),
        ]
        for claim in claims
    }


def _voided() -> str:
    return _("Its sign-off becomes void: the assessment goes back to “submitted”.")


def _changed() -> str:
    return _(
        "Readers go on seeing it as it was: it waits under “Changed since release”."
    )
