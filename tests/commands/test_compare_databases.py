"""`manage.py compare_databases`: the same rows, or each difference by its place."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from claims.jobs.comparing import row_hash
from claims.models import Claim, PublishedClaim, Release
from tests.commands.places import run
from tests.conftest import STORE
from tests.factories import NOON, make_claim, make_source, publish_claim


@pytest.fixture
def other(own_database) -> Iterator[str]:
    """Return the address of a copy of this test's database, which holds a claim."""
    publish_claim()
    key, copy = own_database.url.rpartition("/")[2].removesuffix(".sqlite3"), "twin"
    connection.close()  # a template may not be in use
    STORE.copy(copy, key)
    yield STORE.url_of(copy)
    STORE.drop(copy)


def differences(other: str) -> list[str]:
    """Return what the command prints of two databases that differ."""
    out = StringIO()
    with pytest.raises(CommandError, match="They differ in"):
        call_command("compare_databases", other, stdout=out)
    return out.getvalue().splitlines()


def test_two_that_hold_the_same_are_told_to(other):
    Session.objects.create(session_key="a", session_data="b", expire_date=NOON)

    assert "Both hold the same" in run("compare_databases", other)


def test_each_difference_is_named_by_its_place_and_never_by_its_words(other):
    claim = Claim.objects.get()
    Claim.objects.update(text="A secret that nobody may read.")
    added = make_source(name="A name to protect.")
    connection.close()

    said = differences(other)

    assert f"claims_claim: row {claim.pk} differs in text." in said
    assert f"claims_source: row {added.pk} is not in the other database." in said
    assert "secret" not in " ".join(said)
    assert "protect" not in " ".join(said)


def test_a_row_of_the_other_alone_is_found(other):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_publishednaming")
        cursor.execute("DELETE FROM claims_claim_topics")
    PublishedClaim.objects.all().delete()

    (row,) = [line for line in differences(other) if "publishedclaim:" in line]

    assert row.endswith("is in the other database alone.")


@pytest.mark.postgresql
def test_numbers_that_would_be_given_out_twice_are_named(other):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('claims_claim','id'), 1, false)"
        )

    (row,) = differences(other)

    assert "claims_claim would go on at 1" in row


@pytest.mark.parametrize("address", ["sqlite:////nowhere/db.sqlite3", "nonsense"])
def test_an_address_that_leads_nowhere_is_refused_in_a_sentence(own_database, address):
    with pytest.raises(CommandError, match=r"There is no database|DATABASE_URL"):
        run("compare_databases", address)


def test_a_row_hash_does_not_depend_on_the_order_of_keys_in_its_values(own_database):
    make_claim()
    release = Release(content="{}")
    assert row_hash([{"a": 1, "b": None}, NOON]) == row_hash(
        [{"b": None, "a": 1}, NOON]
    )
    assert row_hash([release.content]) != row_hash([None])
