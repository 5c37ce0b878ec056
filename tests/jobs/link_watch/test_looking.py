"""The link watch against scripted hosts, on a frozen clock: what it asks, keeps, tells."""

import datetime
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from claims.fetch import Fetched
from claims.jobs.lease import lease
from claims.jobs.link_watch import (
    AlreadyWatchingError,
    Looked,
    Way,
    due_links,
    looking,
)
from claims.jobs.link_watch.asking import ask
from claims.jobs.link_watch.saving import keep
from claims.jobs.link_watch.tasks import tasks_of
from claims.models import (
    Citation,
    Document,
    Event,
    LinkNotice,
    LinkWatch,
    NewInformation,
    Probe,
    PublishedDocument,
    WatchedHost,
)
from tests.factories import (
    NOON,
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_passage,
    make_watch,
    publish_claim,
    release_article,
)
from tests.links import FrozenClock, Hosts, story, way_to
from tests.scripted import page, redirect, scripted

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
WORDS = "Two of three shops have closed since 2019."
URL = "http://news.example/mill"


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path) -> None:
    settings.TRACKER_DATA_DIR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@contextmanager
def hosts_of(clock: FrozenClock, **options: Any) -> Iterator[tuple[Hosts, Way]]:
    hosts = Hosts(clock)
    with scripted(hosts) as server:
        yield hosts, way_to(server, clock, **options)


def cited(url: str = URL, quotation: str = WORDS, **fields: Any) -> Citation:
    document = make_document(url=url, title="The story of mill", **fields)
    return make_citation(make_claim(), document=document, quotation=quotation)


def look(way: Way, days: float = 0, **choice: Any) -> list[Looked]:
    """Wait so many days, then look at what is due."""
    way.sleep(days * DAY.total_seconds())
    with looking(way, **choice) as (_links, looks):
        return list(looks)


def kinds(looked: list[Looked]) -> list[str]:
    return [each.finding.kind.value for each in looked]


# What is due


def test_what_is_cited_or_public_is_watched_and_nothing_else(clock) -> None:
    one = cited("http://a.example/").document
    cited("")
    make_document(url="http://uncited.example/")
    dropped = make_citation(make_claim(state="discarded"))
    public = make_claim().article
    release_article(public)
    due = dict(due_links(NOON))
    assert set(due) == {one.pk, public.document.pk}
    assert dropped.document_id not in due


def test_the_longest_due_comes_first_and_what_is_not_due_waits(clock) -> None:
    new, old, later, dead = (cited(f"http://{n}.example/").document for n in "abcd")
    for row, at in ((old, NOON - DAY), (later, NOON + DAY), (dead, None)):
        rows = Document.objects.filter(pk=row.pk)
        rows.update(next_check_at=at, link_checked_at=NOON - 9 * DAY)
        make_watch(row)
    assert [pk for pk, _url in due_links(NOON)] == [new.pk, old.pk]
    assert [pk for pk, _url in due_links(NOON, limit=1)] == [new.pk]
    assert len(due_links(NOON, every=True)) == 4
    (only,) = due_links(NOON, public_id=dead.public_id)
    assert only[0] == dead.pk


def test_what_came_in_a_file_with_the_state_of_its_link_is_taken_up(clock) -> None:
    document = cited(link_state="dead", link_checked_at=NOON - 900 * DAY).document
    assert [pk for pk, _url in due_links(NOON)] == [document.pk]


def test_another_address_is_looked_at_at_once_and_begins_anew(clock) -> None:
    document = cited().document
    with hosts_of(clock) as (hosts, way):
        look(way)
        document.refresh_from_db()
        assert (document.link_state, document.link_watch.strikes) == ("gone", 2)
        hosts.scripts["news.example/new"] = [story("mill", WORDS)]
        Document.objects.filter(pk=document.pk).update(url="http://news.example/new")
        assert kinds(look(way)) == ["ok"]
    watch = LinkWatch.objects.get(document=document)
    assert (watch.strikes, watch.url) == (0, "http://news.example/new")


# What is asked


