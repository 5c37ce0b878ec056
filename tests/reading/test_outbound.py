"""Links out of the site: which comes first, and what each tells of itself."""

import datetime

import pytest

from claims.reading.outbound import Outbound, outbound, unlinked
from claims.workflow.words import BROKEN_LINKS, UNSAFE_LINKS, LinkState

URL, ARCHIVE = "http://news.example/a", "https://archive.example/a"
DAY = datetime.date(2026, 3, 2)
ARCHIVED = {"url": URL, "archive_url": ARCHIVE, "archived_on": "2026-03-02"}


def copy_of(day: str, **fields: str) -> dict[str, str]:
    kept = {"retrieved_at": f"{day}T12:00:00Z", "provenance": "captured"}
    return {**kept, "sealed_at": "", **fields}


@pytest.mark.parametrize("state", LinkState.values)
def test_the_copy_in_an_archive_comes_first_once_the_page_is_no_longer_it(state):
    hrefs = [link.href for link in outbound(ARCHIVED, state)]
    if state in UNSAFE_LINKS:
        assert hrefs == [ARCHIVE]
    else:
        assert hrefs == ([ARCHIVE, URL] if state in BROKEN_LINKS else [URL, ARCHIVE])


@pytest.mark.parametrize("state", LinkState.values)
def test_no_archive_is_named_where_nothing_is_archived(state):
    links = outbound({"url": URL}, state)
    assert not [link for link in links if link.is_archive or link.version]
    assert bool(links) == (state not in UNSAFE_LINKS)


def test_each_link_tells_of_the_other():
    live, archived = outbound(ARCHIVED, "ok")
    assert live == Outbound(URL, False, URL, ARCHIVE, DAY)
    assert archived == Outbound(ARCHIVE, True, URL, ARCHIVE, DAY)


@pytest.mark.parametrize("state", UNSAFE_LINKS)
def test_an_unsafe_address_stands_in_no_attribute(state):
    (archived,) = outbound(ARCHIVED, state)
    assert archived.original == ""
    assert unlinked(ARCHIVED, state) == URL


def test_without_an_archive_the_day_is_that_of_our_newest_copy():
    copies = [
        copy_of("2026-03-01"),
        copy_of("2026-03-02"),
        copy_of("2026-03-03", provenance="retold"),
        copy_of("2026-03-04", sealed_at="2026-03-05T12:00:00Z"),
    ]
    (live,) = outbound({"url": URL, "copies": copies}, "ok")
    assert live.dated_on == DAY
    (undated,) = outbound({"url": URL, "copies": []}, "ok")
    assert undated.dated_on is None


def test_a_document_without_an_address_has_no_links():
    assert outbound({}, "unknown") == ()
    assert unlinked({}, "usurped") == ""
