"""Correction requests: who sees which, whose name may be used, what is to be forgotten."""

import datetime

import pytest

from claims.models import CorrectionRequest
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import (
    NOON,
    bring_to,
    make_assessment,
    make_claim,
    make_request,
    make_user,
    publish_claim,
)

pytestmark = pytest.mark.django_db

requests = CorrectionRequest.objects


def test_whoever_settles_requests_sees_every_open_one() -> None:
    about_claim, about_page = make_request(make_claim()), make_request(address="/x/")
    make_request(settled_at=NOON)
    assert set(requests.waiting_for(make_user(EDITORS))) == {about_claim, about_page}


def test_others_see_those_given_to_them_or_about_claims_in_their_care() -> None:
    me = make_user(RESEARCHERS)
    mine = make_request(make_claim(assignee=me))
    given = make_request(assignee=me)
    make_request(make_claim(assignee=make_user(RESEARCHERS)))
    make_request()
    assert set(requests.waiting_for(me)) == {mine, given}


def test_only_who_permits_it_is_named_and_only_for_their_claim() -> None:
    claim = make_claim()
    make_request(claim, name="Ada Quill", may_be_named=True)
    make_request(claim, name="Ben Reed")
    assert requests.permit(claim, "Ada Quill")
    assert not requests.permit(claim, "Ben Reed")
    assert not requests.permit(claim, "Ada")
    assert not requests.permit(make_claim(), "Ada Quill")


def test_a_request_reads_as_its_number_and_never_as_its_words() -> None:
    request = make_request(text="Canary.", name="Ada Quill")
    assert str(request) == f"Request {request.public_id}"


def test_a_name_is_in_use_while_a_correction_gives_it_or_is_to_give_it() -> None:
    claim = publish_claim().claim
    ada, ben = (
        make_request(claim, name=name, may_be_named=True) for name in ("Ada", "Ben")
    )
    elsewhere = make_request(make_claim(), name="Ada", may_be_named=True)
    make_request(claim)
    draft = make_assessment(claim, asked_by="Ada")
    assert set(requests.with_unused_name()) == {ben, elsewhere}
    bring_to(draft, "published")
    assert set(requests.with_unused_name()) == {ben, elsewhere}
    bring_to(make_assessment(claim, asked_by="Ben"), "discarded")
    assert ada not in requests.with_unused_name()
    assert ben in requests.with_unused_name()


def test_what_was_settled_up_to_a_moment() -> None:
    settled = make_request(settled_at=NOON)
    make_request(settled_at=NOON + datetime.timedelta(seconds=1))
    make_request()
    assert list(requests.settled_until(NOON)) == [settled]
