"""What a signature covers: every covered field, generated from the tuples.

A field added to ``SIGNED_FIELDS`` without a change here fails, and so does a column
that is neither covered nor listed as uncovered.
"""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import models, transaction

from claims.models import (
    Appearance,
    Assessment,
    AttributionLink,
    Citation,
    Claim,
    Event,
    EvidenceSearch,
    Inquiry,
    Methodology,
    Passage,
    Topic,
)
from claims.moves import MoveRefusedError, record_edit, shown_digest
from claims.publishing import releases
from tests.factories import (
    DAY,
    NOON,
    fresh_from_database,
    make_article,
    make_assessment,
    make_citation,
    make_copy,
    make_document,
    make_full_claim,
    make_inquiry,
    make_passage,
    make_source,
    make_topic,
    make_user,
    move,
)
from tests.moves.snapshots import everything

ANOTHER_DAY = datetime.date(2025, 12, 24)
COVERED = (
    Claim,
    Appearance,
    AttributionLink,
    Citation,
    EvidenceSearch,
    Inquiry,
    Assessment,
)

#: For each covered column a change, alone or with what a constraint asks beside it.
CHANGES: dict[type, dict[str, Any]] = {
    Claim: {
        "text": "Another claim.",
        "kind": "figure",
        "voice": "passive",
        "article": make_article,
        "source": make_source,
        "role": "its chair",
        "attribution_check": "altered",
        "attribution_checked_on": ANOTHER_DAY,
        "attribution_citation": None,
        "said_words": "in spring",
        "said_edtf": "2025",
        "said_basis": "a guess",
        "superseded_since": ANOTHER_DAY,
        "superseded_citation": make_citation,
        "topics": make_topic,
    },
    Appearance: {
        "article": make_article,
        "passage": lambda: make_passage(make_copy()),
        "wording": "Other words.",
        "placement": "caption",
        "is_first": False,
    },
    AttributionLink: {
        "position": 7,
        "source": make_source,
        "document": make_document,
        "role": "its chair",
        "attribution_check": "misattributed",
        "attribution_checked_on": ANOTHER_DAY,
        "attribution_citation": None,
    },
    Citation: {
        "position": 70,
        "document": make_document,
        "question": ("truth", {"stance": "context"}),
        "stance": "differs",
        "form": "recording",
        "quotation": "Other words.",
        "language": "ar",
        "locator_kind": "section",
        "locator": "13",
        "value": "5,000",
        "working": "2 + 2 = 4",
        "description": "A map.",
        "observed_on": ANOTHER_DAY,
        "inquiry": make_inquiry,
        "passage": lambda: make_passage(make_copy()),
        "origin": "AP report of 3 March 2016",
    },
    EvidenceSearch: {
        "question": "attribution",
        "looked_in": "Elsewhere",
        "looked_for": "something else",
        "searched_on": ANOTHER_DAY,
        "result": "One mention.",
    },
    Inquiry: {
        "addressee": "author",
        "addressed_to": "A. Writer",
        "channel": "telephone",
        "question": "Why?",
        "asked_on": ANOTHER_DAY,
        "deadline_on": ANOTHER_DAY,
        "answered_on": ANOTHER_DAY,
        "answer": "Because.",
        "outcome": "fixed",
    },
    Assessment: {
        "number": 9,
        "status": "refuted",
        "summary": "Another summary.",
        "rationale": "Another rationale.",
        "as_of": ANOTHER_DAY,
        "methodology": 2,
        "part_that_holds": "One part.",
        "part_that_fails": "Another part.",
        "attribution_reason": "The tape is lost.",
        "independence_reason": "It is about the document.",
        "correction_kind": "typo",
        "notice": "We erred.",
        "asked_by": ("Ada Quill", {"correction_kind": "fact"}),
    },
}
#: What no signature covers: planning, notes, machine facts, what follows from others.
UNCOVERED: dict[type, dict[str, Any]] = {
    Claim: {
        "version": 8,
        "state": "discarded",
        "status": "in-review",
        "priority": 4,
        "assignee": make_user,
        "due_on": ANOTHER_DAY,
        "next_review_on": ANOTHER_DAY,
        "review_rule": "every 6 months",
        "suggested_wording": "It counted 4,900 people.",
        "is_held_back": True,
        "is_changed": False,
        "said_in_doubt": True,
        "rechecking_since": NOON,
        "attribution_checked_by": make_user,
        "said_from": ANOTHER_DAY,
        "said_to": ANOTHER_DAY,
    },
    Appearance: {},
    AttributionLink: {"attribution_checked_by": make_user},
    Citation: {"version": 8, "desk_note": "Look again."},
    EvidenceSearch: {"searched_by": make_user},
    Inquiry: {"contact": "press@council.example"},
    Assessment: {
        "version": 8,
        "state": "published",
        "author": make_user,
        "signer": make_user,
        "signed_alone": True,
        "created_at": NOON,
        "submitted_at": NOON,
        "signed_at": NOON,
        "published_at": NOON,
        "ended_at": NOON,
        "return_reason": "Not yet.",
        "withdrawal_reason": "Not so.",
        "signed_content": "{}",
        "digest": "0" * 64,
    },
}
KEYS = {"id", "public_id", "claim"}


