"""`manage.py remind`: who is told what, once a day, also when a mail fails."""

import datetime
import threading
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format

from claims.jobs.reminders import DailyMail, Outcome, mails_due, send_mails
from claims.jobs.upkeep import UpkeepError, reminders
from claims.jobs.waiting import KINDS, LINES_SHOWN, Moment, waiting_for
from claims.models import (
    Assessment,
    Claim,
    CorrectionRequest,
    Document,
    Reminder,
)
from claims.publishing.secrets import PublicLabels
from claims.workflow.roles import DESK_MANAGERS, EDITORS, OBSERVERS, RESEARCHERS
from tests.factories import (
    make_article,
    make_assessment,
    make_claim,
    make_inquiry,
    make_news,
    make_request,
    make_source,
    make_user,
    publish_claim,
)

IDLE_DAYS = 14
DAY = datetime.timedelta(days=1)


@pytest.fixture
def me(db: None) -> User:
    return make_user(EDITORS, email="me@desk.example", username="me")


@pytest.fixture(autouse=True)
def mail_is_set_up(settings: Any) -> None:
    settings.TRACKER_EMAIL_FROM = "Desk <desk@claims.example>"


def noon(days: int = 0) -> datetime.datetime:
    """Return noon of today or of another day; what the tests make happened today."""
    today = timezone.localtime().replace(hour=12, minute=0)
    return today + datetime.timedelta(days=days)


def mail_to(user: User, at: datetime.datetime | None = None) -> DailyMail | None:
    found = [each for each in mails_due(at or noon(), IDLE_DAYS) if each.user == user]
    return found[0] if found else None


def told(user: User, at: datetime.datetime | None = None) -> dict[str, int]:
    """Return title and number of each section of somebody's mail."""
    due = mail_to(user, at)
    return {section.title: section.count for section in due.sections} if due else {}


# What waits


def due(me: User) -> Any:
    return make_claim(assignee=me, due_on=noon().date())


def due_for_recheck(me: User) -> Any:
    claim = publish_claim(make_claim(assignee=me)).claim
    Claim.objects.filter(pk=claim.pk).update(next_review_on=noon().date())
    return claim


def unanswered(me: User) -> Any:
    claim = make_claim(assignee=me)
    publish_claim(claim)
    yesterday = noon().date() - DAY
    return make_inquiry(claim, deadline_on=yesterday, asked_on=yesterday)


def broken(me: User) -> Any:
    claim = make_claim(assignee=me)
    publish_claim(claim)
    citation = claim.citations.first()
    Document.objects.filter(pk=citation.document_id).update(link_state="dead")
    return citation


def in_doubt(me: User) -> Any:
    claim = make_claim(assignee=me, said_words="last month", said_in_doubt=True)
    publish_claim(claim)
    return claim


def news(me: User) -> Any:
    claim = make_claim(assignee=me)
    publish_claim(claim)
    return make_news(claim)


def basis_changed(me: User) -> Any:
    claim = make_claim(assignee=me)
    make_assessment(claim, state="submitted", author=me)
    return make_news(claim, kind="basis_changed", basis=make_claim())


def reported(me: User) -> Any:
    return make_request(publish_claim().claim)


def returned(me: User) -> Any:
    return make_assessment(state="returned", author=me)


def to_sign_off(me: User) -> Any:
    return make_assessment(state="submitted")


def to_publish(me: User) -> Any:
    return make_assessment(state="signed_off")


def assigned(me: User) -> Any:
    return make_claim(assignee=me)


@pytest.mark.parametrize(
    ("make", "title"),
    [
        (due, "Due"),
        (due_for_recheck, "Due for re-check"),
        (unanswered, "Nobody has answered in time"),
        (broken, "Broken citations"),
        (in_doubt, "Dates to confirm"),
        (reported, "Correction requests of readers"),
        (news, "New information since sign-off"),
        (basis_changed, "Its basis changed"),
        (returned, "Returned to you"),
        (to_sign_off, "For you to sign off"),
        (to_publish, "For you to publish"),
        (assigned, "Assigned to you, and the next step is yours"),
    ],
)
def test_each_kind_of_waiting_is_told_with_a_link_to_the_desk(
    me: User, make: Callable[[User], Any], title: str
) -> None:
    row = make(me)
    claim = row if isinstance(row, Claim) else row.claim
    subject = row if isinstance(row, Assessment | CorrectionRequest) else claim

    assert told(me) == {title: 1}

    body = mail_to(me).body
    assert claim.text in body
    kind = subject._meta.model_name
    address = f"http://claims.example/admin/claims/{kind}/{subject.pk}/change/"
    assert f"  {address}\n" in body


