"""Every index stays in step with the rows, through whichever door a change comes."""

import pytest
from django.db import connection, transaction

from claims import search
from claims.models import Claim, PublishedClaim, PublishedDocument, PublishedNotice
from claims.moves import record_edit
from claims.publishing.rebuild import rebuild as rebuild_record
from claims.search import (
    ARTICLES,
    CORRECTIONS,
    DESK,
    DOCUMENTS,
    INDEXES,
    SOURCES,
    find,
    find_at_desk,
    out_of_step,
    write_entries,
)
from claims.search.entries import Entry
from claims.search.subjects import SUBJECTS
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_out_of_step(db):
    """Whatever a test does through a door, each index says the same as the rows."""
    yield
    for index in INDEXES:
        assert not out_of_step(index, every=True)


@pytest.fixture
def claim():
    author = factories.make_user(RESEARCHERS)
    return factories.make_claim(text="The harbour froze.", by=author)


def edit(subject, *fields, **values):
    for name, value in values.items():
        setattr(subject, name, value)
    subject.save()
    record_edit(subject, factories.make_user(RESEARCHERS), fields)


def test_a_claim_is_found_at_the_desk_once_it_is_made_and_by_nobody_else(claim):
    assert find_at_desk("harbour").public_ids() == [claim.public_id]
    assert find_at_desk(claim.public_id).public_ids() == [claim.public_id]
    assert not find("harbour").keys


def test_an_edit_changes_what_the_desk_finds(claim):
    edit(claim, "claim.text", text="The quay froze.")
    assert find_at_desk("quay").keys
    assert not find_at_desk("harbour").keys


def test_what_is_not_signed_is_found_too(claim):
    factories.make_note(claim, body="Ask the lighthouse keeper.")
    record_edit(claim, factories.make_user(RESEARCHERS), ["note.added"])
    edit(claim, "claim.suggested_wording", suggested_wording="Iced over.")
    assert find_at_desk("lighthouse -quay iced").public_ids() == [claim.public_id]


def test_a_source_that_is_renamed_is_found_by_its_new_name(claim):
    edit(claim.source, "source.name", "source.aliases", name="Ana Sá", aliases=["أنا"])
    assert find_at_desk("ana sa انا").public_ids() == [claim.public_id]
    edit(claim.source, "source.name", name="Bea")
    assert not find_at_desk('"ana sa"').keys


def test_a_document_that_is_retitled_leads_to_its_claims(claim):
    document = claim.article.document
    edit(document, "document.title", title="Winter at the coast")
    assert find_at_desk("winter coast").public_ids() == [claim.public_id]


def test_readers_find_a_claim_once_it_is_published(claim):
    assessment = factories.publish_claim(claim, rationale="A diver looked.")
    found = find(f'harbour diver "{assessment.summary}"')
    assert found.public_ids() == [claim.public_id]
    assert find(claim.source.name).public_ids() == [claim.public_id]


@pytest.mark.parametrize("name", ["retract", "take_down"])
def test_what_left_the_record_is_found_by_no_reader(claim, name):
    factories.publish_claim(claim)
    factories.move(name, claim, factories.make_user(EDITORS), reason="A mistake.")
    assert not find("harbour").keys
    assert search.frequencies(["harbour"]) == {"harbour": 0}
    assert find_at_desk("harbour").keys


def test_a_withdrawn_assessment_is_found_no_more_but_its_claim_is(claim):
    assessment = factories.publish_claim(claim, rationale="A diver looked.")
    editor = factories.make_user(EDITORS)
    factories.move("withdraw", assessment, editor, reason="A mistake.")
    assert find("harbour").keys
    assert not find("diver").keys


def test_a_public_source_that_is_released_by_another_name_leads_to_its_claims(claim):
    factories.publish_claim(claim)
    edit(claim.source, "source.name", "source.aliases", name="Bea", aliases=["B. Sá"])
    assert not find("bea").keys
    factories.move("release", claim.source, factories.make_user(EDITORS))
    assert find('bea "b sa"').public_ids() == [claim.public_id]


def test_a_protected_name_is_found_by_no_reader():
    source = factories.make_source(
        name="Ana Sá", aliases=["Nurse A."], is_protected=True
    )
    by = factories.make_user(RESEARCHERS)
    claim = factories.make_claim(source=source, text="The ward closed.", by=by)
    factories.publish_claim(claim)
    assert find(source.public_label).public_ids() == [claim.public_id]
    assert not find("ana").keys
    assert not find("nurse").keys
    assert find_at_desk("ana sa").public_ids() == [claim.public_id]
    correct(claim)
    for index in INDEXES:
        if index != DESK:
            assert not find("ana", index).keys
            assert not find("nurse", index).keys
    assert find(source.public_label, SOURCES).public_ids() == [source.public_id]


def correct(claim, **fields):
    """Publish a correction, whose notice says what ``fields`` say."""
    return factories.make_assessment(claim, "published", status="refuted", **fields)


