"""What is signed and released: the same for the same facts, and nothing more."""

import json
import re

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, PublishedClaim, PublishedSource, Release, Source
from claims.models.identity import PUBLIC_ID_PATTERN
from claims.moves import record_edit, seal_copy
from claims.publishing import content as contents
from claims.publishing.rebuild import TABLES
from tests.factories import (
    DAY,
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_copy,
    make_document,
    make_full_claim,
    make_inquiry,
    make_note,
    make_source,
    make_user,
    move,
    publish_claim,
    release_article,
)

#: Tables in the order in which a row finds those it points to.
IN_ORDER = (
    "source",
    "document",
    "storedcopy",
    "passage",
    "article",
    "topic",
    "claim",
    "appearance",
    "inquiry",
    "citation",
    "attributionlink",
    "evidencesearch",
    "assessment",
)


def content_of(assessment) -> dict:
    fresh = fresh_from_database(assessment)
    return contents.claim_content(fresh.claim, fresh)


def test_reading_it_again_gives_the_same_digest(db):
    assessment = make_assessment(make_full_claim())
    first = contents.digest(content_of(assessment))
    assert contents.digest(content_of(assessment)) == first


def test_it_is_the_same_whatever_the_primary_keys(db):
    """The same facts under other keys, rows made in the opposite order."""
    claim = make_full_claim()
    assessment = make_assessment(claim)
    source = contents.source_content(claim.source)
    document = contents.document_content(claim.article.document)
    before = contents.sealed(content_of(assessment))
    moved = renumber()
    assert moved > 15
    after = type(assessment).objects.get(public_id=assessment.public_id)
    assert after.pk != assessment.pk
    assert contents.sealed(content_of(after)) == before
    assert contents.source_content(Source.objects.get(public_id=source["id"])) == source
    assert contents.document_content(after.claim.article.document) == document


def renumber() -> int:
    """Give every row of the desk a new primary key, the last the lowest."""
    moved = 0
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute(*DEFER[connection.vendor])
        for name in IN_ORDER:
            moved += renumber_table(cursor, apps.get_model("claims", name))
    connection.check_constraints()
    return moved


DEFER = {
    "sqlite": ("PRAGMA defer_foreign_keys = ON",),
    "postgresql": ("SET CONSTRAINTS ALL DEFERRED",),
}


def renumber_table(cursor, model) -> int:
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    columns = [(model._meta.db_table, "id"), *columns_pointing_to(model)]
    for key in keys:
        for table, column in columns:
            cursor.execute(
                f"UPDATE {table} SET {column} = %s WHERE {column} = %s",
                [1_000_000 - key, key],
            )
    return len(keys)


def columns_pointing_to(model) -> list[tuple[str, str]]:
    every_model = apps.get_app_config("claims").get_models(include_auto_created=True)
    return [
        (other._meta.db_table, field.column)
        for other in every_model
        for field in other._meta.concrete_fields
        if field.related_model is model and field.target_field.primary_key
    ]


def test_every_reference_is_a_public_id(db):
    assessment = make_assessment(make_full_claim())
    part = content_of(assessment)["claim"]
    names = ("article", "source", "attribution_citation")
    references = [part[name] for name in names]
    for row in (*part["chain"], *part["citations"], *part["appearances"]):
        references += [
            row[name]
            for name in ("id", "document", "source", "article", "inquiry")
            if row.get(name) is not None
        ]
    assert len(references) > 15
    assert all(re.fullmatch(PUBLIC_ID_PATTERN, each) for each in references)


def test_whole_numbers_are_places_and_positions_never_keys(db):
    """No key of a table can be told from the content: keys are moved far away."""
    assessment = make_assessment(make_full_claim())
    renumber()
    after = type(assessment).objects.get(public_id=assessment.public_id)
    assert "99999" not in contents.sealed(content_of(after))[0]


CANARIES = {
    "claim": {"suggested_wording": "canarywording", "priority": 4},
    "citation": {"desk_note": "canarynote"},
    "inquiry": {"contact": "canary@contact.example"},
    "source": {"protection_reason": "canaryreason"},
    "article": {"gate_reason": "canarygate"},
}


