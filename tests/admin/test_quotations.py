"""The page that lays a quotation beside its source, and the claim page's line of it."""

from typing import Any

import pytest
from django.urls import reverse

from claims.jobs.quotations import check_citations
from claims.models import Citation, QuoteCheck
from claims.workflow.roles import EDITORS, OBSERVERS
from tests.admin.pages import address_of, client_of, form_on
from tests.factories import (
    SENTENCES,
    TEXT,
    make_assessment,
    make_citation,
    make_claim,
    make_copy,
    make_link,
    make_news,
    make_quote_check,
    make_user,
)

pytestmark = pytest.mark.django_db

ALTERED = SENTENCES[0].replace("5,000", "8,000")


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(EDITORS, username="emil"))


def quoted(words: str = ALTERED, text: str = TEXT, **fields: Any) -> Citation:
    copy = make_copy(text=text, provenance="captured")
    citation = make_citation(document=copy.document, quotation=words, **fields)
    list(check_citations(Citation.objects.filter(pk=citation.pk)))
    return citation


def page_of(citation: Citation, end: str = "") -> str:
    return reverse("admin:claims_citation_quotation", args=[citation.pk]) + end


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())


def check_of(citation: Citation) -> QuoteCheck:
    return citation.quote_checks.current().get()


def test_the_words_stand_beside_those_of_the_copy_with_what_differs(desk: Any) -> None:
    page = shown(desk.get(page_of(quoted())))
    assert "<strong>Altered.</strong> What differs: a number." in page
    assert "<ins><span" in page
    assert "in the quotation: </span>8,000" in page
    assert "in the copy: </span>5,000" in page
    assert "Retrieved on March 2, 2026, captured by us." in page


def test_what_stands_around_and_other_places_are_shown(desk: Any) -> None:
    twice = f"First: {SENTENCES[5]} Then he left. Second: {SENTENCES[5]}"
    page = shown(desk.get(page_of(quoted(SENTENCES[5], twice))))
    assert "It stands at several places." in page
    assert "It also stands here" in page
    assert "Then he left." in page


def test_words_that_are_not_there_are_said_to_be_nowhere(desk: Any) -> None:
    page = shown(desk.get(page_of(quoted("Cheese is what the moon is made of."))))
    assert "Not in the copy." in page
    assert "Nothing there is like it." in page


def test_without_a_copy_the_page_says_what_to_do(desk: Any) -> None:
    page = shown(desk.get(page_of(make_citation())))
    assert "These words have not been compared" in page
    assert "desk-beside" not in page


def test_a_person_s_finding_is_noted_and_shown(desk: Any) -> None:
    citation = quoted()
    sent = form_on(desk.get(page_of(citation)))
    sent |= {"eye": "same", "note": "The print edition has 8,000."}
    response = desk.post(page_of(citation, "seen/"), sent, follow=True)
    page = shown(response)
    assert "Noted, with your name: the words stand there." in page
    assert "The print edition has 8,000." in page
    assert check_of(citation).confirmed_by.username == "emil"
    assert 'name="eye"' not in page


def test_a_finding_against_the_program_without_a_note_keeps_the_form(desk: Any) -> None:
    citation = quoted()
    sent = {"check": check_of(citation).public_id, "eye": "same", "note": ""}
    response = desk.post(page_of(citation, "seen/"), sent)
    assert response.status_code == 422
    assert "say what you looked at" in shown(response)
    assert check_of(citation).eye == ""


def test_a_form_without_a_choice_is_refused_at_the_field(desk: Any) -> None:
    citation = quoted()
    sent = {"check": check_of(citation).public_id, "note": "What I typed."}
    response = desk.post(page_of(citation, "seen/"), sent)
    assert response.status_code == 422
    assert "Nothing was noted." in shown(response)
    assert "What I typed." in shown(response)


def test_the_second_to_look_is_told(desk: Any) -> None:
    citation = quoted()
    sent = {"check": check_of(citation).public_id, "eye": "other", "note": ""}
    desk.post(page_of(citation, "seen/"), sent)
    response = desk.post(page_of(citation, "seen/"), sent)
    assert response.status_code == 409
    assert "emil looked at this meanwhile" in shown(response)


def test_what_the_comparison_proposes_is_taken_over(desk: Any) -> None:
    claim = make_claim(attribution_check="unchecked")
    citation = quoted(SENTENCES[0], claim=claim, question="attribution")
    page = desk.get(page_of(citation))
    assert "The comparison proposes: <strong>confirmed: seen in the original" in shown(
        page
    )
    sent = {"check": check_of(citation).public_id, "link": "own"}
    sent["proposed"] = "confirmed"
    response = desk.post(page_of(citation, "take-over/"), sent)
    assert response["Location"] == address_of(claim)
    claim.refresh_from_db()
    assert claim.attribution_check == "confirmed"
    assert "The comparison proposes" not in shown(desk.get(page_of(citation)))


