"""Four eyes: whoever wrote or edited neither signs nor publishes, by any path."""

import pytest
from django.db import transaction

from claims.models import Assessment, Claim, PublishedClaim, Release
from claims.models.events import Actor, append_event
from claims.moves import MoveForbiddenError, record_edit, shown_digest
from claims.moves.edits import COVERED_FIELDS
from claims.permissions import editors_of, four_eyes_refusal
from claims.workflow.roles import EDITORS
from tests.factories import (
    NOON,
    bring_to,
    make_article,
    make_assessment,
    make_claim,
    make_user,
    move,
    publish_claim,
    release_article,
)

CLAIM_PARTS = (
    "claim",
    "appearance",
    "attributionlink",
    "citation",
    "evidencesearch",
    "inquiry",
    "assessment",
)
PATHS = [
    f"{model}.{field}"
    for model in CLAIM_PARTS
    for field in (*sorted(COVERED_FIELDS[model]), "added", "removed")
]


def assert_barred(assessment: Assessment, user: object, **options: object) -> None:
    """Neither signing nor publishing, whichever the assessment waits for."""
    name = {"submitted": "sign_off", "signed_off": "publish"}[assessment.state]
    with pytest.raises(MoveForbiddenError, match="somebody else must take this step"):
        move(name, assessment, user, **options)
    assessment.refresh_from_db()
    assert assessment.state in ("submitted", "signed_off")


@pytest.mark.parametrize("state", ["submitted", "signed_off"])
def test_an_edit_of_any_covered_field_bars(db, state):
    assessment = make_assessment(make_claim(make_article("released")), state=state)
    seen = shown_digest(assessment)
    assert len(PATHS) > 60
    for path in PATHS:
        with transaction.atomic():
            editor = make_user(EDITORS)
            assert record_edit(assessment.claim, editor, [path]), path
            assert_barred(assessment, editor, seen=seen)
            transaction.set_rollback(True)


@pytest.mark.parametrize("group", [EDITORS, None], ids=["editor", "superuser"])
@pytest.mark.parametrize("state", ["submitted", "signed_off"])
class TestEveryWayOfTakingPart:
    @pytest.fixture
    def assessment(self, db, state):
        return make_assessment(make_claim(make_article("released")), state=state)

    @pytest.fixture
    def user(self, db, group):
        return make_user(group, is_superuser=group is None)

    def test_making_the_claim(self, assessment, user):
        record_edit(assessment.claim, user, ["claim.text"], verb="created")
        assert_barred(assessment, user)

    def test_writing_the_assessment_even_without_an_event(self, assessment, user):
        Assessment.objects.filter(pk=assessment.pk).update(author=user)
        with pytest.raises(MoveForbiddenError, match="You wrote this assessment"):
            move(
                {"submitted": "sign_off"}.get(assessment.state, "publish"),
                assessment,
                user,
            )

    def test_loading_it_from_a_file(self, assessment, user):
        loaded(assessment.claim, Actor.of(user))
        assert_barred(assessment, user)

    def test_being_named_as_author_in_a_file_that_another_loaded(
        self, assessment, user
    ):
        other = make_user(EDITORS)
        loaded(assessment.claim, Actor.of(other), authors=[str(user.pk)])
        assert_barred(assessment, user)
        assert_barred(assessment, other)

    def test_editing_long_ago_behind_many_edits_of_others(self, assessment, user):
        record_edit(assessment.claim, user, ["claim.role"])
        for _ in range(3):
            record_edit(assessment.claim, make_user(EDITORS), ["claim.role"])
        assert_barred(assessment, user)

    def test_a_file_loaded_by_a_command_bars_nobody_else(self, assessment, user):
        loaded(assessment.claim, Actor("", "loaddata"))
        assert four_eyes_refusal(user, assessment.claim, assessment.author_id) == ""

    def test_notes_and_machine_events_bar_nobody(self, assessment, user):
        with transaction.atomic():
            claim_id = assessment.claim.public_id
            append_event("voided", "claim", claim_id, Actor.of(user), NOON)
        assert four_eyes_refusal(user, assessment.claim) == ""

    def test_edits_of_another_claim_bar_nobody(self, assessment, user):
        record_edit(make_claim(assessment.claim.article), user, ["claim.text"])
        assert four_eyes_refusal(user, assessment.claim) == ""


def loaded(claim: Claim, actor: Actor, **details: object) -> None:
    with transaction.atomic():
        append_event("loaded", "claim", claim.public_id, actor, NOON, details)


def test_uncovered_fields_leave_no_event_and_bar_nobody(db):
    claim, editor = make_claim(), make_user(EDITORS)
    uncovered = ["claim.priority", "claim.assignee", "citation.desk_note", "note.added"]
    assert not record_edit(claim, editor, uncovered)
    assert editors_of(claim) == set()


