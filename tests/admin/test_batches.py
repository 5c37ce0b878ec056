"""Batch sheets and bulk changes: each claim on its own, each outcome reported."""

import pytest
from django.urls import reverse

from claims.models import Claim, PublishedClaim
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests import factories
from tests.admin.pages import client_of, form_on, save

pytestmark = pytest.mark.django_db

ASSESSMENTS = "/admin/claims/assessment/"
CLAIMS = "/admin/claims/claim/"


def sheet(client, action: str, rows: list):
    """Choose rows in the list, take the action, follow to the sheet."""
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(ASSESSMENTS, chosen, follow=True)


def ready_draft(author):
    assessment = factories.make_assessment(author=author)
    factories.give_evidence(assessment.claim, assessment.status_id)
    return assessment


def states(rows: list) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_only_what_is_ticked_is_signed_off():
    rows = [factories.make_assessment(state="submitted") for _ in range(3)]
    editor = client_of(factories.make_user(EDITORS))
    page = sheet(editor, "sign_off_selected", rows)
    assert page.status_code == 200
    for row in rows:
        assert row.claim.text in page.content.decode()

    ticked = {"confirm": [rows[0].pk, rows[2].pk]}
    outcome = editor.post(page.wsgi_request.get_full_path(), form_on(page) | ticked)

    assert outcome.status_code == 200
    assert states(rows) == ["signed_off", "submitted", "signed_off"]


def test_one_refused_row_does_not_stop_the_others():
    editor_user = factories.make_user(EDITORS)
    author = factories.make_user(RESEARCHERS)
    changed = factories.make_assessment(state="submitted", author=author)
    kept = factories.make_assessment(state="submitted", author=author)
    editor = client_of(editor_user)
    page = sheet(editor, "sign_off_selected", [changed, kept])
    save(client_of(author), changed, summary="Changed after the sheet was opened.")

    ticked = {"confirm": [changed.pk, kept.pk]}
    outcome = editor.post(page.wsgi_request.get_full_path(), form_on(page) | ticked)

    assert states([changed, kept]) == ["submitted", "signed_off"]
    reported = {o.assessment.pk: o.is_done for o in outcome.context["outcomes"]}
    assert reported == {changed.pk: False, kept.pk: True}
    assert b"The content changed after you opened this page." in outcome.content


def test_incomplete_draft_is_reported_on_the_sheet_of_submissions():
    author = factories.make_user(RESEARCHERS)
    ready, bare = (
        ready_draft(author),
        factories.make_assessment(author=author, summary="", rationale=""),
    )
    client = client_of(author)
    page = sheet(client, "submit_selected", [ready, bare])

    ticked = {"confirm": [ready.pk, bare.pk]}
    outcome = client.post(page.wsgi_request.get_full_path(), form_on(page) | ticked)

    assert states([ready, bare]) == ["submitted", "draft"]
    assert b"Write the rationale" in outcome.content


def test_own_assessment_has_a_reason_instead_of_a_box():
    editor = factories.make_user(EDITORS)
    own = factories.make_assessment(state="submitted", author=editor)

    page = sheet(client_of(editor), "sign_off_selected", [own])

    assert b"You wrote this assessment" in page.content
    assert f"seen_{own.pk}" not in form_on(page)


def test_ticking_what_was_never_shown_moves_nothing():
    row = factories.make_assessment(state="submitted")
    editor = client_of(factories.make_user(EDITORS))
    address = reverse("admin:claims_assessment_sheet", args=["sign_off"])

    editor.post(address, {"confirm": [row.pk, "x", "9" * 30]})

    assert states([row]) == ["submitted"]


@pytest.mark.parametrize(
    ("name", "group"), [("sign_off", RESEARCHERS), ("submit", OBSERVERS)]
)
def test_sheet_is_for_its_roles_alone(name, group):
    row = factories.make_assessment(state="submitted")
    client = client_of(factories.make_user(group))
    address = reverse("admin:claims_assessment_sheet", args=[name])

    assert client.get(address, {"ids": row.pk}).status_code == 403
    assert client.post(address, {"confirm": row.pk}).status_code == 403
    assert f"{name}_selected" not in client.get(ASSESSMENTS).content.decode()


def test_sheet_of_another_move_is_not_found():
    editor = client_of(factories.make_user(EDITORS))
    assert editor.get("/admin/claims/assessment/sheet/publish/").status_code == 404


def test_claims_are_assigned_together_and_each_is_reported():
    colleague = factories.make_user(RESEARCHERS)
    first, second = factories.make_claim(), factories.make_claim()
    gone = factories.make_claim()
    factories.move("discard", gone, factories.make_user(EDITORS), reason="Twice.")
    client = client_of(factories.make_user(RESEARCHERS))
    rows = [first.pk, second.pk, gone.pk]
    page = client.post(CLAIMS, {"action": "assign", "_selected_action": rows})
    assert page.status_code == 200
    form = form_on(page) | {"assignee": colleague.pk, "_selected_action": rows}

    outcome = client.post(CLAIMS, form)

    assert [o.is_done for o in outcome.context["outcomes"]] == [True, True, False]
    for claim in (first, second):
        fresh = Claim.objects.get(pk=claim.pk)
        assert (fresh.assignee, fresh.version) == (colleague, claim.version + 1)
    assert Claim.objects.get(pk=gone.pk).assignee is None


def test_day_of_the_next_look_is_set_together():
    claim = factories.make_claim()
    client = client_of(factories.make_user(RESEARCHERS))
    chosen = {"action": "set_next_look", "_selected_action": [claim.pk]}
    form = form_on(client.post(CLAIMS, chosen)) | {"next_review_on": "2027-01-31"}

    client.post(CLAIMS, form)

    assert str(Claim.objects.get(pk=claim.pk).next_review_on) == "2027-01-31"


def test_readers_are_told_of_a_day_set_together():
    claim = factories.publish_claim().claim
    client = client_of(factories.make_user(RESEARCHERS))
    chosen = {"action": "set_next_look", "_selected_action": [claim.pk]}
    form = form_on(client.post(CLAIMS, chosen)) | {"next_review_on": "2037-01-31"}

    client.post(CLAIMS, form)

    row = PublishedClaim.objects.get(pk=claim.public_id)
    assert str(row.review_on) == "2037-01-31"


def test_bulk_change_with_nonsense_changes_nothing():
    claim = factories.make_claim()
    client = client_of(factories.make_user(RESEARCHERS))
    chosen = {"action": "set_next_look", "_selected_action": [claim.pk], "bulk": "1"}

    response = client.post(CLAIMS, {**chosen, "next_review_on": "soon"})

    assert response.context["form"].errors
    assert Claim.objects.get(pk=claim.pk).version == claim.version


def test_observer_has_no_bulk_changes():
    claim = factories.make_claim()
    client = client_of(factories.make_user(OBSERVERS))

    client.post(
        CLAIMS, {"action": "assign", "_selected_action": [claim.pk], "bulk": "1"}
    )

    assert Claim.objects.get(pk=claim.pk).version == claim.version
