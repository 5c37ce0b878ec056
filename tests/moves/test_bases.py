"""When a claim changes, those that rest on it are told, and nobody else."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, NewInformation
from claims.moves import record_edit, settle
from claims.publishing.rebuild import rebuild
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import (
    NOON,
    bring_to,
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_user,
    move,
    publish_claim,
    release_article,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def basis() -> Claim:
    return make_claim(make_article("released"))


@pytest.fixture
def published(basis: Claim) -> Claim:
    return publish_claim(basis).claim


@pytest.fixture(autouse=True)
def dependent(basis: Claim) -> Claim:
    """A claim, never signed, that rests on the basis; another rests on it in turn."""
    claim = make_claim()
    claim.depends_on.add(basis)
    make_claim().depends_on.add(claim)
    return claim


@pytest.fixture
def editor() -> Any:
    return make_user(EDITORS)


def told() -> list[str]:
    return list(NewInformation.objects.of_bases().values_list("body", flat=True))


def forget() -> None:
    NewInformation.objects.all().delete()


def correct(claim: Claim, status: str = "verified", **fields: Any) -> None:
    """Publish a further finding, with the fields of the claim changed before."""
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save()
    later = make_assessment(fresh_from_database(claim), status=status)
    bring_to(later, "published")


class TestAPublication:
    def test_of_a_first_finding_is_told(self, published, dependent):
        (row,) = NewInformation.objects.all()
        assert (row.claim, row.basis, row.kind) == (
            dependent,
            published,
            "basis_changed",
        )
        assert row.body == "It was published: “Verified”."

    def test_of_another_status_is_told(self, published):
        forget()
        correct(published, "refuted")
        assert told() == ["Its status is “Refuted”; it was “Verified”."]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"text": "Other words."}, "Claim: changed."),
            ({"kind": "figure"}, "Kind: changed."),
            (
                {"superseded_since": datetime.date(2026, 2, 1)},
                "It is no longer current since Feb. 1, 2026.",
            ),
        ],
    )
    def test_of_other_words_is_told(self, published, fields, said):
        forget()
        correct(published, **fields)
        assert told() == [said]

    def test_that_takes_back_that_it_is_out_of_date_is_told(self, published):
        correct(published, superseded_since=datetime.date(2026, 2, 1))
        forget()
        correct(published, superseded_since=None)
        assert told() == ["It is no longer called out of date."]

    def test_of_the_same_part_otherwise_is_told(self, basis):
        publish_claim(basis, "partly-verified")
        forget()
        later = make_assessment(
            fresh_from_database(basis), status="partly-verified", part_that_fails="All."
        )
        Claim.objects.filter(pk=basis.pk).update(version=9)
        later.part_that_holds = "Nothing."
        later.save()
        bring_to(later, "published")
        assert told() == ["Which part of it holds, and which does not, was put anew."]

    def test_that_changes_nothing_others_rest_on_is_not_told(self, published):
        forget()
        correct(published, role="its chair")
        assert told() == []

    def test_is_added_to_what_nobody_settled_yet(self, published):
        correct(published, "refuted")
        (row,) = told()
        assert row.split("\n\n") == [
            "It was published: “Verified”.",
            "Its status is “Refuted”; it was “Verified”.",
        ]

    def test_makes_another_row_once_the_first_is_settled(self, published, editor):
        (row,) = NewInformation.objects.all()
        settle(row, editor, "It holds.")
        correct(published, "refuted")
        assert len(told()) == 2
        assert NewInformation.objects.unsettled().count() == 1


class TestWhatElseBecomesOfIt:
    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("recheck", "It was put under re-check."),
            ("retract", "It was retracted."),
            ("take_down", "It was taken down."),
        ],
    )
    def test_is_told_by_the_move(self, published, editor, name, said):
        forget()
        move(name, published, editor, reason="For a reason.")
        assert told() == [said]

    def test_a_withdrawn_finding_is_told(self, published, editor):
        forget()
        move("withdraw", published.published_assessment, editor, reason="Wrong.")
        assert told() == ["Its finding was withdrawn."]

    def test_a_discarded_claim_is_told_and_its_return_only_added(self, basis, editor):
        move("discard", basis, editor, reason="Said twice.")
        move("restore", basis, editor)
        assert told() == ["It was discarded.\n\nIt was taken up again."]
        forget()
        move("discard", basis, editor, reason="Said twice.")
        forget()
        move("restore", basis, editor)
        assert told() == []

    def test_the_end_of_a_recheck_is_only_added(self, published, editor):
        forget()
        move("recheck", published, editor, reason="A doubt.")
        move("end_recheck", published, editor, reason="It stands.")
        (row,) = told()
        assert row.endswith("The re-check ended: its finding stands.")
        forget()
        move("recheck", published, editor, reason="A doubt.")
        forget()
        move("end_recheck", published, editor, reason="It stands.")
        assert told() == []

    def test_listing_it_is_no_news(self, basis):
        release_article(basis.article, listed={basis: "in-review"})
        assert told() == []


class TestAnEdit:
    @pytest.mark.parametrize("field", ["text", "kind", "said_edtf", "superseded_since"])
    def test_of_the_words_of_an_open_claim_is_told(self, basis, field):
        record_edit(basis, make_user(), [f"claim.{field}", "claim.role"])
        (body,) = told()
        label = Claim._meta.get_field(field).verbose_name
        assert body == f"Changed at the desk: {label}."

    @pytest.mark.parametrize(
        "field", ["claim.role", "claim.source", "citation.quotation", "chain.added"]
    )
    def test_of_what_nobody_rests_on_is_not_told(self, basis, field):
        record_edit(basis, make_user(), [field])
        assert told() == []

    def test_of_a_published_claim_is_told_when_it_is_published_so(self, published):
        forget()
        record_edit(published, make_user(), ["claim.text"])
        assert told() == []

    def test_made_again_is_not_told_twice_in_a_row(self, basis):
        for _save in range(3):
            record_edit(basis, make_user(), ["claim.text"])
        assert told() == ["Changed at the desk: claim."]


class TestWhoIsTold:
    def test_are_those_that_rest_on_it_directly(self, published, dependent):
        assert list(Claim.objects.with_changed_basis()) == [dependent]

    def test_are_theirs_when_these_change_in_turn(self, published, dependent):
        record_edit(dependent, make_user(), ["claim.text"])
        (further,) = dependent.dependents.all()
        assert set(Claim.objects.with_changed_basis()) == {dependent, further}

    def test_is_nobody_who_is_no_longer_worked_on(self, basis, dependent, editor):
        move("discard", dependent, editor, reason="Said twice.")
        forget()
        publish_claim(basis)
        assert told() == []

    def test_is_not_the_queue_of_news_since_sign_off(self, basis):
        signed = publish_claim().claim
        signed.depends_on.add(basis)
        publish_claim(basis)
        assert signed in Claim.objects.with_changed_basis()
        assert not Claim.objects.with_new_information().exists()

    def test_what_follows_is_said_by_a_person(self, published, dependent):
        (row,) = NewInformation.objects.all()
        settle(row, make_user(RESEARCHERS), "It does not matter here.", at=NOON)
        assert not Claim.objects.with_changed_basis().exists()

    def test_no_signature_is_touched_and_readers_see_nothing_of_it(self, basis):
        signed = make_assessment(state="signed_off")
        signed.claim.depends_on.add(basis)
        publish_claim(basis)
        assert fresh_from_database(signed).state == "signed_off"
        assert rebuild(fix=False) == []

    def test_many_cost_no_more_queries_each_than_their_row(self, basis):
        costs = []
        record_edit(basis, make_user(), ["claim.text"])  # the desk finds it from now on
        for _more in range(2):
            forget()
            for _claim in range(3):
                make_claim().depends_on.add(basis)
            with CaptureQueriesContext(connection) as queries:
                record_edit(basis, make_user(), ["claim.text"])
            costs.append(len(queries) - NewInformation.objects.count())
        assert costs[0] == costs[1]
