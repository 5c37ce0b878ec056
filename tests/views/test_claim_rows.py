"""Lists of claims: what a page shows, and that an index leads there at any size."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from claims.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedSource,
)
from claims.models.record import Listing
from claims.publishing.facets import RELEASES_A_PORTION
from claims.views.claim_rows import ORDERS, ClaimRows, facets_of_filters
from claims.views.counts import RowCount, counted, tallies
from claims.views.far_pages import far_ids
from claims.views.places import Place, place_of
from tests.plans import assert_led_by_an_index
from tests.views.record_rows import write_rows

SORTS = [f"{sign}{order}" for order in ORDERS for sign in ("", "-")]
FROM, TO = datetime.date(2024, 6, 1), datetime.date(2025, 3, 13)
#: Filters that are looked at in every order.
FILTERS: list[dict[str, Any]] = [
    {},
    {"status": "verified"},
    {"check": "confirmed"},
    {"status": "verified", "check": "confirmed"},
    {"source": "aaron-zelin"},
    {"article": "maltings-bridge"},
    {"article": "maltings-bridge", "status": "verified"},
    {"topic": "bridge"},
    {"topic": "bridge", "check": "confirmed"},
    {"relayed": "varnely-oake"},
    {"article": "maltings-bridge", "topic": "bridge"},
    {"said_from": FROM},
    {"said_from": FROM, "said_to": TO},
    {"status": "verified", "said_to": TO},
    {"topic": "bridge", "check": "confirmed", "said_from": FROM, "said_to": TO},
    {"said_from": TO, "said_to": FROM},
]


def rows_of(chosen: dict[str, Any], sort: str = "") -> ClaimRows:
    """Return the rows of a list as its view makes them."""
    known = tallies(facets_of_filters(chosen))
    columns = dict(chosen)
    names = ("source", "article", "topic", "relayed")
    places = [
        place_of(name, columns.pop(name), known) for name in names if name in columns
    ]
    return ClaimRows(places, columns, known, sort)


def fitting(chosen: dict[str, Any]) -> list[PublishedClaim]:
    """Return the claims that fit, by going through all of them."""
    wanted = Q(is_listed=True)
    for name, value in chosen.items():
        wanted &= Q(**{_MEANT[name]: value})
    if "relayed" in chosen:
        wanted &= Q(source_links__position__gte=1)
    return list(PublishedClaim.objects.filter(wanted).distinct())


_MEANT = {
    "status": "status",
    "check": "attribution_check",
    "source": "source__slug",
    "article": "article_links__article__slug",
    "topic": "topic_links__slug",
    "relayed": "source_links__source__slug",
    "said_from": "said_from__gte",
    "said_to": "said_from__lte",
}


def sorted_by_hand(claims: list[PublishedClaim], sort: str) -> list[str]:
    """Sort as the columns of an order say, one after the other, the last one first."""
    order, turned = sort.removeprefix("-"), sort.startswith("-")
    ordered = list(claims)
    for column in reversed(ORDERS[order]):
        name = column.removeprefix("-")
        down = column.startswith("-") != turned
        ordered.sort(key=lambda row, name=name: str_of(row, name), reverse=down)
    if order == "said_from":
        undated = [row for row in claims if row.said_from is None]
        undated.sort(key=lambda row: -row.sequence)
        ordered = [row for row in ordered if row.said_from] + undated
    return [row.pk for row in ordered]


def str_of(row: PublishedClaim, name: str) -> Any:
    value = getattr(row, name)
    return value if isinstance(value, int) else str(value)


@pytest.mark.parametrize("sort", SORTS)
def test_every_filter_shows_what_fits_in_every_order(stories_database, sort):
    for chosen in FILTERS:
        claims = fitting(chosen)
        rows = rows_of(chosen, sort)
        expected = sorted_by_hand(claims, sort)
        assert rows.ids(0, 1000) == expected, chosen
        assert rows.ids(1, 3) == expected[1:4], chosen
        assert rows.count == RowCount(len(claims)), chosen


@pytest.fixture(scope="module")
def portions(module_database) -> None:
    """Forty claims, in a dozen portions of their lists."""
    write_rows(40, releases_apart=RELEASES_A_PORTION // 3)
    PublishedSource.objects.update(said_by=1)


@pytest.mark.parametrize("sort", SORTS)
def test_a_far_page_is_what_walking_there_would_show(portions, sort):
    expected = sorted_by_hand(list(PublishedClaim.objects.all()), sort)
    for offset in range(0, 45, 4):
        assert far_ids({}, sort, offset, 7) == expected[offset : offset + 7], offset


@pytest.mark.parametrize(
    ("column", "sort"),
    [
        ("status", "changed_at"),
        ("status", "-changed_at"),
        ("check", "changed_at"),
        ("check", "-changed_at"),
        ("status", "status"),
        ("status", "-status"),
        ("check", "attribution_check"),
    ],
)
def test_a_far_page_of_one_filter_too(portions, column, sort):
    chosen = {column: {"status": "verified", "check": "confirmed"}[column]}
    expected = sorted_by_hand(fitting(chosen), sort)
    for offset in (0, 3, 8, 12):
        assert far_ids(chosen, sort, offset, 4) == expected[offset : offset + 4]


def test_where_no_portions_are_kept_no_far_page_is_promised(portions):
    assert far_ids({"status": "verified"}, "source_name", 0, 4) is None
    assert far_ids({"status": "a", "check": "b"}, "-changed_at", 0, 4) is None


#: What the record's writer would have counted of a million claims.
MILLION = Counter(
    {
        "": 1_000_000,
        "status=verified": 300_000,
        "check=confirmed": 250_000,
        "status=verified&check=confirmed": 80_000,
        "topic=money": 25_000,
        "topic=money&status=verified": 8_000,
    }
)


def places(name: str) -> list[Place]:
    """Return the list of a place that exists, with so many claims as a large one has."""
    source, article = PublishedSource.objects.first(), PublishedArticle.objects.first()
    large = {"verified": 40_000}
    known = {
        "source": Place(PublishedClaimSource, "source", source.pk, 120_000, large),
        "relayed": Place(
            PublishedClaimSource, "source", source.pk, 120_000, None, Listing.RELAYED
        ),
        "article": Place(PublishedClaimArticle, "article", article.pk, 120_000, large),
        "document": Place(PublishedClaimDocument, "document", "d000000000", 120_000),
        "topic": Place(PublishedClaimTopic, "slug", "money", 120_000),
    }
    return [known[name]] if name else []


PLACES = ["", "source", "relayed", "article", "document", "topic"]
DAYS = ["said_from", "said_to"]
COLUMNS = [
    *([], ["status"], ["check"], ["status", "check"]),
    *(["said_from"], ["said_to"], DAYS),
    *(["status", *DAYS], ["check", *DAYS], ["status", "check", *DAYS]),
]
VALUES = {
    **{"status": "verified", "check": "confirmed"},
    **{"said_from": datetime.date(2020, 1, 5), "said_to": datetime.date(2020, 2, 1)},
}


@pytest.mark.parametrize("columns", COLUMNS, ids="+".join)
@pytest.mark.parametrize("place", PLACES)
def test_an_index_leads_to_a_page_of_a_million(portions, place, columns):
    """The order is that of an index, and no table is gone through."""
    chosen = {name: VALUES[name] for name in columns}
    for sort in SORTS:
        rows = ClaimRows(places(place), chosen, MILLION, sort)
        rows.__dict__["count"] = RowCount(30_000)
        rows.__dict__["_tally_of_days"] = lambda: 400_000
        with CaptureQueriesContext(connection) as asked:
            assert rows.ids(0, 31) is not None
        for query in asked.captured_queries:
            assert_led_by_an_index(query["sql"])


@pytest.mark.parametrize(
    ("chosen", "sort", "offset"),
    [
        ({"status": "verified"}, "source_name", 200_000),
        ({"status": "verified", "check": "confirmed"}, "-changed_at", 70_000),
    ],
)
def test_too_far_into_a_narrowed_list_is_not_walked(portions, chosen, sort, offset):
    assert ClaimRows([], chosen, MILLION, sort).ids(offset, 31) is None


def test_rows_are_counted_as_far_as_one_counts(portions):
    claims = PublishedClaim.objects.all()
    assert counted(claims, at_most=40) == RowCount(40)
    assert counted(claims, at_most=39) == RowCount(39, is_exact=False)
