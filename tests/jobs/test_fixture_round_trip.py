"""What is dumped and loaded again is the same, for the desk and for readers."""

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from claims.jobs.fixtures import dump
from claims.models import (
    Assessment,
    Claim,
    Event,
    Note,
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
    Source,
    StoredCopy,
)
from claims.models.events import verify_chain
from claims.moves.edits import mark_changed
from claims.publishing.rebuild import rebuild
from claims.workflow.words import AssessmentState
from tests import factories
from tests.jobs.stories import (
    SECRET_ALIAS,
    SECRET_NAME,
    empty_tracker,
    load_text,
    make_story,
)

RECORD = (PublishedClaim, PublishedArticle, PublishedSource, PublishedDocument)


@pytest.fixture(scope="module")
def trip(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Any]:
    """Make a story, dump it, load it into an empty tracker: what was there, what is."""
    folder = tmp_path_factory.mktemp("fixtures")
    with django_db_blocker.unblock(), transaction.atomic():
        story = make_story()
        for claim in Claim.objects.all():
            mark_changed(claim)
        other = factories.publish_claim().claim
        facts = SimpleNamespace(folder=folder, story=story, other=other)
        facts.text, facts.article_text = dump(), dump("elmbrook")
        facts.record, facts.changed = record_rows(), changed_claims()
        facts.loaded_at_home = load_text(folder, facts.text)
        facts.name_at_home = Source.objects.get(pk=story["protected"].pk).name
        empty_tracker()
        facts.report = load_text(folder, facts.text)
        yield facts
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undone(trip, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def record_rows() -> dict[Any, list[Any]]:
    rows: dict[Any, list[Any]] = {
        model: list(model.objects.order_by("pk").values()) for model in RECORD
    }
    for claim in rows[PublishedClaim]:
        del claim["sequence"]  # of its newest release here: the order alone is the same
    newest = PublishedClaim.objects.listed().order_by("-sequence")
    rows["newest first"] = list(newest.values_list("pk", flat=True))
    notices = PublishedNotice.objects.order_by("at", "claim", "kind")
    rows[PublishedNotice] = list(notices.values("claim", "kind", "text", "at"))
    return rows


def changed_claims() -> dict[str, bool]:
    rows = Claim.objects.exclude(state="taken_down")
    return dict(rows.values_list("public_id", "is_changed"))


def test_a_dump_loaded_into_an_empty_tracker_dumps_the_same_bytes(trip):
    assert dump() == trip.text


def test_the_story_has_every_assessment_state(trip):
    states = set(Assessment.objects.values_list("state", flat=True))
    assert states == set(AssessmentState.values)


def test_readers_get_the_same_record_after_a_reload(trip):
    assert record_rows() == trip.record
    assert rebuild(fix=False) == []


def test_after_a_reload_every_claim_has_one_loaded_event_and_the_chain_holds(trip):
    loaded = Event.objects.filter(verb="loaded")
    subjects = loaded.values_list("subject_id", flat=True)
    assert sorted(subjects) == sorted(Claim.objects.values_list("public_id", flat=True))
    assert verify_chain()[1] is None


def test_a_reload_begins_every_field_history_anew(trip):
    assert Claim.history.count() == Claim.objects.count()
    assert not Source.history.exclude(history_type="+").exists()


def test_claims_keep_whether_they_changed_since_release(trip):
    assert changed_claims() == trip.changed
    assert {True, False} == set(trip.changed.values())


def test_one_article_is_dumped_with_what_it_needs_and_reloads_the_same(trip):
    assert trip.story["full"].public_id in trip.article_text
    assert trip.other.public_id not in trip.article_text
    assert trip.other.article.public_id not in trip.article_text
    empty_tracker()
    load_text(trip.folder, trip.article_text)
    assert dump() == trip.article_text
    assert dump("elmbrook") == trip.article_text


def test_a_second_load_of_the_same_file_changes_nothing(trip):
    events = Event.objects.count()
    report = load_text(trip.folder, trip.text)
    assert (report.added, report.updated) == (0, 0)
    assert report.identical == len(json.loads(trip.text))
    assert Event.objects.count() == events


def test_a_dump_loaded_where_it_came_from_is_identical_to_what_is_there(trip):
    assert (trip.loaded_at_home.added, trip.loaded_at_home.updated) == (0, 0)
    assert trip.name_at_home == SECRET_NAME


def test_the_name_of_a_protected_source_is_nowhere_in_a_dump(trip):
    assert "an employee of the clinic" in trip.text
    for secret in (SECRET_NAME, SECRET_ALIAS, "Vrbata", "people.example", "nights"):
        assert secret not in trip.text


def test_what_is_said_at_the_desk_alone_is_nowhere_in_a_dump(trip):
    for secret in ("Ask the porter", "press@clinic.example", "Between us"):
        assert secret not in trip.text
    assert '"claims.note"' not in trip.text


def test_the_words_of_a_claim_taken_down_are_nowhere_in_a_dump(trip):
    gone = trip.story["gone"]
    entries = json.loads(trip.text)
    assert not any([gone.public_id] in entry["fields"].values() for entry in entries)
    assert gone.text not in trip.text


def test_a_stored_copy_travels_without_its_file(trip):
    copy = StoredCopy.objects.get(raw_sha256="ab" * 32)
    assert not copy.file
    assert not copy.warc
    assert copy.text
    assert (copy.warc_sha256, copy.size, copy.page_count) == ("cd" * 32, 2000, 1)
    assert copy.redirects == [{"url": "http://clinic.example/old", "status": 301}]
    assert Note.objects.count() == 0


def test_people_are_made_anew_without_access(trip, django_user_model):
    users = django_user_model.objects.all()
    assert trip.report.users == sorted(user.username for user in users)
    assert not any(user.is_active or user.has_usable_password() for user in users)
