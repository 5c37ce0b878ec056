"""The event log: one chain, in canonical JSON, that nobody changes unnoticed."""

import datetime
import hashlib
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Event, EventHead
from claims.models.events import (
    GENESIS_HASH,
    Actor,
    append_event,
    canonical_json,
    chain_hash,
    digest_of,
    verify_chain,
)
from claims.models.identity import ImmutableRowError
from claims.triggers import drop_triggers, install_triggers, missing_triggers
from tests.factories import NOON, make_user

LENGTH = 12
EDITS = 200


def append(verb: str = "edited", number: int = 0) -> Event:
    at = NOON + datetime.timedelta(seconds=number, microseconds=number)
    with transaction.atomic():
        return append_event(
            verb,
            "claim",
            f"{number:010}",
            Actor(str(number), f"Editor Zoë {number}"),
            at,
            {"fields": ["claim.text"], "number": number},
        )


@pytest.fixture
def chain(db) -> list[Event]:
    return [append(number=number) for number in range(LENGTH)]


@pytest.fixture
def unguarded(chain) -> Iterator[list[Event]]:
    """The same chain with the triggers lifted, as somebody with the file has it."""
    drop_triggers()
    yield chain
    install_triggers()


class TestChain:
    def test_each_event_follows_the_one_before(self, chain):
        previous = GENESIS_HASH
        for sequence, event in enumerate(Event.objects.all(), start=1):
            assert (event.sequence, event.previous_hash) == (sequence, previous)
            assert event.hash == chain_hash(previous, event.body)
            previous = event.hash
        assert verify_chain() == (LENGTH, None)

    def test_the_head_names_the_newest(self, chain):
        head = EventHead.objects.get()
        assert (head.sequence, head.hash) == (LENGTH, chain[-1].hash)

    def test_the_hash_can_be_made_anew_by_anyone(self, chain):
        """SHA-256 of the hash before, a line feed and the body: nothing of ours."""
        event = chain[1]
        text = f"{chain[0].hash}\n{event.body}".encode()
        assert hashlib.sha256(text).hexdigest() == event.hash

    def test_the_body_says_all_that_the_columns_say(self, chain):
        assert json.loads(chain[3].body) == {
            "sequence": 4,
            "at": "2026-03-02T12:00:03.000003+00:00",
            "actor": {"id": "3", "name": "Editor Zoë 3"},
            "subject": {"type": "claim", "id": "0000000003"},
            "verb": "edited",
            "details": {"fields": ["claim.text"], "number": 3},
        }
        assert chain[3].details == {"fields": ["claim.text"], "number": 3}

    def test_no_events_are_a_whole_chain(self, db):
        assert verify_chain() == (0, None)

    def test_a_first_event_makes_the_head_where_there_is_none(self, db):
        EventHead.objects.all().delete()
        append()
        assert verify_chain() == (1, None)

    def test_events_without_a_head_are_not_whole(self, chain):
        EventHead.objects.all().delete()
        assert verify_chain()[1] is not None

    def test_a_user_is_named_by_key_and_username_a_command_by_its_name(self, db):
        user = make_user(username="ada")
        assert Actor.of(user) == Actor(str(user.pk), "ada")
        assert Actor.of("loaddata") == Actor("", "loaddata")

    def test_an_event_reads_as_a_line(self, chain):
        assert str(chain[0]) == "1: Editor Zoë 0 edited claim"
        assert str(EventHead.objects.get()).startswith(f"{LENGTH}: ")


def test_an_event_outside_a_transaction_is_refused(own_database):
    with pytest.raises(RuntimeError, match="in the transaction of its act"):
        append_event("edited", "claim", "0123456789", Actor("", "a test"), NOON)
    assert not Event.objects.exists()


def test_an_event_goes_when_its_transaction_fails(own_database):
    append()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append_event("edited", "claim", "0123456789", Actor("", "a test"), NOON)
        raise ZeroDivisionError
    append()
    assert verify_chain() == (2, None)


