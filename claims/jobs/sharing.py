"""The same claim in another article: its finding becomes a draft here, to be signed."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Assessment, Citation, Claim, ClaimPair, Methodology
from claims.models.events import Actor, append_event
from claims.moves import MoveForbiddenError, MoveRefusedError, record_edit
from claims.workflow.desk_words import PairState
from claims.workflow.words import OPEN_STATES, ClaimState, EvidenceForm, Question

from .citing import SHARED_FIELDS

SHARING = ("claims.add_assessment", "claims.add_citation")
#: What a finding says, apart from when, by whom and how it was published.
_SHARED = (
    *("status_id", "summary", "as_of", "part_that_holds", "part_that_fails"),
    "independence_reason",
)
#: Of citations, the same as when one document is cited for several claims.
_CITED = (*SHARED_FIELDS, "language", "origin", "passage")


def may_share(pair: ClaimPair, claim: Claim) -> bool:
    """Whether a claim can take over the finding of the same claim elsewhere."""
    return (
        pair.state == PairState.SAME
        and claim.state == ClaimState.WORKING
        and pair.partner_of(claim).published_assessment is not None
        and not claim.assessments.filter(state__in=OPEN_STATES).exists()
    )


def share_assessment(
    pair: ClaimPair, claim: Claim, actor: Any, at: datetime.datetime | None = None
) -> Assessment:
    """Draft an assessment of a claim from the published one of the same claim.

    Status, summary, rationale and evidence about the truth are copied, the note of the
    pair stands before the rationale. All is a draft of the claim's own, to be edited,
    signed and published like any other; nobody's signature is carried along. Raises
    ``MoveForbiddenError`` or ``MoveRefusedError``.
    """
    if not actor.has_perms(SHARING):
        raise MoveForbiddenError(_("You may not assess claims."))
    at = at or timezone.now()
    with transaction.atomic():
        claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        pair = ClaimPair.objects.select_related("one", "other").get(pk=pair.pk)
        if not may_share(pair, claim):
            raise MoveRefusedError(
                _(
                    "A finding is taken over from the published assessment of the same "
                    "claim, when no other assessment is open here."
                )
            )
        shared: Assessment = pair.partner_of(claim).published_assessment
        draft = _draft(shared, claim, pair, actor, at)
        cited = _cite(shared.claim, claim, actor)
        Claim.raise_version(claim.pk)
        _record(draft, shared, cited, actor, at)
    return draft


def _draft(
    shared: Assessment, claim: Claim, pair: ClaimPair, actor: Any, at: datetime.datetime
) -> Assessment:
    last = claim.assessments.aggregate(last=Max("number"))["last"] or 0
    draft: Any = Assessment(claim=claim, number=last + 1, author=actor, created_at=at)
    for name in _SHARED:
        setattr(draft, name, getattr(shared, name))
    draft.rationale = f"{pair.note}\n\n{shared.rationale}".strip()
    draft.methodology = Methodology.objects.in_force(timezone.localdate(at))
    draft._history_user = actor
    draft.full_clean()
    draft.save()
    return draft


def _cite(shared: Claim, claim: Claim, actor: Any) -> list[Citation]:
    """Cite for a claim what the other cites about the truth, but for what it has."""
    last = claim.citations.aggregate(last=Max("position"))["last"] or 0
    cited: list[Citation] = []
    # The answer to an inquiry belongs to the claim it was made about.
    about_truth = Q(question=Question.TRUTH) & ~Q(form=EvidenceForm.INQUIRY)
    for citation in shared.citations.filter(about_truth).order_by("position", "pk"):
        values = {name: getattr(citation, name) for name in _CITED}
        same = {name: values[name] for name in SHARED_FIELDS}
        if claim.citations.filter(**same).exists():
            continue
        row: Any = Citation(claim=claim, position=last + len(cited) + 1, **values)
        row._history_user = actor
        row.full_clean()
        row.save()
        cited.append(row)
    return cited


def _record(
    draft: Assessment,
    shared: Assessment,
    cited: list[Citation],
    actor: Any,
    at: datetime.datetime,
) -> None:
    """Leave the trace of an edit by this person, and whence it came."""
    fields = [
        f"assessment.{name.removesuffix('_id')}" for name in (*_SHARED, "rationale")
    ]
    fields += ["citation.added"] if cited else []
    record_edit(draft.claim, actor, fields, at=at)
    details = {
        "assessment": draft.public_id,
        "from_claim": shared.claim.public_id,
        "from_assessment": shared.public_id,
    }
    subject = draft.claim.public_id
    append_event("assessment_shared", "claim", subject, Actor.of(actor), at, details)
