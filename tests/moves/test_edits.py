"""The trace of a desk save: which fields leave an event, and what follows."""

import pytest
from django.apps import apps

from claims.models import Claim, Event
from claims.moves import record_edit
from claims.moves.edits import COVERED_FIELDS, is_covered
from tests.factories import (
    NOON,
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_document,
    make_source,
    make_user,
    publish_claim,
    release_article,
)


@pytest.mark.parametrize(
    ("field", "covered"),
    [
        ("claim.text", True),
        ("claim.topics", True),
        ("citation.quotation", True),
        ("citation.added", True),
        ("inquiry.removed", True),
        ("assessment.summary", True),
        ("source.name", True),
        ("source.is_protected", True),
        ("source.public_label", True),
        ("document.title", True),
        ("contribution.added", True),
        ("storedcopy.added", True),
        ("article.is_demo", True),
        ("claim.priority", False),
        ("claim.assignee", False),
        ("claim.due_on", False),
        ("citation.desk_note", False),
        ("inquiry.contact", False),
        ("document.link_state", False),
        ("source.protection_reason", False),
        ("article.editor", False),
        ("note.added", False),
        ("note.body", False),
        ("quotecheck.added", False),
        ("nothing.text", False),
        ("claim", False),
        ("text", False),
        ("", False),
    ],
)
def test_signed_and_public_fields_are_covered(field, covered):
    assert is_covered(field) is covered


def test_every_covered_name_is_a_field_of_its_model():
    for name, fields in COVERED_FIELDS.items():
        model = apps.get_model("claims", name)
        for field in fields:
            model._meta.get_field(field)


@pytest.mark.parametrize("make", [make_claim, make_source, make_document, make_article])
def test_the_event_names_fields_in_order_and_once(db, make):
    row, user = make(), make_user(username="ada")
    name = type(row)._meta.model_name
    field = sorted(COVERED_FIELDS[name])[0]
    assert record_edit(row, user, [f"{name}.{field}"] * 2 + [f"{name}.added"], at=NOON)
    event = Event.objects.get()
    assert (event.verb, event.subject_type, event.at) == ("edited", name, NOON)
    assert (event.actor_name, event.subject_id) == ("ada", row.public_id)
    assert event.details == {"fields": sorted({f"{name}.{field}", f"{name}.added"})}


def test_making_a_row_leaves_an_event_in_any_case(db):
    assert record_edit(make_claim(), make_user(), [], verb="created")
    assert Event.objects.get().details == {"fields": []}


def test_a_command_can_edit_too(db):
    record_edit(make_claim(), "link watch", ["claim.text"])
    event = Event.objects.get()
    assert (event.actor_id, event.actor_name) == ("", "link watch")


def test_no_text_of_a_field_is_in_an_event(db):
    claim = make_claim(text="canary")
    record_edit(claim, make_user(), ["claim.text"])
    assert "canary" not in Event.objects.get().body


class TestChangedSinceRelease:
    def test_a_new_claim_of_a_released_article_waits(self, db):
        claim = make_claim(make_article("released"), by=make_user())
        assert list(Claim.objects.changed_since_release()) == [claim]

    def test_an_edit_undone_is_no_change(self, db):
        claim, user = make_claim(), make_user()
        release_article(claim.article)
        for text in ("Reworded.", claim.text):
            Claim.objects.filter(pk=claim.pk).update(text=text)
            record_edit(claim, user, ["claim.text"])
        assert not fresh_from_database(claim).is_changed

    def test_a_published_claim_edited_since_waits(self, db):
        claim = publish_claim().claim
        Claim.objects.filter(pk=claim.pk).update(text="Reworded.")
        record_edit(claim, make_user(), ["claim.text"])
        assert fresh_from_database(claim).is_changed

    def test_a_claim_of_an_open_article_does_not_wait(self, db):
        make_claim(by=make_user())
        assert not Claim.objects.changed_since_release().exists()


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "published"])
def test_only_a_sign_off_is_voided(db, state):
    assessment = make_assessment(state=state)
    Claim.objects.update(text="Reworded.")
    record_edit(assessment.claim, make_user(), ["claim.text"])
    assert fresh_from_database(assessment).state == state
    assert not Event.objects.filter(verb="voided").exists()


def test_a_voided_assessment_is_signed_anew(db):
    assessment = make_assessment(state="signed_off")
    Claim.objects.update(text="Reworded.")
    record_edit(assessment.claim, make_user(), ["claim.text"])
    voided = fresh_from_database(assessment)
    assert voided.version == assessment.version + 1
    assert voided.history.first().state == "submitted"
