"""Long lists of the desk: bounded counts, deep pages, short filters, short actions."""

import pytest
from django.core.paginator import EmptyPage
from django.urls import reverse

from claims.admin.change_lists import ACTED_ON, BoundedPaginator
from claims.admin.narrowing import OFFERED
from claims.models import Claim, Topic
from claims.permissions import SHOWN_VERBS, editors_of, editors_of_each
from claims.workflow.roles import EDITORS
from tests import factories
from tests.admin.pages import address_of, client_of

pytestmark = pytest.mark.django_db
CLAIMS = "admin:claims_claim_changelist"


class ShortCount(BoundedPaginator):
    counted = 4


@pytest.fixture
def editor():
    return client_of(factories.make_user(EDITORS))


@pytest.fixture
def topics():
    return [factories.make_topic() for _ in range(7)]


def pages_of(per_page: int) -> ShortCount:
    return ShortCount(Topic.objects.order_by("pk"), per_page)


def test_a_count_stops_at_its_bound(topics):
    assert pages_of(2).is_bounded
    assert pages_of(2).count == 5
    Topic.objects.filter(pk__in=[row.pk for row in topics[:3]]).delete()
    assert not pages_of(2).is_bounded
    assert pages_of(2).count == 4


def test_pages_beyond_the_count_are_reached_until_there_is_no_more(topics):
    pages = pages_of(2)
    assert pages.num_pages == 2
    assert list(pages.page(3)) == topics[4:6]
    assert pages.num_pages == 4
    assert list(pages.page(4)) == topics[6:]
    assert not pages.page(4).has_next()
    for number in (0, 5, 900_000):
        with pytest.raises(EmptyPage):
            pages.page(number)


def test_a_filter_offers_a_few_topics_and_the_chosen_one(editor):
    Topic.objects.bulk_create(
        Topic(slug=f"t{number}", label=f"Topic {number}")
        for number in range(OFFERED + 10)
    )
    oldest = Topic.objects.earliest("pk")
    response = editor.get(reverse(CLAIMS), {"topics__id__exact": oldest.pk})
    offered = [
        spec for spec in response.context["cl"].filter_specs if spec.title == "topic"
    ]
    assert len(offered[0].lookup_choices) == OFFERED + 1
    assert (str(oldest.pk), oldest.label) in offered[0].lookup_choices


def test_claims_of_nobody_are_found_by_the_filter(editor):
    assigned = factories.make_claim(assignee=factories.make_user(username="ines"))
    free = factories.make_claim()
    found = editor.get(reverse(CLAIMS), {"assignee__id__exact": "none"})
    assert list(found.context["cl"].queryset) == [free]
    found = editor.get(
        reverse(CLAIMS), {"assignee__id__exact": str(assigned.assignee_id)}
    )
    assert list(found.context["cl"].queryset) == [assigned]


def test_an_action_on_a_whole_list_is_refused_where_it_is_long(editor):
    first = factories.make_claim()
    Claim.objects.bulk_create(
        Claim(text="A.", kind="state", article=first.article, source=first.source)
        for _ in range(ACTED_ON)
    )
    asked = {"action": "assign", "select_across": "1", "index": "0"}
    ticked = {**asked, "_selected_action": [str(first.pk)]}

    response = editor.post(reverse(CLAIMS), ticked, follow=True)

    assert "Nothing was done: at most 1000 rows" in response.content.decode()
    assert "Select all 1" not in response.content.decode()
    one = editor.post(reverse(CLAIMS), {**ticked, "select_across": "0"})
    assert one.context["keys"] == [first.pk]


def test_history_of_no_number_is_not_found(editor):
    claim = factories.make_claim()
    assert editor.get(f"{address_of(claim, 'history')}None/").status_code == 404


def test_the_claim_page_costs_the_same_queries_with_many_citations(
    editor, django_assert_max_num_queries
):
    claim = factories.make_claim()
    factories.make_citation(claim)
    editor.get(address_of(claim))
    with django_assert_max_num_queries(60) as few:
        editor.get(address_of(claim))
    for _ in range(19):
        factories.make_citation(claim)
    with django_assert_max_num_queries(len(few)):
        response = editor.get(address_of(claim))
    assert response.content.count(b'class="inline-related has_original"') >= 20
    assert len(response.content) < 300_000


def test_editors_of_many_claims_are_those_of_each():
    one, other = factories.make_claim(by=factories.make_user()), factories.make_claim()
    factories.publish_claim(other)
    claims = [one, other]
    for since in (SHOWN_VERBS, frozenset({"published"})):
        assert editors_of_each(claims, since) == {
            claim.public_id: editors_of(claim, since) for claim in claims
        }