def test_a_page_is_asked_for_once_and_then_only_if_it_changed(clock) -> None:
    cited()
    head = page(b"", "304 Not Modified")
    requests: list[bytes] = []

    def twice(request: bytes) -> bytes:
        requests.append(request)
        return head if b'If-None-Match: "v1"' in request else whole

    whole = story("mill", WORDS).replace(b"\r\n\r\n", b'\r\nETag: "v1"\r\n\r\n', 1)
    with hosts_of(clock) as (hosts, way):
        hosts.scripts["news.example/mill"] = [twice]
        first, second = look(way), look(way, 7)
    assert [each.finding.reason.value for each in (*first, *second)] == [
        "quotations_stand",
        "unchanged",
    ]
    assert b"If-None-Match" not in requests[0]
    assert Probe.objects.filter(status=304, kind="ok").exists()


def test_a_page_with_the_same_bytes_is_not_read_again(clock) -> None:
    citation = cited()
    read = []

    def counting(raw: bytes, kind: Any, **about: Any) -> Any:
        read.append(about["url"])
        return plain(raw, kind, **about)

    with hosts_of(clock) as (hosts, way):
        plain = way.read
        way = Way(**{**vars(way), "read": counting})
        hosts.scripts["news.example/mill"] = [story("mill", WORDS)]
        look(way)
        assert kinds(look(way, 7)) == ["ok"]
        assert len(read) == 1
        # Other words are quoted from it now: it has to be looked for them.
        Citation.objects.filter(pk=citation.pk).update(quotation="mill1 mill2 mill3")
        assert kinds(look(way, 14)) == ["ok"]
        assert len(read) == 2


def test_who_asks_says_so_and_asks_the_host_first(clock, settings) -> None:
    cited()
    with scripted(page(b"User-agent: *\nDisallow: /mill", "200 OK")) as server:
        (looked,) = look(way_to(server, clock))
    assert looked.finding.reason == "robots"
    (request,) = server.requests
    assert request.startswith(b"GET /robots.txt ")
    assert b"User-Agent: ClaimTracker/" in request
    assert b"/about/; errors@claims.example" in request
    document = Document.objects.get(url=URL)
    assert document.link_state == "blocked"
    assert document.next_check_at == NOON + 30 * DAY


def test_robots_txt_is_kept_for_a_day(clock) -> None:
    cited("http://news.example/a"), cited("http://news.example/b")
    with hosts_of(clock) as (hosts, way):
        look(way)
        assert hosts.asked("/robots.txt") == 1
        look(way, 0.5, every=True)
        assert hosts.asked("/robots.txt") == 1
        look(way, 1, every=True)
        assert hosts.asked("/robots.txt") == 2


def test_a_host_is_asked_by_one_at_a_time_and_given_a_second(clock) -> None:
    for number in range(12):
        cited(f"http://news.example/{number}")
        cited(f"http://other.example/{number}")
    with hosts_of(clock) as (hosts, way):
        assert len(look(way)) == 24
    assert hosts.most_at_once == 1
    for name in ("news.example", "other.example"):
        times = [at for host, _path, at in hosts.visits if host == name]
        gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
        assert min(gaps) >= datetime.timedelta(seconds=1)


def test_a_host_with_many_links_keeps_no_other_waiting(clock) -> None:
    for number in range(40):
        cited(f"http://large.example/{number}")
    cited("http://small.example/")
    with hosts_of(clock, threads=2) as (_hosts, way):
        urls = [looked.url for looked in look(way)]
    assert urls.index("http://small.example/") < 3


def test_a_host_that_asks_to_wait_is_left_alone(clock) -> None:
    for number in range(5):
        cited(f"http://busy.example/{number}")
    with hosts_of(clock) as (hosts, way):
        busy = page(b"", "429 Too Many", Retry_After="7200")
        hosts.scripts["busy.example/*"] = [busy]
        assert kinds(look(way)) == ["throttled"]
        assert look(way, 1 / 24) == []
        hosts.scripts["busy.example/*"] = [story("busy", WORDS)]
        assert kinds(look(way, 1.1 / 24)) == ["ok"] * 5
    assert WatchedHost.objects.get(pk="busy.example").wait_until is not None


