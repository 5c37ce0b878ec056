"""The gate at the desk: what is open is listed before an article is cleared."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.admin.gate import CLAIMS_SHOWN, gate_of
from claims.models import Article
from claims.workflow.roles import EDITORS
from tests.admin.pages import address_of, client_of, form_on, move_address
from tests.factories import (
    SENTENCES,
    fresh_from_database,
    make_anchoring,
    make_article,
    make_claim,
    make_copy,
    make_suggestion,
    make_user,
    move,
    publish_claim,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(EDITORS))


def page_of(desk: Any, article: Article) -> str:
    response = desk.get(move_address(article, "clear"))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_open_claims_are_listed_with_links_before_anything_is_refused(desk):
    article = make_article("released")
    open_claims = [make_claim(article), make_claim(article)]
    decided = publish_claim(make_claim(article)).claim
    held = make_claim(article)
    move("hold_back", held, make_user(EDITORS), reason="Wait.")

    page = page_of(desk, article)

    assert "2 claims are still open." in page
    for claim in open_claims:
        assert f'<a href="{address_of(claim)}" dir="auto">{claim.text}</a>' in page
    for claim in (decided, held):
        assert f'<a href="{address_of(claim)}"' not in page
    listed = desk.get("/admin/claims/article/").content.decode()
    assert "4 claims, 2 open" in listed


def test_without_a_reason_it_is_refused_and_the_list_is_still_there(desk):
    article = make_article("released")
    claim = make_claim(article)
    address = move_address(article, "clear")
    form = form_on(desk.get(address))

    response = desk.post(address, form)

    page = response.content.decode()
    assert response.status_code == 422
    assert "1 claim is still open. Decide it, or say why" in page
    assert f'href="{address_of(claim)}"' in page
    assert fresh_from_database(article).state == "released"
    assert desk.post(address, {**form, "reason": "Nobody knows."}).status_code == 302
    cleared = fresh_from_database(article)
    assert (cleared.state, cleared.gate_reason) == ("cleared", "Nobody knows.")


def test_with_nothing_open_it_is_said_and_no_reason_is_asked_for(desk):
    article = publish_claim().claim.article
    page = page_of(desk, article)
    assert "No claim is open." in page
    assert "Before you clear" not in page
    address = move_address(article, "clear")
    assert desk.post(address, form_on(desk.get(address))).status_code == 302
    assert fresh_from_database(article).state == "cleared"


def test_what_else_is_undecided_is_said_and_refuses_nothing(desk):
    claim = publish_claim(make_claim(said_words="last month", said_in_doubt=True)).claim
    article = claim.article
    make_suggestion(article, SENTENCES[4])
    make_copy(article.document)
    make_suggestion(article, SENTENCES[2])
    make_suggestion(article, SENTENCES[3])
    make_suggestion(article, SENTENCES[5], state="proposed")
    make_anchoring(claim.appearances.get())

    page = page_of(desk, article)

    assert "No claim is open." in page
    dates = address_of(article, "dates")
    assert f'<a href="{dates}">1 date is to be confirmed.</a>' in page
    workspace = address_of(article, "workspace")
    sentence = "3 suggested statements are not decided."
    assert f'<a href="{workspace}">{sentence}</a>' in page
    assert "1 claim has no sure place in the newest copy of the text." in page
    address = move_address(article, "clear")
    assert desk.post(address, form_on(desk.get(address))).status_code == 302


def test_the_reason_is_said_to_stay_at_the_desk(desk):
    page = page_of(desk, make_article("released"))
    assert "readers are not shown this reason" in page
    assert "Readers may be shown" not in page


def test_other_moves_of_an_article_show_no_gate(desk):
    article = make_claim().article
    page = desk.get(move_address(article, "release")).content.decode()
    assert "still open" not in page


def test_of_many_open_claims_the_first_are_listed(desk):
    article = make_article("released")
    for _ in range(CLAIMS_SHOWN + 2):
        make_claim(article)
    page = page_of(desk, article)
    assert f"{CLAIMS_SHOWN + 2} claims are still open." in page
    assert re.search(r'\?article=\d+">2 more</a>', page)


def test_the_gate_costs_the_same_with_one_open_claim_and_with_thirty():
    costs = []
    for number in (1, 30):
        article = make_article("released")
        for _ in range(number):
            make_claim(article, assignee=make_user(EDITORS))
        with CaptureQueriesContext(connection) as queries:
            gate = gate_of(article)
            assert len({str(claim.assignee) for claim in gate.claims}) == number
        costs.append(len(queries))
    assert costs[0] == costs[1]
