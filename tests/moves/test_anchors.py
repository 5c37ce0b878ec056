"""A person says where a passage stands now: what follows depends on what is signed."""

from typing import Any

import pytest

from claims.models import Anchoring, Appearance, Claim, Event, NewInformation, Passage
from claims.moves import (
    MoveForbiddenError,
    MoveRefusedError,
    StaleMoveError,
    decide_anchor,
)
from claims.permissions import editors_of
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.factories import (
    TEXT,
    add_text,
    make_assessment,
    make_citation,
    make_claim,
    make_copy,
    make_passage,
    make_user,
    publish_claim,
    release_article,
)

pytestmark = pytest.mark.django_db

OLD, NEW = "Nobody was hurt.", "Nobody got hurt."


@pytest.fixture
def claim() -> Claim:
    return make_claim(wording=OLD)


def rewritten(claim: Claim, new: str = NEW) -> Anchoring:
    """Add a copy in which the words of the claim are others."""
    add_text(claim.article.document, TEXT.replace(OLD, new))
    return Anchoring.objects.get(appearance__claim=claim)


def decide(row: Anchoring, found: Passage | None, **options: Any) -> Anchoring:
    actor = options.pop("actor", None) or make_user(RESEARCHERS)
    return decide_anchor(row, actor, found, options.pop("seen", "to_decide"))


def verbs(claim: Claim) -> list[str]:
    events = Event.objects.of("claim", claim.public_id).order_by("sequence")
    return list(events.values_list("verb", flat=True))


def untouched() -> list[Any]:
    models = (Anchoring, Appearance, Claim, NewInformation)
    rows = [list(model.objects.order_by("pk").values()) for model in models]
    return [*rows, Event.objects.count()]


def test_where_nothing_is_signed_the_appearance_takes_the_place_and_its_words(
    claim: Claim,
) -> None:
    row, actor = rewritten(claim), make_user(RESEARCHERS)
    version = claim.version

    decided = decide(row, row.found, actor=actor)

    assert (decided.state, decided.decided_by) == ("confirmed", actor)
    appearance = claim.appearances.get()
    assert (appearance.passage, appearance.wording) == (row.found, NEW)
    claim.refresh_from_db()
    assert claim.version == version + 1
    assert verbs(claim) == ["edited", "anchor_decided"]
    fields = Event.objects.get(verb="edited", subject_type="claim").details["fields"]
    assert fields == ["appearance.passage", "appearance.wording"]
    assert editors_of(claim) == {str(actor.pk)}
    assert not NewInformation.objects.exists()


def test_the_appearance_learns_in_which_block_it_stands_now(claim: Claim) -> None:
    text = f"{NEW} {TEXT.replace(OLD, '')}"
    blocks = [
        {"role": "headline", "start": 0, "end": len(NEW)},
        {"role": "body", "start": len(NEW), "end": len(text)},
    ]
    row = rewritten(claim, "")
    row.stored_copy = make_copy(claim.article.document, text, blocks)
    row.save()
    decide(row, make_passage(row.stored_copy, NEW))
    assert claim.appearances.get().placement == "headline"
    fields = Event.objects.get(verb="edited", subject_type="claim").details["fields"]
    assert "appearance.placement" in fields


@pytest.mark.parametrize("state", ["signed_off", "published"])
def test_signed_words_stay_and_the_news_too(claim: Claim, state: str) -> None:
    assessment = make_assessment(claim, state=state)
    before = claim.appearances.get()
    row = rewritten(claim)
    actor = make_user(RESEARCHERS)

    decide(row, row.found, actor=actor)

    after = claim.appearances.get()
    assert (after.passage, after.wording) == (before.passage, OLD)
    assessment.refresh_from_db()
    assert assessment.state == state
    assert verbs(claim)[-1] == "anchor_decided"
    assert str(actor.pk) not in editors_of(claim)
    assert NewInformation.objects.unsettled().count() == 1


def test_words_of_a_listed_claim_stay_too(claim: Claim) -> None:
    release_article(claim.article)
    row = rewritten(claim)
    decide(row, row.found)
    assert claim.appearances.get().wording == OLD
    assert not NewInformation.objects.exists()


