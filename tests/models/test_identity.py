"""Public ids, versions, immutability, natural keys, derived columns."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from claims.models import (
    Article,
    Claim,
    Document,
    Methodology,
    Passage,
    Release,
    StoredCopy,
    Topic,
    VerificationStatus,
)
from claims.models.copies import copy_path
from claims.models.fields import OnePerLineField
from claims.models.identity import (
    ALPHABET,
    PUBLIC_ID_PATTERN,
    Identified,
    ImmutableRowError,
    Versioned,
    new_public_id,
)
from tests.factories import (
    NOON,
    make_article,
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_full_claim,
    make_note,
    make_passage,
    make_source,
    make_topic,
    publish_claim,
)

OWN_MODELS = [
    model
    for model in apps.get_app_config("claims").get_models()
    if not model.__name__.startswith("Historical")
]
#: Named by something else than a public id of their own, or by nothing at all.
WITHOUT_PUBLIC_ID = {
    "ContentRevision",
    "Event",
    "EventHead",
    "ExternalId",
    "ImportRow",
    "Methodology",
    "Release",
    "Reminder",
    "Topic",
    "VerificationStatus",
    "WatchedHost",
}
PARTS_WITHOUT_A_PAGE = {
    "Affiliation",
    "Anchoring",
    "Appearance",
    "AttributionLink",
    "Background",
    "Capture",
    "ClaimImport",
    "ClaimPair",
    "Contribution",
    "EvidenceSearch",
    "Import",
    "Inquiry",
    "LinkNotice",
    "LinkWatch",
    "NewInformation",
    "Note",
    "Passage",
    "Probe",
    "QuoteCheck",
    "StoredCopy",
    "Suggestion",
}


class TestPublicId:
    def test_it_is_ten_characters_of_crockford_base32(self):
        assert ALPHABET == "0123456789abcdefghjkmnpqrstvwxyz"
        assert len(set(ALPHABET)) == 32
        found = {new_public_id() for _ in range(500)}
        assert len(found) == 500
        assert all(re.fullmatch(PUBLIC_ID_PATTERN, each) for each in found)
        assert set("".join(found)) == set(ALPHABET)

    def test_every_model_has_one_but_those_named_otherwise(self):
        without = {
            model.__name__ for model in OWN_MODELS if not issubclass(model, Identified)
        }
        record = {name for name in without if name.startswith("Published")}
        assert without - record == WITHOUT_PUBLIC_ID

    def test_two_rows_never_share_one(self, db):
        first, second = make_claim(), make_claim()
        with pytest.raises(IntegrityError), transaction.atomic():
            Claim.objects.filter(pk=second.pk).update(public_id=first.public_id)

    @pytest.mark.parametrize(
        "text", ["short", "0123456789a", "012345678i", "ABCDEFGHJK", "012345678\n"]
    )
    def test_anything_else_is_refused(self, db, text):
        claim = make_claim()
        claim.public_id = text
        with pytest.raises(ValidationError):
            claim.full_clean()


class TestVersion:
    def test_every_model_with_a_page_of_its_own_counts_its_saves(self):
        without = {
            model.__name__
            for model in OWN_MODELS
            if issubclass(model, Identified) and not issubclass(model, Versioned)
        }
        assert without == PARTS_WITHOUT_A_PAGE

    def test_an_accepted_save_is_counted(self, db):
        claim = make_claim()
        assert Claim.raise_version(claim.pk, seen=1)
        assert Claim.raise_version(claim.pk)
        claim.refresh_from_db()
        assert claim.version == 3

    def test_a_stale_save_is_refused_and_not_counted(self, db):
        claim = make_claim()
        Claim.raise_version(claim.pk)
        assert not Claim.raise_version(claim.pk, seen=1)
        claim.refresh_from_db()
        assert claim.version == 2

    def test_a_row_that_is_not_there_is_no_accepted_save(self, db):
        assert not Claim.raise_version(0)


class TestImmutable:
    @pytest.mark.parametrize("make", [make_copy, make_passage], ids=["copy", "passage"])
    def test_a_row_is_only_ever_added(self, db, make):
        row = make()
        for act in (
            row.save,
            row.delete,
            lambda: type(row).objects.filter(pk=row.pk).update(public_id="x"),
            lambda: type(row).objects.filter(pk=row.pk).delete(),
            lambda: row.save(update_fields=["public_id"]),
        ):
            with pytest.raises(ImmutableRowError, match="only ever added"):
                act()
        assert type(row).objects.filter(pk=row.pk).exists()

    def test_a_release_is_only_ever_added(self, db):
        make_article("released")
        release = Release.objects.first()
        for act in (release.save, release.delete, Release.objects.all().delete):
            with pytest.raises(ImmutableRowError):
                act()
        with pytest.raises(ImmutableRowError):
            Release.objects.update(content="")

    def test_bulk_changes_are_refused_too(self, db):
        passage = make_passage()
        passage.exact = "Others."
        with pytest.raises(ImmutableRowError):
            Passage.objects.bulk_update([passage], ["exact"])

    def test_a_copy_can_be_sealed_and_keeps_its_hashes(self, db):
        copy = make_copy()
        digest = copy.text_sha256
        copy.text, copy.blocks = "", []
        copy.sealed_at, copy.sealed_reason = NOON, "A court says so."
        copy.save(update_fields=["text", "blocks", "sealed_at", "sealed_reason"])
        found = StoredCopy.objects.get(pk=copy.pk)
        assert (found.text, found.text_sha256) == ("", digest)


class TestNaturalKeys:
    def rows(self):
        publish_claim(make_full_claim())
        make_note(make_claim())
        source = make_source()
        source.affiliations.create(organisation=make_source(), since="2014")
        make_document().contributions.create(source=source)
        return [
            row
            for model in OWN_MODELS
            if hasattr(model, "natural_key")
            for row in model._default_manager.all()
        ]

    def test_each_row_is_found_by_its_key(self, db):
        rows = self.rows()
        kinds = {type(row).__name__ for row in rows}
        assert len(kinds) > 18
        for row in rows:
            manager = type(row)._default_manager
            assert manager.get_by_natural_key(*row.natural_key()) == row

    def test_rows_come_back_from_json_by_natural_keys_alone(self, db):
        rows = [row for row in self.rows() if not isinstance(row, Release)]
        text = serializers.serialize(
            "json", rows, use_natural_foreign_keys=True, use_natural_primary_keys=True
        )
        assert '"pk"' not in text
        loaded = [each.object for each in serializers.deserialize("json", text)]
        assert [(type(each), each.pk) for each in loaded] == [
            (type(row), row.pk) for row in rows
        ]
        again = serializers.serialize(
            "json", loaded, use_natural_foreign_keys=True, use_natural_primary_keys=True
        )
        assert again == text

    def test_statuses_topics_and_methodologies_are_known_by_name(self, db):
        assert VerificationStatus.objects.get(slug="verified").natural_key() == (
            "verified",
        )
        assert Methodology.objects.get().natural_key() == (1,)
        assert make_topic(slug="water").natural_key() == ("water",)
        assert Topic.objects.get_by_natural_key("water").label


class TestSlug:
    def test_it_is_made_from_the_title(self, db):
        article = Article.objects.create(
            document=make_document(title="Ein Mühlenbrand!")
        )
        assert article.slug == "ein-muhlenbrand"

    def test_a_title_in_another_script_leaves_the_public_id(self, db):
        article = Article.objects.create(document=make_document(title="大火"))
        assert article.slug == article.public_id
        source = make_source(name="Мэр")
        assert source.slug == source.public_id

    def test_a_taken_one_gets_the_public_id(self, db):
        first = make_source(name="The Gazette")
        second = make_source(name="The Gazette")
        assert first.slug == "the-gazette"
        assert second.slug == f"the-gazette-{second.public_id}"
        articles = [
            Article.objects.create(document=make_document(title="A fire"))
            for _ in range(2)
        ]
        assert articles[1].slug == f"a-fire-{articles[1].public_id}"

    def test_it_stays_when_the_title_changes(self, db):
        source = make_source(name="The Gazette")
        source.name = "The New Gazette"
        source.save()
        assert source.slug == "the-gazette"

    def test_that_of_a_protected_source_comes_from_its_label(self, db):
        source = make_source(
            name="Ana de Sá", is_protected=True, public_label="A nurse"
        )
        assert source.slug == "a-nurse"


class TestProtectedWords:
    def test_all_its_names_but_the_label_are_secret(self, db):
        source = make_source(
            name="Ana",
            aliases=["Anita", "a nurse"],
            is_protected=True,
            public_label="a nurse",
        )
        assert source.secret_words() == ["Ana", "Anita"]
        assert source.public_name == "a nurse"

    def test_an_open_source_has_no_secrets(self, db):
        source = make_source(name="Ana", aliases=["Anita"])
        assert source.secret_words() == []
        assert source.public_name == "Ana"


class TestDerivedBounds:
    def test_they_follow_from_the_edtf_text(self, db):
        claim = make_claim(said_edtf="2016-02~", said_basis="a guess")
        assert (claim.said_from, claim.said_to) == (date(2016, 2, 1), date(2016, 2, 29))
        claim.said_edtf = ""
        claim.save()
        assert (claim.said_from, claim.said_to) == (None, None)

    def test_they_are_saved_when_only_the_text_is(self, db):
        document = make_document()
        document.published_edtf, document.published_basis = "2015/..", "dateline"
        document.save(update_fields=["published_edtf", "published_basis"])
        found = Document.objects.get(pk=document.pk)
        assert (found.published_from, found.published_to) == (date(2015, 1, 1), None)

    def test_a_save_of_other_fields_leaves_them_alone(self, db):
        claim = make_claim(said_edtf="2016", said_basis="a guess")
        Claim.objects.filter(pk=claim.pk).update(said_from=date(1999, 1, 1))
        claim.priority = 4
        claim.save(update_fields=["priority"])
        assert Claim.objects.get(pk=claim.pk).said_from == date(1999, 1, 1)


class TestCopies:
    def test_a_passage_is_made_once(self, db):
        copy = make_copy()
        assert copy.passage(0, 7) == copy.passage(0, 7)
        assert copy.passages.count() == 1

    def test_the_role_at_a_place_is_that_of_its_block(self, db):
        blocks = [
            {"role": "headline", "start": 0, "end": 4},
            {"role": "body", "start": 6, "end": 9},
        ]
        copy = make_copy(text="Head. Body", blocks=blocks)
        assert [copy.role_at(at) for at in (0, 3, 4, 6, 9)] == [
            "headline",
            "headline",
            "",
            "body",
            "",
        ]

    def test_the_newest_copy_has_the_highest_number(self, db):
        first = make_copy()
        second = make_copy(first.document, text="Revised.")
        assert first.document.newest_copy == second
        assert make_document().newest_copy is None

    def test_the_file_of_a_copy_is_named_by_its_content(self, db):
        copy = make_copy(raw_sha256="ab" * 32)
        assert copy_path(copy, "secret name.pdf") == f"copies/ab/{'ab' * 32}"


class TestQuerysets:
    def test_claims_due_for_another_look(self, db):
        due = make_claim(next_review_on=date(2026, 3, 1))
        make_claim(next_review_on=date(2026, 3, 3))
        make_claim()
        assert list(Claim.objects.due_for_recheck(date(2026, 3, 2))) == [due]

    def test_claims_nobody_is_named_for(self, db):
        unattributed = make_claim(voice="unclear", source=None)
        make_claim()
        assert list(Claim.objects.unattributed()) == [unattributed]

    def test_documents_due_for_a_look_at_their_link(self, db):
        due = make_document(next_check_at=NOON)
        make_document()
        assert list(Document.objects.due_for_check(NOON)) == [due]

    def test_the_claim_that_waits_for_nothing_is_not_held_back(self, db):
        assert Claim.objects.working().count() == 0
        make_claim()
        assert Claim.objects.working().count() == 1


def test_a_list_of_texts_is_typed_one_per_line():
    field = OnePerLineField(required=False)
    assert field.clean(" Ana \n\nAnita\n") == ["Ana", "Anita"]
    assert field.clean("") == []
    assert field.prepare_value(["Ana", "Anita"]) == "Ana\nAnita"
    assert field.prepare_value("Ana\nAn") == "Ana\nAn"
    assert not field.has_changed(["Ana"], "Ana\n")
    assert field.has_changed(None, "Ana")


def test_missing_facts_of_a_citation_are_named_as_the_desk_knows_them(db):
    citation = make_citation(locator="", locator_kind="", quotation="")
    assert citation.missing_facts() == ["quotation", "locator"]
    citation.form = "calculation"
    assert citation.missing_facts() == ["working", "value, with its unit"]


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model.__name__)
def test_every_list_is_ordered_and_every_row_reads_as_words(model):
    assert model._meta.ordering
    assert "__str__" in vars(model)


@pytest.mark.parametrize(
    "model",
    [model for model in OWN_MODELS if issubclass(model, Identified)],
    ids=lambda model: model.__name__,
)
def test_ties_of_an_ordering_are_broken_by_public_id(model):
    last = model._meta.ordering[-1]
    unique = any(
        set(constraint.fields) <= set(model._meta.ordering)
        for constraint in model._meta.total_unique_constraints
    )
    assert last == "public_id" or unique
