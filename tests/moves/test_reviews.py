"""The next look: set by publishing and by the end of a re-check, told to readers."""

import datetime

import pytest

from claims.models import Claim, Event, PublishedClaim
from claims.moves import MoveRefusedError, ReviewDetails, record_review
from claims.moves.reviews import follow_rule, in_words, next_look
from claims.permissions import editors_of
from claims.publishing.facts import refresh_reviews
from claims.publishing.rebuild import rebuild
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import (
    NOON,
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_user,
    move,
    publish_claim,
)

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
LATER = datetime.date(2026, 5, 1)


def publish(claim: Claim, next_look: str = "", shown: str = "") -> Claim:
    """Publish a claim at noon, with what was typed and shown as its next look."""
    signed = make_assessment(claim, state="signed_off")
    details = ReviewDetails(next_look, shown)
    move("publish", signed, make_user(EDITORS), at=NOON, details=details)
    return fresh_from_database(claim)


def claim_of(kind: str = "figure", **fields) -> Claim:
    return make_claim(make_article("released"), kind=kind, **fields)


def told(claim: Claim) -> datetime.date | None:
    return PublishedClaim.objects.get(pk=claim.public_id).review_on


class TestPublishing:
    @pytest.mark.parametrize(
        ("kind", "day"),
        [("figure", "2026-09-02"), ("state", "2027-03-02"), ("event", "2028-03-02")],
    )
    def test_sets_the_day_by_the_kind_figures_sooner(self, kind, day):
        claim = publish(claim_of(kind))
        assert claim.next_review_on == datetime.date.fromisoformat(day)
        assert claim.review_rule == ""
        assert told(claim) == claim.next_review_on

    def test_some_kinds_are_never_due(self):
        claim = publish(claim_of("definition"))
        assert claim.next_review_on is None
        assert told(claim) is None

    def test_a_kind_the_setting_leaves_out_is_never_due(self, settings):
        settings.TRACKER_REVIEW_AFTER = "event: 1 year"
        assert publish(claim_of()).next_review_on is None

    def test_the_rule_of_the_claim_goes_before_its_kind(self):
        claim = publish(claim_of(review_rule="every 2 weeks"))
        assert claim.next_review_on == datetime.date(2026, 3, 16)

    def test_a_day_that_lies_ahead_goes_before_both(self):
        claim = claim_of(review_rule="every 2 weeks", next_review_on=LATER)
        assert publish(claim).next_review_on == LATER

    @pytest.mark.parametrize("past", [TODAY, datetime.date(2020, 1, 1)])
    def test_a_day_that_has_come_is_replaced(self, past):
        claim = publish(claim_of(next_review_on=past))
        assert claim.next_review_on == datetime.date(2026, 9, 2)

    def test_it_is_counted_from_the_look_not_from_the_as_of_date(self):
        claim = claim_of()
        signed = make_assessment(claim, "signed_off", as_of=datetime.date(2016, 3, 1))
        move("publish", signed, make_user(EDITORS), at=NOON)
        claim.refresh_from_db()
        assert claim.next_review_on == datetime.date(2026, 9, 2)

    def test_setting_it_changes_nothing_that_was_signed(self):
        claim = claim_of()
        signed = make_assessment(claim, "signed_off")
        move("publish", signed, make_user(EDITORS), at=NOON)
        assert PublishedClaim.objects.get(pk=claim.public_id).digest == signed.digest


class TestWhatIsTyped:
    def test_a_day_is_taken_for_this_once(self):
        claim = publish(claim_of(), "2026-05-01", shown="2026-09-02")
        assert (claim.next_review_on, claim.review_rule) == (LATER, "")

    def test_a_rule_is_kept_for_later_looks(self):
        claim = publish(claim_of(next_review_on=LATER), "Quarterly")
        assert claim.next_review_on == datetime.date(2026, 6, 2)
        assert claim.review_rule == "every 3 months"

    def test_never_means_no_further_look(self):
        claim = publish(claim_of(next_review_on=LATER), "never", shown="2026-05-01")
        assert (claim.next_review_on, claim.review_rule) == (None, "never")
        assert told(claim) is None

    @pytest.mark.parametrize("shown", ["2026-09-02", "2026-09-01"])
    def test_left_as_shown_it_is_what_is_usual_by_now(self, shown):
        """A page opened yesterday shows yesterday's day; nobody typed that."""
        claim = publish(claim_of(), shown, shown=shown)
        assert claim.next_review_on == datetime.date(2026, 9, 2)

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("soon", "“soon” cannot be read as a rule"),
            ("2026-03-02", "must lie ahead"),
            ("2026-02-30", "A day is written as 2027-05-28"),
        ],
    )
    def test_what_cannot_be_meant_is_refused_and_nothing_is_published(
        self, typed, said
    ):
        claim = claim_of()
        with pytest.raises(MoveRefusedError, match=said):
            publish(claim, typed)
        claim.refresh_from_db()
        assert claim.next_review_on is None
        assert claim.published_assessment is None

    def test_a_day_that_a_colleague_set_meanwhile_is_not_overwritten(self):
        claim = claim_of(next_review_on=LATER)
        with pytest.raises(MoveRefusedError, match="set to 2026-05-01 meanwhile"):
            publish(claim, "2026-07-01", shown="2026-09-02")
        claim.refresh_from_db()
        assert claim.next_review_on == LATER