def test_what_the_host_says_to_anything_is_asked_once_a_week(clock) -> None:
    for number in range(3):
        cited(f"http://shell.example/{number}", quotation="")
    with hosts_of(clock) as (hosts, way):
        hosts.scripts["shell.example/*"] = [story("shell", title="Shell")]
        hosts.scripts["shell.example/robots.txt"] = [page(b"", "404 Not Found")]
        assert kinds(look(way)) == ["soft_404"] * 3
        assert hosts.asked("/never-was") == 1
        look(way, 3)
        assert hosts.asked("/never-was") == 1


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "ftp://news.example/"]
)
def test_nothing_inside_is_ever_asked(clock, url) -> None:
    make_citation(document=make_document(url=url))
    with hosts_of(clock) as (hosts, way):
        (looked,) = look(way)
    assert (looked.finding.kind, looked.finding.reason) == ("blocked", "not_fetched")
    assert hosts.visits == []


# What is kept


def test_a_look_is_a_row_and_readers_are_told_at_once(clock) -> None:
    claim = publish_claim().claim
    document = claim.citations.get().document
    Document.objects.filter(pk=document.pk).update(url=URL)
    with hosts_of(clock) as (_hosts, way):
        (looked,) = look(way, public_id=document.public_id)
    (probe,) = Probe.objects.filter(document=document)
    assert (probe.kind, probe.reason, probe.status) == ("gone", "not_found", 404)
    assert (probe.strike, probe.state, probe.url) == (2, "gone", URL)
    assert probe.at == looked.memory.first_strike_at
    public = PublishedDocument.objects.get(pk=document.public_id)
    assert (public.link_state, public.link_checked_at) == ("gone", probe.at)


def test_a_look_is_no_edit(clock) -> None:
    document = cited().document
    before = Event.objects.count(), document.history.count()
    with hosts_of(clock) as (_hosts, way):
        look(way)
    fresh = Document.objects.get(pk=document.pk)
    assert (Event.objects.count(), fresh.history.count()) == before
    assert fresh.version == document.version


def test_an_address_that_was_changed_meanwhile_keeps_nothing(clock) -> None:
    document = cited().document
    with hosts_of(clock) as (_hosts, way):
        asked = ask(tasks_of([document.pk])[document.pk], way)
    Document.objects.filter(pk=document.pk).update(url="http://news.example/new")
    assert keep(asked, NOON).memory is None
    assert not Probe.objects.exists()
    assert tasks_of([make_document(url="").pk]) == {}


# What is told


def test_a_dead_link_is_told_once_and_again_when_it_is_back(clock) -> None:
    document = cited().document
    with hosts_of(clock) as (hosts, way):
        look(way), look(way, 3)
        assert not LinkNotice.objects.exists()
        look(way, 3)
        (notice,) = LinkNotice.objects.filter(document=document)
        assert notice.kind == "dead"
        look(way, 30)
        assert LinkNotice.objects.count() == 1
        hosts.scripts["news.example/mill"] = [story("mill", WORDS)]
        assert kinds(look(way, 30)) == ["ok"]
    notice.refresh_from_db()
    assert notice.kind == "back"
    assert list(Document.objects.with_link_to_look_at()) == [document]


def test_a_page_that_moved_is_told_with_its_address(clock) -> None:
    document = cited().document
    with hosts_of(clock) as (hosts, way):
        hosts.scripts["news.example/mill"] = [redirect("/new", "301 Moved")]
        hosts.scripts["news.example/new"] = [story("mill", WORDS)]
        look(way)
        assert document.link_watch.moved_to == "http://news.example/new"
        notice = LinkNotice.objects.get(document=document)
        assert notice.kind == "moved"
        LinkNotice.objects.all().delete()
        look(way, 7)
    assert not LinkNotice.objects.exists()


