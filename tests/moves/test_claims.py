"""Moves of claims: hold back, re-check, retract, take down, discard, take up again."""

import pytest

from claims.models import Claim, Event, PublishedClaim, Release
from claims.moves import MoveRefusedError
from tests.factories import (
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_user,
    move,
    publish_claim,
    release_article,
)
from tests.moves.snapshots import everything


@pytest.fixture
def editor(db):
    return make_user("Editors")


def listed_claim() -> Claim:
    claim = make_claim()
    release_article(claim.article)
    return claim


def refusal_of(name, claim, editor) -> str:
    before = everything()
    with pytest.raises(MoveRefusedError) as refusal:
        move(name, claim, editor, reason="For a reason.")
    assert everything() == before
    (sentence,) = refusal.value.reasons
    return sentence


class TestHoldingBack:
    def test_a_claim_is_held_and_let_go(self, editor):
        claim = move("hold_back", make_claim(), editor, reason="Wait.")
        assert claim.is_held_back
        assert not move("stop_holding", claim, editor).is_held_back

    def test_it_leaves_the_queue_of_what_changed(self, editor):
        claim = make_claim(make_article("released"))
        assert Claim.objects.changed_since_release().count() == 1
        move("hold_back", claim, editor, reason="Wait.")
        assert not Claim.objects.changed_since_release().exists()

    def test_neither_is_done_twice(self, editor):
        claim = make_claim()
        assert "is not held back" in refusal_of("stop_holding", claim, editor)
        move("hold_back", claim, editor, reason="Wait.")
        assert "held back already" in refusal_of("hold_back", claim, editor)

    def test_what_readers_know_cannot_be_held_back(self, editor):
        assert "listed already" in refusal_of("hold_back", listed_claim(), editor)


class TestRecheck:
    def test_only_a_published_claim_is_put_under_recheck(self, editor):
        assert "Only a published claim" in refusal_of("recheck", listed_claim(), editor)

    def test_not_twice(self, editor):
        claim = move("recheck", publish_claim().claim, editor, reason="Figures.")
        assert "already" in refusal_of("recheck", claim, editor)

    def test_it_cannot_end_before_it_began(self, editor):
        claim = publish_claim().claim
        assert "not under re-check" in refusal_of("end_recheck", claim, editor)

    def test_an_open_assessment_ends_it_by_its_own_end(self, editor):
        claim = move("recheck", publish_claim().claim, editor, reason="Figures.")
        make_assessment(claim)
        assert "Publish or discard" in refusal_of("end_recheck", claim, editor)


class TestRetract:
    def test_what_readers_do_not_know_is_discarded_instead(self, editor):
        assert "Discard it instead" in refusal_of("retract", make_claim(), editor)

    @pytest.mark.parametrize("make", [listed_claim, lambda: publish_claim().claim])
    def test_the_claim_ends_with_all_its_assessments(self, editor, make):
        claim = make()
        draft = make_assessment(claim, state="signed_off")
        published = claim.published_assessment
        retracted = move("retract", claim, editor, reason="Never said.")
        assert (retracted.state, retracted.status_id) == ("retracted", "unverified")
        assert fresh_from_database(draft).state == "discarded"
        if published is not None:
            found = fresh_from_database(published)
            assert (found.state, found.withdrawal_reason) == (
                "withdrawn",
                "Never said.",
            )


class TestTakeDown:
    def test_what_readers_never_knew_is_discarded_instead(self, editor):
        assert "Discard it instead" in refusal_of("take_down", make_claim(), editor)

    @pytest.mark.parametrize("make", [listed_claim, lambda: publish_claim().claim])
    def test_it_works_for_open_and_decided_claims(self, editor, make):
        taken = move("take_down", make(), editor, reason="A court says so.")
        assert taken.state == "taken_down"
        assert PublishedClaim.objects.get().state == "taken_down"

    def test_a_retracted_claim_can_be_taken_down(self, editor):
        claim = move("retract", publish_claim().claim, editor, reason="Never said.")
        move("take_down", claim, editor, reason="A court says so.")
        assert (
            not Release.objects.of("claim", claim.public_id)
            .exclude(act="taken_down")
            .filter(sealed_at=None)
        )

    def test_it_is_told_in_an_event_without_its_text(self, editor):
        claim = publish_claim(make_claim(text="canary")).claim
        move("take_down", claim, editor, reason="canary")
        event = Event.objects.order_by("sequence").last()
        assert (event.verb, event.details) == (
            "taken_down",
            {"from": "working", "to": "taken_down"},
        )


class TestDiscard:
    def test_a_claim_readers_know_is_retracted_instead(self, editor):
        assert "Retract it instead" in refusal_of("discard", listed_claim(), editor)

    def test_its_open_assessment_ends_with_it(self, editor):
        draft = make_assessment()
        move("discard", draft.claim, editor, reason="Twice.")
        assert fresh_from_database(draft).state == "discarded"

    def test_it_can_be_taken_up_again(self, editor):
        claim = move("discard", make_claim(), editor, reason="Twice.")
        assert move("restore", claim, editor).state == "working"