def test_a_mail_holds_no_word_of_a_request_and_nothing_that_looks_like_spam(
    me: User,
) -> None:
    request = make_request(text="Canary.", name="Ada Quill", address="/about/")
    make_request(looks_like_spam=True)

    body = mail_to(me).body

    assert told(me) == {"Correction requests of readers": 1}
    assert f"- Request {request.public_id}\n  to be answered by " in body
    assert "Canary" not in body
    assert "Quill" not in body


def test_a_researcher_is_told_of_requests_about_claims_in_their_care(db: None) -> None:
    me = make_user(RESEARCHERS, email="r@desk.example")
    claim = make_claim(assignee=me)
    publish_claim(claim)
    make_request(claim)
    make_request()

    assert told(me) == {"Correction requests of readers": 1}


def test_nobody_else_is_told_of_what_is_mine(me: User) -> None:
    colleague = make_user(RESEARCHERS)
    for make in (due, due_for_recheck, unanswered, broken, news, returned, assigned):
        make(me)

    assert told(colleague) == {}


def test_a_claim_is_idle_after_so_many_days_and_not_before(me: User) -> None:
    claim = make_claim(assignee=me, by=make_user(RESEARCHERS))
    make_assessment(claim, state="submitted")
    today = date_format(noon())

    assert "Idle" not in told(me, noon(IDLE_DAYS - 1))
    late = noon(IDLE_DAYS + 1)
    assert told(me, late)["Idle"] == 1
    assert f"nothing happened since {today}" in mail_to(me, late).body


def test_what_is_done_is_not_told_any_more(me: User) -> None:
    claim = make_claim(assignee=me, due_on=noon().date())
    publish_claim(claim)
    make_inquiry(claim, deadline_on=noon().date() - DAY, outcome="no_reply")
    make_inquiry(claim, deadline_on=noon().date() - DAY, asked_on=None)
    make_inquiry(claim, deadline_on=noon().date())
    discarded = make_claim(assignee=me, due_on=noon().date())
    Claim.objects.filter(pk=discarded.pk).update(state="discarded")

    assert told(me, noon()) == {}
    assert told(me, noon(IDLE_DAYS + 2)) == {"Nobody has answered in time": 1}


def test_dead_link_with_a_copy_in_an_archive_is_not_broken(me: User) -> None:
    Document.objects.filter(pk=broken(me).document_id).update(
        archive_url="https://archive.example/1", archived_on=noon().date()
    )

    assert told(me) == {}


def test_a_claim_is_named_once_by_what_is_most_urgent(me: User) -> None:
    make_claim(assignee=me, due_on=noon().date(), next_review_on=noon().date())

    assert told(me, noon(IDLE_DAYS + 1)) == {"Due": 1}


def test_claim_of_nobody_is_the_editors_and_of_a_gone_colleague_too(me: User) -> None:
    article = make_article(editor=me)
    gone = make_user(RESEARCHERS, is_active=False)
    make_claim(article, due_on=noon().date())
    make_claim(article, due_on=noon().date(), assignee=gone)
    make_claim(article, due_on=noon().date(), assignee=make_user(RESEARCHERS))

    assert told(me) == {"Due": 2}


def test_who_writes_the_assessment_of_a_claim_of_nobody_is_told(me: User) -> None:
    make_assessment(make_claim(due_on=noon().date()), author=me)

    assert told(me) == {"Due": 1}


def test_only_who_may_sign_is_told_what_waits_for_a_signature(me: User) -> None:
    make_assessment(state="submitted", author=me)
    researcher, observer = make_user(RESEARCHERS), make_user(OBSERVERS)

    assert told(me) == told(researcher) == told(observer) == {}
    assert told(make_user(EDITORS)) == {"For you to sign off": 1}
    assert told(make_user(DESK_MANAGERS)) == {}


def test_long_lists_end_in_a_number(me: User) -> None:
    for _ in range(LINES_SHOWN + 2):
        assigned(me)

    found = mail_to(me)

    assert found.count == LINES_SHOWN + 2
    assert found.body.count("\n- ") == LINES_SHOWN
    assert "… and 2 more\n" in found.body
    assert found.subject == f"Claim tracker: {LINES_SHOWN + 2} things wait for you"


