"""`manage.py verify_events`: counts, and names the first broken link."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from claims.models import Event
from claims.triggers import drop_triggers
from tests import factories

pytestmark = pytest.mark.django_db


def verify_events() -> str:
    out = StringIO()
    call_command("verify_events", stdout=out)
    return out.getvalue()


def make_events(wanted: int) -> None:
    author = factories.make_user()
    for _ in range(wanted):
        factories.make_claim(by=author)
    assert Event.objects.count() == wanted


def tamper(statement: str) -> None:
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_sound_chain_is_counted():
    make_events(3)
    assert verify_events() == "3 events, and the chain holds.\n"


def test_no_event_at_all_is_a_sound_chain():
    assert verify_events() == "0 events, and the chain holds.\n"


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE claims_event SET body = replace(body, 'created', 'deleted') "
            "WHERE sequence = 2",
            "breaks at event 2: its body was changed",
        ),
        (
            "UPDATE claims_event SET actor_name = 'somebody' WHERE sequence = 3",
            "breaks at event 3: its columns differ from its body",
        ),
        (
            "DELETE FROM claims_event WHERE sequence = 2",
            "breaks at event 3: event 2 is missing",
        ),
        (
            "DELETE FROM claims_event WHERE sequence = 4",
            "breaks at event 4: the head of the chain names another last event",
        ),
    ],
)
def test_the_first_broken_link_is_named(statement, said):
    make_events(4)
    tamper(statement)
    with pytest.raises(CommandError) as error:
        verify_events()
    assert said in str(error.value)
    assert error.value.returncode == 1


def test_an_event_never_holds_the_text_of_a_claim():
    claim = factories.make_claim(by=factories.make_user())
    assert claim.text not in json.dumps(list(Event.objects.values("body")))


def test_the_help_teaches(capsys):
    with pytest.raises(SystemExit):
        call_command("verify_events", "--help")
    assert "first broken link" in capsys.readouterr().out
