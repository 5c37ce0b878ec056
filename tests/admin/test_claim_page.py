"""The claim page: what is typed is stored, leaves its trace, and finds its place."""

import json

import pytest
from django.urls import reverse

from claims.models import Appearance, Claim, Event, Passage
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests import factories
from tests.admin.pages import (
    add_row,
    address_of,
    client_of,
    errors_on,
    form_on,
    open_form,
    save,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def researcher():
    return factories.make_user(RESEARCHERS)


def last_event(claim: Claim) -> Event:
    return Event.objects.of("claim", claim.public_id).latest("sequence")


def fields_of_last_event(claim: Claim) -> list[str]:
    return json.loads(last_event(claim).body)["details"]["fields"]


def test_page_saved_as_opened_changes_nothing_but_the_version(researcher):
    claim = factories.make_full_claim()
    before = Claim.objects.values().get(pk=claim.pk)
    events = Event.objects.count()

    response = save(client_of(researcher), claim)

    assert response.status_code == 302
    after = Claim.objects.values().get(pk=claim.pk)
    assert after == {**before, "version": before["version"] + 1}
    assert Event.objects.count() == events


def test_changed_text_leaves_an_event_with_its_name_and_not_its_words(researcher):
    claim = factories.make_claim()

    save(client_of(researcher), claim, text="The town has 6,000 people.")

    claim.refresh_from_db()
    assert claim.text == "The town has 6,000 people."
    event = last_event(claim)
    assert (event.verb, event.actor_name) == ("edited", researcher.username)
    assert fields_of_last_event(claim) == ["claim.text"]
    assert "6,000" not in event.body


def test_priority_is_nobodys_edit(researcher):
    claim = factories.make_claim()

    assert save(client_of(researcher), claim, priority="4").status_code == 302

    claim.refresh_from_db()
    assert claim.priority == 4
    assert not Event.objects.of("claim", claim.public_id).filter(verb="edited").exists()


def test_decided_attribution_notes_by_whom_and_when(researcher):
    claim = factories.make_claim(voice="attributed", attribution_check="unchecked")

    save(client_of(researcher), claim, attribution_check="relayed")

    claim.refresh_from_db()
    assert claim.attribution_checked_by == researcher
    assert claim.attribution_checked_on is not None

    save(client_of(researcher), claim, attribution_check="unchecked")

    claim.refresh_from_db()
    assert claim.attribution_checked_by is None
    assert claim.attribution_checked_on is None


def test_new_claim_with_its_wording_stands_at_its_passage(researcher):
    article = factories.make_article()
    client, address = client_of(researcher), reverse("admin:claims_claim_add")
    form = form_on(client.get(address, {"article": article.pk}))
    form |= {"text": "Nobody came to harm.", "kind": "state", "voice": "passive"}
    form = add_row(form, "appearances", wording="Nobody was hurt.", is_first="on")

    response = client.post(address, {**form, "_continue": "1"})

    assert response.status_code == 302, errors_on(response)
    claim = Claim.objects.get(text="Nobody came to harm.")
    appearance = claim.appearances.get()
    assert appearance.passage.exact == "Nobody was hurt."
    assert appearance.article == article
    assert last_event(claim).verb == "created"


def test_wording_that_stands_twice_asks_which_place(researcher):
    article = factories.make_article(text="It rained. Then it rained. It rained.")
    claim = factories.make_claim(article, wording="Then it rained.")
    form = open_form(client_of(researcher), claim)
    form = add_row(form, "appearances", wording="It rained.", article=article.pk)
    passages = Passage.objects.count()

    response = client_of(researcher).post(address_of(claim), form)

    assert response.status_code == 200
    assert "These words stand in 2 places: choose which." in errors_on(response)
    assert Passage.objects.count() == passages
    asked = form_on(response)
    assert asked["version"] == form["version"]

    index = int(form["appearances-TOTAL_FORMS"]) - 1
    answer = {**asked, f"appearances-{index}-place": "27", "_continue": "1"}
    assert client_of(researcher).post(address_of(claim), answer).status_code == 302
    assert Appearance.objects.get(wording="It rained.").passage.start == 27


def test_wording_that_stands_nowhere_is_refused_with_nothing_written(researcher):
    claim = factories.make_claim()
    form = open_form(client_of(researcher), claim)
    form = add_row(form, "appearances", wording="It never said so.")

    response = client_of(researcher).post(address_of(claim), form | {"text": "Other."})

    assert any("letter for letter" in sentence for sentence in errors_on(response))
    fresh = Claim.objects.get(pk=claim.pk)
    assert (fresh.text, fresh.version) == (claim.text, claim.version)


def test_two_appearances_may_swap_which_is_first(researcher):
    claim = factories.make_claim()
    factories.make_appearance(claim, is_first=False)
    form = open_form(client_of(researcher), claim)
    form.pop("appearances-0-is_first")

    response = save(
        client_of(researcher), claim, form, **{"appearances-1-is_first": "on"}
    )

    assert response.status_code == 302
    second = claim.appearances.get(is_first=True)
    assert second.pk == int(form["appearances-1-id"])


def test_claim_keeps_exactly_one_first_appearance(researcher):
    claim = factories.make_claim()
    form = open_form(client_of(researcher), claim)
    form.pop("appearances-0-is_first")

    response = client_of(researcher).post(address_of(claim), form)

    assert "Mark exactly one appearance as the first." in errors_on(response)


def test_links_of_the_chain_swap_places_in_one_save(researcher):
    claim = factories.make_claim()
    first, second = factories.make_link(claim), factories.make_link(claim)
    form = open_form(client_of(researcher), claim)

    typed = {"chain-0-position": "2", "chain-1-position": "1"}
    assert save(client_of(researcher), claim, form, **typed).status_code == 302

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.position, second.position) == (2, 1)


