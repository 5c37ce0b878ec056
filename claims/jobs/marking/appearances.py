"""Where a claim stands: further appearances, and boundaries moved by a person."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.models import Appearance, Article, Claim, StoredCopy
from claims.moves import record_edit

from .claims import first_appearance
from .errors import MarkingError
from .locking import lock_claim
from .places import Place


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
