"""Bases at the desk: chosen without circles, shown both ways, their changes settled."""

import pytest

from claims.models import Claim, NewInformation
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.admin.pages import address_of, client_of, errors_on, open_form, save
from tests.factories import make_claim, make_news, make_user, publish_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return client_of(make_user(EDITORS))


def shown(response) -> str:
    return response.content.decode()


def test_the_claim_page_shows_both_ways_what_rests_on_what(desk):
    basis = publish_claim(make_claim(text="The bridge is closed.")).claim
    claim = make_claim(text="Trade fell by half.")
    assert save(desk, claim, depends_on=[basis.pk]).status_code == 302
    page = shown(desk.get(address_of(claim)))
    assert "It rests on" in page
    assert "The bridge is closed.</a> – <strong>Verified</strong>" in page
    page = shown(desk.get(address_of(basis)))
    assert "On it rest" in page
    assert "Trade fell by half.</a> – <strong>Not checked yet</strong>" in page


def test_a_claim_that_rests_on_nothing_says_nothing_of_it(desk):
    page = shown(desk.get(address_of(make_claim())))
    assert "It rests on" not in page
    assert "On it rest" not in page


def test_a_circle_is_refused_and_named(desk):
    basis, claim = make_claim(text="One."), make_claim(text="Two.")
    claim.depends_on.add(basis)
    response = save(desk, basis, depends_on=[claim.pk])
    (error,) = errors_on(response)
    assert "“One.” on “Two.”, “Two.” on “One.”" in error
    assert not basis.depends_on.exists()
    (error,) = errors_on(save(desk, claim, depends_on=[claim.pk]))
    assert error == "A claim cannot rest on itself."


def test_a_circle_made_elsewhere_keeps_nobody_from_other_work(desk):
    basis, claim = make_claim(), make_claim()
    claim.depends_on.add(basis)
    basis.depends_on.add(claim)
    assert save(desk, claim, priority="4").status_code == 302


def test_an_edit_of_a_basis_puts_its_dependents_into_the_queue(desk):
    basis, claim = make_claim(), make_claim()
    claim.depends_on.add(basis)
    assert save(desk, basis, text="Other words.").status_code == 302
    queues = {each.queue.slug: each for each in desk.get("/admin/").context["queues"]}
    assert queues["basis-changed"].count == "1"
    assert queues["new-information"].count == "0"
    listed = desk.get(queues["basis-changed"].url)
    assert list(listed.context["cl"].result_list) == [claim]


def test_what_changed_is_read_on_the_claim_and_settled_there(desk):
    basis, claim = make_claim(text="The bridge is closed."), make_claim()
    claim.depends_on.add(basis)
    publish_claim(basis)
    page = shown(desk.get(address_of(claim)))
    assert "Its basis changed" in page
    assert "It was published: “Verified”." in page
    assert "New information since sign-off" not in page
    news = NewInformation.objects.get()
    address = f"{address_of(claim).removesuffix('change/')}news/{news.public_id}/"
    own = shown(desk.get(address))
    assert "<h1>Its basis changed</h1>" in own
    assert "The bridge is closed.</a> – <strong>Verified</strong>" in own
    assert desk.post(address, {"conclusion": "It holds."}).status_code == 302
    assert not Claim.objects.with_changed_basis().exists()
    page = shown(desk.get(address_of(claim)))
    assert "1 piece of new information was settled" in page
    assert "The bridge is closed." in page


def test_both_kinds_of_news_stand_under_headings_of_their_own(desk):
    claim = publish_claim().claim
    make_news(claim)
    make_news(claim, kind="basis_changed", basis=make_claim(), body="It fell.")
    page = shown(desk.get(address_of(claim)))
    assert 'id="desk-news-title"' in page
    assert 'id="desk-basis-title"' in page


def test_a_researcher_may_settle_it_too():
    news = make_news(kind="basis_changed", basis=make_claim())
    client = client_of(make_user(RESEARCHERS))
    assert "Settle" in shown(client.get(address_of(news.claim)))


def test_the_page_opened_by_form_keeps_the_bases(desk):
    basis, claim = make_claim(), make_claim()
    claim.depends_on.add(basis)
    assert open_form(desk, claim)["depends_on"] == [str(basis.pk)]
    save(desk, claim)
    assert list(claim.depends_on.all()) == [basis]