def test_two_links_at_one_position_are_an_error_of_the_form(researcher):
    claim = factories.make_claim()
    factories.make_link(claim)
    factories.make_link(claim)

    response = save(client_of(researcher), claim, **{"chain-0-position": "2"})

    assert response.status_code == 200
    assert errors_on(response)


@pytest.mark.parametrize("position", ["0", "-1", "100", "99999999999", "x", ""])
def test_impossible_position_is_an_error_of_the_form(researcher, position):
    claim = factories.make_claim()
    factories.make_link(claim)

    response = save(client_of(researcher), claim, **{"chain-0-position": position})

    assert response.status_code == 200
    assert errors_on(response)


def test_broken_constraint_is_a_sentence_on_the_form(researcher):
    claim = factories.make_claim(voice="attributed")

    response = save(client_of(researcher), claim, source="")

    sentence = "Name the source: for the article's own voice, its publisher."
    assert response.status_code == 200
    assert sentence in errors_on(response)


def test_citation_with_the_stance_of_the_other_question_is_refused(researcher):
    claim = factories.make_claim()
    factories.make_citation(claim)

    response = save(client_of(researcher), claim, **{"citations-0-stance": "differs"})

    assert any("other question" in sentence for sentence in errors_on(response))


def test_removed_citation_leaves_an_event(researcher):
    claim = factories.make_claim()
    factories.make_citation(claim)

    assert (
        save(client_of(researcher), claim, **{"citations-0-DELETE": "on"}).status_code
        == 302
    )

    assert claim.citations.count() == 0
    assert "citation.removed" in fields_of_last_event(claim)


def test_note_is_signed_by_who_wrote_it_and_stays(researcher):
    claim = factories.make_claim()
    form = open_form(client_of(researcher), claim)

    save(client_of(researcher), claim, form, **{"notes-0-body": "Ask the council."})

    note = claim.notes.get()
    assert (note.body, note.author) == ("Ask the council.", researcher)
    page = client_of(researcher).get(address_of(claim)).content.decode()
    assert "Ask the council." in page
    assert (
        "Ask the council."
        not in form_on(client_of(researcher).get(address_of(claim))).values()
    )


def test_claim_with_500_citations_shows_20_and_saves(researcher):
    claim = factories.make_claim()
    document = factories.make_document()
    for _ in range(500):
        factories.make_citation(claim, document=document)
    form = open_form(client_of(researcher), claim)
    assert form["citations-TOTAL_FORMS"] == "20"

    quotation = {"citations-3-quotation": "Changed among five hundred."}
    response = save(
        client_of(researcher), claim, form, text="Still saves.", **quotation
    )

    assert response.status_code == 302
    claim.refresh_from_db()
    assert claim.text == "Still saves."
    assert claim.citations.count() == 500
    assert claim.citations.filter(quotation="Changed among five hundred.").count() == 1
    page = client_of(researcher).get(address_of(claim)).content.decode()
    oldest = claim.citations.earliest("pk")
    assert address_of(oldest) in page


def test_observer_reads_the_page_and_can_send_nothing(researcher):
    claim = factories.make_full_claim()
    observer = client_of(factories.make_user(OBSERVERS))

    page = observer.get(address_of(claim))

    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert observer.post(address_of(claim), {"text": "Mine."}).status_code == 403
    assert Claim.objects.get(pk=claim.pk).text == claim.text


def test_claim_and_its_parts_are_never_deleted_outright():
    root = factories.make_user(EDITORS, is_superuser=True)
    claim = factories.make_full_claim()
    client = client_of(root)

    assert client.get(address_of(claim, "delete")).status_code == 403
    changelist = reverse("admin:claims_claim_changelist")
    assert b"delete_selected" not in client.get(changelist).content


def test_preview_shows_the_readers_page_and_publishes_nothing(researcher):
    claim = factories.make_claim(text="The dam leaks.")
    response = client_of(researcher).get(address_of(claim, "preview"))
    assert b"The dam leaks." in response.content
    assert b"Is it true?" in response.content
