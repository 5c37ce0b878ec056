"""Which evidence stands open, and what it is said to do."""

import dataclasses

import pytest

from claims.models import PublishedClaim
from claims.reading.evidence import BEST, best_first, what_it_does
from claims.reading.status_page import status_page_from_record
from claims.workflow.words import Question, Stance
from tests.factories import make_full_claim, publish_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece():
    """Return a maker of citations, each with an anchor of its own."""
    claim = publish_claim(make_full_claim()).claim
    row = PublishedClaim.objects.get(pk=claim.public_id)
    like = status_page_from_record(row).citations[0]

    def make(anchor, stance, question="truth"):
        return dataclasses.replace(
            like, anchor=anchor, stance=stance, question=question
        )

    return make


def anchors(rows) -> str:
    return "".join(row.anchor for row in rows)


def test_evidence_for_each_side_is_never_folded_away(piece):
    best, further = best_first(
        [
            piece("a", "is_the_statement", "attribution"),
            piece("b", "supports"),
            piece("c", "supports"),
            piece("d", "supports"),
            piece("e", "contradicts"),
        ]
    )
    assert anchors(best) == "bec"
    assert anchors(further) == "da"


def test_the_statement_comes_before_context(piece):
    best, _further = best_first(
        [
            piece("a", "context"),
            piece("b", "repeats_it", "attribution"),
            piece("c", "is_the_statement", "attribution"),
        ]
    )
    assert anchors(best) == "cab"


def test_a_single_piece_is_not_folded_away_alone(piece):
    four = [piece(letter, "supports") for letter in "abcd"]
    assert best_first(four) == (tuple(four), ())
    five = [*four, piece("e", "supports")]
    assert [len(part) for part in best_first(five)] == [BEST, 2]
    assert best_first([]) == ((), ())


def test_every_stance_says_what_it_does():
    sentences = {what_it_does(stance) for stance in Stance}
    assert len(sentences) == len(Stance)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_page_without_a_word_on_truth_rests_on_its_searches(piece):
    page = status_page_from_record(PublishedClaim.objects.get())
    spoken = [piece("a", "is_the_statement", Question.ATTRIBUTION)]
    assert dataclasses.replace(page, citations=tuple(spoken)).rests_on_searches
    settled = dataclasses.replace(page, citations=(piece("b", "supports"),))
    assert not settled.rests_on_searches
