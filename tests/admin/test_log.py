"""The log and the releases at the desk: searched by beginnings, read back to the first."""

import datetime
from urllib.parse import parse_qsl

import pytest
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.log import EventAdmin
from claims.admin.log_pages import LogPaginator
from claims.admin.log_search import LISTED, by_name, by_person, newest_of, of_subject
from claims.models import Event, Release
from claims.models.distinct import distinct_values
from claims.models.events import Actor, append_event
from claims.workflow.roles import DESK_MANAGERS, EDITORS
from tests import factories
from tests.admin.pages import client_of
from tests.plans import assert_led_by_an_index

pytestmark = pytest.mark.django_db
LOG = "admin:claims_event_changelist"
AT = datetime.datetime(2016, 3, 2, 9, tzinfo=datetime.UTC)


@pytest.fixture
def editor():
    return client_of(factories.make_user(EDITORS))


@pytest.fixture
def ines():
    return factories.make_user(username="ines", first_name="Inês", last_name="Varga")


def log(number: int, verb: str = "edited", name: str = "otto") -> list[int]:
    """Append so many events to the log; return their numbers."""
    actor = Actor("", name)
    rows = [append_event(verb, "claim", "a" * 10, actor, AT) for _ in range(number)]
    return [row.sequence for row in rows]


def bulk(number: int, verb: str = "edited") -> list[int]:
    """Write so many events at once, without a chain; return their numbers."""
    rows = [
        Event(
            sequence=each,
            at=AT,
            actor_name="otto",
            subject_type="claim",
            subject_id="a" * 10,
            verb=verb,
            body="{}",
            previous_hash=str(each),
            hash=str(each),
        )
        for each in range(1, number + 1)
    ]
    return [row.sequence for row in Event.objects.bulk_create(rows)]


class ShortPages(LogPaginator):
    counted = 100


class ShortLog(EventAdmin):
    paginator = ShortPages


def listed_shortly(rf, query):
    request = rf.get("/", query)
    request.user = User(is_superuser=True, is_active=True)
    return ShortLog(Event, admin.site).get_changelist_instance(request)


def found(editor, typed: str, **more) -> list[int]:
    response = editor.get(reverse(LOG), {"q": typed, **more})
    return [row.sequence for row in response.context["cl"].result_list]


@pytest.mark.parametrize("typed", ["ines", "INE", "in", "varg", "Inês V", "inês varga"])
def test_the_log_is_searched_by_the_beginning_of_a_name(editor, ines, typed):
    claim = factories.make_claim(by=ines)
    log(2)
    event = Event.objects.get(subject_id=claim.public_id)
    assert found(editor, typed) == [event.sequence]
    assert found(editor, "nes") == []


def test_the_log_is_searched_by_act_subject_and_number(editor, ines):
    claim = factories.make_claim(by=ines)
    created = Event.objects.get(subject_id=claim.public_id).sequence
    (voided,), (signed,) = log(1, "voided"), log(1, "signed_off")
    for typed in (claim.public_id.upper(), claim.public_id[:4], "creat", str(created)):
        assert found(editor, typed) == [created]
    assert found(editor, "sign") == [signed, voided]
    assert found(editor, "signed_off") == [signed]
    assert found(editor, "sign", subject_type="source") == []
    for nothing in ("zzz", "%", "' OR 1=1", "9" * 40):
        assert found(editor, nothing) == []


def test_who_left_the_desk_is_found_by_the_name_in_the_log(editor):
    assert found(editor, "form") == []
    numbers = log(2, name="former colleague")
    assert found(editor, "colleag") == numbers[::-1]


def test_a_search_lists_the_newest_and_goes_on_from_there(editor):
    newest_first = bulk(LISTED + 2, "voided")[::-1]
    response = editor.get(reverse(LOG), {"q": "void", "p": LISTED // 50})
    listed = response.context["cl"]
    assert listed.result_list[0].sequence == newest_first[LISTED - 50]
    assert listed.result_count == LISTED
    older = editor.get(reverse(LOG) + listed.older)
    assert "Older ones" in response.content.decode()
    rows = [row.sequence for row in older.context["cl"].result_list]
    assert rows == newest_first[LISTED:]
    assert older.context["cl"].older == ""
    assert f"from number {rows[0]} on" in older.content.decode()
    back = editor.get(reverse(LOG) + older.context["cl"].newest)
    assert back.context["cl"].result_list[0].sequence == newest_first[0]


def test_pages_end_where_counting_does_and_lead_to_what_is_older(rf):
    numbers = bulk(130)
    first, last = (listed_shortly(rf, {"p": str(page)}) for page in (1, 2))
    assert (first.counted, first.older) == ("more than 100", "")
    older = listed_shortly(rf, dict(parse_qsl(last.older.removeprefix("?"))))
    rows = [row.sequence for row in older.result_list]
    assert rows == sorted(numbers[:30], reverse=True)
    assert older.older == ""
    with pytest.raises(IncorrectLookupParameters):
        listed_shortly(rf, {"p": "3"})


@pytest.mark.parametrize("typed", ["x", "1.5", "-1", "9" * 30])
def test_a_list_that_begins_with_no_number_is_no_fault(editor, typed):
    log(1)
    assert editor.get(reverse(LOG), {"sequence__lte": typed}).status_code in (200, 302)
    assert editor.get(reverse(LOG), {"sequence__gt": "1"}).status_code == 400


def test_the_log_is_sorted_by_no_column(editor):
    log(2)
    response = editor.get(reverse(LOG), {"o": "3"})
    assert response.context["cl"].get_ordering_field("actor_name") is None


def test_releases_are_searched_by_their_subject_and_who_released(editor, ines):
    claim = factories.make_claim()
    factories.publish_claim(claim)
    kept = Release.objects.of("claim", claim.public_id).first()
    releases = reverse("admin:claims_release_changelist")
    for typed in (claim.public_id[:5], kept.by[:3], str(kept.pk)):
        rows = editor.get(releases, {"q": typed}).context["cl"].result_list
        assert kept in list(rows)
    assert not editor.get(releases, {"q": "nobody"}).context["cl"].result_list


def test_lists_of_other_rows_keep_their_order():
    manager = client_of(factories.make_user(DESK_MANAGERS))
    for model in ("group", "user"):
        assert manager.get(reverse(f"admin:auth_{model}_changelist")).status_code == 200


def test_each_search_of_the_log_is_led_by_an_index(ines):
    log(3, name="ines")
    with CaptureQueriesContext(connection) as asked:
        newest_of(
            Event.objects.filter(sequence__lte=2), of_subject("a" * 10, ["claim"])
        )
        newest_of(Event.objects.all(), by_name("in", Event, "actor_name"))
        newest_of(Event.objects.all(), by_person("varga"))
    queries = [query["sql"] for query in asked.captured_queries]
    of_events = [sql for sql in queries if "actor_id" in sql or "subject_id" in sql]
    assert len(of_events) == 2
    for sql in queries:
        if 'FROM "claims_event"' in sql and "RECURSIVE" not in sql:
            assert_led_by_an_index(sql)


def test_different_names_are_found_step_by_step(ines):
    for name in ("otto", "ines", "Bela", "otto"):
        log(1, name=name)
    assert set(distinct_values(Event, "actor_name", 9)) == {"Bela", "ines", "otto"}
    assert len(distinct_values(Event, "actor_name", 2)) == 2
    assert distinct_values(Release, "by", 9) == []
