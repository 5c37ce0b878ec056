"""Kept pages: the same for everybody, and none that is older than the record."""

import datetime
from typing import Any

import pytest
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim, ContentRevision, Document, PublishedClaim
from claims.publishing.facts import refresh_facts
from claims.publishing.revision import FACTS_WAIT, advance, note_facts_at, revision_at
from tests.factories import NOON, make_full_claim, make_user, move, publish_claim

LOCMEM = "django.core.cache.backends.locmem.LocMemCache"
CLAIMS = "/claims/"


@pytest.fixture
def kept(db, settings) -> None:
    settings.TRACKER_KEEP_PAGES = True
    caches["pages"].clear()


@pytest.fixture
def page(kept) -> str:
    """The address of a published claim."""
    claim = publish_claim(make_full_claim()).claim
    return reverse("claim_detail", args=[claim.public_id])


def queries(client: Client, url: str, **options: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(url, **options)
    return len(asked)


def is_kept(client: Client, url: str, **options: Any) -> bool:
    """Say whether an answer cost no more than the look at the revision."""
    return queries(client, url, **options) == 1


#: Two addresses, and whether they are of one page.
ALIKE = [
    ("?status=verified&sort=status", "?sort=status&status=verified", True),
    ("", "?utm_source=mail&fbclid=1", True),
    ("?page=", "?status=&sort=", True),
    ("?status=refuted&status=verified", "?status=verified", True),
    ("?status=verified&evil=%22%3E", "?status=verified", True),
    ("?status=verified", "?status=refuted", False),
    ("?page=1", "?page=2", False),
    ("?sort=status", "?sort=-status", False),
]


@pytest.mark.parametrize(("first", "second", "is_one"), ALIKE)
def test_addresses_that_mean_the_same_are_one_page(page, client, first, second, is_one):
    made = client.get(CLAIMS + first)
    assert is_kept(client, CLAIMS + second) == is_one
    assert (client.get(CLAIMS + second).content == made.content) == is_one


def test_an_unknown_parameter_reaches_no_page(page, client):
    body = client.get(f"{CLAIMS}?evil=xss-here&status=verified").content
    assert b"xss-here" not in body
    assert b"status=verified" in body


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-For": "6.6.6.6"},
        {"X-Original-URL": "/evil/"},
        {"Cookie": "sessionid=evil"},
        {"Accept-Language": "de"},
        {"Referer": "https://evil.example/"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_of_a_stranger_is_kept_for_others(page, client, headers):
    poisoned = Client().get(page, headers=headers)
    assert b"evil" not in poisoned.content
    answer = client.get(page)
    assert answer.content == poisoned.content
    assert not answer.cookies
    assert is_kept(client, page)


def test_a_strange_host_is_refused_though_the_page_is_kept(page, client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    own = client.get(page)
    assert client.get(page, headers={"Host": "evil.example"}).status_code == 400
    other = client.get(page, headers={"Host": "other.example"})
    assert other.content == own.content
    assert b"other.example" not in other.content


def test_a_kept_page_has_every_header_of_the_first(page, client):
    first, second = client.get(page), client.get(page)
    assert first.headers == second.headers
    assert "Content-Security-Policy" in second.headers


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_who_has_the_page_is_told_so_without_making_it(page, client, coding):
    accepts = {"Accept-Encoding": coding}
    etag = client.get(page, headers=accepts).headers["ETag"]
    asked = {**accepts, "If-None-Match": etag}
    assert is_kept(client, page, headers=asked)
    answer = client.get(page, headers=asked)
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == etag


def test_each_coding_has_its_own(page, client):
    compressed = client.get(page, headers={"Accept-Encoding": "br, gzip"})
    plain = client.get(page)
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert (
        client.get(page, headers={"Accept-Encoding": "gzip"}).content[:2] == b"\x1f\x8b"
    )


def test_a_head_is_answered_from_what_a_get_kept(page, client):
    assert client.head(page).status_code == 200
    assert not is_kept(client, page)
    with CaptureQueriesContext(connection) as asked:
        answer = client.head(page)
    assert (answer.status_code, answer.content, len(asked)) == (200, b"", 1)


@pytest.mark.parametrize(
    "address",
    [
        "/claims/0000000000/",
        "/nowhere/",
        "/claims/?words=bridge",
        "/report/",
        "/report/0123456789/",
        "/healthz",
        "/admin/login/",
    ],
)
def test_what_is_nobodys_page_is_not_kept(page, client, address):
    client.get(address)
    assert not caches["pages"]._cache  # type: ignore[attr-defined]


def test_a_post_is_never_answered_from_it(page, client):
    client.get(page)
    assert client.post(page).status_code == 405


class TestAfterAMove:
    """Whatever is published, withdrawn or taken down is so on every page at once."""

    def pages(self, page: str) -> list[str]:
        return [page, f"{page}history/", CLAIMS, "/", "/sources/"]

    @pytest.mark.parametrize("name", ["take_down", "retract", "withdraw"])
    def test_nothing_older_is_shown(self, page, client, name):
        row = PublishedClaim.objects.get()
        bodies = {url: client.get(url).content for url in self.pages(page)}
        assert all(is_kept(client, url) for url in bodies)
        assessment = assessment_of(row)
        subject = assessment if name == "withdraw" else assessment.claim
        move(name, subject, make_user("Editors"), reason="It was wrong.")
        for url, body in bodies.items():
            assert client.get(url).content != body, url
        gone = 200 if name == "withdraw" else 410
        assert client.get(page).status_code == gone
        if name == "take_down":
            assert row.text.encode() not in client.get(CLAIMS).content

    def test_processes_with_a_memory_of_their_own_show_the_same(
        self, page, client, settings
    ):
        def of(process: str) -> bytes:
            settings.CACHES = {
                "default": {"BACKEND": LOCMEM},
                "pages": {"BACKEND": LOCMEM, "LOCATION": process},
            }
            return client.get(page).content

        before = of("one"), of("two")
        assessment = assessment_of(PublishedClaim.objects.get())
        move("withdraw", assessment, make_user("Editors"), reason="It was wrong.")
        after = of("two"), of("one")
        assert before[0] == before[1] != after[0] == after[1]


def assessment_of(row: PublishedClaim) -> Any:
    return Claim.objects.get(public_id=row.pk).published_assessment


class BrokenCache(LocMemCache):
    def get(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("nobody there")

    def set(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("nobody there")


def test_a_cache_that_is_down_breaks_no_page(page, client, settings, caplog):
    broken = {"BACKEND": f"{__name__}.BrokenCache"}
    settings.CACHES = {"default": {"BACKEND": LOCMEM}, "pages": broken}
    answers = [client.get(page).status_code for _ in range(3)]
    assert answers == [200, 200, 200]
    assert len(caplog.records) == 1  # then it is left alone for a while


class TestRevision:
    """Facts of machines are shown within ten minutes, and not one by one."""

    def test_an_act_is_another_revision_at_once(self, db):
        before = revision_at(NOON)
        advance()
        assert revision_at(NOON) != before

    def test_facts_wait_and_are_then_shown_together(self, db):
        before = revision_at(NOON)
        for minutes in (0, 3, 9):
            note_facts_at(NOON + datetime.timedelta(minutes=minutes))
        assert revision_at(NOON + FACTS_WAIT - datetime.timedelta(seconds=1)) == before
        assert revision_at(NOON + FACTS_WAIT) == before + 1

    def test_facts_that_come_later_wait_anew(self, db):
        note_facts_at(NOON)
        shown = revision_at(NOON + FACTS_WAIT)
        note_facts_at(NOON + 2 * FACTS_WAIT)
        assert revision_at(NOON + 2 * FACTS_WAIT) == shown
        assert revision_at(NOON + 3 * FACTS_WAIT) == shown + 1

    def test_no_number_comes_twice(self, db):
        note_facts_at(NOON)
        shown = revision_at(NOON + FACTS_WAIT)
        advance()
        assert revision_at(NOON + FACTS_WAIT) > shown

    def test_a_link_that_is_found_dead_is_noted(
        self, page, django_capture_on_commit_callbacks
    ):
        Document.objects.update(link_state="dead")
        with django_capture_on_commit_callbacks(execute=True):
            assert refresh_facts(Document.objects.all())
        assert ContentRevision.objects.get().facts_due_at is not None
