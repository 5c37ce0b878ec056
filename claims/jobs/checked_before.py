"""Has this been checked before? Suggests to the desk what a new claim is like."""

import datetime

from django.db import transaction
from django.utils import timezone

from claims import search
from claims.models import Claim, ClaimPair
from claims.workflow.words import ClaimState

#: A new claim is offered so many older ones at most.
SUGGESTED = 3


def suggest_soon(claim: Claim) -> None:
    """Look for claims like a new one, once it is saved: nobody's lock waits for it.

    The claim is saved whatever comes of it.
    """

    def suggest() -> None:
        suggest_pairs(claim)

    transaction.on_commit(suggest, robust=True)


def suggest_pairs(claim: Claim, at: datetime.datetime | None = None) -> list[ClaimPair]:
    """Suggest what a claim is like, once for each pair; return what is new."""
    known = ClaimPair.objects.of(claim).values_list(
        "one__public_id", "other__public_id"
    )
    but = {claim.public_id, *(each for pair in known for each in pair)}
    found = search.similar_at_desk(claim.text, SUGGESTED, but=but)
    pairs = [
        ClaimPair.between(claim, each.claim, suggested_at=at or timezone.now())
        for each in found
        if each.is_close and each.claim.state == ClaimState.WORKING
    ]
    # Somebody may have decided about one meanwhile: then that holds.
    return ClaimPair.objects.bulk_create(pairs, ignore_conflicts=True)
