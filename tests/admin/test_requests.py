"""Correction requests at the desk: read, given to somebody, settled, answered."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from claims.models import CorrectionRequest, Event
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.admin.pages import (
    address_of,
    client_of,
    errors_on,
    form_on,
    save,
)
from tests.factories import (
    NOON,
    make_assessment,
    make_claim,
    make_request,
    make_user,
    publish_claim,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/claims/correctionrequest/"


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(EDITORS, username="emil"))


def act_address(request: CorrectionRequest, name: str) -> str:
    return reverse(f"admin:claims_correctionrequest_{name}", args=[request.pk])


def shown(response: Any) -> str:
    return response.content.decode()


def test_the_page_shows_what_the_reader_wrote_as_text(desk: Any) -> None:
    request = make_request(
        make_claim(),
        text="The year\n<b>is</b> wrong.",
        evidence="The register.",
        name="Ada <i>Quill</i>",
        looks_like_spam=True,
    )
    page = shown(desk.get(address_of(request)))
    assert "&lt;b&gt;is&lt;/b&gt; wrong." in page
    assert "Ada &lt;i&gt;Quill&lt;/i&gt;" in page
    assert "The register." in page
    assert "This looks like spam." in page
    assert "is not to be named" in page
    assert request.claim.text in page


def test_only_the_assignee_can_be_changed_there(desk: Any) -> None:
    request, ada = make_request(), make_user(RESEARCHERS)
    response = save(desk, request, assignee=ada.pk, text="Mine.", outcome="spam")
    assert response.status_code == 302, errors_on(response)
    found = CorrectionRequest.objects.get()
    assert (found.assignee, found.text, found.outcome) == (ada, request.text, "")
    assert not Event.objects.exists()


def test_a_stale_save_is_refused(desk: Any) -> None:
    request = make_request()
    form = {"version": "1", "opened": "", "assignee": ""}
    CorrectionRequest.raise_version(request.pk)
    assert desk.post(address_of(request), form).status_code == 409


def test_settling_from_its_page_leads_back_to_it(desk: Any) -> None:
    request = make_request(make_claim())
    assert act_address(request, "settle") in shown(desk.get(address_of(request)))
    typed = {"outcome": "corrected", "answer": "The year is mended."}
    response = desk.post(act_address(request, "settle"), typed)
    assert response["Location"] == address_of(request)
    page = shown(desk.get(address_of(request)))
    assert "Settled: corrected." in page
    assert "The year is mended." in page
    assert act_address(request, "settle") not in page
    assert 'name="assignee"' not in page


def test_without_outcome_or_answer_nothing_is_settled(desk: Any) -> None:
    request = make_request()
    for typed in ({}, {"outcome": "no_change"}, {"outcome": "lost", "answer": "?"}):
        response = desk.post(act_address(request, "settle"), typed)
        assert response.status_code == 422
        assert "Nothing was settled." in shown(response)
    assert CorrectionRequest.objects.get().settled_at is None


def test_the_second_to_settle_keeps_what_they_typed(desk: Any) -> None:
    request = make_request()
    typed = {"outcome": "no_change", "answer": "It stands."}
    client_of(make_user(EDITORS, username="ada")).post(
        act_address(request, "settle"), typed
    )
    typed = {"outcome": "corrected", "answer": "It falls."}
    response = desk.post(act_address(request, "settle"), typed)
    assert response.status_code == 409
    assert "ada settled this meanwhile" in shown(response)
    assert "It falls.</textarea>" in shown(response)


def test_what_the_sender_typed_is_deleted_on_a_page_of_its_own(desk: Any) -> None:
    request = make_request(settled_at=NOON, name="Ada Quill")
    page = act_address(request, "erase")
    assert page in shown(desk.get(address_of(request)))
    assert "Ada Quill" in shown(desk.get(page))
    assert desk.post(page).status_code == 302
    after = shown(desk.get(address_of(request)))
    assert "What the sender typed was deleted." in after
    assert "Ada Quill" not in after
    assert page not in after


def test_an_open_request_is_not_emptied(desk: Any) -> None:
    request = make_request()
    response = desk.post(act_address(request, "erase"))
    assert response.status_code == 422
    assert "Settle the request first." in shown(response)
    assert CorrectionRequest.objects.get().text == request.text


def test_the_answer_is_a_letter_that_the_editor_sends(desk: Any) -> None:
    claim = publish_claim().claim
    request = make_request(claim, email="ada+news@readers.example")
    page = desk.get(address_of(request))
    letter = urlsplit(page.context["write_to"])
    assert (letter.scheme, letter.path) == ("mailto", "ada%2Bnews@readers.example")
    words = parse_qs(letter.query)
    assert request.public_id in words["subject"][0]
    assert (
        words["body"][0].strip() == f"http://claims.example/claims/{claim.public_id}/"
    )
    assert letter.geturl().replace("&", "&amp;") in shown(page)


def test_a_letter_about_a_page_names_it_and_without_an_address_there_is_none(
    desk: Any,
) -> None:
    request = make_request(address="/about/", email="ada@readers.example")
    assert "%2Fabout%2F" not in desk.get(address_of(request)).context["write_to"]
    assert "/about/" in desk.get(address_of(request)).context["write_to"]
    assert desk.get(address_of(make_request())).context["write_to"] == ""


def test_a_correction_is_begun_from_the_request(desk: Any) -> None:
    request = make_request(publish_claim().claim)
    page = shown(desk.get(address_of(request)))
    assert f"/admin/claims/assessment/add/?claim={request.claim.pk}" in page
    assert "/assessment/add/" not in shown(desk.get(address_of(make_request())))


def test_the_claim_page_lists_its_open_requests_for_who_may_read_them(
    desk: Any,
) -> None:
    claim = make_claim()
    open_one, settled = make_request(claim), make_request(claim, settled_at=NOON)
    page = shown(desk.get(address_of(claim)))
    assert open_one.text in page
    assert settled.text not in page
    assert open_one.text not in shown(
        client_of(make_user(OBSERVERS)).get(address_of(claim))
    )


def test_researchers_read_and_settle_nothing_and_observers_see_nothing() -> None:
    request = make_request(settled_at=None)
    researcher = client_of(make_user(RESEARCHERS))
    page = shown(researcher.get(address_of(request)))
    assert request.text in page
    assert "Settle" not in page
    for name in ("settle", "erase"):
        assert researcher.get(act_address(request, name)).status_code == 403
        assert researcher.post(act_address(request, name)).status_code == 403
    observer = client_of(make_user(OBSERVERS))
    for address in (LIST, address_of(request)):
        assert observer.get(address).status_code == 403
    assert CorrectionRequest.objects.get().settled_at is None


def test_an_act_on_what_is_not_there_is_not_found(desk: Any) -> None:
    address = f"{LIST}999/settle/"
    assert desk.get(address).status_code == 404
    assert desk.delete(address).status_code == 405


def test_the_list_is_narrowed_to_open_or_settled(desk: Any) -> None:
    open_one, settled = make_request(make_claim()), make_request(settled_at=NOON)
    make = {"": {open_one, settled}, "?settled=no": {open_one}}
    make["?settled=yes"] = {settled}
    for query, rows in make.items():
        page = desk.get(LIST + query)
        assert set(page.context["cl"].result_list) == rows
    assert "no page named" in shown(page)
    assert "no change: it stands" in shown(page)
    make_request(looks_like_spam=True)
    assert "open: looks like spam" in shown(desk.get(LIST))


def test_ticked_requests_are_settled_as_spam_each_with_its_event(desk: Any) -> None:
    spam = [make_request(looks_like_spam=True) for _ in range(2)]
    done, kept = make_request(settled_at=NOON), make_request()
    ticked = {"_selected_action": [row.pk for row in (*spam, done)]}
    desk.post(LIST, {"action": "settle_as_spam", **ticked})
    outcomes = dict(CorrectionRequest.objects.values_list("pk", "outcome"))
    assert outcomes == {
        spam[0].pk: "spam",
        spam[1].pk: "spam",
        done.pk: "no_change",
        kept.pk: "",
    }
    assert Event.objects.filter(verb="request_settled").count() == 2


def test_who_only_reads_is_offered_no_such_act() -> None:
    request = make_request()
    researcher = client_of(make_user(RESEARCHERS))
    assert "settle_as_spam" not in shown(researcher.get(LIST))
    ticked = {"_selected_action": [request.pk]}
    researcher.post(LIST, {"action": "settle_as_spam", **ticked})
    assert CorrectionRequest.objects.get().settled_at is None


# Naming who asked


def test_the_assessment_offers_the_names_that_may_be_used(desk: Any) -> None:
    claim = publish_claim().claim
    for name, may in (("Ada Quill", True), ("Ben Reed", False)):
        make_request(claim, name=name, may_be_named=may)
    make_request(make_claim(), name="Cy Lane", may_be_named=True)
    page = desk.get(f"{reverse('admin:claims_assessment_add')}?claim={claim.pk}")
    assert offered(page) == ["", "Ada Quill"]
    nothing = desk.get(reverse("admin:claims_assessment_add"))
    assert offered(nothing) == [""]
    draft = make_assessment(claim, asked_by="Dora Pike")
    assert offered(desk.get(address_of(draft))) == ["", "Ada Quill", "Dora Pike"]


def offered(page: Any) -> list[str]:
    field = page.context["adminform"].form.fields["asked_by"]
    return [value for value, _label in field.choices]


def test_a_name_is_chosen_with_the_claim_and_saved(desk: Any) -> None:
    claim = publish_claim().claim
    make_request(claim, name="Ada Quill", may_be_named=True)
    address = reverse("admin:claims_assessment_add")
    form = form_on(desk.get(f"{address}?claim={claim.pk}"))
    typed = {"status": "refuted", "correction_kind": "fact", "asked_by": "Ada Quill"}
    assert desk.post(address, {**form, **typed}).status_code == 302
    assert claim.open_assessment.asked_by == "Ada Quill"


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"asked_by": "Ben Reed"}, "permits the name “Ben Reed”"),
        ({"asked_by": "Ada Quill", "correction_kind": ""}, "Only a correction names"),
    ],
)
def test_a_name_nobody_permits_or_without_a_correction_is_refused(
    desk: Any, typed: dict[str, str], refusal: str
) -> None:
    claim = publish_claim().claim
    make_request(claim, name="Ada Quill", may_be_named=True)
    draft = make_assessment(claim)
    response = save(desk, draft, **typed)
    assert response.status_code == 200
    assert any(refusal in sentence for sentence in errors_on(response))
    assert claim.open_assessment.asked_by == ""