def test_no_mail_holds_the_name_of_a_protected_source(me: User) -> None:
    source = make_source(name="Orla Quince", aliases=["O. Q."], is_protected=True)
    make_claim(assignee=me, text="So says ORLA  Quínce.", source=source)
    asked = noon().date() - DAY
    make_inquiry(
        make_claim(assignee=me),
        addressed_to="Orla Quince",
        asked_on=asked,
        deadline_on=asked,
    )
    citation = broken(me)
    Document.objects.filter(pk=citation.document_id).update(title="Letter of O. Q.")

    body = mail_to(me).body

    assert "orla" not in body.lower()
    assert "O. Q." not in body
    assert f"says [{source.public_label}]." in body
    assert f"“Letter of [{source.public_label}].”: offline" in body
    assert f"[{source.public_label}] was asked on" in body


def test_mail_reads_as_written_by_a_person(me: User) -> None:
    claim = make_claim(assignee=me, text="Rates rose by 5 % & fell <again>.")

    body = mail_to(me).body

    assert body.startswith("Hello me,\n\nOne thing waits for you at Claim tracker.\n")
    assert "- Rates rose by 5 % & fell <again>.\n" in body
    assert "The desk: http://claims.example/admin/\n" in body
    assert "http://claims.example/admin/auth/user/daily-mail/" in body
    assert "\n\n\n\n" not in body
    assert claim.public_id not in body


