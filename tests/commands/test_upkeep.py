"""`manage.py upkeep`: every step in its own try, one run at a time."""

import datetime
from io import StringIO

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from claims.jobs.lease import lease
from claims.jobs.upkeep import STEPS, Done, UpkeepError, run_due
from claims.models import (
    CorrectionRequest,
    Document,
    EventHead,
    Methodology,
    PublishedDocument,
    PublishedMethodology,
)
from tests.factories import NOON, make_claim, make_request, publish_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path) -> None:
    settings.TRACKER_DATA_DIR = tmp_path


def reports(at: datetime.datetime = NOON) -> dict[str, str]:
    done = list(run_due(at))
    assert not [step for step in done if step.failed]
    return {step.step: step.report for step in done}


def test_each_step_is_reported_on_a_line_of_its_own():
    out = StringIO()

    call_command("upkeep", stdout=out)

    lines = out.getvalue().splitlines()
    assert [line[7:].partition(":")[0] for line in lines] == [name for name, _ in STEPS]
    assert {line[:7].strip() for line in lines} == {"ok"}


def test_methodology_comes_into_force_on_its_day():
    Methodology.objects.create(number=2, effective_on=NOON.date(), text="Two.")
    yesterday = NOON - datetime.timedelta(days=1)

    assert reports(yesterday)["methodologies"] == "nothing new"
    assert not PublishedMethodology.objects.filter(number=2).exists()
    assert reports(NOON)["methodologies"] == "in force now: 2"
    assert PublishedMethodology.objects.get(number=2).statuses
    assert reports(NOON)["methodologies"] == "nothing new"


def test_link_checks_reach_the_record_once():
    publish_claim()
    public = PublishedDocument.objects.first()
    document = Document.objects.filter(public_id=public.pk)
    assert reports()["link facts"] == "0 documents changed"

    document.update(link_state="dead", link_checked_at=NOON)

    assert reports()["link facts"] == "1 documents changed"
    public.refresh_from_db()
    assert (public.link_state, public.link_checked_at) == ("dead", NOON)
    assert reports()["link facts"] == "0 documents changed"


def test_links_of_unpublished_documents_stay_at_the_desk():
    Document.objects.create(title="A draft's", kind="report", link_state="dead")

    assert reports()["link facts"] == "0 documents changed"
    assert not PublishedDocument.objects.exists()


def test_broken_chain_is_reported_and_the_other_steps_still_run():
    publish_claim()
    EventHead.objects.update(hash="0" * 64)
    out = StringIO()

    with pytest.raises(CommandError, match=r"Failed: event chain\."):
        call_command("upkeep", stdout=out)

    lines = out.getvalue().splitlines()
    assert len(lines) == len(STEPS)
    assert [line for line in lines if line.startswith("FAILED event chain: broken at")]


def test_step_that_raises_does_not_stop_the_rest(caplog):
    def explode(_at: datetime.datetime) -> str:
        raise ZeroDivisionError("by nothing")

    def complain(_at: datetime.datetime) -> str:
        raise UpkeepError("somebody should look")

    steps = (("one", explode), ("two", complain), ("three", lambda _at: "went well"))

    assert list(run_due(NOON, steps)) == [
        Done("one", "ZeroDivisionError: by nothing", failed=True),
        Done("two", "somebody should look", failed=True),
        Done("three", "went well"),
    ]
    assert "upkeep: one failed" in caplog.text


def test_second_run_does_nothing_while_the_first_is_at_work():
    out = StringIO()

    with lease("upkeep") as ours:
        assert ours
        call_command("upkeep", stdout=out)

    assert out.getvalue() == "Another upkeep is at work; this one did nothing.\n"
    assert reports()


def test_old_login_attempts_are_forgotten_and_recent_ones_kept():
    now = timezone.now()
    for name, days in [("old", 31), ("recent", 29)]:
        attempt = AccessAttempt.objects.create(username=name, failures_since_start=1)
        at = now - datetime.timedelta(days=days)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=at)

    assert reports(now)["login attempts"] == "1 older than 30 days removed"
    assert AccessAttempt.objects.get().username == "recent"


def test_who_sent_a_report_is_forgotten_once_it_is_settled_long_enough(settings):
    settings.TRACKER_FORGET_DAYS = 1
    make_request(settled_at=NOON, name="Ada Quill")
    tomorrow = NOON + datetime.timedelta(days=1)

    assert reports(tomorrow)["readers' reports"] == (
        "senders of 1 settled requests forgotten"
    )
    assert CorrectionRequest.objects.get().name == ""


def test_expired_sessions_are_removed_and_live_ones_kept():
    now = timezone.now()
    for key, days in [("expired", -1), ("live", 1)]:
        Session.objects.create(
            session_key=key,
            session_data="",
            expire_date=now + datetime.timedelta(days=days),
        )

    reports()

    assert Session.objects.get().session_key == "live"


@pytest.mark.sqlite
def test_sqlite_is_told_how_its_tables_are_filled() -> None:
    make_claim()

    assert reports(timezone.now())["statistics"] == "up to date"

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'claims_claim'")
        assert cursor.fetchone()[0] > 0
