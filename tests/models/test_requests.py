"""Correction requests: who sees which, whose name may be used, what is to be forgotten."""

import datetime

import pytest

from claims.models import CorrectionRequest
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import NOON, make_claim, make_request, make_user

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


def test_what_was_settled_long_ago_and_says_who_sent_it_is_to_be_forgotten() -> None:
    named = make_request(name="Ada Quill", settled_at=NOON)
    mailed = make_request(email="ada@readers.example", settled_at=NOON)
    make_request(settled_at=NOON)
    make_request(name="Ben Reed", settled_at=NOON + datetime.timedelta(seconds=1))
    make_request(name="Cy Lane")
    assert set(requests.to_forget(NOON)) == {named, mailed}