@pytest.fixture
def signed(db) -> Assessment:
    Methodology.objects.create(number=2, effective_on=DAY, text="Second.")
    claim = make_full_claim(make_article("released"))
    return fresh_from_database(make_assessment(claim, state="signed_off"))


def part_of(signed: Assessment, model: type) -> Any:
    """Return the assessment's row of this model: the first, where there are more."""
    if model is Assessment:
        return signed
    if model is Claim:
        return signed.claim
    return model.objects.filter(claim=signed.claim).order_by("pk").first()


def change(row: Any, field: str, value: Any) -> None:
    """Write one field behind every door; no event, no version, no save()."""
    beside: dict[str, Any] = {}
    if isinstance(value, tuple):
        value, beside = value
    if callable(value):
        value = value()
    if isinstance(value, Topic):
        getattr(row, field).add(value)
        return
    rows = type(row).objects.filter(pk=row.pk)
    assert rows.update(**{field: value}, **beside) == 1


@pytest.mark.parametrize("model", COVERED)
def test_every_covered_field_has_a_change_here(model):
    assert sorted(CHANGES[model]) == sorted(model.SIGNED_FIELDS)


@pytest.mark.parametrize("model", COVERED)
def test_every_column_is_covered_or_listed_as_not_covered(model):
    columns = {field.name for field in model._meta.concrete_fields}
    columns |= {field.name for field in model._meta.many_to_many} - {"depends_on"}
    assert columns == {*model.SIGNED_FIELDS, *UNCOVERED[model], *KEYS & columns}


@pytest.mark.parametrize("model", COVERED)
class TestEachCoveredField:
    def test_an_edit_voids_the_sign_off(self, signed, model):
        editor = make_user()
        for field in model.SIGNED_FIELDS:
            with transaction.atomic():
                change(part_of(signed, model), field, CHANGES[model][field])
                record_edit(signed.claim, editor, [f"{model._meta.model_name}.{field}"])
                assert_voided(signed, editor, field)
                transaction.set_rollback(True)

    def test_a_change_behind_the_door_is_not_published(self, signed, model):
        """No event was left; the digest alone finds it."""
        digest, editor = shown_digest(signed), make_user("Editors")
        for field in model.SIGNED_FIELDS:
            with transaction.atomic():
                change(part_of(signed, model), field, CHANGES[model][field])
                assert shown_digest(fresh_from_database(signed)) != digest, field
                refuse_to_publish(signed, editor, field)
                transaction.set_rollback(True)


def assert_voided(signed: Assessment, editor: User, field: str) -> None:
    found = fresh_from_database(signed)
    assert found.state == "submitted", field
    assert (found.signer, found.signed_at) == (None, None)
    assert (found.signed_content, found.digest) == ("", "")
    event = Event.objects.order_by("sequence").last()
    assert (event.verb, event.actor_id) == ("voided", str(editor.pk))
    assert event.details == {
        "assessment": signed.public_id,
        "digest": signed.digest,
    }


