"""What a person says of two claims that are alike: noted once, with a name, for good."""

import pytest

from claims.models import ClaimPair, Event
from claims.moves import (
    MoveForbiddenError,
    MoveRefusedError,
    StaleMoveError,
    decide_pair,
)
from claims.permissions import editors_of
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests.factories import NOON, make_claim, make_pair, make_user

pytestmark = pytest.mark.django_db


def test_a_suggested_pair_is_decided_with_a_name_and_a_note():
    pair, ada = make_pair(), make_user(RESEARCHERS)
    claim, older = pair.other, pair.one
    decide_pair(claim, older, ada, "same", " Reworded. ", "suggested", at=NOON)
    pair.refresh_from_db()
    assert (pair.state, pair.note) == ("same", "Reworded.")
    assert (pair.decided_by, pair.decided_at) == (ada, NOON)
    assert not ClaimPair.objects.suggested().exists()


def test_it_is_an_event_without_words_and_no_edit():
    pair, ada = make_pair(), make_user(RESEARCHERS)
    decide_pair(pair.other, pair.one, ada, "rejected", "Another bridge.", "suggested")
    event = Event.objects.latest("sequence")
    assert (event.verb, event.subject_id) == ("pair_decided", pair.other.public_id)
    assert event.details["other"] == pair.one.public_id
    assert "bridge" not in event.body
    assert not editors_of(pair.other)


def test_a_pair_that_a_person_found_is_made_the_older_claim_first():
    older, newer, ada = make_claim(), make_claim(), make_user(RESEARCHERS)
    pair = decide_pair(older, newer, ada, "related", "", "")
    assert (pair.one, pair.other) == (older, newer)
    assert pair.partner_of(older) == newer
    assert pair.partner_of(newer) == older


def test_a_decision_can_be_taken_anew_by_whoever_saw_it():
    pair, ada = make_pair(), make_user(RESEARCHERS)
    decide_pair(pair.one, pair.other, ada, "rejected", "", "suggested")
    decide_pair(pair.other, pair.one, ada, "related", "", "rejected")
    assert ClaimPair.objects.get().state == "related"


@pytest.mark.parametrize("seen", ["", "same"])
def test_a_colleagues_decision_is_not_overwritten(seen):
    pair, ada = make_pair(), make_user(RESEARCHERS, username="ada")
    decide_pair(pair.one, pair.other, ada, "rejected", "", "suggested")
    with pytest.raises(StaleMoveError, match="ada decided this meanwhile: not the"):
        decide_pair(pair.one, pair.other, make_user(RESEARCHERS), "related", "", seen)
    assert ClaimPair.objects.get().state == "rejected"


def test_a_pair_that_is_gone_is_stale():
    with pytest.raises(StaleMoveError, match="not there any more"):
        decide_pair(
            make_claim(), make_claim(), make_user(RESEARCHERS), "related", "", "same"
        )


@pytest.mark.parametrize(
    ("decision", "note", "sentence"),
    [
        ("same", "  ", "Say why the two are the same"),
        ("suggested", "", "Choose what the two"),
        ("", "", "Choose what the two"),
    ],
)
def test_what_says_nothing_is_refused(decision, note, sentence):
    pair = make_pair()
    with pytest.raises(MoveRefusedError, match=sentence):
        decide_pair(
            pair.one, pair.other, make_user(RESEARCHERS), decision, note, "suggested"
        )
    assert ClaimPair.objects.get().state == "suggested"


def test_a_claim_is_no_pair_with_itself_nor_with_one_nobody_works_on():
    claim, ada = make_claim(), make_user(RESEARCHERS)
    with pytest.raises(MoveRefusedError, match="no pair with itself"):
        decide_pair(claim, claim, ada, "related", "", "")
    gone = make_claim(state="discarded")
    with pytest.raises(MoveRefusedError, match="is discarded"):
        decide_pair(claim, gone, ada, "related", "", "")
    assert not ClaimPair.objects.exists()


def test_observers_may_not_decide():
    pair = make_pair()
    with pytest.raises(MoveForbiddenError):
        decide_pair(pair.one, pair.other, make_user(OBSERVERS), "related", "", "")
