"""The vocabulary agrees with itself."""

import itertools

import pytest

from claims.models import Citation
from claims.workflow.words import (
    ATTRIBUTION_WEAKEST_FIRST,
    OPEN_STATES,
    REQUIRED_FACTS,
    STANCES,
    AssessmentState,
    AttributionCheck,
    EvidenceForm,
    Question,
    Stance,
    weakest_check,
)


def test_the_weakest_check_comes_in_the_order_of_the_design():
    assert [str(check) for check in ATTRIBUTION_WEAKEST_FIRST] == [
        "misattributed",
        "altered",
        "not_found",
        "cannot_check",
        "unchecked",
        "relayed",
        "confirmed",
        "not_applicable",
    ]
    assert set(ATTRIBUTION_WEAKEST_FIRST) == set(AttributionCheck)


@pytest.mark.parametrize(
    "pair", list(itertools.combinations(ATTRIBUTION_WEAKEST_FIRST, 2))
)
def test_the_weaker_of_two_wins_in_either_order(pair):
    weaker, stronger = (str(check) for check in pair)
    assert weakest_check([weaker, stronger]) == weaker
    assert weakest_check([stronger, weaker, stronger]) == weaker


def test_a_chain_of_nothing_is_unchecked():
    assert weakest_check([]) == "unchecked"


def test_every_stance_answers_exactly_one_question():
    listed = [stance for question in Question for stance in STANCES[question]]
    assert sorted(listed) == sorted(Stance)


def test_every_form_of_evidence_names_fields_of_a_citation():
    assert set(REQUIRED_FACTS) == set(EvidenceForm)
    for names in REQUIRED_FACTS.values():
        assert names
        for name in names:
            assert name in Citation.SIGNED_FIELDS


def test_an_assessment_is_open_or_has_ended():
    ended = {
        AssessmentState.PUBLISHED,
        AssessmentState.SUPERSEDED,
        AssessmentState.WITHDRAWN,
        AssessmentState.DISCARDED,
    }
    assert set(OPEN_STATES) | ended == set(AssessmentState)
    assert not set(OPEN_STATES) & ended
