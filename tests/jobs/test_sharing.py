"""The same claim elsewhere: its finding becomes a draft, and goes the ordinary way."""

import pytest

from claims.jobs.sharing import may_share, share_assessment
from claims.models import ClaimPair, Event, PublishedClaim
from claims.moves import MoveForbiddenError, MoveRefusedError
from claims.permissions import editors_of
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.factories import (
    NOON,
    bring_to,
    make_assessment,
    make_citation,
    make_claim,
    make_pair,
    make_user,
    move,
    publish_claim,
)

pytestmark = pytest.mark.django_db


def same_as_a_published_one(state: str = "same") -> ClaimPair:
    older = make_claim(text="The bridge was closed for eleven weeks.")
    make_citation(older, question="attribution", stance="is_the_statement")
    publish_claim(older)
    decided = {"decided_by": make_user(), "decided_at": NOON, "note": "Reworded."}
    return make_pair(make_claim(), older=older, state=state, **decided)


def test_finding_and_evidence_become_a_draft_of_the_claims_own():
    pair, ada = same_as_a_published_one(), make_user(RESEARCHERS)
    claim, shared = pair.other, pair.one.published_assessment
    draft = share_assessment(pair, claim, ada, at=NOON)
    assert (draft.claim, draft.state, draft.author) == (claim, "draft", ada)
    assert (draft.status, draft.summary) == (shared.status, shared.summary)
    assert draft.as_of == shared.as_of
    assert draft.rationale == f"Reworded.\n\n{shared.rationale}"
    assert (draft.signer, draft.digest, draft.correction_kind) == (None, "", "")
    theirs = pair.one.citations.get(question="truth")
    ours = claim.citations.get()
    assert (ours.document, ours.stance) == (theirs.document, theirs.stance)
    assert ours.public_id != theirs.public_id


def test_nothing_is_public_and_whoever_took_it_over_cannot_sign_it():
    pair, emil = same_as_a_published_one(), make_user(EDITORS)
    draft = share_assessment(pair, pair.other, emil)
    assert not PublishedClaim.objects.filter(pk=pair.other.public_id).exists()
    pair.other.refresh_from_db()
    assert pair.other.status_id == "unverified"
    assert editors_of(pair.other) == {str(emil.pk)}
    submitted = bring_to(draft, "submitted")
    with pytest.raises(MoveForbiddenError):
        move("sign_off", submitted, emil)
    assert move("sign_off", submitted, make_user(EDITORS)).state == "signed_off"


def test_the_log_says_whence_it_came():
    pair = same_as_a_published_one()
    shared = pair.one.published_assessment
    share_assessment(pair, pair.other, make_user(RESEARCHERS))
    edited, event = Event.objects.order_by("sequence")[Event.objects.count() - 2 :]
    assert (edited.verb, event.verb) == ("edited", "assessment_shared")
    assert "assessment.status" in edited.details["fields"]
    assert event.details["from_assessment"] == shared.public_id
    assert "Reworded" not in edited.body + event.body


def test_what_the_claim_cites_already_is_not_cited_twice():
    pair = same_as_a_published_one()
    theirs = pair.one.citations.get(question="truth")
    make_citation(pair.other, document=theirs.document, stance=theirs.stance)
    share_assessment(pair, pair.other, make_user(RESEARCHERS))
    assert pair.other.citations.filter(document=theirs.document).count() == 2
    again = ClaimPair.objects.get()
    pair.other.open_assessment.delete()
    share_assessment(again, pair.other, make_user(RESEARCHERS))
    assert pair.other.citations.filter(document=theirs.document).count() == 2


def test_a_claim_with_an_open_assessment_keeps_it():
    pair = same_as_a_published_one()
    begun = make_assessment(pair.other)
    assert not may_share(pair, pair.other)
    with pytest.raises(MoveRefusedError, match="no other assessment is open"):
        share_assessment(pair, pair.other, make_user(RESEARCHERS))
    assert pair.other.open_assessment == begun


def test_only_the_same_claim_shares_and_only_what_is_published():
    related = same_as_a_published_one(state="related")
    assert not may_share(related, related.other)
    same = same_as_a_published_one()
    assert not may_share(same, same.one)  # the other has no finding yet
    assert may_share(same, same.other)


def test_observers_may_not():
    pair = same_as_a_published_one()
    with pytest.raises(MoveForbiddenError):
        share_assessment(pair, pair.other, make_user(OBSERVERS))
    assert pair.other.open_assessment is None
