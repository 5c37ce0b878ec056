"""The trace that a desk save leaves: an event, a voided signature, a mark.

A signature covers content. Whoever edits covered fields leaves an *edited* event,
which bars them from signing, and an edit that changes what was signed voids it.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims.models import (
    Affiliation,
    Appearance,
    Article,
    Assessment,
    AttributionLink,
    Citation,
    Claim,
    Contribution,
    Document,
    EvidenceSearch,
    Inquiry,
    Release,
    Source,
    StoredCopy,
)
from claims.models.events import Actor, append_event, canonical_json
from claims.publishing import content as contents
from claims.publishing.sealing import Sealed
from claims.workflow.words import AssessmentState

from . import bases, indexing

#: Model name → the fields that a signature covers or that readers are shown.
COVERED_FIELDS: dict[str, frozenset[str]] = {
    **{
        str(model._meta.model_name): frozenset(model.SIGNED_FIELDS)
        for model in (
            Claim,
            Appearance,
            AttributionLink,
            Citation,
            EvidenceSearch,
            Inquiry,
            Assessment,
        )
    },
    **{
        str(model._meta.model_name): frozenset(model.PUBLIC_FIELDS)
        for model in (Source, Affiliation, Document, Contribution, StoredCopy, Article)
    },
}
COVERED_FIELDS["source"] |= {"is_protected", "public_label"}
#: Whoever edits one of these has looked at the date of the claim.
DATING_FIELDS = frozenset({"claim.said_words", "claim.said_edtf"})
#: Said of a whole row: it was added to or taken from its owner.
WHOLE_ROW = frozenset({"added", "removed"})


def is_covered(field: str) -> bool:
    """Say whether "model.field" (or "model.added") is signed or public."""
    model, _dot, name = field.partition(".")
    return model in COVERED_FIELDS and (
        name in COVERED_FIELDS[model] or name in WHOLE_ROW
    )


def record_edit(
    subject: Claim | Source | Document | Article,
    actor: Any,
    fields: Iterable[str],
    verb: str = "edited",
    at: datetime.datetime | None = None,
) -> bool:
    """Record that a desk save changed fields; return whether it left an event.

    ``fields``: names as "claim.text", "citation.quotation", "citation.added".
    Only signed and public ones count. For a claim, voids a sign-off whose content
    is no longer what was signed, confirms a date that was edited, and tells the claims
    that rest on it (``bases``). What the desk finds is brought in step (``indexing``).
    Call it last in the transaction of the save.
    """
    names = set(fields)
    covered = sorted(filter(is_covered, names))
    leaves_event = bool(covered) or verb != "edited"
    with transaction.atomic():
        if leaves_event:
            _record(subject, actor, covered, verb, at or timezone.now())
        indexing.refresh(subject, names)
    return leaves_event


def _record(
    subject: Claim | Source | Document | Article,
    actor: Any,
    covered: list[str],
    verb: str,
    at: datetime.datetime,
) -> None:
    # As moves do: first the claim, then the log. Otherwise a publication that
    # is under way could be taken for a sign-off that is to be voided.
    fresh = _locked_claim(subject) if isinstance(subject, Claim) else None
    if fresh is not None:
        bases.tell_of_edit(fresh, covered, at)
    subject_type = str(subject._meta.model_name)
    actor_name = Actor.of(actor)
    append_event(
        verb, subject_type, subject.public_id, actor_name, at, {"fields": covered}
    )
    if fresh is not None:
        if DATING_FIELDS.intersection(covered):
            confirm_date(fresh)
        mark_changed(fresh)
        void_if_changed(fresh, actor_name, at)


def _locked_claim(claim: Claim) -> Claim:
    fresh: Claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    return fresh


def confirm_date(claim: Claim) -> None:
    """Take away the mark that the date of a claim is to be confirmed."""
    Claim.objects.filter(pk=claim.pk, said_in_doubt=True).update(said_in_doubt=False)
    claim.said_in_doubt = False


def void_if_changed(claim: Claim, actor: Actor, at: datetime.datetime) -> bool:
    """Return a signed-off assessment to *submitted* if its content has changed."""
    assessment = claim.assessments.filter(state=AssessmentState.SIGNED_OFF).first()
    if assessment is None:
        return False
    if contents.digest(contents.claim_content(claim, assessment)) == assessment.digest:
        return False
    signed = assessment.digest
    assessment.state = AssessmentState.SUBMITTED
    assessment.signer = assessment.signed_at = None
    assessment.signed_content = assessment.digest = ""
    assessment.signed_alone = False
    assessment.version += 1
    assessment.save()
    append_event(
        "voided",
        "claim",
        claim.public_id,
        actor,
        at,
        {"assessment": assessment.public_id, "digest": signed},
    )
    return True


def record_sealing(sealed: Sealed, actor: Any, at: datetime.datetime) -> None:
    """Record which releases of sources were sealed because they told who it is."""
    for public_id, numbers in sealed.items():
        details = {"releases": numbers}
        append_event("sealed", "source", public_id, Actor.of(actor), at, details)


def mark_changed(claim: Claim) -> None:
    """Note on the claim whether readers were last shown something else."""
    newest = Release.objects.newest("claim", claim.public_id)
    changed = newest is None or _differs(claim, newest)
    if changed != claim.is_changed:
        Claim.objects.filter(pk=claim.pk).update(is_changed=changed)
        claim.is_changed = changed


def _differs(claim: Claim, shown: Release) -> bool:
    current = contents.claim_content(claim, None)["claim"]
    return canonical_json(current) != canonical_json(shown.parsed.get("claim"))
