"""Two runs of the link watch, and a desk at work beside them, with real transactions."""

import threading
from typing import Any

from django.db import connection

from claims.jobs.link_watch import AlreadyWatchingError, looking
from claims.models import Document, LinkWatch, Probe
from claims.moves import overrule_link
from claims.workflow.roles import EDITORS
from tests.factories import make_citation, make_claim, make_document, make_user
from tests.links import FrozenClock, Hosts, way_to
from tests.scripted import scripted

LINKS = 20


def cited(number: int, claim: Any) -> Document:
    document = make_document(url=f"http://h{number}.example/")
    make_citation(claim, document=document)
    return document


def test_of_two_runs_at_once_one_looks_at_each_link_once(own_database, settings):
    settings.TRACKER_DATA_DIR = settings.TRACKER_DATA_DIR / "links"
    settings.TRACKER_DATA_DIR.mkdir(exist_ok=True)
    claim, clock = make_claim(), FrozenClock()
    for number in range(LINKS):
        cited(number, claim)
    outcomes: list[Any] = []
    gate = threading.Barrier(2)

    def run(way: Any) -> None:
        gate.wait()
        try:
            with looking(way) as (_links, looks):
                outcomes.append(len(list(looks)))
        except AlreadyWatchingError:
            outcomes.append("another")
        finally:
            connection.close()

    hosts = Hosts(clock)
    with scripted(hosts) as server:
        way = way_to(server, clock)
        threads = [threading.Thread(target=run, args=[way]) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
    # Whoever comes second finds another at work, or nothing due any more.
    assert sorted(outcomes, key=str) in ([LINKS, "another"], [0, LINKS])
    assert Probe.objects.count() == LINKS
    assert hosts.asked("/") == LINKS


def test_a_person_who_overrules_while_it_looks_is_not_overwritten(own_database):
    claim, clock = make_claim(), FrozenClock()
    documents = [cited(number, claim) for number in range(LINKS)]
    editor = make_user(EDITORS)
    hosts = Hosts(clock)
    with scripted(hosts) as server:
        way = way_to(server, clock)
        with looking(way) as (_links, looks):
            for place, _looked in enumerate(looks):
                # Some are looked at already, some are being asked for just now.
                overrule_link(documents[-1 - place], editor, "ok", "I opened it.", "")
    states = set(
        Document.objects.filter(pk__in=[d.pk for d in documents]).values_list(
            "link_state", flat=True
        )
    )
    assert states == {"ok"}
    assert set(LinkWatch.objects.values_list("state", flat=True)) == {"gone"}
