"""Addresses that the desk asked for: fetched once, in turn, with an honest outcome."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from claims.fetch import FetchError, Reason
from claims.jobs.intake import Stated
from claims.jobs.lease import lease
from claims.jobs.originals import Original
from claims.jobs.upkeep import STEPS, imports
from claims.jobs.wanted import run_wanted, want
from claims.models import Article, Event, Import
from claims.workflow.roles import RESEARCHERS
from claims.workflow.words import ImportState, Provenance
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db

URL = "https://elmpost.example/river"


@pytest.fixture
def user() -> User:
    return make_user(RESEARCHERS)


def giving(text: str = "River rises\n\nThe Elm rose.") -> Callable[[str], Original]:
    """Return what gets every address: the same text, from there."""

    def get(url: str) -> Original:
        return Original(text.encode(), Provenance.CAPTURED, NOON, url, url)

    return get


def refusing(_url: str) -> Original:
    raise FetchError(Reason.TIMEOUT, "The server did not answer in time.")


def breaking(_url: str) -> Original:
    raise RuntimeError("Not foreseen.")


def test_what_is_wanted_is_imported_in_the_name_of_who_asked(user: User) -> None:
    row = want(URL, Stated(publisher="The Elm Post", published="2026-03"), user)
    assert (row.state, row.article) == (ImportState.WANTED, None)

    assert list(run_wanted(giving())) == [row]
    row.refresh_from_db()
    assert (row.state, row.reason) == (ImportState.DONE, "A new article.")
    assert row.wanted_at <= row.begun_at <= row.ended_at
    document = row.article.document
    assert (document.title, document.url) == ("River rises", URL)
    assert (document.publisher.name, document.published_edtf) == (
        "The Elm Post",
        "2026-03",
    )
    assert {event.actor_id for event in Event.objects.all()} == {str(user.pk)}
    assert list(run_wanted(giving())) == []


def test_a_failure_is_said_and_the_next_goes_on(user: User) -> None:
    first, second = (want(f"{URL}/{number}", Stated(), user) for number in (1, 2))

    def first_fails(url: str) -> Original:
        return refusing(url) if url == first.url else giving()(url)

    assert [row.state for row in run_wanted(first_fails)] == ["failed", "done"]
    first.refresh_from_db()
    assert first.reason == "The server did not answer in time."
    assert first.article is None
    assert Import.objects.get(pk=second.pk).article is not None


def test_an_error_of_ours_is_said_as_such(user: User, caplog: Any) -> None:
    want(URL, Stated(), user)
    (row,) = run_wanted(breaking)
    assert (row.state, row.reason) == (
        ImportState.FAILED,
        "An error of the tracker; the log tells more.",
    )
    assert row.public_id in caplog.text


def test_what_cannot_be_read_is_said(user: User) -> None:
    want(URL, Stated(), user)
    (row,) = run_wanted(giving("\0\1"))
    assert row.reason == "This is no text but a binary file."
    assert not Article.objects.exists()


def test_asking_again_makes_no_second_article(user: User) -> None:
    for _time in range(2):
        want(URL, Stated(), user)
    first, second = run_wanted(giving())
    assert second.reason == "Known already, and unchanged."
    assert first.article == second.article
    want(URL, Stated(), user)
    (third,) = run_wanted(giving("River rises\n\nThe Elm rose again."))
    assert third.reason.startswith("Known already, and changed")


def test_what_was_broken_off_is_said_so_and_not_tried_again(user: User) -> None:
    row = want(URL, Stated(), user)
    Import.objects.filter(pk=row.pk).update(state=ImportState.RUNNING)
    (ended,) = run_wanted(giving())
    assert (ended.state, ended.reason) == (
        ImportState.FAILED,
        "It was broken off; ask for it again.",
    )
    assert not Article.objects.exists()


def test_a_second_run_at_the_same_time_does_nothing(user: User) -> None:
    want(URL, Stated(), user)
    with lease("imports"):
        assert list(run_wanted(giving())) == []
    assert Import.objects.get().state == ImportState.WANTED


def test_no_more_than_a_portion_at_once(user: User) -> None:
    for number in range(3):
        want(f"{URL}/{number}", Stated(), user)
    assert [row.url for row in run_wanted(giving(), at_once=2)] == [
        f"{URL}/0",
        f"{URL}/1",
    ]


@pytest.mark.parametrize(
    "url", ["http://localhost/", "https://ada:secret@news.example/", "news.example", ""]
)
def test_what_can_never_be_fetched_is_not_noted(user: User, url: str) -> None:
    with pytest.raises(FetchError):
        want(url, Stated(), user)
    assert not Import.objects.exists()


def test_a_wrong_date_is_not_noted(user: User) -> None:
    with pytest.raises(ValidationError):
        want(URL, Stated(published="March"), user)


def test_upkeep_fetches_what_is_wanted(user: User) -> None:
    now = timezone.now()
    assert ("imports", imports) in STEPS
    assert imports(now) == "none wanted"
    Import.objects.create(
        url="http://127.0.0.1/", wanted_by=user, wanted_at=now - datetime.timedelta(1)
    )
    assert imports(now) == "0 done, 1 failed"
    assert "not in the public internet" in Import.objects.get().reason