def test_a_citation_keeps_the_copy_it_was_made_from(claim: Claim) -> None:
    passage = make_passage(words=OLD)
    document = passage.stored_copy.document
    citation = make_citation(claim, document=document, passage=passage)
    add_text(document, TEXT.replace(OLD, NEW))
    row = Anchoring.objects.get()
    decide(row, row.found)
    citation.refresh_from_db()
    assert citation.passage == passage
    assert verbs(claim) == ["anchor_decided"]


def test_what_is_gone_is_told_of_a_signed_claim(claim: Claim) -> None:
    publish_claim(claim)
    row = rewritten(claim)
    decided = decide(row, None)
    assert (decided.state, decided.found) == ("gone", None)
    kinds = NewInformation.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["words_changed", "words_gone"]
    news = NewInformation.objects.get(kind="words_gone")
    assert news.body.endswith(f"no longer has the words “{OLD}”")


def test_what_is_gone_moves_nothing_of_a_free_claim(claim: Claim) -> None:
    decide(rewritten(claim), None)
    assert claim.appearances.get().wording == OLD
    assert verbs(claim) == ["anchor_decided"]


def test_other_words_than_those_proposed_are_told(claim: Claim) -> None:
    publish_claim(claim)
    row = rewritten(claim)
    decide(row, make_passage(row.stored_copy, "The old mill burned down in 1911."))
    news = NewInformation.objects.get()
    assert "The old mill burned down in 1911." in news.body


def test_words_that_were_told_of_and_settled_are_not_told_again(claim: Claim) -> None:
    publish_claim(claim)
    row = rewritten(claim)
    news = NewInformation.objects.get()
    news.settled_by, news.settled_at = make_user(), row.made_at
    news.conclusion = "The sense is the same."
    news.save()
    decide(row, row.found)
    assert NewInformation.objects.count() == 1


def test_what_was_thought_to_be_gone_can_be_found_after_all(claim: Claim) -> None:
    row = rewritten(claim, "They all were well.")
    gone = decide(row, None)
    found = make_passage(row.stored_copy, "They all were well.")
    decided = decide(gone, found, seen="gone")
    assert (decided.state, decided.found) == ("confirmed", found)
    assert claim.appearances.get().wording == "They all were well."


# What is refused


def test_a_colleague_who_was_first_wins(claim: Claim) -> None:
    row = rewritten(claim)
    decide(row, None, actor=make_user(EDITORS, username="ada"))
    before = untouched()
    with pytest.raises(StaleMoveError, match="ada decided this meanwhile: no longer"):
        decide(row, row.found)
    assert untouched() == before


def test_what_is_certain_is_not_decided(claim: Claim) -> None:
    add_text(claim.article.document, f"News. {TEXT}")
    row = Anchoring.objects.get()
    with pytest.raises(StaleMoveError, match="The tracker decided this"):
        decide(row, None, seen="certain")


def test_a_newer_copy_or_a_new_mark_makes_a_decision_stale(claim: Claim) -> None:
    row = rewritten(claim)
    add_text(claim.article.document, f"{TEXT} More.")
    with pytest.raises(StaleMoveError, match="has a newer copy"):
        decide(row, row.found)


def test_a_claim_that_is_over_is_left_alone(claim: Claim) -> None:
    row = rewritten(claim)
    Claim.objects.filter(pk=claim.pk).update(state="retracted")
    with pytest.raises(MoveRefusedError, match="The claim is retracted"):
        decide(row, row.found)


def test_a_passage_of_another_copy_is_refused(claim: Claim) -> None:
    row = rewritten(claim)
    before = untouched()
    with pytest.raises(MoveRefusedError, match="lies in another copy"):
        decide(row, row.base)
    assert untouched() == before


def test_a_place_where_the_claim_stands_already_is_refused(claim: Claim) -> None:
    row = rewritten(claim)
    Appearance.objects.create(
        claim=claim,
        article=claim.article,
        wording=NEW,
        passage=row.found,
        is_first=False,
    )
    before = untouched()
    with pytest.raises(MoveRefusedError, match="already stands at this passage"):
        decide(row, row.found)
    assert untouched() == before


def test_whoever_only_looks_decides_nothing(claim: Claim) -> None:
    row = rewritten(claim)
    with pytest.raises(MoveForbiddenError):
        decide(row, None, actor=make_user(OBSERVERS))
    assert Anchoring.objects.get().state == "to_decide"
