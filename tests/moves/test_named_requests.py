"""A correction names who reported the error: with permission, in what is signed."""

import json

import pytest
from django.urls import reverse

from claims.models import CorrectionRequest, PublishedNotice, Release
from claims.moves import MoveRefusedError
from claims.publishing import content as contents
from claims.publishing.rebuild import rebuild
from claims.workflow.roles import EDITORS
from tests.factories import (
    make_assessment,
    make_claim,
    make_request,
    make_source,
    make_user,
    move,
    publish_claim,
)

pytestmark = pytest.mark.django_db

ADA = "Ada <Quill>"


@pytest.fixture
def claim():
    return publish_claim().claim


def permitted(claim) -> CorrectionRequest:
    return make_request(claim, name=ADA, may_be_named=True)


def test_readers_see_the_name_wherever_they_see_the_notice(claim, client):
    permitted(claim)
    publish_claim(claim, status="refuted", asked_by=ADA)
    assert PublishedNotice.objects.get().asked_by == ADA
    for name, arguments in (
        ("claim_detail", [claim.public_id]),
        ("claim_history", [claim.public_id]),
        ("correction_list", []),
        ("overview", []),
    ):
        page = client.get(reverse(name, args=arguments)).content.decode()
        assert page.count("Reported by <bdi>Ada &lt;Quill&gt;</bdi>.") == 1, name
    assert rebuild(fix=False) == []


def test_the_name_is_part_of_what_is_signed(claim):
    permitted(claim)
    signed = make_assessment(claim, state="signed_off", asked_by=ADA)
    assert json.loads(signed.signed_content)["assessment"]["asked_by"] == ADA


def test_without_a_name_content_is_what_it_was_before_there_were_names(claim):
    """Signatures of an earlier version hold, and its files still load."""
    correction = make_assessment(claim)
    assert "asked_by" not in contents.claim_content(claim, correction)["assessment"]
    for release in Release.objects.of("claim", claim.public_id):
        assert "asked_by" not in release.content


@pytest.mark.parametrize(
    "request_made",
    [
        lambda claim: None,
        lambda claim: make_request(claim, name=ADA),
        lambda claim: permitted(make_claim()),
        lambda claim: make_request(claim, name="Ada Quill", may_be_named=True),
    ],
    ids=["no request", "not permitted", "another claim", "another name"],
)
def test_a_name_that_no_request_permits_is_not_submitted(claim, request_made):
    request_made(claim)
    draft = make_assessment(claim, asked_by=ADA)
    with pytest.raises(MoveRefusedError, match="No request about this claim permits"):
        move("submit", draft, draft.author)


def test_a_permission_taken_back_after_the_signature_stops_the_publication(claim):
    request = permitted(claim)
    signed = make_assessment(claim, state="signed_off", asked_by=ADA)
    CorrectionRequest.objects.filter(pk=request.pk).update(name="", may_be_named=False)
    with pytest.raises(MoveRefusedError, match="permits the name “Ada <Quill>”"):
        move("publish", signed, make_user(EDITORS))
    assert not PublishedNotice.objects.exists()


def test_the_name_of_a_protected_source_is_not_published_as_a_readers(claim):
    source = make_source(name="Orla Quince", is_protected=True)
    make_claim(claim.article, source=source)
    make_request(claim, name="Orla Quince", may_be_named=True)
    signed = make_assessment(claim, state="signed_off", asked_by="Orla Quince")
    with pytest.raises(MoveRefusedError, match="protected source"):
        move("publish", signed, make_user(EDITORS))


def test_a_name_leaves_no_trace_in_the_field_history(claim):
    permitted(claim)
    draft = make_assessment(claim, asked_by=ADA)
    draft.asked_by = ""
    draft.save()
    columns = [field.name for field in draft.history.model._meta.get_fields()]
    assert "asked_by" not in columns


def test_a_withdrawal_names_nobody(claim, client):
    permitted(claim)
    corrected = publish_claim(claim, asked_by=ADA)
    move("withdraw", corrected, make_user(EDITORS), reason="The register was wrong.")
    withdrawal = PublishedNotice.objects.get(kind="withdrawal")
    assert withdrawal.asked_by == ""