def test_the_signer_may_publish(db):
    editor = make_user(EDITORS)
    assessment = make_assessment(state="signed_off", editor=editor)
    release_article(assessment.claim.article, listed=[])
    assert move("publish", assessment, editor).state == "published"


def test_after_a_publication_earlier_edits_no_longer_bar(db):
    editor = make_user(EDITORS)
    claim = make_claim(by=editor)
    assert editors_of(claim) == {str(editor.pk)}
    publish_claim(claim)
    assert editors_of(claim) == set()

    correction = make_assessment(claim, state="submitted", status="verified")
    assert move("sign_off", correction, editor).signer == editor


def test_edits_after_the_publication_bar_again(db):
    editor = make_user(EDITORS)
    claim = publish_claim().claim
    correction = make_assessment(claim, state="submitted")
    record_edit(claim, editor, ["citation.added"])
    assert_barred(correction, editor)


@pytest.mark.parametrize("name", ["withdraw", "recheck"])
def test_withdrawing_or_rechecking_does_not_forgive_edits(db, name):
    editor = make_user(EDITORS)
    assessment = publish_claim()
    record_edit(assessment.claim, editor, ["claim.text"])
    subject = assessment if name == "withdraw" else assessment.claim
    move(name, subject, make_user(EDITORS), reason="In doubt.")
    assert editors_of(assessment.claim) == {str(editor.pk)}


@pytest.mark.parametrize("name", ["withdraw", "retract", "take_down"])
def test_leaving_the_record_needs_no_second_person(db, name):
    editor = make_user(EDITORS)
    assessment = publish_claim()
    record_edit(assessment.claim, editor, ["claim.text"])
    subject = assessment if name == "withdraw" else assessment.claim
    assert move(name, subject, editor, reason="It was wrong.").state != "published"


class TestListing:
    """An open claim is listed by somebody who has not edited it since it was shown."""

    def test_whoever_made_a_claim_cannot_list_it(self, db):
        editor = make_user(EDITORS)
        claim = make_claim(by=editor)
        with pytest.raises(MoveForbiddenError) as refusal:
            release_article(claim.article, editor)
        assert refusal.value.reasons[0].startswith(f"{claim}: You edited this claim")
        assert not Release.objects.exists()

    def test_an_earlier_listing_counts_for_listing(self, db):
        editor = make_user(EDITORS)
        claim = make_claim(by=editor)
        article = release_article(claim.article)
        assert release_article(article, editor, listed=[claim]).state == "released"

    def test_an_earlier_listing_does_not_count_for_signing(self, db):
        editor = make_user(EDITORS)
        claim = make_claim(by=editor)
        release_article(claim.article)
        assert_barred(make_assessment(claim, state="submitted"), editor)

    def test_the_article_itself_can_be_released_by_whoever_edited_it(self, db):
        editor = make_user(EDITORS)
        article = make_article()
        record_edit(article, editor, ["article.display"])
        assert release_article(article, editor).state == "released"


class TestDeskOfOnePerson:
    """``TRACKER_FOUR_EYES=off``: one person does it all, and the record says so."""

    @pytest.fixture
    def alone(self, db, settings):
        settings.TRACKER_FOUR_EYES = False
        return make_user(EDITORS)

    def test_one_person_writes_signs_and_publishes(self, alone):
        claim = make_claim(by=alone)
        release_article(claim.article, alone)
        assessment = make_assessment(claim, author=alone)
        published = bring_to(assessment, "published", alone)

        assert (published.author, published.signer) == (alone, alone)
        assert published.signed_alone
        assert not PublishedClaim.objects.get().is_second_person
        assert not Release.objects.filter(second_person=True).exists()

    def test_two_people_are_still_recorded_as_two(self, alone):
        assert not make_assessment(state="signed_off", editor=alone).signed_alone

    def test_permissions_still_hold(self, alone):
        observer = make_user("Observers")
        with pytest.raises(MoveForbiddenError):
            move("sign_off", make_assessment(state="submitted"), observer)

    def test_switched_on_again_the_author_is_barred_again(self, alone, settings):
        claim = make_claim(make_article("released"))
        assessment = make_assessment(claim, author=alone)
        assessment = bring_to(assessment, "signed_off", alone)
        settings.TRACKER_FOUR_EYES = True
        assert_barred(assessment, alone)


def test_with_four_eyes_the_record_says_so(db):
    publish_claim()
    assert PublishedClaim.objects.get().is_second_person
    assert not Release.objects.filter(second_person=False).exists()
