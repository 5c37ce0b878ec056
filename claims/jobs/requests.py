"""Correction requests: kept as they come in, and in time forgotten who sent them."""

import datetime
from dataclasses import astuple, dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from claims.checking.spam import looks_like_spam
from claims.models import Assessment, Claim, CorrectionRequest
from claims.models.identity import new_public_id
from claims.workflow.words import AssessmentState

from .limits import HOUR_SECONDS, TooManyError, count_one, sender_key

DAY_SECONDS = 24 * HOUR_SECONDS


@dataclass(frozen=True)
class Sent:
    """What a reader typed; ``claim``: the public id of the claim it is about, or "".

    ``is_suspicious``: they filled in what no person sees.
    """

    text: str
    claim: str = ""
    address: str = ""
    evidence: str = ""
    name: str = ""
    email: str = ""
    may_be_named: bool = False
    is_suspicious: bool = False


def receive(sent: Sent, client: str | None, at: datetime.datetime) -> str:
    """Keep what a reader reports; return its number.

    ``client``: the network address it came from, which is not kept. The same words
    once more from there within a day are the same request. Raises ``TooManyError``.
    """
    sender = sender_key(client, at)
    same = _key_of_same(sender, sent)
    if number := cache.get(same):
        return str(number)
    _refuse_flood(at)
    count_one(sender, settings.TRACKER_REPORTS_PER_ADDRESS, at)
    number = new_public_id()
    if not cache.add(same, number, timeout=DAY_SECONDS):
        return str(cache.get(same, number))  # sent twice in the same instant
    try:
        _keep(sent, number, at)
    except Exception:
        cache.delete(same)
        raise
    return number


def _key_of_same(sender: str, sent: Sent) -> str:
    words = "\0".join(map(str, astuple(sent)))
    mac = salted_hmac("claims.requests.same", f"{sender} {words}", algorithm="sha256")
    return f"same:{mac.hexdigest()}"


def _refuse_flood(at: datetime.datetime) -> None:
    """Count what all sent in the last hour: in the database, which everybody shares."""
    hour_ago = at - datetime.timedelta(seconds=HOUR_SECONDS)
    times = CorrectionRequest.objects.received_since(hour_ago).order_by("received_at")
    recent = list(times.values_list("received_at", flat=True))
    excess = len(recent) - settings.TRACKER_REPORTS_PER_HOUR
    if excess >= 0:
        raise TooManyError(int((recent[excess] - hour_ago).total_seconds()))


def _keep(sent: Sent, number: str, at: datetime.datetime) -> None:
    due = timezone.localdate(at) + datetime.timedelta(days=settings.TRACKER_ANSWER_DAYS)
    CorrectionRequest.objects.create(
        public_id=number,
        claim=Claim.objects.get(public_id=sent.claim) if sent.claim else None,
        address=sent.address,
        text=sent.text,
        evidence=sent.evidence,
        name=sent.name,
        email=sent.email,
        may_be_named=sent.may_be_named,
        looks_like_spam=sent.is_suspicious
        or looks_like_spam(sent.text, sent.evidence, sent.name, sent.address),
        received_at=at,
        due_on=due,
    )


def forget_senders(at: datetime.datetime) -> int:
    """Delete who sent what was settled long ago; return of how many requests.

    A name stays while a correction gives it in public, or is to give it. A name chosen
    in an assessment that was discarded goes at once.
    """
    limit = at - datetime.timedelta(days=settings.TRACKER_FORGET_DAYS)
    settled = CorrectionRequest.objects.settled_until(limit)
    with transaction.atomic():
        discarded = Assessment.objects.filter(state=AssessmentState.DISCARDED)
        discarded.exclude(asked_by="").update(asked_by="")
        unused = set(settled.with_unused_name().values_list("pk", flat=True))
        mailed = set(settled.exclude(email="").values_list("pk", flat=True))
        rows = CorrectionRequest.objects.order_by()
        rows.filter(pk__in=unused).update(name="", may_be_named=False)
        rows.filter(pk__in=mailed).update(email="")
    return len(unused | mailed)
