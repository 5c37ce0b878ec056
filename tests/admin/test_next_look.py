"""The next look at the desk: on the pages of moves, on the claim, for several at once."""

import datetime

import pytest
from django.utils import timezone

from claims.models import Claim, Event, PublishedClaim
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.admin.pages import client_of, errors_on, form_on, move_address, save
from tests.factories import (
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_user,
    publish_claim,
)

pytestmark = pytest.mark.django_db

DAY = datetime.date(2031, 5, 28)


@pytest.fixture
def desk():
    return client_of(make_user(EDITORS))


@pytest.fixture
def signed():
    claim = make_claim(make_article("released"), kind="figure")
    return make_assessment(claim, state="signed_off")


@pytest.fixture
def published():
    return publish_claim(make_claim(kind="figure")).claim


def shown(response) -> str:
    return response.content.decode()


def told(claim: Claim) -> datetime.date | None:
    return PublishedClaim.objects.get(pk=claim.public_id).review_on


def test_the_page_of_publishing_shows_the_day_and_why(desk, signed):
    page = desk.get(move_address(signed, "publish"))
    day = page.context["look"].on
    assert day > timezone.localdate()
    assert form_on(page)["next_look"] == day.isoformat()
    assert "every claim of the kind “figure”" in shown(page)


def test_left_alone_it_is_published_with_that_day(desk, signed):
    address = move_address(signed, "publish")
    form = form_on(desk.get(address))
    response = desk.post(address, form, follow=True)
    claim = fresh_from_database(signed.claim)
    assert told(claim) == claim.next_review_on
    assert claim.next_review_on.isoformat() == form["next_look"]
    assert "The next look is on" in shown(response)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [("2031-05-28", ""), ("never", "never"), ("yearly", "every year")],
)
def test_the_editor_may_type_a_day_or_a_rule(desk, signed, typed, rule):
    address = move_address(signed, "publish")
    desk.post(address, form_on(desk.get(address)) | {"next_look": typed})
    claim = fresh_from_database(signed.claim)
    assert claim.review_rule == rule
    assert (claim.next_review_on is None) == (typed == "never")


def test_what_cannot_be_read_is_said_and_kept_in_the_field(desk, signed):
    address = move_address(signed, "publish")
    form = form_on(desk.get(address)) | {"next_look": "soonish"}
    response = desk.post(address, form)
    assert response.status_code == 422
    assert "“soonish” cannot be read as a rule" in shown(response)
    assert form_on(response)["next_look"] == "soonish"
    assert fresh_from_database(signed).state == "signed_off"


def test_other_moves_set_no_next_look(desk, published):
    assert 'name="next_look"' not in shown(desk.get(move_address(published, "recheck")))


def test_the_end_of_a_recheck_offers_it_too(desk, published):
    desk.post(
        move_address(published, "recheck"),
        form_on(desk.get(move_address(published, "recheck"))) | {"reason": "Due."},
    )
    address = move_address(published, "end_recheck")
    form = form_on(desk.get(address)) | {"reason": "It stands."}
    assert desk.post(address, form | {"next_look": "2031-05-28"}).status_code == 302
    assert told(published) == DAY


def test_a_day_typed_on_the_claim_is_told_to_readers_and_logged(desk, published):
    assert save(desk, published, next_review_on="2031-05-28").status_code == 302
    assert told(published) == DAY
    event = Event.objects.latest("sequence")
    assert event.verb == "review_set"
    assert event.details == {"fields": ["claim.next_review_on"]}


def test_a_rule_typed_on_the_claim_sets_its_day(desk, published):
    save(desk, published, review_rule="never")
    assert fresh_from_database(published).next_review_on is None
    assert told(published) is None


def test_a_day_beside_a_rule_is_kept(desk, published):
    save(desk, published, review_rule="yearly", next_review_on="2031-05-28")
    claim = fresh_from_database(published)
    assert (claim.review_rule, claim.next_review_on) == ("every year", DAY)


def test_a_rule_that_cannot_be_read_is_refused(desk, published):
    response = save(desk, published, review_rule="now and then")
    assert "“now and then” cannot be read as a rule" in " ".join(errors_on(response))


def test_planning_bars_nobody_from_signing():
    researcher = make_user(RESEARCHERS)
    claim = make_claim(make_article("released"))
    save(client_of(researcher), claim, review_rule="yearly")
    submitted = make_assessment(fresh_from_database(claim), state="submitted")
    researcher.groups.set([make_user(EDITORS).groups.get()])
    page = client_of(researcher).get(move_address(submitted, "sign_off"))
    assert page.status_code == 200
