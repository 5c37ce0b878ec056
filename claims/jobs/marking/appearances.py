"""Where a claim stands: further appearances, and boundaries moved by a person."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.models import Appearance, Article, Claim, StoredCopy
from claims.moves import record_edit
from claims.workflow.words import ClaimState

from .claims import first_appearance
from .errors import MarkingError
from .places import Place


def lock_claim(claim: Claim, seen: int) -> Claim:
    """Lock a claim, count this save, return it afresh; a stale one is refused."""
    fresh: Claim = Claim.objects.select_for_update().get(pk=claim.pk)
    if fresh.state != ClaimState.WORKING:
        raise MarkingError(_("This claim is no longer worked on."))
    if not Claim.raise_version(fresh.pk, seen):
        raise MarkingError(
            _(
                "A colleague saved this claim meanwhile. Nothing was done: load the "
                "page anew and look at it."
            )
        )
    fresh.version = seen + 1
    return fresh


def add_appearance(
    claim: Claim,
    article: Article,
    copy: StoredCopy,
    place: Place,
    actor: Any,
    seen: int,
) -> Appearance:
    """Let a known claim stand at a further place: “the headline says it too”."""
    with transaction.atomic():
        claim = lock_claim(claim, seen)
        try:
            row = first_appearance(claim, article, copy, place, is_first=False)
        except ValidationError as error:
            raise MarkingError(" ".join(error.messages)) from error
        record_edit(claim, actor, ["appearance.added"])
    return row


def move_boundaries(
    appearance: Appearance, copy: StoredCopy, place: Place, actor: Any, seen: int
) -> bool:
    """Let an appearance stand at another place of its article; False: it did so already.

    A signature on the words that stood there is void, as after any edit of them.
    """
    with transaction.atomic():
        claim = lock_claim(appearance.claim, seen)
        row = Appearance.objects.select_related("article").get(pk=appearance.pk)
        passage = copy.passage(place.start, place.end)
        if row.passage_id == passage.pk:
            transaction.set_rollback(True)
            return False
        row.claim, row.passage, row.wording = claim, passage, passage.exact
        row.placement = copy.role_at(place.start) or row.placement
        try:
            row.full_clean()
        except ValidationError as error:
            raise MarkingError(" ".join(error.messages)) from error
        row.save()
        names = ("passage", "wording", "placement")
        record_edit(claim, actor, [f"appearance.{name}" for name in names])
    return True