@pytest.mark.parametrize("kept", ["copy", "passage", "seen"])
def test_quoted_words_that_are_gone_are_believed_after_six_days(clock, kept) -> None:
    citation = cited()
    document = citation.document
    if kept == "copy":
        make_copy(document, text=f"Before. {WORDS} After.")
    elif kept == "passage":
        copy = make_copy(document, text=f"Before. {WORDS} After.")
        Citation.objects.filter(pk=citation.pk).update(
            passage=make_passage(copy, WORDS)
        )
    before = document.copies.count()
    with hosts_of(clock) as (hosts, way):
        hosts.scripts["news.example/mill"] = [
            *([story("mill", WORDS)] if kept == "seen" else []),
            story("mill", "Three of three shops have closed since 2019."),
        ]
        wait = 0
        if kept == "seen":
            assert kinds(look(way)) == ["ok"]
            wait = 7
        assert kinds(look(way, wait)) == ["deviated"]
        document.refresh_from_db()
        assert (document.link_state, document.copies.count()) == ("ok", before)
        assert kinds(look(way, 3)) == ["deviated"]
        assert kinds(look(way, 3)) == ["deviated"]
        document.refresh_from_db()
        assert document.link_state == "deviated"
        assert LinkNotice.objects.get(document=document).kind == "deviated"
        (probe, *_others) = Probe.objects.filter(document=document)
        assert probe.gone == [citation.public_id]
        # The page as it is now is kept, and stays deviated all the same.
        assert document.copies.count() == before + 1
        copy = document.newest_copy
        assert "Three of three" in copy.text
        assert copy.provenance == "captured"
        assert kinds(look(way, 7)) == ["deviated"]
        assert document.copies.count() == before + 1
        hosts.scripts["news.example/mill"] = [story("mill", WORDS)]
        assert kinds(look(way, 14)) == ["ok"]
    document.refresh_from_db()
    assert document.link_state == "ok"


def test_words_that_never_stood_there_do_not_make_a_page_deviated(clock) -> None:
    cited()
    with hosts_of(clock) as (hosts, way):
        hosts.scripts["news.example/mill"] = [story("mill")]
        assert kinds(look(way)) == ["ok"]


def test_who_signed_for_the_words_is_told(clock) -> None:
    claim = make_claim()
    document = make_document(url=URL)
    copy = make_copy(document, text=f"Before. {WORDS} After.")
    make_citation(
        claim,
        document=document,
        quotation=WORDS,
        passage=make_passage(copy, WORDS),
    )
    publish_claim(claim)
    with hosts_of(clock) as (hosts, way):
        hosts.scripts["news.example/mill"] = [story("mill")]
        for _number in range(3):
            look(way, 3, public_id=document.public_id)
    assert NewInformation.objects.filter(claim=claim).exists()


# One at a time, and to the end


def test_a_second_run_asks_nothing(clock) -> None:
    cited()
    with hosts_of(clock) as (hosts, way):
        with lease("links") as ours:
            assert ours
            with pytest.raises(AlreadyWatchingError):
                look(way)
        assert hosts.visits == []
        assert len(look(way)) == 1


def test_a_run_that_is_cut_off_goes_on_where_it_was(clock) -> None:
    for number in range(10):
        cited(f"http://h{number}.example/")
    with hosts_of(clock) as (_hosts, way):
        with looking(way) as (_links, looks):
            done = {next(looks).url for _number in range(4)}
        assert Probe.objects.count() == 4
        rest = {looked.url for looked in look(way)}
    assert not done & rest
    assert len(done | rest) == 10
    assert Probe.objects.count() == 10


def test_a_fault_of_ours_keeps_no_other_link_waiting(clock) -> None:
    one = cited("http://a.example/").document
    cited("http://b.example/")
    with hosts_of(clock) as (_hosts, way):
        usual = way.fetch

        def breaking(url: str, **options: Any) -> Fetched:
            if "a.example" in url:
                raise RuntimeError("Not foreseen.")
            return usual(url, **options)

        looked = look(Way(**{**vars(way), "fetch": breaking}))
    assert [each.url for each in looked] == ["http://b.example/"]
    one.refresh_from_db()
    # Whoever looked at the other link may have slept a second before.
    assert NOON + DAY <= one.next_check_at <= NOON + DAY + datetime.timedelta(seconds=5)
