"""Where passages stand in newer copies: what holds, what waits, what is the newest."""

import pytest

from claims.models import Anchoring, Claim, NewInformation, Passage, places_in
from tests.factories import (
    NOON,
    SENTENCES,
    make_anchoring,
    make_article,
    make_citation,
    make_claim,
    make_copy,
    make_news,
    make_passage,
    make_user,
    publish_claim,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    """A claim of an article that has a second copy."""
    claim = make_claim()
    make_copy(claim.article.document)
    return claim


def waiting() -> list[Anchoring]:
    return list(Anchoring.objects.waiting())


def test_an_undecided_passage_waits_until_a_newer_copy_asks_anew(claim: Claim) -> None:
    row = make_anchoring(claim.appearances.get())
    assert waiting() == [row]
    assert list(Claim.objects.with_passages_to_decide()) == [claim]

    make_copy(claim.article.document)
    assert waiting() == []
    assert not Claim.objects.with_passages_to_decide().exists()


@pytest.mark.parametrize(
    "without",
    [
        {"text": ""},
        {"text": "", "sealed_at": NOON, "sealed_reason": "A court says so."},
    ],
    ids=["no text", "sealed"],
)
def test_a_copy_without_a_text_asks_nothing(claim: Claim, without: dict) -> None:
    row = make_anchoring(claim.appearances.get())
    make_copy(claim.article.document, **without)
    assert waiting() == [row]


def test_what_was_marked_anew_in_that_copy_waits_no_longer(claim: Claim) -> None:
    appearance = claim.appearances.get()
    make_anchoring(appearance)
    appearance.passage = make_passage(claim.article.newest_copy, SENTENCES[3])
    appearance.wording = SENTENCES[3]
    appearance.save()
    assert waiting() == []


def test_a_cited_passage_waits_too(claim: Claim) -> None:
    passage = make_passage()
    document = passage.stored_copy.document
    citation = make_citation(claim, document=document, passage=passage)
    newer = make_copy(document)
    row = Anchoring.objects.create(
        citation=citation,
        base=passage,
        stored_copy=newer,
        verdict="orphaned",
        state="to_decide",
    )
    assert (row.subject, row.claim) == (citation, claim)
    assert waiting() == [row]
    assert list(Claim.objects.with_passages_to_decide()) == [claim]


@pytest.mark.parametrize("state", ["discarded", "retracted", "taken_down"])
def test_claims_that_are_worked_on_no_more_wait_for_nothing(
    claim: Claim, state: str
) -> None:
    make_anchoring(claim.appearances.get())
    Claim.objects.filter(pk=claim.pk).update(state=state)
    assert waiting() == []


def test_places_are_those_marked_there_and_those_known_to_stand_there() -> None:
    article = make_article()
    old, gone, undecided = (make_claim(article).appearances.get() for _ in range(3))
    newer = make_copy(article.document)
    found = make_passage(newer)
    make_anchoring(old, state="certain", verdict="exact", found=found)
    decided = {"decided_by": make_user(), "decided_at": NOON}
    make_anchoring(gone, state="gone", **decided)
    make_anchoring(undecided, found=make_passage(newer, SENTENCES[1]))
    new = make_claim(article, SENTENCES[4]).appearances.get()

    assert places_in(newer) == {old.pk: found, new.pk: new.passage}


def test_typography_is_no_other_wording() -> None:
    text = 'He said “no” – twice. He said "no" - twice. He said “no” – thrice.'
    copy = make_copy(text=text)
    row = make_anchoring(base=make_passage(copy, "He said “no” – twice."))
    assert not row.reads_otherwise
    row.found = make_passage(copy, 'He said "no" - twice.')
    assert not row.reads_otherwise
    row.found = make_passage(copy, "He said “no” – thrice.")
    assert row.reads_otherwise


def test_new_information_is_of_signed_claims_until_it_is_settled() -> None:
    make_news()
    claim = publish_claim().claim
    news = make_news(claim)
    assert list(Claim.objects.with_new_information()) == [claim]

    NewInformation.objects.filter(pk=news.pk).update(
        settled_at=NOON, settled_by=make_user(), conclusion="It stands."
    )
    assert not Claim.objects.with_new_information().exists()


def test_many_passages_are_made_once() -> None:
    copy = make_copy()
    known = make_passage(copy)
    places = [(known.start, known.end), (0, 4), (5, 11), (5, 11)]
    found = copy.passages_at(places)
    assert found[(known.start, known.end)] == known
    assert found[(5, 11)].exact == copy.text[5:11]
    assert copy.passages_at(places) == found
    assert Passage.objects.count() == 3
    assert copy.passages_at([]) == {}
