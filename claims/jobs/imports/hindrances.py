"""Why a claim that was imported is no longer the import's to change."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from claims.models import Assessment, Claim, ExternalId, Release
from claims.models.releases import SubjectType
from claims.workflow.words import ClaimState


def hindrances_of(known: Iterable[ExternalId]) -> dict[int, str]:
    """Return, by primary key of the claim, why it is left as it is.

    An import changes and undoes drafts alone, and only those that nobody edited since:
    nothing that is signed, public, assessed, or that another claim rests on.
    """
    rows = list(known)
    keys = [row.claim_id for row in rows]
    assessed = set(_assessed(keys))
    ids = [row.claim.public_id for row in rows]
    shown = Release.objects.filter(subject_type=SubjectType.CLAIM, subject_id__in=ids)
    public = set(shown.order_by().values_list("subject_id", flat=True))
    resting = Claim.depends_on.through.objects.filter(to_claim__in=keys)
    rested_on = set(resting.values_list("to_claim", flat=True))
    found = {row.claim_id: _hindrance(row, assessed, public, rested_on) for row in rows}
    return {key: sentence for key, sentence in found.items() if sentence}


def _hindrance(
    row: ExternalId, assessed: set[int], public: set[str], rested_on: set[int]
) -> str:
    claim = row.claim
    if claim.public_id in public:
        return _("Readers have seen this claim.")
    if claim.state != ClaimState.WORKING:
        state = {"state": claim.get_state_display()}
        return _("This claim is %(state)s.") % state
    if claim.pk in assessed:
        return _("Somebody has begun to assess this claim.")
    if claim.version != row.version:
        return _("This claim was edited at the desk since it was imported.")
    if claim.pk in rested_on:
        return _("Another claim rests on this one.")
    return ""


def _assessed(keys: list[int]) -> Iterable[int]:
    return Assessment.objects.filter(claim__in=keys).values_list("claim", flat=True)
