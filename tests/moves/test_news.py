"""New information since sign-off is settled by a person who says what follows."""

from typing import Any

import pytest

from claims.models import Claim, Event
from claims.moves import (
    MoveForbiddenError,
    MoveRefusedError,
    StaleMoveError,
    settle,
)
from claims.permissions import editors_of
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.factories import make_news, make_user, publish_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def news() -> Any:
    return make_news(publish_claim().claim)


def test_what_follows_is_kept_with_who_said_so(news: Any) -> None:
    actor = make_user(RESEARCHERS)
    settled = settle(news, actor, "  The sense is the same. ")
    assert settled.settled_by == actor
    assert settled.settled_at is not None
    assert settled.conclusion == "The sense is the same."
    assert not Claim.objects.with_new_information().exists()


def test_settling_leaves_an_event_and_bars_nobody_from_signing(news: Any) -> None:
    actor = make_user(RESEARCHERS)
    settle(news, actor, "The sense is the same.")
    event = Event.objects.latest("sequence")
    assert (event.verb, event.subject_id) == ("news_settled", news.claim.public_id)
    assert event.details == {"news": news.public_id, "kind": "words_changed"}
    assert str(actor.pk) not in editors_of(news.claim)


def test_a_conclusion_is_needed(news: Any) -> None:
    with pytest.raises(MoveRefusedError, match="what follows"):
        settle(news, make_user(EDITORS), " \n ")
    news.refresh_from_db()
    assert news.settled_at is None


def test_the_second_to_settle_is_told_what_the_first_said(news: Any) -> None:
    settle(news, make_user(EDITORS, username="ada"), "It stands.")
    with pytest.raises(StaleMoveError, match="ada settled this meanwhile: “It stands"):
        settle(news, make_user(EDITORS), "It falls.")
    news.refresh_from_db()
    assert news.conclusion == "It stands."


def test_whoever_only_looks_settles_nothing(news: Any) -> None:
    with pytest.raises(MoveForbiddenError):
        settle(news, make_user(OBSERVERS), "It stands.")
    assert not Event.objects.filter(verb="news_settled").exists()
