"""A new claim is compared with those of the desk; what is close is suggested once."""

import pytest
from django.db import transaction

from claims.jobs.checked_before import suggest_pairs, suggest_soon
from claims.models import Claim, ClaimPair
from claims.search import write_desk
from tests.factories import NOON, make_claim, make_pair, make_user

pytestmark = pytest.mark.django_db
BRIDGE = "The mill bridge at Elmbrook was closed for eleven weeks in 2021."


def claims_of(*texts: str) -> list[Claim]:
    claims = [make_claim(text=text) for text in texts]
    with transaction.atomic():
        write_desk([claim.public_id for claim in claims])
    return claims


def test_what_is_close_is_suggested_and_what_only_shares_a_word_is_not():
    older, _other, newer = claims_of(
        BRIDGE,
        "A baker from Elmbrook won the prize of the county.",
        "In 2021 the Elmbrook mill bridge was closed for 11 weeks.",
    )
    (made,) = suggest_pairs(newer, at=NOON)
    pair = ClaimPair.objects.get()
    assert made.public_id == pair.public_id
    assert (pair.one, pair.other, pair.state) == (older, newer, "suggested")
    assert list(Claim.objects.with_pairs_to_decide()) == [newer]


def test_other_figures_are_suggested_too():
    older, newer = claims_of(BRIDGE, BRIDGE.replace("eleven", "two"))
    suggest_pairs(newer)
    assert ClaimPair.objects.get().one == older


def test_what_was_rejected_is_not_suggested_again():
    older, newer = claims_of(BRIDGE, BRIDGE)
    decided = {"decided_by": make_user(), "decided_at": NOON}
    make_pair(newer, older=older, state="rejected", **decided)
    assert suggest_pairs(newer) == []
    assert ClaimPair.objects.get().state == "rejected"
    assert not Claim.objects.with_pairs_to_decide().exists()


def test_claims_that_nobody_works_on_are_no_pair():
    older, newer = claims_of(BRIDGE, BRIDGE)
    for state in ("retracted", "discarded", "taken_down"):
        Claim.objects.filter(pk=older.pk).update(state=state)
        assert suggest_pairs(newer) == []


def test_it_is_looked_for_when_the_claim_is_saved(django_capture_on_commit_callbacks):
    _older, newer = claims_of(BRIDGE, BRIDGE)
    with django_capture_on_commit_callbacks(execute=True):
        suggest_soon(newer)
        assert not ClaimPair.objects.exists()
    assert ClaimPair.objects.suggested().exists()
