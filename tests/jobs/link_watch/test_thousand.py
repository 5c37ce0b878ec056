"""A thousand links on fifty hosts, through all their steps, on a frozen clock."""

import itertools
from collections import defaultdict
from typing import Any

import pytest

from tests.links import FrozenClock, Hosts, way_to
from tests.scripted import scripted
from tests.thousand import HOSTS, LINKS, travel

#: What it proves is in no database; each road is tried on both beside it.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def test_all_are_judged_right_through_all_their_steps(settings, tmp_path: Any) -> None:
    settings.TRACKER_DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    clock = FrozenClock()
    hosts = Hosts(clock)
    with scripted(hosts) as server:
        journey = travel(hosts, way_to(server, clock), clock)
    assert journey.wrong == {}
    assert len(journey.seen) == LINKS - LINKS // HOSTS + 1
    assert sum(right for _name, _links, right, _end in journey.by_life()) == len(
        journey.seen
    )
    assert hosts.most_at_once == 1
    per_host = defaultdict(list)
    for host, path, at in hosts.visits:
        # What a redirect leads to belongs to the request that was redirected.
        if not path.startswith(("/elsewhere", "/login")) and path != "/":
            per_host[host].append(at)
    assert all(
        (later - earlier).total_seconds() >= 1
        for times in per_host.values()
        for earlier, later in itertools.pairwise(times)
    )
