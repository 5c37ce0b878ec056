"""Dates counted from an article's date: put in doubt with it, taken anew or kept."""

import datetime
from typing import Any

import pytest

from claims.jobs.dates import (
    DatesError,
    Decision,
    decide_dates,
    dependent_dates,
    doubt_dates,
)
from claims.models import Article, Claim, Document, Event
from claims.workflow.desk_words import DateChoice
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import (
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_document,
    make_user,
    move,
    publish_claim,
    release_article,
)

pytestmark = pytest.mark.django_db

MARCH, APRIL = "2026-03~", "2026-04"


def dated(article: Article, words: str = "last month", edtf: str = "2026-02~") -> Claim:
    return make_claim(
        article, said_words=words, said_edtf=edtf, said_basis="counted" if edtf else ""
    )


def correct(article: Article, edtf: str, actor: Any = "somebody") -> int:
    """Correct the article's date as a save of its document does."""
    document = Document.objects.get(pk=article.document_id)
    before, document.published_edtf = document.published_edtf, edtf
    document.save()
    return doubt_dates(document, before, actor)


def in_doubt(claim: Claim) -> bool:
    return bool(fresh_from_database(claim).said_in_doubt)


def decide(claim: Claim, choice: str, actor: Any, **seen: Any) -> int:
    article = Article.objects.get(pk=claim.article_id)
    row = fresh_from_database(claim)
    decision = Decision(
        claim.public_id, seen.get("version", row.version), DateChoice(choice)
    )
    return decide_dates(article, seen.get("date", APRIL), [decision], actor)


# Which dates depend


@pytest.mark.parametrize(
    ("words", "edtf", "depends"),
    [
        ("last month", "2026-02~", True),
        ("Thursday", "2026-02-27/2026-03-31", True),
        ("last month", "", True),
        ("earlier this year", "2026-01-01~/2026-03-31~", True),
        ("last year", "2025~", True),  # the doubt about March is gone
        ("10 March 2026", "2026-03-10", False),
        ("since 2011", "2011~/2026-03~", True),
        ("between 2011 and 2014", "2011/2014", False),
        ("in a speech", "2026-02", False),
        ("", "2026-02", False),
    ],
)
def test_a_date_depends_when_its_words_mean_something_else_now(words, edtf, depends):
    article = make_article()
    claim = dated(article, words, edtf)
    assert correct(article, APRIL) == depends
    assert in_doubt(claim) is depends


def test_words_that_mean_the_same_by_a_more_exact_date_depend_on_nothing():
    article = make_article()
    Document.objects.filter(pk=article.document_id).update(published_edtf="2026-03")
    claim = dated(article, edtf="2026-02")
    assert correct(article, "2026-03-12") == 0
    assert not in_doubt(claim)
    assert not Event.objects.filter(verb="dates_doubted").exists()


def test_an_article_dated_for_the_first_time_dates_its_claims():
    article = make_article()
    Document.objects.filter(pk=article.document_id).update(published_edtf="")
    claim, fixed = dated(article, edtf=""), dated(article, "10 March 2026", "")
    assert correct(article, APRIL) == 1
    assert in_doubt(claim)
    assert not in_doubt(fixed)


def test_a_date_taken_away_leaves_its_claims_in_doubt():
    article = make_article()
    claim, undated = dated(article), dated(article, edtf="")
    assert correct(article, "") == 1
    assert in_doubt(claim)
    assert not in_doubt(undated)
    (row,) = dependent_dates(fresh_from_database(article))
    assert row.now is None


def test_only_claims_of_that_article_are_marked():
    article, other = make_article(), make_article()
    elsewhere = dated(other)
    assert correct(article, APRIL) == 0
    assert not in_doubt(elsewhere)


def test_a_document_that_is_no_article_dates_no_claim():
    document = make_document(published_edtf="2026-03", published_basis="cover")
    assert doubt_dates(document, "2026-02", "somebody") == 0


def test_a_discarded_claim_is_in_doubt_once_it_is_taken_up_again():
    article, editor = make_article(), make_user(EDITORS)
    claim = dated(article)
    move("discard", claim, editor, reason="Twice.")
    assert correct(article, APRIL) == 0
    assert not Claim.objects.dates_in_doubt().exists()
    move("restore", claim, editor)
    assert Claim.objects.dates_in_doubt().get() == claim


# What marking leaves, and what it does not


def test_marking_leaves_one_event_on_the_article_and_nothing_else():
    article, user = make_article(), make_user(RESEARCHERS)
    claims = [dated(article), dated(article)]
    signed = make_assessment(claims[0], state="signed_off")
    before = [(claim.history.count(), claim.version) for claim in claims]
    events = Event.objects.count()

    assert correct(article, APRIL, user) == 2

    event = Event.objects.latest("sequence")
    assert Event.objects.count() == events + 1
    assert (event.verb, event.subject_id) == ("dates_doubted", article.public_id)
    assert event.details == {"claims": 2, "settled": 0}
    assert event.actor_id == str(user.pk)
    after = [(row.history.count(), fresh_from_database(row).version) for row in claims]
    assert after == before
    assert fresh_from_database(signed).state == "signed_off"


