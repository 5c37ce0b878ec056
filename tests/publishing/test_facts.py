"""What enters the record without a release: machine facts and the methodology."""

import datetime

import pytest

from claims.models import (
    Document,
    Methodology,
    PublishedDocument,
    PublishedMethodology,
    VerificationStatus,
)
from claims.publishing.facts import (
    put_methodologies_in_force,
    put_methodologies_in_force_anew,
    refresh_facts,
    statuses_as_they_are,
)
from claims.publishing.rebuild import rebuild
from tests.factories import DAY, NOON, make_document, publish_claim

TOMORROW = DAY + datetime.timedelta(days=1)


class TestMachineFacts:
    @pytest.fixture
    def document(self, db) -> Document:
        return publish_claim().claim.citations.get().document

    def test_link_state_and_time_reach_the_record_at_once(self, document):
        Document.objects.filter(pk=document.pk).update(
            link_state="dead", link_checked_at=NOON
        )
        assert refresh_facts(Document.objects.filter(pk=document.pk)) == 1
        row = PublishedDocument.objects.get(pk=document.public_id)
        assert (row.link_state, row.link_checked_at) == ("dead", NOON)

    @pytest.mark.parametrize(
        "change", [{"link_state": "ok"}, {"link_checked_at": NOON}], ids=str
    )
    def test_one_of_the_two_is_enough(self, document, change):
        Document.objects.filter(pk=document.pk).update(**change)
        assert refresh_facts(Document.objects.filter(pk=document.pk)) == 1

    def test_nothing_new_is_not_written(self, document):
        rows = Document.objects.filter(pk=document.pk)
        assert refresh_facts(rows) == 0
        rows.update(link_state="ok", link_checked_at=NOON)
        assert refresh_facts(rows) == 1
        assert refresh_facts(rows) == 0

    def test_documents_that_are_not_public_stay_out(self, db):
        make_document(link_state="dead")
        assert refresh_facts(Document.objects.all()) == 0
        assert not PublishedDocument.objects.exists()

    def test_titles_do_not_slip_in_with_them(self, document):
        Document.objects.filter(pk=document.pk).update(title="New", link_state="dead")
        refresh_facts(Document.objects.all())
        assert not PublishedDocument.objects.filter(title="New").exists()
        assert rebuild(fix=False) == []


class TestMethodology:
    @pytest.fixture
    def second(self, db) -> Methodology:
        return Methodology.objects.create(number=2, effective_on=TOMORROW, text="Two.")

    def test_a_version_waits_for_its_day(self, second):
        assert put_methodologies_in_force(DAY) == []
        assert put_methodologies_in_force(TOMORROW) == [2]
        assert put_methodologies_in_force(TOMORROW) == []
        row = PublishedMethodology.objects.get(number=2)
        assert (row.text, row.effective_on) == ("Two.", TOMORROW)

    def test_statuses_are_frozen_on_that_day(self, second):
        put_methodologies_in_force(TOMORROW)
        VerificationStatus.objects.filter(slug="verified").update(label="Correct")
        put_methodologies_in_force(TOMORROW)
        row = PublishedMethodology.objects.get(number=2)
        assert row.status("verified")["label"] == "Verified"
        assert Methodology.objects.get(number=2).statuses == row.statuses
        assert {each["slug"] for each in row.statuses} == set(
            VerificationStatus.objects.values_list("slug", flat=True)
        )

    def test_the_text_in_force_does_not_follow_the_desk(self, second):
        put_methodologies_in_force(TOMORROW)
        Methodology.objects.filter(number=2).update(text="Rewritten.")
        put_methodologies_in_force(TOMORROW)
        assert PublishedMethodology.objects.get(number=2).text == "Two."

    def test_statuses_given_with_a_version_are_kept(self, db):
        given = [{"slug": "verified", "label": "True"}]
        Methodology.objects.create(
            number=2, effective_on=DAY, text="Two.", statuses=given
        )
        put_methodologies_in_force(DAY)
        assert PublishedMethodology.objects.get(number=2).statuses == given

    def test_an_unknown_status_has_a_name_and_nothing_else(self, db):
        found = PublishedMethodology.objects.get(number=1).status("gone")
        assert (found["slug"], found["label"], found["definition"]) == (
            "gone",
            "gone",
            "",
        )

    def test_the_version_in_force_is_the_newest_whose_day_has_come(self, second):
        assert Methodology.objects.in_force(DAY).number == 1
        assert Methodology.objects.in_force(TOMORROW) == second
        assert Methodology.objects.in_force(datetime.date(1900, 1, 1)) is None

    def test_before_anything_is_published_all_can_be_put_in_force_anew(self, second):
        VerificationStatus.objects.filter(slug="verified").update(label="Correct")
        Methodology.objects.update(statuses=[])
        assert put_methodologies_in_force_anew(TOMORROW) == [1, 2]
        row = PublishedMethodology.objects.get(number=1)
        assert row.status("verified")["label"] == "Correct"

    def test_statuses_as_they_are_come_in_the_order_of_the_desk(self, db):
        found = [each["slug"] for each in statuses_as_they_are()]
        assert found[:2] == ["unverified", "in-review"]
