"""Facts of machines and of the desk, and the methodology: in the record unreleased."""

import datetime
from collections.abc import Iterable

from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, When

from claims.models.assessments import Methodology, VerificationStatus
from claims.models.claims import Claim
from claims.models.documents import Document
from claims.models.record import (
    PublishedClaim,
    PublishedDocument,
    PublishedMethodology,
)

from .revision import advance, note_facts


def refresh_facts(documents: Iterable[Document]) -> int:
    """Copy link state and time of the last check; return how many rows changed."""
    changed = 0
    for document in documents:
        rows = PublishedDocument.objects.filter(pk=document.public_id).exclude(
            link_state=document.link_state, link_checked_at=document.link_checked_at
        )
        changed += rows.update(
            link_state=document.link_state, link_checked_at=document.link_checked_at
        )
    if changed:
        note_facts()
    return changed


def refresh_reviews(claims: Iterable[str] | None = None) -> None:
    """Copy the day of the next look of these claims, by public id; ``None``: of all.

    Readers are told of a published finding alone when it will be looked at again.
    """
    rows = PublishedClaim.objects.order_by()
    if claims is not None:
        rows = rows.filter(pk__in=list(claims))
    planned = Claim.objects.filter(public_id=OuterRef("pk")).values("next_review_on")
    shown = Case(
        When(
            state=PublishedClaim.State.PUBLISHED, then=Subquery(planned.order_by()[:1])
        ),
        output_field=DateField(),
    )
    # Not by excluding what is the same: a day beside none is neither, to a database.
    is_other = Q(review_on__lt=F("planned")) | Q(review_on__gt=F("planned"))
    is_one_missing = Q(review_on=None) ^ Q(planned=None)
    differing = rows.annotate(planned=shown).filter(is_other | is_one_missing)
    if rows.filter(pk__in=differing.values("pk")).update(review_on=shown):
        note_facts()


def statuses_as_they_are() -> list[dict[str, object]]:
    """Return the statuses of today, to be frozen with a version of the methodology."""
    names = ("slug", "label", "definition", "symbol", "tone", "rating", "is_final")
    return list(VerificationStatus.objects.values(*names))


def put_methodologies_in_force(today: datetime.date) -> list[int]:
    """Publish the versions whose day has come; return their numbers.

    A version's statuses are frozen at that moment and never changed afterwards.
    """
    put = []
    for methodology in Methodology.objects.filter(effective_on__lte=today):
        if PublishedMethodology.objects.filter(number=methodology.number).exists():
            continue
        if not methodology.statuses:
            methodology.statuses = statuses_as_they_are()
            methodology.save(update_fields=["statuses"])
        PublishedMethodology.objects.create(
            number=methodology.number,
            effective_on=methodology.effective_on,
            text=methodology.text,
            statuses=methodology.statuses,
        )
        put.append(methodology.number)
    if put:
        advance()
    return put


def put_methodologies_in_force_anew(today: datetime.date) -> list[int]:
    """Take back every version and publish them as they are now.

    Only for a tracker in which nothing else was ever published: a fixture may bring
    its own wording of the statuses into it.
    """
    PublishedMethodology.objects.all().delete()
    return put_methodologies_in_force(today)
