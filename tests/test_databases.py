"""The test databases themselves: fresh copies, triggers on, options of production."""

import datetime
import subprocess
import sys
import urllib.request

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction

from claims.models import Event, EventHead
from claims.models.events import Actor, append_event
from claims.triggers import missing_triggers


@pytest.mark.parametrize("turn", ["first", "second"])
def test_own_database_starts_fresh_each_time(own_database, turn):
    assert not User.objects.exists()
    User.objects.create_user("ada")
    transaction.on_commit(lambda: None)
    assert not connection.in_atomic_block


def test_own_database_is_shared_with_a_program(own_database):
    User.objects.create_user("ada")
    code = (
        "import django; django.setup();"
        "from django.contrib.auth.models import User;"
        "User.objects.create_user('ben')"
    )
    environment = own_database.environment
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert set(User.objects.values_list("username", flat=True)) == {"ada", "ben"}


def test_ordinary_tests_see_nothing_of_an_own_database(db):
    assert not User.objects.exists()


def test_triggers_survive_the_copy(own_database):
    with transaction.atomic():
        at = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
        append_event("edited", "claim", "0123456789", Actor("", "a test"), at)
    with (
        pytest.raises(DatabaseError, match="only ever added"),
        connection.cursor() as c,
    ):
        c.execute("DELETE FROM claims_event")
    assert missing_triggers() == []
    assert Event.objects.count() == 1


def test_what_migrate_installs_is_in_the_copy(db):
    assert EventHead.objects.count() == 1


@pytest.mark.sqlite
def test_sqlite_runs_with_the_options_of_production(own_database):
    with connection.cursor() as cursor:
        told = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 20_000,
    }
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.postgresql
def test_postgresql_sorts_by_code_point(own_database):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'Z' < 'a', 'z' < 'é', current_setting('server_encoding')"
        )
        assert cursor.fetchone() == (True, True, "UTF8")


def test_live_site_serves_pages_and_static_files(live_site):
    for path in ["/admin/login/", "/static/admin/css/base.css"]:
        with urllib.request.urlopen(live_site + path) as response:
            assert response.status == 200


def test_the_network_is_closed():
    with pytest.raises(Exception, match="tests stay on this machine"):
        urllib.request.urlopen("http://claims.example/")