class TestCanonicalJson:
    def test_keys_are_sorted_and_nothing_is_spaced(self):
        assert canonical_json({"b": [1, None, True], "a": "é"}) == (
            '{"a":"é","b":[1,null,true]}'
        )

    def test_what_json_does_not_know_is_refused(self):
        for value in (float("nan"), float("inf"), {1, 2}, NOON):
            with pytest.raises((ValueError, TypeError)):
                canonical_json({"value": value})

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        )
    )
    def test_it_reads_back_and_has_one_form(self, value):
        text = canonical_json(value)
        assert json.loads(text) == value
        assert canonical_json(json.loads(text)) == text

    def test_the_digest_is_of_utf_8(self):
        assert digest_of("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()


class TestGuards:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE claims_event SET verb = 'x' WHERE sequence = 3",
            "UPDATE claims_event SET at = at",
            "DELETE FROM claims_event WHERE sequence = 12",
            "DELETE FROM claims_event",
            pytest.param("TRUNCATE claims_event", marks=pytest.mark.postgresql),
            pytest.param("TRUNCATE claims_event CASCADE", marks=pytest.mark.postgresql),
            pytest.param(
                "INSERT OR REPLACE INTO claims_event SELECT * FROM claims_event",
                marks=pytest.mark.sqlite,
            ),
            pytest.param(
                "UPDATE OR REPLACE claims_event SET sequence = 1 WHERE sequence = 2",
                marks=pytest.mark.sqlite,
            ),
            pytest.param(
                "INSERT INTO claims_event SELECT * FROM claims_event "
                "WHERE sequence = 2 ON CONFLICT (sequence) DO UPDATE SET verb = 'x'",
                marks=pytest.mark.postgresql,
            ),
        ],
    )
    def test_the_database_refuses(self, chain, statement):
        before = list(Event.objects.values())
        with (
            pytest.raises(DatabaseError, match="only ever added"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert list(Event.objects.values()) == before

    def test_so_do_querysets_and_rows(self, chain):
        with pytest.raises(ImmutableRowError):
            Event.objects.filter(sequence=1).update(verb="x")
        with pytest.raises(ImmutableRowError):
            Event.objects.all().delete()
        for act in (chain[0].save, chain[0].delete):
            with (
                pytest.raises((ImmutableRowError, DatabaseError)),
                transaction.atomic(),
            ):
                act()

    def test_a_missing_trigger_is_named_and_installed_again(self, db):
        assert missing_triggers() == []
        drop_triggers()
        assert len(missing_triggers()) == 3
        install_triggers()
        install_triggers()
        assert missing_triggers() == []


# Tampering, the triggers lifted


def rows() -> models.QuerySet:
    return models.QuerySet(Event)


def raw(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def another_hash(chance: random.Random) -> str:
    return digest_of(str(chance.random()))


COLUMNS = {
    "at": lambda chance: (
        NOON - datetime.timedelta(microseconds=chance.randint(1, 9**9))
    ),
    "actor_id": lambda chance: str(chance.randint(100, 999)),
    "actor_name": lambda chance: f"Somebody {chance.random()}",
    "subject_type": lambda chance: chance.choice(["source", "document"]),
    "subject_id": lambda chance: f"{chance.randint(10**9, 10**10 - 1)}",
    "verb": lambda chance: chance.choice(["published", "signed_off", "Edited"]),
    "body": lambda chance: canonical_json({"details": {}, "number": chance.random()}),
    "previous_hash": another_hash,
    "hash": another_hash,
    "sequence": lambda chance: chance.randint(LENGTH + 1, 10**6),
}


def change_column(chance: random.Random) -> int:
    """Write another value into one column of one row."""
    name = chance.choice(list(COLUMNS))
    at = chance.randint(1, LENGTH)
    rows().filter(sequence=at).update(**{name: COLUMNS[name](chance)})
    return at


def change_body_and_hash(chance: random.Random) -> int:
    """Write another body and the hash that belongs to it: the next one tells."""
    at = chance.randint(1, LENGTH)
    event = Event.objects.get(sequence=at)
    body = event.body.replace("edited", "signed_off")
    rows().filter(sequence=at).update(
        body=body, verb="signed_off", hash=chain_hash(event.previous_hash, body)
    )
    return at + 1


def remove(chance: random.Random) -> int:
    first = chance.randint(1, LENGTH - 1)
    last = chance.randint(first, LENGTH - 1)
    rows().filter(sequence__range=(first, last)).delete()
    return first


def cut_tail(chance: random.Random) -> int:
    first = chance.randint(1, LENGTH)
    rows().filter(sequence__gte=first).delete()
    return first


def swap(chance: random.Random) -> int:
    one, other = sorted(chance.sample(range(1, LENGTH + 1), 2))
    for before, after in [(one, 10**6), (other, one), (10**6, other)]:
        rows().filter(sequence=before).update(sequence=after)
    return one


def insert(chance: random.Random) -> int:
    """Add a row that looks right by itself, at the end or under a free number."""
    at = chance.choice([LENGTH + 1, LENGTH + 5])
    body = canonical_json({"details": {}, "number": at})
    previous = Event.objects.order_by("sequence").last().hash
    Event.objects.create(
        sequence=at,
        at=NOON,
        actor_name="Somebody",
        subject_type="claim",
        subject_id="0123456789",
        verb="signed_off",
        body=body,
        previous_hash=previous,
        hash=chain_hash(previous, body),
    )
    return LENGTH + 1


def change_head(chance: random.Random) -> int:
    if chance.random() < 0.5:
        EventHead.objects.update(hash=another_hash(chance))
    else:
        EventHead.objects.update(sequence=chance.randint(LENGTH + 1, 10**6))
    return LENGTH + 1


EDIT_KINDS = [change_column] * 6 + [
    change_body_and_hash,
    remove,
    cut_tail,
    swap,
    insert,
    change_head,
]


def test_two_hundred_random_edits_are_all_found_and_the_first_named(unguarded):
    for seed in range(EDITS):
        chance = random.Random(seed)
        edit = chance.choice(EDIT_KINDS)
        with transaction.atomic():
            first = edit(chance)
            _count, broken = verify_chain()
            assert broken is not None, (seed, edit.__name__)
            named = f"{broken.sequence}: {broken.fault}"
            assert broken.sequence == first or f"event {first} is missing" in named, (
                seed,
                edit.__name__,
                first,
                named,
            )
            transaction.set_rollback(True)
    assert verify_chain() == (LENGTH, None)


@pytest.mark.parametrize("name", COLUMNS)
def test_a_change_of_any_column_is_found(unguarded, name):
    rows().filter(sequence=5).update(**{name: COLUMNS[name](random.Random(name))})
    _count, broken = verify_chain()
    assert broken is not None


def test_every_column_is_tampered_with_here():
    assert set(COLUMNS) == {field.name for field in Event._meta.concrete_fields}


@pytest.mark.sqlite
@pytest.mark.parametrize("text", ["yesterday", "", "2026-13-45 99:00:00", "12"])
def test_a_time_that_is_none_is_found_and_named(unguarded, text):
    raw("UPDATE claims_event SET at = %s WHERE sequence = 5", text)
    count, broken = verify_chain()
    assert (count, broken.sequence) == (5, 5)


@pytest.mark.sqlite
@pytest.mark.parametrize("column", ["body", "verb", "hash", "actor_id", "sequence"])
def test_bytes_in_a_column_of_text_are_found(unguarded, column):
    raw(f"UPDATE claims_event SET {column} = %s WHERE sequence = 5", b"\xff\x00")
    assert verify_chain()[1] is not None


def test_a_body_that_is_no_json_but_hashed_is_found(unguarded):
    event = Event.objects.get(sequence=LENGTH)
    forged = chain_hash(event.previous_hash, "not json")
    rows().filter(sequence=LENGTH).update(body="not json", hash=forged)
    EventHead.objects.update(hash=forged)
    _count, broken = verify_chain()
    assert (broken.sequence, broken.fault) == (
        LENGTH,
        "its columns differ from its body",
    )


@pytest.mark.parametrize("body", ['"text"', "[]", "{}", "null"])
def test_a_body_of_another_shape_is_found(unguarded, body):
    event = Event.objects.get(sequence=LENGTH)
    forged = chain_hash(event.previous_hash, body)
    rows().filter(sequence=LENGTH).update(body=body, hash=forged)
    EventHead.objects.update(hash=forged)
    assert verify_chain()[1].sequence == LENGTH