def test_queries_stay_the_same_with_more_that_waits(
    me: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        for make in (due, unanswered, broken, returned, to_sign_off, assigned):
            make(me)
    moment = Moment(noon().date(), noon(-IDLE_DAYS))
    me = User.objects.get(pk=me.pk)
    with django_assert_max_num_queries(len(KINDS) + 2):  # two for the permissions
        assert len(waiting_for(me, moment, PublicLabels([]))) == 6


# Once a day


def sent(at: datetime.datetime, send: Any = EmailMessage.send) -> dict[str, str]:
    return {
        one.user.username: one.outcome.value for one in send_mails(at, IDLE_DAYS, send)
    }


def test_nobody_gets_two_mails_on_one_day(me: User) -> None:
    assigned(me)

    assert sent(noon()) == {"me": "sent"}
    assert sent(noon()) == {}
    assert len(mail.outbox) == 1
    assert sent(noon(1)) == {"me": "sent"}
    (first, second) = mail.outbox
    assert first.to == second.to == ["me@desk.example"]
    assert first.from_email == "Desk <desk@claims.example>"
    assert first.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_the_day_is_that_of_the_sites_own_zone(me: User, settings: Any) -> None:
    settings.TIME_ZONE = "Pacific/Kiritimati"  # 14 hours ahead
    assigned(me)
    before_midnight = datetime.datetime(2026, 3, 2, 9, 30, tzinfo=datetime.UTC)

    with timezone.override("Pacific/Kiritimati"):
        assert sent(before_midnight) == {"me": "sent"}
        assert sent(before_midnight + datetime.timedelta(hours=1)) == {"me": "sent"}


def test_nobody_hears_when_nothing_waits(me: User) -> None:
    assert sent(noon()) == {}
    assert not Reminder.objects.exists()


def test_who_wants_none_gets_none(me: User) -> None:
    assigned(me)
    Reminder.objects.create(user=me, is_wanted=False)

    assert sent(noon()) == {}


def test_deactivated_and_other_accounts_get_none(me: User) -> None:
    assigned(me)
    User.objects.filter(pk=me.pk).update(is_active=False)
    assert sent(noon()) == {}
    User.objects.filter(pk=me.pk).update(is_active=True, is_staff=False)
    assert sent(noon()) == {}


def test_account_without_an_address_is_named_and_passed_over(me: User) -> None:
    assigned(me)
    User.objects.filter(pk=me.pk).update(email="")

    assert sent(noon()) == {"me": "no address"}
    assert mail.outbox == []
    User.objects.filter(pk=me.pk).update(email="me@desk.example")
    assert sent(noon()) == {"me": "sent"}


def test_failed_mail_stops_nobody_elses_and_is_tried_again(me: User, caplog) -> None:
    other = make_user(EDITORS, username="other", email="other@desk.example")
    assigned(me)
    assigned(other)
    sent(noon(-1))

    def refuse_me(message: EmailMessage) -> int:
        if message.to == ["me@desk.example"]:
            raise ConnectionRefusedError("closed")
        return message.send()

    assert sent(noon(), refuse_me) == {"me": "FAILED", "other": "sent"}
    assert "the mail to me failed" in caplog.text
    yesterday = noon(-1).date()
    assert Reminder.objects.get(user=me).sent_on == yesterday
    assert sent(noon()) == {"me": "sent"}
    assert len(mail.outbox) == 4


def test_two_runs_at_once_send_one_mail_each_outside_any_transaction(
    own_database: Any,
) -> None:
    people = [make_user(EDITORS, email=f"{n}@desk.example") for n in range(5)]
    for person in people:
        assigned(person)
    gate, lock, sent_to = threading.Barrier(2), threading.Lock(), []
    outcomes: list[Outcome] = []

    def send(message: EmailMessage) -> None:
        with lock:
            sent_to.append((message.to[0], connection.in_atomic_block))

    def run() -> None:
        gate.wait()
        outcomes.extend(one.outcome for one in send_mails(noon(), IDLE_DAYS, send))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(sent_to) == [(person.email, False) for person in people]
    assert outcomes.count(Outcome.SENT) == len(people)


# The command and upkeep


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("remind", *arguments, stdout=out)
    return out.getvalue()


def test_command_names_what_became_of_each_mail(me: User) -> None:
    assigned(me)

    assert run() == "me: sent\n"
    assert run() == "Nothing waits for anybody who has not had their mail.\n"


def test_dry_run_prints_and_sends_nothing(me: User, settings: Any) -> None:
    settings.TRACKER_EMAIL_FROM = ""
    assigned(me)
    assigned(make_user(RESEARCHERS, username="unreachable"))

    printed = run("--dry-run")

    assert "To: me@desk.example\nSubject: Claim tracker: one thing waits" in printed
    assert "unreachable: no address\n" in printed
    assert printed.endswith("1 would be sent; none was.\n")
    assert mail.outbox == []
    assert not Reminder.objects.exists()


def test_days_of_idleness_can_be_chosen(me: User) -> None:
    claim = make_claim(assignee=me, by=me)
    make_assessment(claim, state="submitted", author=make_user(RESEARCHERS))

    assert "Idle" not in run("--dry-run", "--idle", "1")
    for wrong in ("0", "-1", "soon"):
        with pytest.raises(CommandError, match="number of days"):
            run("--idle", wrong)


def test_exit_code_says_whether_mail_is_set_up_and_went_out(
    me: User, settings: Any, tmp_path: Any
) -> None:
    assigned(me)
    settings.TRACKER_EMAIL_FROM = ""
    with pytest.raises(CommandError, match="set TRACKER_EMAIL_FROM") as refused:
        run()
    assert refused.value.returncode == 2

    settings.TRACKER_EMAIL_FROM = "desk@claims.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "file" / "folder")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(CommandError, match=r"Failed: me\. The next run") as failed:
        run()
    assert failed.value.returncode == 1
    (tmp_path / "file").unlink()
    assert run() == "me: sent\n"
    (written,) = (tmp_path / "file" / "folder").iterdir()
    assert b"one thing waits for you" in written.read_bytes()


def test_upkeep_sends_from_its_hour_on_and_only_where_mail_is_set_up(
    me: User, settings: Any
) -> None:
    assigned(me)
    early, late = noon().replace(hour=6), noon().replace(hour=7)

    assert reminders(early) == "not before 7 o'clock"
    assert mail.outbox == []
    assert reminders(late) == "1 sent"
    assert reminders(late) == "0 sent"
    assert len(mail.outbox) == 1
    settings.TRACKER_EMAIL_FROM = ""
    assert reminders(late + DAY) == "no mail is set up"


def test_upkeep_fails_while_a_mail_does_and_not_for_want_of_an_address(
    me: User, settings: Any
) -> None:
    assigned(me)
    assigned(make_user(RESEARCHERS))
    settings.EMAIL_BACKEND = "no.such.backend"
    with pytest.raises(UpkeepError, match="0 sent, 1 without an address, 1 failed"):
        reminders(noon())
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert reminders(noon()) == "1 sent, 1 without an address"