def test_each_link_of_the_chain_can_be_the_one_meant(desk: Any) -> None:
    claim = make_claim(attribution_check="confirmed")
    link = make_link(claim, attribution_check="unchecked")
    citation = quoted(SENTENCES[0], claim=claim, question="attribution")
    page = shown(desk.get(page_of(citation)))
    assert f"Take it over for {link.source}" in page
    assert f"Take it over for {claim.source}" not in page
    sent = {"check": check_of(citation).public_id, "link": link.public_id}
    desk.post(page_of(citation, "take-over/"), sent | {"proposed": "confirmed"})
    link.refresh_from_db()
    assert link.attribution_check == "confirmed"


def test_a_stale_proposal_is_refused(desk: Any) -> None:
    citation = quoted(question="attribution")
    sent = {"check": check_of(citation).public_id, "link": "own"}
    response = desk.post(page_of(citation, "take-over/"), sent | {"proposed": "x"})
    assert response.status_code == 409
    assert "proposes something else" in shown(response)


@pytest.mark.parametrize(
    ("end", "sent"),
    [
        ("seen/", {"check": "0" * 10, "eye": "same"}),
        ("take-over/", {"check": "0" * 10, "link": "own"}),
    ],
)
def test_a_check_that_is_not_there_is_not_found(desk: Any, end: str, sent: Any) -> None:
    citation = quoted()
    assert desk.post(page_of(citation, end), sent).status_code == 404
    other = {"check": check_of(citation).public_id, "link": "0" * 10}
    assert desk.post(page_of(citation, "take-over/"), other).status_code == 404


def test_whoever_only_looks_sees_the_page_and_changes_nothing() -> None:
    observer = client_of(make_user(OBSERVERS))
    citation = quoted(question="attribution")
    page = shown(observer.get(page_of(citation)))
    assert "Nobody has looked at it yet." in page
    assert '<form method="post" action="/admin/claims/citation' not in page
    for end in ("seen/", "take-over/"):
        assert observer.post(page_of(citation, end)).status_code == 403


# The claim page


def test_the_claim_page_says_in_a_line_what_was_found(desk: Any) -> None:
    claim = make_claim()
    quoted(claim=claim)
    quoted(SENTENCES[1], claim=claim)
    make_citation(claim)
    page = shown(desk.get(address_of(claim)))
    assert "Compared with copy 1: altered. What differs: a number." in page
    assert "Compared with copy 1: exact." in page
    assert "Not compared with a copy of the document." in page
    assert "in the copy: </span>5,000" in page


def test_words_edited_since_are_not_said_to_be_compared(desk: Any) -> None:
    claim = make_claim()
    make_quote_check(make_citation(claim))
    claim.citations.update(quotation="Other words by now.")
    page = shown(desk.get(address_of(claim)))
    assert "Not compared with a copy of the document." in page


def test_saving_a_citation_has_it_compared(
    desk: Any, django_capture_on_commit_callbacks: Any
) -> None:
    citation = quoted(SENTENCES[0])
    address = address_of(citation)
    sent = form_on(desk.get(address)) | {"quotation": ALTERED}
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, sent)
    assert check_of(citation).verdict == "altered"
    citation.refresh_from_db()
    assert citation.passage is None


def test_other_typography_is_the_same_place(desk: Any) -> None:
    citation = quoted(SENTENCES[0])
    address = address_of(citation)
    typed = SENTENCES[1].replace(" ", "  ")
    desk.post(address, form_on(desk.get(address)) | {"quotation": typed})
    citation.refresh_from_db()
    assert citation.passage.exact == SENTENCES[1]


@pytest.mark.parametrize("verdict", ["altered", "exact"])
def test_whoever_signs_is_told_of_quotations_to_look_at(
    desk: Any, verdict: str
) -> None:
    assessment = make_assessment(make_claim(), "submitted")
    citation = assessment.claim.citations.earliest("pk")
    make_quote_check(citation, verdict=verdict, is_accepted=verdict == "exact")
    make_news(assessment.claim)
    address = reverse("admin:claims_assessment_move", args=[assessment.pk, "sign_off"])
    page = shown(desk.get(address))
    assert (f'href="{page_of(citation)}"' in page) == (verdict == "altered")
    assert "1 piece of new information is not settled." in page


def test_the_queue_holds_claims_with_quotations_to_look_at(desk: Any) -> None:
    claim = make_claim()
    quoted(claim=claim)
    quoted(SENTENCES[0])
    list_page = reverse("admin:claims_claim_changelist")
    page = shown(desk.get(list_page, {"queue": "quotations-to-look-at"}))
    assert "1 claim" in page
    assert address_of(claim) in page
    assert "Quotations to look at" in shown(desk.get(reverse("admin:index")))