def test_desk_only_fields_are_in_nothing_public(db):
    colleague = make_user("Researchers", username="canaryuser", last_name="Canarylast")
    claim = make_full_claim(
        assignee=colleague,
        attribution_checked_by=colleague,
        due_on=DAY,
        **CANARIES["claim"],
    )
    claim.article.editor = colleague
    claim.article.save()
    claim.citations.update(**CANARIES["citation"])
    claim.inquiries.update(**CANARIES["inquiry"])
    claim.searches.update(searched_by=colleague)
    Source.objects.filter(pk=claim.source_id).update(**CANARIES["source"])
    make_note(claim, body="canaryremark")
    make_inquiry(claim, asked_on=None, question="canaryprepared")
    publish_claim(fresh_from_database(claim), author=colleague)
    move("clear", claim.article, make_user("Editors"), reason="canarygate")

    for model in (Release, *TABLES):
        found = json.dumps(list(model.objects.values()), default=str)
        assert model.objects.exists() or "Notice" in model.__name__
        assert "canary" not in found.casefold()


def test_reasons_given_to_the_desk_are_in_nothing_public(db):
    editor = make_user("Editors")
    assessment = make_assessment(state="submitted")
    move("return", assessment, editor, reason="canaryreturn")
    claim = publish_claim().claim
    move("take_down", claim, editor, reason="canaryreason")
    for model in (Release, *TABLES):
        assert "canary" not in json.dumps(list(model.objects.values()), default=str)


def test_open_and_signed_content_have_the_same_shape(db):
    claim = make_claim()
    open_content = contents.claim_content(claim, None, "in-review")
    assert set(open_content) == {"claim", "assessment", "status"}
    assert (open_content["assessment"], open_content["status"]) == (None, "in-review")
    signed = content_of(make_assessment(claim, status="refuted"))
    assert set(signed) == set(open_content)
    assert signed["status"] == "refuted"


class TestProtectedSource:
    def test_its_content_is_its_label_and_kind_alone(self, db):
        source = make_source(
            name="Ana de Sá",
            aliases=["Anita"],
            is_protected=True,
            public_label="a nurse",
            description="Works in ward 3.",
            url="https://ana.example",
            same_as=["https://id.example/ana"],
            document=make_document(),
        )
        source.affiliations.create(organisation=make_source(name="The ward"))
        found = contents.source_content(source)
        open_fields = set(contents.source_content(make_source()))
        assert set(found) == open_fields
        filled = {name: value for name, value in found.items() if value}
        assert filled == {
            "id": source.public_id,
            "slug": "a-nurse",
            "name": "a nurse",
            "kind": "person",
            "is_protected": True,
        }

    def test_readers_see_the_label(self, db):
        source = make_source(
            name="Ana de Sá", is_protected=True, public_label="a nurse"
        )
        publish_claim(make_claim(source=source))
        assert PublishedSource.objects.get(pk=source.public_id).name == "a nurse"
        assert PublishedClaim.objects.get().source_name == "a nurse"


class TestArticle:
    def test_excerpts_keep_the_text_at_the_desk(self, db):
        found = contents.article_content(make_article())
        assert (found["copy"]["text"], found["copy"]["blocks"]) == ("", [])

    def test_full_display_publishes_text_and_blocks(self, db):
        article = make_article(display="full", display_reason="Our words.")
        copy = article.newest_copy
        found = contents.article_content(article)["copy"]
        assert (found["text"], found["blocks"]) == (copy.text, copy.blocks)

    def test_a_sealed_copy_is_never_shown(self, db):
        article = make_article(display="full", display_reason="Our words.")
        copy = article.newest_copy
        seal_copy(copy, make_user("Editors"), "Asked to.")
        assert contents.article_content(article)["copy"]["text"] == ""

    def test_without_a_copy_there_is_none(self, db):
        assert contents.article_content(make_article(text=""))["copy"] is None


def test_loading_the_parts_of_many_claims_costs_a_fixed_number_of_queries(
    db,
):
    article = make_article()
    claims = [make_full_claim(article) for _ in range(2)]
    counts = []
    for number in (1, 2):
        rows = Claim.objects.filter(pk__in=[claim.pk for claim in claims[:number]])
        with CaptureQueriesContext(connection) as queries:
            for claim in contents.load_parts(rows):
                contents.claim_content(claim, None)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_times_are_in_utc_and_dates_are_iso(db):
    copy = make_copy()
    found = contents.document_content(copy.document)["copies"][0]
    assert found["retrieved_at"] == "2026-03-02T12:00:00+00:00"


@pytest.mark.parametrize("changed", [False, True])
def test_a_listed_claim_knows_whether_readers_saw_it_as_it_is(db, changed):
    claim = make_claim()
    release_article(claim.article)
    if changed:
        Claim.objects.filter(pk=claim.pk).update(text="Reworded.")
        record_edit(fresh_from_database(claim), make_user(), ["claim.text"])
    assert fresh_from_database(claim).is_changed is changed
    assert Claim.objects.changed_since_release().exists() is changed
