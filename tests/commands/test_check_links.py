"""`manage.py check_links`: one round, or round after round; and the step of upkeep."""

import io
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.checking.links import Finding, FindingKind, Reason
from claims.jobs.lease import lease
from claims.jobs.link_watch import Looked, Way
from claims.jobs.upkeep import links
from claims.management.commands.check_links import Command, line_of
from claims.models import Document, Probe
from tests.factories import NOON, make_citation, make_document
from tests.links import FrozenClock, Hosts, story, way_to
from tests.scripted import page, scripted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path) -> None:
    settings.TRACKER_DATA_DIR = tmp_path


@pytest.fixture
def document() -> Document:
    found = make_document(url="http://news.example/a")
    make_citation(document=found)
    return found


@contextmanager
def watching(**scripts):
    clock = FrozenClock()
    hosts = Hosts(clock)
    hosts.scripts |= {f"news.example/{path}": said for path, said in scripts.items()}
    with scripted(hosts) as server:
        yield way_to(server, clock)


def run(way: Way, **options) -> str:
    out = io.StringIO()
    call_command(Command(way=way, stdout=out), **options)
    return out.getvalue()


def test_a_round_says_what_is_not_well_and_counts_the_rest(document) -> None:
    make_citation(document=make_document(url="http://news.example/b"))
    with watching(b=[story("b")]) as way:
        said = run(way)
        assert said.splitlines() == [
            "http://news.example/a: not found at the last try: "
            "the site says that there is no such page (404)",
            "2 looked at: 1 not found at the last try, 1 online.",
        ]
        assert run(way) == "No link is due.\n"
        assert "b: online: " in run(way, all=True, verbosity=2)


def test_one_document_is_looked_at_when_asked_for(document) -> None:
    with watching() as way:
        run(way)
        assert "1 looked at" in run(way, document=document.public_id)
        with pytest.raises(CommandError, match="No document 0000000000"):
            run(way, document="0000000000")
    assert Probe.objects.count() == 2


def test_so_many_at_most(document) -> None:
    make_citation(document=make_document(url="http://news.example/b"))
    with watching() as way:
        assert "1 looked at" in run(way, limit=1)


def test_those_that_wait_for_their_host_are_counted(document) -> None:
    make_citation(document=make_document(url="http://news.example/b"))
    busy = [page(b"", "429 Too Many")]
    with watching(a=busy, b=busy) as way:
        assert "1 looked at: 1 asked us to wait; 1 wait for their host." in run(way)


def test_a_watch_goes_on_until_it_is_told_to_end(document) -> None:
    with watching() as way:
        rounds = []

        def sleep(seconds: float) -> None:
            way.sleep(seconds)
            if seconds == 60:
                rounds.append(seconds)
                way.sleep(4 * 24 * 3600)
            if len(rounds) == 3:
                raise KeyboardInterrupt

        said = run(Way(**{**vars(way), "sleep": sleep}), watch=True)
    assert said.count("1 looked at") == 3
    assert said.endswith("Ended. What was looked at is kept.\n")
    document.refresh_from_db()
    assert document.link_state == "dead"


@pytest.mark.parametrize(
    "options",
    [
        {"watch": True, "all": True},
        {"watch": True, "document": "x"},
        {"all": True, "document": "x"},
    ],
)
def test_what_does_not_go_together_is_refused(options) -> None:
    with pytest.raises(CommandError) as refused:
        run(Way(), **options)
    assert refused.value.returncode == 2


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1000001"])
def test_a_limit_is_a_number(limit) -> None:
    with pytest.raises(CommandError, match="must be a number"):
        call_command("check_links", f"--limit={limit}")


def test_two_at_once_do_the_work_of_one(document) -> None:
    refused = pytest.raises(CommandError, match="Another run is at work")
    with watching() as way, lease("links"), refused:
        run(way)
    assert not Probe.objects.exists()


def test_upkeep_looks_too_unless_it_is_switched_off(document, settings) -> None:
    with watching() as way:
        assert links(NOON, way) == "switched off"
        settings.TRACKER_CHECK_LINKS = True
        with lease("links"):
            assert links(NOON, way) == "another run is at work"
        assert links(NOON, way) == "1 looked at"
        assert links(NOON, way) == "none due"


def test_a_look_of_which_nothing_was_kept_says_why() -> None:
    finding = Finding(FindingKind.OK, Reason.ANSWERED)
    looked = Looked(1, "http://news.example/a", finding, None)
    assert line_of(looked) == "http://news.example/a: has another address by now"
