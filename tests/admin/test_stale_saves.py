"""Two editors, one page: the second sees both texts, and nothing is written over."""

import pytest
from django.contrib.auth.models import User

from claims.models import Citation, Claim, Event, Source
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests import factories
from tests.admin.pages import (
    add_row,
    address_of,
    client_of,
    form_on,
    move_address,
    open_form,
    save,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> User:
    return factories.make_user(RESEARCHERS)


@pytest.fixture
def second() -> User:
    return factories.make_user(RESEARCHERS)


def test_second_save_is_refused_and_shows_both_texts(first, second):
    claim = factories.make_claim(text="As it was.")
    opened = open_form(client_of(second), claim)
    save(client_of(first), claim, text="As the first wrote it.")
    events = Event.objects.count()

    response = save(client_of(second), claim, opened, text="As the second wrote it.")

    assert response.status_code == 409
    page = response.content.decode()
    assert "As the first wrote it." in page
    assert "As the second wrote it." in page
    fresh = Claim.objects.get(pk=claim.pk)
    assert fresh.text == "As the first wrote it."
    assert fresh.version == int(opened["version"]) + 1
    assert Event.objects.count() == events


def test_refused_save_can_be_sent_again_from_its_page(first, second):
    claim = factories.make_claim(text="As it was.", role="mayor")
    opened = open_form(client_of(second), claim)
    save(client_of(first), claim, text="As the first wrote it.")
    typed = {"text": "As the second wrote it.", "suggested_wording": "Kinder."}
    refused = save(client_of(second), claim, opened, **typed)

    response = save(client_of(second), claim, form_on(refused))

    assert response.status_code == 302
    fresh = Claim.objects.get(pk=claim.pk)
    assert fresh.text == "As the second wrote it."
    assert fresh.suggested_wording == "Kinder."
    assert fresh.role == "mayor"


def test_what_only_the_colleague_changed_is_proposed_as_they_left_it(first, second):
    claim = factories.make_claim(text="As it was.")
    opened = open_form(client_of(second), claim)
    save(client_of(first), claim, text="As the first wrote it.", priority="4")

    refused = save(client_of(second), claim, opened, role="mayor")
    assert save(client_of(second), claim, form_on(refused)).status_code == 302

    fresh = Claim.objects.get(pk=claim.pk)
    assert fresh.text == "As the first wrote it."
    assert (fresh.priority, fresh.role) == (4, "mayor")


def test_invalid_and_stale_is_stale_and_keeps_the_typed_words(first, second):
    claim = factories.make_claim()
    opened = open_form(client_of(second), claim)
    save(client_of(first), claim, text="Changed meanwhile.")

    response = save(
        client_of(second), claim, opened, kind="", text="Kept all the same."
    )

    assert response.status_code == 409
    assert b"Kept all the same." in response.content


def test_rows_are_compared_too(first, second):
    claim = factories.make_claim()
    factories.make_citation(claim, quotation="As it was.")
    opened = open_form(client_of(second), claim)
    save(client_of(first), claim, **{"citations-0-quotation": "By the first."})

    refused = save(
        client_of(second), claim, opened, **{"citations-0-quotation": "By the second."}
    )

    assert refused.status_code == 409
    assert b"By the first." in refused.content
    assert b"By the second." in refused.content
    assert save(client_of(second), claim, form_on(refused)).status_code == 302
    assert Citation.objects.get().quotation == "By the second."


def test_new_row_survives_the_refusal(first, second):
    claim = factories.make_claim()
    form = open_form(client_of(second), claim)
    form = add_row(
        form,
        "searches",
        looked_in="Town register",
        looked_for="the figure",
        searched_on="2026-03-02",
        result="Nothing there.",
    )
    save(client_of(first), claim, text="Changed meanwhile.")

    refused = save(client_of(second), claim, form)
    assert refused.status_code == 409
    assert save(client_of(second), claim, form_on(refused)).status_code == 302

    assert claim.searches.get().result == "Nothing there."
    assert Claim.objects.get(pk=claim.pk).text == "Changed meanwhile."


@pytest.mark.parametrize("taken_back", [False, True])
def test_row_removed_by_the_colleague_stays_removed_unless_taken_back(
    first, second, taken_back
):
    claim = factories.make_claim()
    factories.make_search(claim, result="As it was.")
    opened = open_form(client_of(second), claim)
    assert (
        save(client_of(first), claim, **{"searches-0-DELETE": "on"}).status_code == 302
    )

    refused = save(
        client_of(second), claim, opened, **{"searches-0-result": "By the second."}
    )
    assert refused.status_code == 409
    assert b"By the second." in refused.content
    answer = form_on(refused)
    if taken_back:
        answer.pop("searches-0-DELETE")
    assert save(client_of(second), claim, answer).status_code == 302

    results = list(claim.searches.values_list("result", flat=True))
    assert results == (["By the second."] if taken_back else [])


def test_page_opened_before_a_move_is_stale_after_it(first):
    claim = factories.make_claim()
    opened = open_form(client_of(first), claim)
    factories.move("hold_back", claim, factories.make_user(EDITORS), reason="Wait.")

    assert save(client_of(first), claim, opened, text="Other.").status_code == 409


def test_citation_saved_on_its_own_page_makes_the_claim_page_stale(first, second):
    citation = factories.make_citation()
    opened = open_form(client_of(second), citation.claim)

    assert save(client_of(first), citation, quotation="New words.").status_code == 302

    refused = save(client_of(second), citation.claim, opened, text="Other.")
    assert refused.status_code == 409
    citation.refresh_from_db()
    assert citation.quotation == "New words."


def test_citation_changed_on_the_claim_page_makes_its_own_page_stale(first, second):
    citation = factories.make_citation()
    opened = open_form(client_of(second), citation)
    typed = {"citations-0-quotation": "New words."}
    assert save(client_of(first), citation.claim, **typed).status_code == 302

    refused = save(client_of(second), citation, opened, quotation="Mine.")

    assert refused.status_code == 409
    assert b"New words." in refused.content
    claim_version = Claim.objects.get(pk=citation.claim_id).version
    assert claim_version == citation.claim.version + 1


def test_save_without_a_version_is_refused(first):
    claim = factories.make_claim()
    form = {
        k: v for k, v in open_form(client_of(first), claim).items() if k != "version"
    }

    response = client_of(first).post(address_of(claim), {**form, "text": "Blind."})

    assert response.status_code == 409
    assert Claim.objects.get(pk=claim.pk).text == claim.text


@pytest.mark.parametrize(
    "kind", ["source", "document", "article", "assessment", "topic"]
)
def test_every_page_with_a_version_refuses_a_stale_save(kind):
    root = factories.make_user(EDITORS, is_superuser=True)
    row = getattr(factories, f"make_{kind}")()
    opened = open_form(client_of(root), row)
    assert save(client_of(root), row, opened).status_code == 302

    assert save(client_of(root), row, opened).status_code == 409
    row.refresh_from_db()
    assert row.version == int(opened["version"]) + 1


def test_colliding_saves_end_in_a_sentence_and_not_in_a_crash(first):
    factories.make_source(name="Ada", slug="ada")
    other = factories.make_source(name="Bea", slug="bea")

    response = save(client_of(first), other, slug="ada")

    assert response.status_code == 200
    assert Source.objects.get(pk=other.pk).slug == "bea"


def test_edit_of_what_was_signed_voids_the_signature(first):
    assessment = factories.make_assessment(state="signed_off", author=first)

    save(client_of(first), assessment.claim, text="Other words.")

    assessment.refresh_from_db()
    assert (assessment.state, assessment.signer) == ("submitted", None)


def test_editor_who_changed_a_citation_cannot_sign(first):
    editor = factories.make_user(EDITORS)
    assessment = factories.make_assessment(state="submitted", author=first)
    citation = assessment.claim.citations.first()

    assert save(client_of(editor), citation, value="12").status_code == 302

    response = client_of(editor).get(move_address(assessment, "sign_off"))
    assert response.status_code == 403
    assert b"You edited this claim" in response.content
