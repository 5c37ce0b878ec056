"""Settling a correction request, and emptying one for its sender."""

import pytest

from claims.models import CorrectionRequest, Event
from claims.moves import (
    MoveForbiddenError,
    MoveRefusedError,
    StaleMoveError,
    erase_request,
    settle_request,
)
from claims.workflow.desk_words import RequestOutcome
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import NOON, make_claim, make_request, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(EDITORS, username="emil")


def stored(request) -> CorrectionRequest:
    return CorrectionRequest.objects.get(pk=request.pk)


@pytest.mark.parametrize("outcome", RequestOutcome.values)
def test_settling_keeps_outcome_answer_and_who_did_it(editor, outcome):
    request = make_request(make_claim(), name="Ada Quill")
    settle_request(request, editor, outcome, " It stands. ", NOON)

    found = stored(request)
    assert (found.outcome, found.answer) == (outcome, "It stands.")
    assert (found.settled_by, found.settled_at) == (editor, NOON)
    assert found.version == 2
    assert (found.text, found.name) == (request.text, "Ada Quill")


def test_the_log_says_which_request_and_never_a_word_of_it(editor):
    claim = make_claim()
    request = make_request(claim, text="Canary.", name="Ada Quill")
    settle_request(request, editor, "corrected", "Canary answer.")

    event = Event.objects.latest("sequence")
    assert (event.verb, event.actor_name) == ("request_settled", "emil")
    assert (event.subject_type, event.subject_id) == (
        "correctionrequest",
        request.public_id,
    )
    assert event.details == {"outcome": "corrected", "claim": claim.public_id}


def test_spam_needs_no_answer_and_everything_else_does(editor):
    settle_request(make_request(looks_like_spam=True), editor, "spam", "")
    request = make_request()
    with pytest.raises(MoveRefusedError, match="Say what you answered"):
        settle_request(request, editor, "corrected", " ")
    with pytest.raises(MoveRefusedError, match="Choose what became of"):
        settle_request(request, editor, "lost", "Hm.")
    assert stored(request).settled_at is None


def test_who_only_reads_requests_settles_none(editor):
    request = make_request()
    for act in (
        lambda user: settle_request(request, user, "spam", ""),
        lambda user: erase_request(request, user),
    ):
        with pytest.raises(MoveForbiddenError, match="may not settle"):
            act(make_user(RESEARCHERS))
    assert stored(request).version == 1
    assert not Event.objects.exists()


def test_the_second_to_settle_is_told_who_was_first(editor):
    request = make_request()
    settle_request(request, editor, "no_change", "It stands.")
    with pytest.raises(StaleMoveError, match=r"emil settled this meanwhile: no change"):
        settle_request(request, make_user(EDITORS), "corrected", "Done.")
    assert stored(request).outcome == "no_change"


def test_emptying_deletes_what_the_sender_typed_and_keeps_what_we_did(editor):
    request = make_request(
        address="/articles/a/",
        evidence="A register.",
        name="Ada Quill",
        email="ada@readers.example",
        may_be_named=True,
    )
    with pytest.raises(MoveRefusedError, match="Settle the request first"):
        erase_request(request, editor)
    settle_request(request, editor, "clarified", "Made clearer.")
    erase_request(request, editor, NOON)

    found = stored(request)
    typed = ("text", "evidence", "address", "name", "email")
    assert [getattr(found, field) for field in typed] == [""] * 5
    assert not found.may_be_named
    assert (found.outcome, found.answer) == ("clarified", "Made clearer.")
    event = Event.objects.latest("sequence")
    assert (event.verb, event.details) == ("request_erased", {})
