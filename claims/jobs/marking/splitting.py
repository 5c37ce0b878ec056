"""One claim becomes two: each keeps the passage, the source, the chain and the date."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Appearance, AttributionLink, Claim
from claims.moves import record_edit
from claims.workflow.words import AttributionCheck, Voice

from .claims import MARKED_FIELDS
from .errors import MarkingError
from .locking import lock_claim

#: What the second claim has from the first; its checks it has not.
HANDED_ON = (
    *("article", "kind", "voice", "source", "role"),
    *("said_words", "said_edtf", "said_basis", "said_in_doubt"),
    *("priority", "assignee", "due_on"),
)
APPEARANCE_PARTS = ("article", "passage", "wording", "placement", "is_first")
LINK_PARTS = ("position", "source", "document", "role")


def split(
    claim: Claim,
    first: str,
    second: str,
    actor: Any,
    seen: int,
    at: datetime.datetime | None = None,
) -> Claim:
    """Give a claim the first text, and make another of the second; return that one.

    Citations, assessments and attribution checks stay with the first claim: they were
    made for what it said. Raises ``MarkingError``.
    """
    at = at or timezone.now()
    first, second = first.strip(), second.strip()
    if not first or not second or first == second:
        raise MarkingError(_("Write two statements, each different from the other."))
    try:
        with transaction.atomic():
            claim = lock_claim(claim, seen)
            return _split(claim, first, second, actor, at)
    except ValidationError as error:
        raise MarkingError(" ".join(error.messages)) from error


def _split(
    claim: Any, first: str, second: str, actor: Any, at: datetime.datetime
) -> Claim:
    if claim.text != first:
        claim.text = first
        claim._history_user = actor
        claim.full_clean()
        claim.save()
        record_edit(claim, actor, ["claim.text"], at=at)
    other: Any = Claim(text=second, **_values(claim, HANDED_ON))
    if other.voice == Voice.OWN:
        other.attribution_check = AttributionCheck.NOT_APPLICABLE
    other._history_user = actor
    other.full_clean()
    other.save()
    other.topics.set(claim.topics.all())
    _hand_on_parts(claim, other)
    fields = [*MARKED_FIELDS, "appearance.added", "attributionlink.added"]
    record_edit(other, actor, fields, verb="created", at=at)
    return other


def _hand_on_parts(claim: Claim, other: Claim) -> None:
    for row in claim.appearances.order_by("pk"):
        Appearance.objects.create(claim=other, **_values(row, APPEARANCE_PARTS))
    for link in claim.chain.order_by("position"):
        AttributionLink.objects.create(claim=other, **_values(link, LINK_PARTS))


def _values(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
