"""Statements written once read the same as the queries they stand for."""

import datetime

import pytest
from django.db import connection
from django.db.models.fields.json import KT
from django.test.utils import CaptureQueriesContext

from claims.models import PublishedClaim, PublishedDocument
from claims.reading.statements import Statement
from tests.factories import publish_claim

CLAIMS = PublishedClaim.objects.all()


@pytest.fixture
def claims(db):
    return [publish_claim().claim.public_id for _number in range(3)]


def test_a_row_is_that_of_the_model_in_every_field(claims):
    row = Statement(CLAIMS, key="pk").first(claims[0])
    expected = PublishedClaim.objects.get(pk=claims[0])
    names = [field.attname for field in PublishedClaim._meta.concrete_fields]
    assert row == expected
    assert [getattr(row, name) for name in names] == [
        getattr(expected, name) for name in names
    ]
    assert isinstance(row.content, dict)
    assert isinstance(row.changed_at, datetime.datetime)
    assert not row.get_deferred_fields() and not row._state.adding


def test_columns_come_in_the_order_they_are_asked_in(claims):
    statement = Statement(CLAIMS, "text", "public_id", "is_listed", key="public_id")
    found = {
        public_id: (text, is_listed)
        for text, public_id, is_listed in statement.values(claims)
    }
    rows = PublishedClaim.objects.in_bulk(claims)
    assert found == {pk: (row.text, True) for pk, row in rows.items()}


def test_a_field_that_was_not_asked_for_is_read_when_it_is_needed(claims):
    row = Statement(CLAIMS, "status", "public_id", key="pk").first(claims[0])
    assert "text" in row.get_deferred_fields()
    assert row.text == PublishedClaim.objects.get(pk=claims[0]).text


def test_annotations_are_read_with_the_fields(claims):
    table = CLAIMS.annotate(said_by=KT("content__claim__source"))
    row = Statement(table, "said_by", "public_id", key="pk").first(claims[0])
    assert row.said_by == PublishedClaim.objects.get(pk=claims[0]).source_id


def test_rows_come_in_the_order_and_the_number_asked_for(claims):
    newest = Statement(CLAIMS, "public_id", order=("-sequence", "pk"), limit=2)
    assert [pk for (pk,) in newest.values()] == list(
        PublishedClaim.objects.order_by("-sequence").values_list("pk", flat=True)[:2]
    )


def test_no_key_asks_nothing_and_a_key_that_is_not_there_gives_nothing(claims):
    statement = Statement(CLAIMS, "public_id", key="public_id")
    with CaptureQueriesContext(connection) as queries:
        assert list(statement.values(())) == []
    assert not queries.captured_queries
    assert statement.first("nobody0000") is None
    assert Statement(PublishedDocument.objects.all()).rows() != []


def test_what_a_key_says_is_never_read_as_a_statement(claims):
    statement = Statement(CLAIMS, "public_id", key="public_id")
    for typed in ("' OR 1=1 --", "%s", '"', "a%b"):
        assert statement.rows([typed]) == []
