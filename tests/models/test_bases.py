"""Claims rest on others, and never by a circle on themselves."""

import itertools

import pytest

from claims.models import Claim
from claims.models.bases import circle_refusal, circle_through
from tests.factories import make_claim

pytestmark = pytest.mark.django_db


def chain_of(number: int) -> list[Claim]:
    """Return claims each of which rests on the next."""
    claims = [make_claim(text=f"Claim {place}.") for place in range(number)]
    for claim, basis in itertools.pairwise(claims):
        claim.depends_on.add(basis)
    return claims


def test_a_claim_may_rest_on_many_and_by_two_ways_on_one():
    top, middle, bottom = chain_of(3)
    assert circle_refusal(top, [middle, bottom, make_claim()]) == ""


def test_no_bases_close_no_circle():
    assert circle_refusal(make_claim(), []) == ""


def test_a_claim_cannot_rest_on_itself():
    claim = make_claim()
    assert circle_refusal(claim, [claim]) == "A claim cannot rest on itself."


def test_a_circle_is_named_claim_by_claim():
    first, second, third = chain_of(3)
    assert circle_refusal(third, [first]) == (
        "In a circle, claims would rest on themselves: “Claim 2.” on “Claim 0.”, "
        "“Claim 0.” on “Claim 1.”, “Claim 1.” on “Claim 2.”."
    )
    assert circle_through(third, [second]) == [third.pk, second.pk]


def test_a_circle_that_is_there_already_ends_the_search():
    """Two people may have closed one at the same moment."""
    first, _second, third = chain_of(3)
    third.depends_on.add(first)
    assert circle_through(make_claim(), [first]) == []
    assert len(circle_through(first, first.depends_on.all())) == 3
