"""One document for several claims: a citation each, whole or not at all."""

from typing import Any

import pytest

from claims.jobs.citing import (
    MAX_CLAIMS,
    CitingError,
    Target,
    cite_for_several,
)
from claims.models import Citation, Claim, Event, Passage
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import (
    SENTENCES,
    fresh_from_database,
    make_assessment,
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_user,
    move,
    publish_claim,
)

pytestmark = pytest.mark.django_db


def shared(**fields: Any) -> Citation:
    defaults: dict[str, Any] = {
        "question": "truth",
        "stance": "supports",
        "quotation": SENTENCES[1],
        "locator_kind": "page",
        "locator": "12",
        "desk_note": "Found by the archive.",
    }
    document = fields.pop("document", None) or make_document()
    return Citation(document=document, **{**defaults, **fields})


def targets(*claims: Claim) -> list[Target]:
    return [Target(claim) for claim in claims]


def faults(made: Citation, wanted: list[Target]) -> list[tuple[Any, str, str]]:
    """Return what a refusal says, having changed nothing."""
    models = (Citation, Passage, Event, Citation.history.model)
    before = [model.objects.count() for model in models]
    versions = list(Claim.objects.order_by("pk").values_list("version", flat=True))
    with pytest.raises(CitingError) as refused:
        cite_for_several(made, wanted, make_user(RESEARCHERS))
    assert [model.objects.count() for model in models] == before
    after = list(Claim.objects.order_by("pk").values_list("version", flat=True))
    assert after == versions
    return [(row.claim, row.field, row.sentence) for row in refused.value.faults]


def test_each_claim_gets_a_citation_of_its_own():
    user = make_user(RESEARCHERS)
    first, second = make_claim(), make_claim()
    make_citation(first, position=7)
    document = make_copy().document

    made = cite_for_several(shared(document=document), targets(first, second), user)

    assert [row.claim for row in made] == [first, second]
    assert [row.position for row in made] == [8, 1]
    for row in map(fresh_from_database, made):
        assert (row.document, row.stance, row.locator) == (document, "supports", "12")
        assert row.passage.exact == row.quotation == SENTENCES[1]
        assert row.desk_note == "Found by the archive."
        assert row.history.get().history_user == user
        claim = fresh_from_database(row.claim)
        assert claim.version == 2
        event = Event.objects.of("claim", claim.public_id).get()
        assert (event.verb, event.actor_id) == ("edited", str(user.pk))
        assert event.details["fields"] == ["citation.added"]
    assert made[0].public_id != made[1].public_id


def test_a_claim_s_own_words_go_before_the_shared_ones():
    document = make_copy().document
    own = Target(make_claim(), SENTENCES[2], "13")
    page = Target(make_claim(), locator="14")
    made = cite_for_several(shared(document=document), [own, page], "somebody")
    assert [(row.quotation, row.locator) for row in made] == [
        (SENTENCES[2], "13"),
        (SENTENCES[1], "14"),
    ]
    assert [row.passage.exact for row in made] == [SENTENCES[2], SENTENCES[1]]


@pytest.mark.parametrize("quotation", ["Words that stand nowhere.", "e", ""])
def test_words_that_do_not_stand_there_once_have_no_passage(quotation):
    document = make_copy().document
    row = shared(document=document, quotation=quotation)
    (made,) = cite_for_several(row, targets(make_claim()), "somebody")
    assert made.passage is None
    assert fresh_from_database(made).quotation == quotation


def test_line_ends_of_a_browser_are_those_of_the_copy():
    document = make_copy(text="One line.\nAnother.").document
    row = shared(document=document, quotation="One line.\r\nAnother.")
    (made,) = cite_for_several(row, targets(make_claim()), "somebody")
    assert made.passage.exact == "One line.\nAnother."


def test_a_new_citation_voids_a_sign_off_and_waits_to_be_shown():
    signed = make_assessment(state="signed_off")
    published = publish_claim().claim
    cite_for_several(shared(), targets(signed.claim, published), "somebody")
    assert fresh_from_database(signed).state == "submitted"
    assert published in Claim.objects.changed_since_release()


def test_whoever_cites_has_edited_every_one_of_the_claims():
    editor = make_user(EDITORS)
    assessment = make_assessment(state="submitted")
    cite_for_several(shared(), targets(assessment.claim), editor)
    with pytest.raises(Exception, match="You edited this claim"):
        move("sign_off", assessment, editor)


# What is refused


def test_one_claim_that_cannot_be_cited_for_stops_all_of_them():
    good, ended = make_claim(), make_claim()
    move("discard", ended, make_user(EDITORS), reason="Twice.")
    document = make_copy().document
    assert faults(shared(document=document), targets(good, ended)) == [
        (ended, "", "It is discarded.")
    ]


def test_a_claim_that_cites_just_this_already_is_named():
    document, claim, other = make_copy().document, make_claim(), make_claim()
    cite_for_several(shared(document=document), targets(claim), "somebody")
    again = shared(document=document)
    assert faults(again, targets(other, claim)) == [
        (claim, "", "It cites just this already.")
    ]
    elsewhere = [Target(claim, locator="13")]
    assert cite_for_several(again, elsewhere, "somebody")


def test_a_fault_names_the_claim_and_the_field():
    good, bad = make_claim(), make_claim()
    wanted = [Target(good), Target(bad, locator="x" * 101)]
    ((claim, field, sentence),) = faults(shared(), wanted)
    assert (claim, field) == (bad, "locator")
    assert "at most 100 characters" in sentence


def test_an_own_locator_without_a_kind_is_refused_for_that_claim():
    claim = make_claim()
    row = shared(locator_kind="", locator="")
    assert faults(row, [Target(claim, locator="13"), Target(make_claim())]) == [
        (claim, "", "Choose the kind of locator.")
    ]


@pytest.mark.parametrize(
    ("fields", "number", "field", "sentence"),
    [
        ({}, 0, "", "Tick at least one claim."),
        ({}, MAX_CLAIMS + 1, "", "At most 50 claims at once."),
        ({"form": "inquiry"}, 1, "form", "An inquiry belongs to one claim"),
    ],
)
def test_what_holds_for_all_is_refused_for_all(fields, number, field, sentence):
    claim = make_claim()
    ((none, found, said),) = faults(shared(**fields), targets(*[claim] * number))
    assert (none, found) == (None, field)
    assert said.startswith(sentence)
