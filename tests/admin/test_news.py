"""New information on the claim's page: read, settled with what follows, kept."""

from typing import Any

import pytest

from claims.models import Claim, Event
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.admin.pages import address_of, client_of
from tests.factories import make_claim, make_news, make_user, publish_claim

pytestmark = pytest.mark.django_db

BODY = "Copy 2 reads otherwise.\nIn copy 1: “hurt”\nIn copy 2: “<b>harmed</b>”"


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(EDITORS, username="emil"))


@pytest.fixture
def claim() -> Claim:
    return publish_claim().claim


def page_of(news: Any) -> str:
    return f"{address_of(news.claim).removesuffix('change/')}news/{news.public_id}/"


def shown(response: Any) -> str:
    return response.content.decode()


def test_the_claim_page_shows_it_with_what_can_be_done(desk: Any, claim: Claim) -> None:
    news = make_news(claim, body=BODY)
    page = shown(desk.get(address_of(claim)))
    assert "In copy 2: “&lt;b&gt;harmed&lt;/b&gt;”" in page
    assert f'action="{page_of(news)}"' in page
    assert f"?claim={claim.pk}" in page
    assert f"/admin/claims/claim/{claim.pk}/move/recheck/" in page


def test_settling_brings_back_to_the_claim_where_it_is_kept(
    desk: Any, claim: Claim
) -> None:
    news = make_news(claim)
    response = desk.post(page_of(news), {"conclusion": "The sense is the same."})
    assert response["Location"] == address_of(claim)
    news.refresh_from_db()
    assert news.settled_by.username == "emil"
    assert Event.objects.latest("sequence").verb == "news_settled"
    page = shown(desk.get(address_of(claim)))
    assert "1 piece of new information was settled" in page
    assert "The sense is the same." in page
    assert "desk-news-title" not in page


def test_without_a_conclusion_nothing_is_settled(desk: Any, claim: Claim) -> None:
    news = make_news(claim)
    response = desk.post(page_of(news), {"conclusion": " "})
    assert response.status_code == 422
    assert "Nothing was settled." in shown(response)
    news.refresh_from_db()
    assert news.settled_at is None


def test_the_second_to_settle_keeps_what_they_typed(desk: Any, claim: Claim) -> None:
    news = make_news(claim)
    ada = client_of(make_user(RESEARCHERS, username="ada"))
    ada.post(page_of(news), {"conclusion": "It stands."})
    response = desk.post(page_of(news), {"conclusion": "It falls."})
    assert response.status_code == 409
    assert "ada settled this meanwhile: “It stands.”" in shown(response)
    assert "It falls.</textarea>" in shown(response)
    news.refresh_from_db()
    assert news.conclusion == "It stands."


def test_its_own_page_shows_it_before_and_after(desk: Any, claim: Claim) -> None:
    news = make_news(claim)
    assert "Settle" in shown(desk.get(page_of(news)))
    desk.post(page_of(news), {"conclusion": "It stands."})
    page = shown(desk.get(page_of(news)))
    assert "It stands." in page
    assert "<textarea" not in page


def test_whoever_only_looks_reads_it_and_settles_nothing(claim: Claim) -> None:
    news = make_news(claim, body=BODY)
    observer = client_of(make_user(OBSERVERS))
    page = shown(observer.get(address_of(claim)))
    assert "Copy 2 reads otherwise." in page
    assert "Settle" not in page
    assert observer.post(page_of(news), {"conclusion": "No."}).status_code == 403
    news.refresh_from_db()
    assert news.settled_at is None


def test_news_of_another_claim_is_not_found(desk: Any, claim: Claim) -> None:
    other = make_news(make_claim())
    address = f"{address_of(claim).removesuffix('change/')}news/{other.public_id}/"
    assert desk.get(address).status_code == 404
    assert desk.post(address, {"conclusion": "No."}).status_code == 404
