"""Queues of thousands: nothing is looked up for rows that are on no page."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.admin.queues import BY_SLUG, COUNTED
from claims.models import Article, Claim
from claims.workflow.roles import EDITORS
from tests import factories
from tests.admin.pages import client_of
from tests.plans import plan_of

pytestmark = pytest.mark.django_db
CLAIMS = "admin:claims_claim_changelist"
TODAY = datetime.date(2020, 1, 31)


@pytest.fixture
def editor():
    return client_of(factories.make_user(EDITORS))


@pytest.fixture
def released():
    """A claim of a released article, for readers as it was not shown yet."""
    claim = factories.make_claim()
    Article.objects.filter(pk=claim.article_id).update(state="released")
    return claim


def many_like(claim: Claim, number: int, **values) -> list[Claim]:
    return Claim.objects.bulk_create(
        Claim(
            text=f"Claim {each}.",
            kind="state",
            article_id=claim.article_id,
            source_id=claim.source_id,
            **values,
        )
        for each in range(number)
    )


def listed(editor, **query):
    return editor.get(reverse(CLAIMS), query).context["cl"]


def ordering(asked) -> str:
    """Return the query that puts the rows in order; a long list asks for keys."""
    queries = [query["sql"] for query in asked.captured_queries]
    return next(sql for sql in queries if sql.startswith('SELECT "claims_claim"."id"'))


def test_a_long_queue_begins_with_what_came_first(editor, released):
    newer = many_like(released, COUNTED)
    first = Claim.objects.order_by("pk")[:50]
    with CaptureQueriesContext(connection) as asked:
        queue = listed(editor, queue="changed-since-release")
    assert list(queue.result_list) == list(first)
    assert "claims_event" not in ordering(asked)
    by_wait = listed(editor, queue="changed-since-release", o="-9")
    assert by_wait.get_ordering_field("waits") is None
    Claim.objects.filter(pk__in=[claim.pk for claim in newer]).delete()
    assert listed(editor, queue="changed-since-release").is_long is False


def test_a_short_queue_begins_with_what_waits_longest(editor, released):
    factories.make_claim(article=released.article)
    with CaptureQueriesContext(connection) as asked:
        listed(editor, queue="changed-since-release")
    assert "claims_event" in ordering(asked)


def test_what_is_due_begins_with_the_earliest_day(editor, released):
    days = [datetime.date(2020, 1, day) for day in (3, 1, 2)]
    due = [many_like(released, 1, next_review_on=day)[0] for day in days]
    queue = listed(editor, queue="due-for-recheck")
    assert list(queue.result_list) == [due[1], due[2], due[0]]


def test_a_queue_is_found_without_the_claims_that_do_not_wait(released):
    many_like(released, 500, is_changed=False)
    due = many_like(released, 5, next_review_on=TODAY)
    for slug, index, found in (
        ("changed-since-release", "claim_changed", [released, *due]),
        ("due-for-recheck", "claim_next_review", due),
    ):
        rows = BY_SLUG[slug].rows(Claim.objects.order_by(), None, TODAY)
        with CaptureQueriesContext(connection) as asked:
            assert set(rows.values_list("pk", flat=True)) == {row.pk for row in found}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE claims_claim")
        assert index in plan_of(asked.captured_queries[0]["sql"])