def refuse_to_publish(signed: Assessment, editor: User, field: str) -> None:
    before = everything()
    with pytest.raises(MoveRefusedError) as refusal:
        move("publish", signed, editor)
    first = {"article": "Release the article", "asked_by": "permits the name"}
    wanted = first.get(field, "not what was signed")
    assert wanted in refusal.value.reasons[0] or "not what was signed" in str(
        refusal.value
    )
    assert everything() == before


@pytest.mark.parametrize("model", COVERED)
def test_uncovered_columns_change_no_digest(signed, model):
    digest = shown_digest(signed)
    for field, value in UNCOVERED[model].items():
        with transaction.atomic():
            change(part_of(signed, model), field, value)
            assert shown_digest(fresh_from_database(signed)) == digest, field
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    "model", [each for each in COVERED if each.__name__ not in ("Claim", "Assessment")]
)
@pytest.mark.parametrize("act", ["added", "removed"])
def test_a_part_added_or_removed_voids_the_sign_off(signed, model, act):
    row = model.objects.filter(claim=signed.claim).order_by("pk").last()
    if act == "removed":
        Citation.objects.filter(inquiry__claim=signed.claim).update(inquiry=None)
        refresh_signature(signed)
        Claim.objects.update(attribution_citation=None)
        row.delete()
    else:
        copy_of(row).save()
    record_edit(signed.claim, make_user(), [f"{model._meta.model_name}.{act}"])
    assert fresh_from_database(signed).state == "submitted"


def refresh_signature(signed: Assessment) -> None:
    """Sign the content as it stands now, behind the door."""
    text, digest = releases.contents.sealed(
        releases.contents.claim_content(
            Claim.objects.get(pk=signed.claim_id), fresh_from_database(signed)
        )
    )
    Assessment.objects.filter(pk=signed.pk).update(signed_content=text, digest=digest)


def copy_of(row: models.Model) -> models.Model:
    """Return the row once more, under another id, where a second one may stand."""
    row.pk, row.public_id, row._state.adding = None, "0123456789", True
    for field, value in [("is_first", False), ("passage", None), ("position", 99)]:
        if hasattr(row, field):
            setattr(row, field, value)
    return row


def test_a_passage_moved_behind_the_door_changes_the_digest(signed):
    """Passages are never changed; were one, the signature would not hold."""
    digest = shown_digest(signed)
    passage = Passage.objects.filter(appearances__claim=signed.claim).first()
    others = {
        "stored_copy": make_copy().pk,
        "start": 1,
        "end": 2,
        "exact": "Others.",
        "prefix": "x",
        "suffix": "y",
    }
    assert set(others) == set(Passage.SIGNED_FIELDS)
    for field, value in others.items():
        with transaction.atomic():
            models.QuerySet(Passage).filter(pk=passage.pk).update(**{field: value})
            assert shown_digest(fresh_from_database(signed)) != digest, field
            transaction.set_rollback(True)


def test_an_inquiry_only_prepared_is_not_part_of_the_content(signed):
    digest = shown_digest(signed)
    make_inquiry(signed.claim, asked_on=None)
    assert shown_digest(fresh_from_database(signed)) == digest


def test_an_edit_that_changes_nothing_signed_leaves_the_signature(signed):
    """A field put back before the save, or a prepared inquiry: content decides."""
    record_edit(signed.claim, make_user(), ["claim.text", "inquiry.question"])
    assert fresh_from_database(signed).state == "signed_off"


def test_signed_text_changed_behind_the_door_is_not_published(signed):
    """The digest column alone proves nothing: the text is what readers would get."""
    forged = signed.signed_content.replace("holds", "fails")
    assert forged != signed.signed_content
    Assessment.objects.filter(pk=signed.pk).update(signed_content=forged)
    with pytest.raises(MoveRefusedError, match="not what was signed"):
        move("publish", signed, make_user("Editors"))
