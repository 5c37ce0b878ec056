"""The page that cites one document for several claims: ticks, own words, refusals."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.jobs.citing import MAX_CLAIMS
from claims.models import Citation, Claim, Event, Passage
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests.admin.pages import address_of, client_of, form_on
from tests.factories import (
    SENTENCES,
    make_article,
    make_assessment,
    make_claim,
    make_copy,
    make_document,
    make_user,
    move,
    publish_claim,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:claims_claim_changelist")


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(RESEARCHERS, username="rosa"))


def page_for(*claims: Claim) -> str:
    keys = ",".join(str(claim.pk) for claim in claims)
    return f"{reverse('admin:claims_claim_cite')}?ids={keys}"


def typed(desk: Any, *claims: Claim, **fields: str) -> dict[str, Any]:
    """Return the page as it comes, with a citation typed that can be saved."""
    form = form_on(desk.get(page_for(*claims)))
    usual = {
        "stance": "supports",
        "quotation": SENTENCES[1],
        "locator_kind": "page",
        "locator": "12",
    }
    return {**form, **usual, **fields}


def own(claim: Claim, **fields: str) -> dict[str, str]:
    return {f"claim-{claim.pk}-{name}": value for name, value in fields.items()}


def words_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def refused(desk: Any, address: str, form: dict[str, Any]) -> str:
    """Send what must be refused; return the page, nothing having changed."""
    models = (Citation, Passage, Event)
    before = [model.objects.count() for model in models]
    response = desk.post(address, form)
    assert response.status_code == 422
    assert [model.objects.count() for model in models] == before
    assert "Nothing was cited." in words_of(response)
    return words_of(response)


def test_the_action_of_the_list_leads_to_the_page(desk):
    claims = [make_claim(), make_claim()]
    keys = [str(claim.pk) for claim in claims]
    chosen = {"action": "cite_one_document", "_selected_action": keys}
    response = desk.post(LIST, chosen, follow=True)
    assert response.redirect_chain == [(page_for(*claims).replace(",", "%2C"), 302)]
    for claim in claims:
        assert claim.text in words_of(response)
        assert form_on(response)[f"claim-{claim.pk}-cite"] == "on"


def test_of_more_claims_than_fit_the_first_are_taken_and_it_is_said(desk):
    article = make_article()
    for _ in range(MAX_CLAIMS + 1):
        make_claim(article)
    chosen = {
        "action": "cite_one_document",
        "_selected_action": [str(row.pk) for row in Claim.objects.all()],
    }
    response = desk.post(LIST, chosen, follow=True)
    assert "These are the first 50" in words_of(response)
    assert len(response.context["rows"]) == MAX_CLAIMS


def test_an_article_leads_there_with_its_working_claims_to_choose_from(desk):
    article = make_article()
    claims = [make_claim(article), make_claim(article)]
    move("discard", make_claim(article), make_user("Editors"), reason="Twice.")
    link = page_for(*claims).replace(",", "%2C")
    assert f'href="{link}&amp;choose=1"' in words_of(desk.get(address_of(article)))
    form = form_on(desk.get(f"{page_for(*claims)}&choose=1"))
    assert not [name for name in form if name.endswith("-cite")]
    observer = client_of(make_user(OBSERVERS))
    assert link not in words_of(observer.get(address_of(article)))


def test_the_ticked_claims_are_cited_for_and_no_other(desk):
    first, second, third = (make_claim() for _ in range(3))
    document = make_copy().document
    form = typed(desk, first, second, third, document=str(document.pk))
    del form[f"claim-{second.pk}-cite"]
    form |= own(third, quotation=SENTENCES[2], locator="13")

    response = desk.post(page_for(first, second, third), form, follow=True)

    assert response.redirect_chain == [(LIST, 302)]
    assert "Cited for 2 claims." in words_of(response)
    made = Citation.objects.order_by("claim_id")
    assert [row.claim for row in made] == [first, third]
    assert [row.quotation for row in made] == [SENTENCES[1], SENTENCES[2]]
    assert [row.locator for row in made] == ["12", "13"]
    assert all(row.passage for row in made)
    assert {row.history.get().history_user.username for row in made} == {"rosa"}


def test_back_to_the_claims_of_the_article_they_are_all_of(desk):
    article = make_article()
    claims = [make_claim(article), make_claim(article)]
    form = typed(desk, *claims, document=str(make_document().pk))
    response = desk.post(page_for(*claims), form)
    assert response["Location"] == f"{LIST}?article={article.pk}"


def test_for_how_many_the_quotation_was_found_is_said(desk):
    claims = [make_claim(), make_claim()]
    form = typed(desk, *claims, document=str(make_copy().document.pk))
    form |= own(claims[1], quotation="Words that stand nowhere.")
    page = words_of(desk.post(page_for(*claims), form, follow=True))
    assert "found in the stored copy for 1 of them" in page


def test_without_scripts_the_document_is_typed_by_its_name(desk):
    claim = make_claim()
    document = make_document(title="The river report")
    page = desk.get(page_for(claim))
    assert 'name="document-typed"' in page.content.decode()
    form = typed(desk, claim) | {"document-typed": "The river report"}
    assert desk.post(page_for(claim), form).status_code == 302
    assert Citation.objects.get().document == document


def test_every_fact_of_the_other_forms_can_be_given(desk):
    claim = make_claim()
    form = typed(
        desk,
        claim,
        document=str(make_document().pk),
        form="observation",
        description="The bridge is closed.",
        observed_on="2026-03-02",
        value="3",
        working="1 + 2",
        desk_note="Seen twice.",
    )
    assert desk.post(page_for(claim), form).status_code == 302
    made = Citation.objects.get()
    assert (made.form, made.description) == ("observation", "The bridge is closed.")
    assert (made.value, made.working, made.desk_note) == ("3", "1 + 2", "Seen twice.")


def test_an_answer_to_an_inquiry_is_not_offered(desk):
    claim = make_claim()
    page = words_of(desk.get(page_for(claim)))
    assert 'value="observation"' in page
    assert 'value="inquiry"' not in page
    assert 'name="position"' not in page
    form = typed(desk, claim, document=str(make_document().pk), form="inquiry")
    refused(desk, page_for(claim), form)


def test_what_citing_does_to_a_claim_is_said_beforehand(desk):
    signed = make_assessment(state="signed_off").claim
    published = publish_claim().claim
    page = words_of(desk.get(page_for(signed, published, make_claim())))
    assert page.count("Its sign-off becomes void") == 1
    assert page.count("Readers go on seeing it as it was") == 1


# Refusals


def test_a_document_is_needed_and_what_was_typed_stays(desk):
    claim, other = make_claim(), make_claim()
    form = typed(desk, claim, other) | own(other, quotation="My own words.")
    del form[f"claim-{claim.pk}-cite"]
    response = desk.post(page_for(claim, other), form)
    page = refused(desk, page_for(claim, other), form)
    assert "This field is required." in page
    kept = form_on(response)
    assert kept["quotation"] == SENTENCES[1]
    assert kept[f"claim-{other.pk}-quotation"] == "My own words."
    assert f"claim-{claim.pk}-cite" not in kept
    assert "<details open>" in page


def test_a_fault_of_one_claim_names_it_and_its_field(desk):
    good, bad = make_claim(), make_claim()
    form = typed(desk, good, bad, document=str(make_document().pk))
    page = refused(desk, page_for(good, bad), form | own(bad, locator="x" * 101))
    assert (
        f'<a href="#claim-{bad.pk}" dir="auto">“{bad.text}”</a> '
        "Locator for this claim: Ensure this value has at most 100 characters" in page
    )
    assert f'href="#claim-{good.pk}"' not in page


def test_a_claim_that_ended_meanwhile_stops_all_of_them(desk):
    good, ended = make_claim(), make_claim()
    form = typed(desk, good, ended, document=str(make_document().pk))
    move("discard", ended, make_user("Editors"), reason="Twice.")
    page = refused(desk, page_for(good, ended), form)
    assert f"“{ended.text}”</a> It is discarded." in page
    anew = form_on(desk.get(page_for(good, ended)))
    assert f"claim-{ended.pk}-cite" not in anew


def test_a_stance_of_the_other_question_is_refused_once(desk):
    claims = [make_claim(), make_claim()]
    document = str(make_document().pk)
    form = typed(desk, *claims, document=document, stance="repeats_it")
    page = refused(desk, page_for(*claims), form)
    assert page.count("That stance answers the other question") == 1


def test_without_a_tick_nothing_is_cited(desk):
    claim = make_claim()
    form = typed(desk, claim, document=str(make_document().pk))
    del form[f"claim-{claim.pk}-cite"]
    assert "Tick at least one claim." in refused(desk, page_for(claim), form)


def test_a_null_character_is_an_error_and_no_crash(desk):
    claim = make_claim()
    form = typed(desk, claim, document=str(make_document().pk))
    page = refused(desk, page_for(claim), form | own(claim, quotation="a\0b"))
    assert "Null characters are not allowed." in page


@pytest.mark.parametrize("ids", ["", "x", "999999", "1" * 30])
def test_without_claims_the_page_says_so(desk, ids):
    address = f"{reverse('admin:claims_claim_cite')}?ids={ids}"
    response = desk.get(address)
    assert response.status_code == 200
    assert "No claim was chosen." in words_of(response)
    assert desk.post(address, {}).status_code == 422


def test_who_only_looks_cites_nothing():
    claim = make_claim()
    observer = client_of(make_user(OBSERVERS))
    assert observer.get(page_for(claim)).status_code == 403
    assert observer.post(page_for(claim), {}).status_code == 403
    assert "cite_one_document" not in words_of(observer.get(LIST))
    assert client_of(None).get(page_for(claim)).status_code == 302


def test_the_page_costs_the_same_for_one_claim_and_for_thirty(desk):
    costs = []
    for number in (1, 30):
        claims = [make_claim() for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page_for(*claims)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
