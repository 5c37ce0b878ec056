"""Lists: their budgets, their sorting, and what strange addresses get."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.views import lists, tables
from claims.views.counts import RowCount
from tests.views.record_rows import write_rows

pytestmark = pytest.mark.django_db

LISTS = {
    "claim_list": tables.ClaimTable,
    "article_list": tables.ArticleTable,
    "source_list": tables.SourceTable,
    "document_list": tables.DocumentTable,
}
PAGES = [*LISTS, "correction_list", "overview"]
FILTERED = "?source=source-0&article=article-0&topic=money&status=unverified"
SORTS = [
    (name, column)
    for name, table in LISTS.items()
    for column, definition in table.base_columns.items()
    if definition.orderable is not False
]


def queries_of(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", PAGES)
def test_a_list_costs_as_many_queries_at_1_row_as_at_30(client, name):
    write_rows(1)
    at_one = queries_of(client, reverse(name))
    write_rows_from_1_to_30()
    assert queries_of(client, reverse(name)) == at_one <= 6


def test_all_filters_together_stay_within_the_budget(client):
    write_rows(30)
    assert queries_of(client, reverse("claim_list") + FILTERED) <= 10


def write_rows_from_1_to_30() -> None:
    from tests.views import record_rows

    for index in range(1, 30):
        record_rows._write(index)


@pytest.mark.parametrize(("name", "column"), SORTS)
def test_every_orderable_column_sorts_both_ways(client, name, column):
    write_rows(7)
    up = shown_rows(client, name, column)
    down = shown_rows(client, name, f"-{column}")
    assert sorted(up) == sorted(down)
    assert up != down
    assert value_order(up, column) == sorted(value_order(up, column))
    assert value_order(down, column) == sorted(value_order(down, column), reverse=True)


def shown_rows(client, name: str, sort: str) -> list[str]:
    page = client.get(reverse(name), {"sort": sort}).context["page"]
    return [row.pk for row in page.rows]


def value_order(ids: list[str], column: str) -> list:
    """Return the column's values in the order shown; rows without one come last."""
    models = {"c": "claim", "s": "source", "d": "document", "a": "article"}
    from claims import models as all_models

    model = getattr(all_models, f"Published{models[ids[0][0]].title()}")
    rows = model.objects.in_bulk(ids)
    values = [getattr(rows[pk], column) for pk in ids]
    known = [value for value in values if value is not None]
    assert values[: len(known)] == known
    return known


def test_the_heading_says_how_the_list_is_sorted(client):
    write_rows(2)
    body = client.get(reverse("source_list"), {"sort": "-name"}).content.decode()
    assert 'aria-sort="descending"' in body
    assert '<a href="/sources/?sort=name">Source' in body


@pytest.mark.parametrize("name", [*LISTS, "correction_list"])
def test_the_usual_order_is_marked_and_a_click_turns_it_round(client, name):
    write_rows(2)
    heads = client.get(reverse(name)).context["heads"]
    (marked,) = [head for head in heads if head.is_sorted]
    turned = client.get(marked.url).context["sorted_by"]
    assert turned.name == marked.name
    assert {turned.aria_sort, marked.aria_sort} == {"ascending", "descending"}


def test_the_page_says_how_many_rows_there_are_and_which_it_shows(client):
    write_rows(31)
    url = reverse("claim_list")
    assert "31 found; this page shows 1 to 30." in client.get(url).content.decode()
    last = client.get(url, {"page": 2}).content.decode()
    assert "31 found; this page shows 31 to 31." in last
    few = client.get(url, {"words": "nothing like it"}).content.decode()
    assert "0 found." in few


@pytest.mark.parametrize("name", [*LISTS, "correction_list"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("page=999", "There is no such page; this is the last."),
        ("page=nope", "That is not the number of a page; this is the first."),
        ("page=1" + "0" * 30, "There is no such page; this is the last."),
        ("page=" + "9" * 5000, "page"),
        ("page=-1", "There is no such page"),
        ("page=%00", "That is not the number of a page"),
        ("sort=nope", "This list cannot be sorted that way"),
        ("sort=%00", "This list cannot be sorted that way"),
        ("sort=-", "This list cannot be sorted that way"),
    ],
)
def test_a_strange_address_gets_a_sentence(client, name, query, sentence):
    write_rows(1)
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 200
    assert sentence in response.content.decode()


def test_an_empty_list_says_so(client):
    body = client.get(reverse("source_list")).content.decode()
    assert "There is nothing here yet." in body


def test_pages_lead_on_and_back(client):
    write_rows(31)
    first = client.get(reverse("claim_list")).content.decode()
    second = client.get(reverse("claim_list"), {"page": 2}).content.decode()
    assert '<a href="/claims/?page=2" rel="next">' in first
    assert '<a href="/claims/" rel="prev">' in second
    assert 'href="http://claims.example/claims/?page=2"' in second


class Uncounted:
    """Rows of which there are more than anybody counts."""

    count = RowCount(10_000, is_exact=False)

    def page(self, offset: int, number: int) -> list[int] | None:
        return None if offset > 50_000 else list(range(offset, offset + number))


def test_what_nobody_counted_is_told_so():
    page = lists._page("700", Uncounted(), [])
    found = "More than 10,000 found; this page shows 20,971 to 21,000."
    assert lists._found(page) == found
    assert (page.pages, page.has_next, page.number) == (None, True, 700)


def test_a_page_too_far_in_says_how_to_get_there():
    notes: list[str] = []
    page = lists._page("9000", Uncounted(), notes)
    assert page.number == 1
    assert "Narrow it with more filters" in notes[0]


def test_a_page_without_a_last_one_is_numbered_alone(client):
    page = lists._page("3", Uncounted(), [])
    drawn = render_to_string("claims/_paging.html", {"page": page, "next_url": "/n"})
    assert "Page 3</span>" in drawn
    assert 'rel="next"' in drawn
