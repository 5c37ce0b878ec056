"""What a reader reports is kept once, up to a limit, and never with an address."""

import datetime
from dataclasses import replace

import pytest
from django.core.cache import cache

from claims.jobs.limits import TooManyError
from claims.jobs.requests import Sent, forget_senders, receive
from claims.models import Claim, CorrectionRequest
from tests.factories import (
    NOON,
    make_assessment,
    make_claim,
    make_request,
    publish_claim,
)

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
SENT = Sent("The year is wrong.", address="/about/")


def send(number: int = 0, client: str = "192.0.2.7", at=NOON, **typed) -> str:
    """Send a report; those of another number are in other words."""
    words = typed.pop("text", f"The year is wrong ({number}).")
    return receive(replace(SENT, text=words, **typed), client, at)


def test_it_is_kept_with_a_day_by_which_it_is_answered(settings):
    settings.TRACKER_ANSWER_DAYS = 10
    claim = make_claim()
    number = receive(
        Sent(
            "The year is wrong.",
            claim=claim.public_id,
            evidence="The register.",
            name="Ada Quill",
            email="ada@readers.example",
            may_be_named=True,
        ),
        "192.0.2.7",
        NOON,
    )
    found = CorrectionRequest.objects.get()
    assert found.public_id == number
    assert (found.claim, found.address) == (claim, "")
    assert (found.text, found.evidence) == ("The year is wrong.", "The register.")
    assert (found.name, found.email) == ("Ada Quill", "ada@readers.example")
    assert found.may_be_named
    assert not found.looks_like_spam
    assert (found.received_at, found.due_on) == (NOON, datetime.date(2026, 3, 12))
    assert (found.outcome, found.assignee) == ("", None)


def test_no_column_and_no_key_holds_the_address():
    send(client="192.0.2.7")
    row = CorrectionRequest.objects.values().get()
    assert "192.0.2.7" not in str(row)
    assert "192.0.2.7" not in str(cache._cache)


@pytest.mark.parametrize(
    "typed",
    [
        {"text": "See https://a.example " * 5},
        {"evidence": "[url=https://a.example]"},
        {"is_suspicious": True},
    ],
)
def test_what_looks_like_spam_is_marked_and_kept(typed):
    send(**typed)
    assert CorrectionRequest.objects.get().looks_like_spam


def test_the_same_words_within_a_day_are_one_request():
    first = send()
    assert send(at=NOON + HOUR) == first
    assert CorrectionRequest.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"text": "The month is wrong."},
        {"client": "192.0.2.8"},
        {"address": "/methodology/"},
        {"email": "ada@readers.example"},
        {"at": NOON + 12 * HOUR},
    ],
    ids=lambda other: next(iter(other)),
)
def test_other_words_another_place_another_day_are_another_request(other):
    assert send() != send(**other)
    assert CorrectionRequest.objects.count() == 2


def test_above_the_limit_of_an_address_nothing_is_kept(settings):
    settings.TRACKER_REPORTS_PER_ADDRESS = 2
    for number in range(2):
        send(number)
    with pytest.raises(TooManyError) as refusal:
        send(2)
    assert refusal.value.seconds == 3600
    assert CorrectionRequest.objects.count() == 2
    send(2, client="192.0.2.8")
    send(2, at=NOON + HOUR)


def test_above_the_limit_of_all_everybody_waits_for_the_oldest_to_pass(settings):
    settings.TRACKER_REPORTS_PER_HOUR = 3
    for minutes in (90, 50, 40, 30):
        make_request(received_at=NOON - datetime.timedelta(minutes=minutes))
    with pytest.raises(TooManyError) as refusal:
        send()
    assert refusal.value.seconds == 600
    send(at=NOON + datetime.timedelta(minutes=10))


def test_after_a_failure_the_same_words_can_be_sent_again():
    with pytest.raises(Claim.DoesNotExist):
        receive(Sent("Wrong.", claim="0000000000"), "192.0.2.7", NOON)
    claim = make_claim(public_id="0000000000")
    receive(Sent("Wrong.", claim="0000000000"), "192.0.2.7", NOON)
    assert CorrectionRequest.objects.get().claim == claim


# Forgetting


DAYS = datetime.timedelta(days=90)
SENDER = {"name": "Ada Quill", "email": "ada@readers.example"}


def test_who_sent_it_is_forgotten_in_time_and_the_rest_is_kept(settings):
    settings.TRACKER_FORGET_DAYS = 90
    request = make_request(settled_at=NOON, **SENDER, may_be_named=True)
    unsettled = make_request(**SENDER)

    assert forget_senders(NOON + DAYS - HOUR) == 0
    assert forget_senders(NOON + DAYS) == 1
    assert forget_senders(NOON + DAYS) == 0

    found = CorrectionRequest.objects.get(pk=request.pk)
    assert (found.name, found.email, found.may_be_named) == ("", "", False)
    assert (found.text, found.answer) == (request.text, request.answer)
    assert CorrectionRequest.objects.get(pk=unsettled.pk).name == "Ada Quill"


def test_a_name_that_readers_know_is_kept_and_its_mail_address_is_not():
    claim = publish_claim().claim
    request = make_request(claim, settled_at=NOON, **SENDER, may_be_named=True)
    publish_claim(claim, asked_by="Ada Quill")

    assert forget_senders(NOON + DAYS) == 1
    assert forget_senders(NOON + DAYS) == 0

    found = CorrectionRequest.objects.get(pk=request.pk)
    assert (found.name, found.email, found.may_be_named) == ("Ada Quill", "", True)


def test_a_name_in_a_discarded_assessment_goes_at_once():
    claim = publish_claim().claim
    make_request(claim, **SENDER, may_be_named=True)
    draft = make_assessment(claim, state="discarded", asked_by="Ada Quill")

    forget_senders(NOON)

    draft.refresh_from_db()
    assert draft.asked_by == ""