def test_the_date_corrected_back_settles_what_it_had_put_in_doubt():
    article = make_article()
    claim = dated(article)
    correct(article, APRIL)
    assert correct(article, MARCH) == 0
    assert not in_doubt(claim)
    event = Event.objects.latest("sequence")
    assert event.details == {"claims": 0, "settled": 1}


def test_a_third_date_leaves_the_doubt_there():
    article = make_article()
    claim = dated(article)
    correct(article, APRIL)
    assert correct(article, "2026-05") == 1
    assert in_doubt(claim)


# Deciding


def test_taking_the_new_date_is_an_edit():
    article, user = make_article(), make_user(RESEARCHERS)
    claim = dated(article)
    correct(article, APRIL)

    assert decide(claim, "take", user) == 1

    row = fresh_from_database(claim)
    assert (row.said_edtf, row.said_in_doubt) == ("2026-03", False)
    assert row.said_basis == "counted from the article's date, April 2026"
    assert (row.said_from, row.said_to) == (
        datetime.date(2026, 3, 1),
        datetime.date(2026, 3, 31),
    )
    assert row.version == claim.version + 1
    assert row.history.latest().history_user == user
    event = Event.objects.of("claim", claim.public_id).get(verb="edited")
    assert event.details["fields"] == ["claim.said_basis", "claim.said_edtf"]


def test_keeping_the_date_leaves_it_as_it_stands():
    article, user = make_article(), make_user(RESEARCHERS)
    claim = dated(article)
    correct(article, APRIL)
    histories = claim.history.count()

    assert decide(claim, "keep", user) == 0

    row = fresh_from_database(claim)
    assert (row.said_edtf, row.said_basis) == ("2026-02~", "counted")
    assert (row.said_in_doubt, row.version) == (False, claim.version)
    assert claim.history.count() == histories
    event = Event.objects.of("claim", claim.public_id).get()
    assert (event.verb, event.actor_id) == ("date_kept", str(user.pk))


def test_taking_when_nothing_can_be_counted_leaves_the_claim_undated():
    article = make_article()
    claim = dated(article)
    correct(article, "")
    decide(claim, "take", make_user(RESEARCHERS), date="")
    row = fresh_from_database(claim)
    assert (row.said_edtf, row.said_basis, row.said_from) == ("", "", None)


def test_a_new_date_voids_a_sign_off_and_a_kept_one_does_not():
    article, user = make_article(), make_user(RESEARCHERS)
    taken, kept = dated(article), dated(article)
    signed = [make_assessment(claim, state="signed_off") for claim in (taken, kept)]
    correct(article, APRIL)
    decide(taken, "take", user)
    decide(kept, "keep", user)
    states = [fresh_from_database(row).state for row in signed]
    assert states == ["submitted", "signed_off"]


def test_a_new_date_of_a_published_claim_waits_to_be_shown():
    article = make_article()
    claim = dated(article)
    publish_claim(claim)
    correct(article, APRIL)
    assert not fresh_from_database(claim).is_changed
    decide(claim, "take", make_user(RESEARCHERS))
    assert list(Claim.objects.changed_since_release()) == [claim]


@pytest.mark.parametrize(
    ("seen", "sentence"),
    [
        ({"date": MARCH}, "The article's date changed again"),
        ({"version": 7}, "“Claim number"),
    ],
)
def test_what_changed_meanwhile_is_refused_and_nothing_is_done(seen, sentence):
    article = make_article()
    claim = dated(article)
    correct(article, APRIL)
    events = Event.objects.count()
    with pytest.raises(DatesError, match=sentence):
        decide(claim, "take", make_user(RESEARCHERS), **seen)
    assert in_doubt(claim)
    assert fresh_from_database(claim).said_edtf == "2026-02~"
    assert Event.objects.count() == events


def test_one_stale_claim_stops_all_of_them():
    article, user = make_article(), make_user(RESEARCHERS)
    good, stale = dated(article), dated(article)
    correct(article, APRIL)
    decide(stale, "keep", user)
    decisions = [
        Decision(row.public_id, row.version, DateChoice.TAKE) for row in (good, stale)
    ]
    with pytest.raises(DatesError, match="Nothing was done"):
        decide_dates(fresh_from_database(article), APRIL, decisions, user)
    assert in_doubt(good)


def test_a_claim_of_another_article_is_refused():
    article = make_article()
    correct(article, APRIL)
    claim = make_claim(said_words="last month", said_in_doubt=True)
    decision = Decision(claim.public_id, claim.version, DateChoice.KEEP)
    with pytest.raises(DatesError, match="Nothing was done"):
        decide_dates(fresh_from_database(article), APRIL, [decision], "somebody")
    assert in_doubt(claim)


def test_no_decision_at_all_is_refused():
    article = make_article()
    with pytest.raises(DatesError, match="No date was decided"):
        decide_dates(article, MARCH, [], make_user(RESEARCHERS))


def test_a_listed_claim_with_a_kept_date_is_as_readers_know_it():
    article = make_article()
    claim = dated(article)
    release_article(article)
    correct(article, APRIL)
    decide(claim, "keep", make_user(RESEARCHERS))
    assert not fresh_from_database(claim).is_changed