class TestTheEndOfARecheck:
    @pytest.fixture
    def claim(self) -> Claim:
        """A published figure, due today and under re-check."""
        claim = publish_claim(claim_of()).claim
        Claim.objects.filter(pk=claim.pk).update(next_review_on=TODAY)
        move("recheck", claim, make_user(EDITORS), reason="It is due.")
        return claim

    def test_that_upholds_the_finding_sets_the_next_look(self, claim):
        editor = make_user(EDITORS)
        move("end_recheck", claim, editor, reason="It stands.", at=NOON)
        claim.refresh_from_db()
        assert claim.next_review_on == told(claim) == datetime.date(2026, 9, 2)

    def test_takes_what_is_typed_too(self, claim):
        move(
            "end_recheck",
            claim,
            make_user(EDITORS),
            reason="It stands.",
            at=NOON,
            details=ReviewDetails("never"),
        )
        claim.refresh_from_db()
        assert (claim.next_review_on, claim.review_rule) == (None, "never")

    def test_by_a_discarded_draft_counts_as_upheld(self, claim):
        draft = make_assessment(fresh_from_database(claim))
        move("discard", draft, draft.author, at=NOON)
        claim.refresh_from_db()
        assert claim.rechecking_since is None
        assert claim.next_review_on == told(claim) == datetime.date(2026, 9, 2)


class TestReaders:
    @pytest.fixture
    def claim(self) -> Claim:
        return publish_claim(claim_of()).claim

    @pytest.mark.parametrize("name", ["retract", "take_down"])
    def test_are_told_of_no_look_at_what_is_gone(self, claim, name):
        move(name, claim, make_user(EDITORS), reason="Wrong.")
        assert told(claim) is None

    def test_are_told_of_no_look_at_a_withdrawn_finding(self, claim):
        move("withdraw", claim.published_assessment, make_user(EDITORS), reason="No.")
        assert told(claim) is None
        assert rebuild(fix=False) == []

    def test_learn_of_a_changed_day_without_a_release(self, claim):
        Claim.objects.filter(pk=claim.pk).update(next_review_on=LATER)
        assert told(claim) != LATER
        refresh_reviews([claim.public_id])
        assert told(claim) == LATER

    def test_get_the_same_from_a_rebuilt_record(self, claim):
        day = told(claim)
        PublishedClaim.objects.filter(pk=claim.public_id).update(text="Forged.")
        assert len(rebuild(fix=True)) == 1
        assert told(claim) == day

    def test_are_told_nothing_of_drafts(self):
        claim = make_claim(next_review_on=LATER)
        refresh_reviews()
        assert not PublishedClaim.objects.filter(pk=claim.public_id).exists()


def test_a_change_at_the_desk_leaves_an_event_that_bars_nobody():
    claim = publish_claim().claim
    planner = make_user(RESEARCHERS)
    Claim.objects.filter(pk=claim.pk).update(next_review_on=LATER)
    record_review(claim, planner, ["next_review_on"], at=NOON)
    event = Event.objects.latest("sequence")
    assert (event.verb, event.actor_id) == ("review_set", str(planner.pk))
    assert event.details == {"fields": ["claim.next_review_on"]}
    assert str(planner.pk) not in editors_of(claim)
    assert told(claim) == LATER


class TestARuleGivenLater:
    @pytest.fixture
    def claim(self) -> Claim:
        claim = publish(claim_of())
        claim.review_rule = "every year"
        return claim

    def test_counts_from_the_publication(self, claim):
        follow_rule(claim)
        assert claim.next_review_on == datetime.date(2027, 3, 2)

    @pytest.mark.parametrize("rule", ["", "soon"])
    def test_changes_nothing_where_there_is_none(self, claim, rule):
        claim.review_rule = rule
        follow_rule(claim)
        assert claim.next_review_on == datetime.date(2026, 9, 2)

    def test_waits_for_the_publication_of_an_open_claim(self):
        claim = make_claim(review_rule="every year")
        follow_rule(claim)
        assert claim.next_review_on is None


def test_why_then_is_said_in_words():
    claim = claim_of()
    assert "every claim of the kind “figure”" in next_look(claim, TODAY).why
    claim.review_rule = "every 2 weeks"
    assert "every 2 weeks" in next_look(claim, TODAY).why
    claim.next_review_on = LATER
    look = next_look(claim, TODAY)
    assert "stands on the claim" in look.why
    assert in_words(look) == "The next look is on May 1, 2026."


def test_a_rule_is_kept_in_one_spelling():
    claim = make_claim()
    claim.review_rule = "Alle 6 Monate"
    claim.full_clean()
    assert claim.review_rule == "every 6 months"