def test_readers_find_what_is_public_beside_a_claim_by_its_name(claim):
    document = claim.article.document
    edit(document, "document.title", title="Winter at the coast")
    edit(claim.source, "source.name", "source.aliases", name="Ana Sá", aliases=["أنا"])
    assert not find("winter", DOCUMENTS).keys
    factories.publish_claim(claim)
    assert find("winter", DOCUMENTS).public_ids() == [document.public_id]
    assert find("winter", ARTICLES).public_ids() == [claim.article.public_id]
    assert find("انا sa", SOURCES).public_ids() == [claim.source.public_id]


def test_a_title_or_publisher_released_by_another_name_is_found_by_that(claim):
    editor = factories.make_user(EDITORS)
    document = claim.article.document
    factories.publish_claim(claim)
    edit(document, "document.title", title="Winter at the coast")
    factories.move("release", document, editor)
    assert find("winter", DOCUMENTS).public_ids() == [document.public_id]
    assert find("winter", ARTICLES).public_ids() == [claim.article.public_id]
    edit(document.publisher, "source.name", name="Müller Verlag")
    factories.move("release", document.publisher, editor)
    assert find("muller", SOURCES).public_ids() == [document.publisher.public_id]
    assert find("winter muller", DOCUMENTS).public_ids() == [document.public_id]
    assert find("winter muller", ARTICLES).public_ids() == [claim.article.public_id]


def test_a_corrected_claim_is_found_by_its_notices_and_what_it_says(claim):
    factories.publish_claim(claim)
    assert not find("harbour", CORRECTIONS).keys
    correct(claim, notice="The depth was wrong.", rationale="A diver looked.")
    for typed in ("depth", "harbour", "depth diver harbour"):
        assert find(typed, CORRECTIONS).public_ids() == [claim.public_id]
    factories.move(
        "retract", claim, factories.make_user(EDITORS), reason="Nobody said."
    )
    for typed in ("depth", "harbour", '"nobody said"'):
        assert find(typed, CORRECTIONS).public_ids() == [claim.public_id]
    assert not find("diver", CORRECTIONS).keys


def test_what_was_taken_down_is_found_in_no_correction(claim):
    factories.publish_claim(claim)
    correct(claim, notice="The depth was wrong.")
    factories.move("take_down", claim, factories.make_user(EDITORS), reason="A court.")
    assert search.frequencies(["depth", "harbour"], CORRECTIONS) == {
        "depth": 0,
        "harbour": 0,
    }


def test_mending_the_record_mends_what_is_found_of_names_too(claim):
    factories.publish_claim(claim)
    correct(claim, notice="The depth was wrong.")
    PublishedDocument.objects.update(title="Spoilt")
    PublishedNotice.objects.update(text="Spoilt")
    with transaction.atomic():
        for index in (DOCUMENTS, CORRECTIONS):
            search.write(index, SUBJECTS[index].ids())
    assert find("spoilt", DOCUMENTS).keys
    rebuild_record(fix=True)
    assert not find("spoilt", DOCUMENTS).keys
    assert find("depth", CORRECTIONS).keys


def test_replaying_the_record_leaves_the_index_and_mending_it_mends_both(claim):
    factories.publish_claim(claim)
    assert rebuild_record(fix=False) == []
    assert find("harbour").keys
    PublishedClaim.objects.update(content={}, is_listed=False, text="")
    search.write_public([claim.public_id])
    assert not find("harbour").keys
    rebuild_record(fix=True)
    assert find("harbour").public_ids() == [claim.public_id]


@pytest.mark.parametrize("index", INDEXES, ids=lambda index: index.name)
def test_an_index_out_of_step_is_told_and_brought_in_step(claim, index):
    for each in (claim, factories.make_claim()):
        factories.publish_claim(each)
        correct(each)
    lost, other, *_ = SUBJECTS[index].ids()
    stranger = Entry("stranger", 0, ("a", "", "", ""))
    with transaction.atomic(), connection.cursor() as cursor:
        write_entries(index, ["stranger"], [stranger])
        cursor.execute(f"DELETE FROM {index.entries} WHERE public_id = %s", [lost])
        cursor.execute(
            f"UPDATE {index.entries} SET digest = 'x' WHERE public_id = %s", [other]
        )
    assert set(out_of_step(index).differing) == {lost, other}
    search.rebuild(index)


def test_an_index_is_filled_from_nothing_and_again_without_a_change(claim):
    factories.publish_claim(claim)
    correct(claim)
    for index in INDEXES:
        numbers = search.frequencies(["harbour", "the"], index)
        seen = []
        search.rebuild(index, anew=True, progress=seen.append)
        assert sum(seen) == out_of_step(index).subjects
        assert search.frequencies(["harbour", "the"], index) == numbers
        assert search.rebuild(index) == 0


def test_entries_are_written_in_few_statements_however_many(
    claim, django_assert_max_num_queries
):
    rows = [
        Claim(text=f"Claim {number}.", article=claim.article, source=claim.source)
        for number in range(60)
    ]
    Claim.objects.bulk_create(rows)
    with django_assert_max_num_queries(25), transaction.atomic():
        assert search.write_desk(row.public_id for row in rows) == 60
    with django_assert_max_num_queries(25), transaction.atomic():
        assert search.write_desk(row.public_id for row in rows) == 0
