"""Many findings over days: strikes, states, deaths and returns, on a frozen calendar."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.links import Finding, FindingKind, Memory, Reason, advance
from tests.properties import tried

NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)

FOUND = {
    "ok": Finding(FindingKind.OK, Reason.ANSWERED),
    "moved": Finding(FindingKind.MOVED, Reason.MOVED_FOR_GOOD, moved_to="http://b/"),
    "deviated": Finding(FindingKind.DEVIATED, Reason.QUOTATION_GONE, gone=("a",)),
    "soft_404": Finding(FindingKind.SOFT_404, Reason.TO_ROOT, strike=2),
    "blocked": Finding(FindingKind.BLOCKED, Reason.CLOSED),
    "throttled": Finding(FindingKind.THROTTLED, Reason.ASKED_TO_WAIT),
    "wait": Finding(FindingKind.THROTTLED, Reason.ASKED_TO_WAIT, wait=2 * HOUR),
    "transient": Finding(FindingKind.TRANSIENT, Reason.TIMEOUT, strike=2),
    "404": Finding(FindingKind.GONE, Reason.NOT_FOUND, strike=2),
    "410": Finding(FindingKind.GONE, Reason.GONE_FOR_GOOD, strike=3),
    "suspect": Finding(FindingKind.SUSPECT, Reason.PARKED),
}


def when_due(*names: str, memory: Memory | None = None) -> list[tuple[str, str, float]]:
    """Look again whenever it is due; return finding, state and days until the next."""
    memory, at, seen = memory or Memory(), NOON, []
    for name in names:
        memory = advance(memory, FOUND[name], at)
        wait = memory.next_at - at if memory.next_at else None
        seen.append((name, memory.state, wait / DAY if wait else None))
        at = memory.next_at or at
    return seen


def after(*looks: tuple[str, float], memory: Memory | None = None) -> Memory:
    """Look at these moments, in days from noon."""
    memory = memory or Memory()
    for name, days in looks:
        memory = advance(memory, FOUND[name], NOON + days * DAY)
    return memory


@pytest.mark.parametrize(
    "road",
    [
        [("ok", "ok", 7), ("ok", "ok", 14), ("ok", "ok", 30), ("ok", "ok", 30)],
        [("moved", "moved", 7), ("moved", "moved", 7), ("ok", "ok", 30)],
        [("404", "gone", 3), ("404", "gone", 3), ("404", "dead", 30)],
        [("410", "gone", 3), ("410", "gone", 3), ("410", "dead", 30)],
        [("404", "gone", 3), ("ok", "ok", 7), ("404", "gone", 3)],
        [("soft_404", "soft_404", 3)] * 2 + [("soft_404", "dead", 30)],
        [("deviated", "ok", 3)] * 2 + [("deviated", "deviated", 7)] * 2,
        [("deviated", "ok", 3), ("ok", "ok", 7), ("deviated", "ok", 3)],
        [("blocked", "blocked", 30)] * 3,
        [("throttled", "throttled", 1 / 24), ("throttled", "throttled", 0.25)]
        + [("throttled", "throttled", 1)] * 3,
        [("wait", "throttled", 2 / 24)] * 3,
        [("transient", "transient", 1 / 24)] + [("transient", "transient", 1)] * 5,
        [("suspect", "suspect", 30), ("suspect", "suspect", 30), ("ok", "ok", 7)],
        [("suspect", "suspect", 30), ("transient", "suspect", 1 / 24)],
        [("blocked", "blocked", 30), ("transient", "blocked", 1 / 24)],
        [("blocked", "blocked", 30), ("404", "gone", 3)],
    ],
)
def test_a_road_of_looks_each_when_it_is_due(road):
    assert when_due(*(name for name, _state, _days in road)) == [
        (name, state, pytest.approx(days)) for name, state, days in road
    ]


def test_three_strikes_within_days_are_no_death():
    memory = after(("404", 0), ("404", 1.5), ("404", 3))
    assert (memory.state, memory.strikes) == ("gone", 6)
    assert after(("404", 5.9), memory=memory).state == "gone"
    assert after(("404", 6), memory=memory).state == "dead"


def test_an_impatient_person_makes_no_strikes():
    memory = after(*(("404", number / 24) for number in range(20)))
    assert (memory.strikes, memory.state) == (2, "gone")


def test_two_that_are_gone_for_good_are_three_strikes():
    assert after(("410", 0), ("410", 6)).state == "dead"
    assert after(("404", 0), ("404", 6)).state == "gone"


def test_an_outage_of_an_afternoon_is_one_strike():
    memory = after(("transient", 0), ("transient", 0.04), ("transient", 0.9))
    assert memory.strikes == 2
    assert memory.tries == 3


def test_a_server_that_is_down_for_a_week_is_dead():
    names = ["transient"] * 9
    states = [state for _name, state, _days in when_due(*names)]
    assert states == [*["transient"] * 7, "dead", "dead"]


def test_waiting_is_no_strike_and_forgives_none():
    memory = after(("404", 0), ("throttled", 3), ("404", 4), ("404", 7))
    assert memory.state == "dead"
    assert after(*(("throttled", number) for number in range(40))).strikes == 0


def test_a_closed_door_takes_strikes_back():
    memory = after(("404", 0), ("404", 3), ("blocked", 6))
    assert (memory.state, memory.strikes, memory.first_strike_at) == (
        *("blocked", 0),
        None,
    )


@pytest.mark.parametrize("name", ["ok", "moved"])
def test_any_success_resets(name):
    dead = after(("404", 0), ("404", 3), ("404", 6))
    memory = after((name, 36), memory=dead)
    assert memory.state == name
    assert (memory.strikes, memory.first_strike_at, memory.died_at) == (0, None, None)
    assert after(("404", 39), memory=memory).state == "gone"


def test_the_dead_are_looked_at_for_a_year():
    dead = after(("404", 0), ("404", 3), ("404", 6))
    memory, looks = dead, 0
    while memory.next_at is not None:
        memory, looks = advance(memory, FOUND["404"], memory.next_at), looks + 1
    assert looks == 12
    assert memory.state == "dead"
    assert memory.died_at == NOON + 6 * DAY


def test_the_dead_stay_dead_while_nothing_can_be_seen():
    dead = after(("404", 0), ("404", 3), ("404", 6))
    for name in ("transient", "throttled", "soft_404"):
        memory = after((name, 36), memory=dead)
        assert (memory.state, memory.next_at) == ("dead", NOON + 66 * DAY)


def test_a_page_that_is_new_is_looked_at_each_day():
    fresh = Memory(fresh_until=NOON + 3 * DAY)
    waits = [days for _name, _state, days in when_due(*["ok"] * 5, memory=fresh)]
    assert waits == [1, 1, 1, 30, 30]


def test_words_missing_twice_on_one_day_are_missing_once():
    memory = after(("deviated", 0), ("deviated", 0.1), ("deviated", 0.2))
    assert (memory.state, memory.sightings) == ("ok", 1)
    memory = after(("deviated", 3), ("deviated", 6), memory=memory)
    assert memory.state == "deviated"


def test_what_was_established_is_not_undone_by_a_failure():
    memory = after(("deviated", 0), ("deviated", 3), ("deviated", 6))
    for name in ("transient", "throttled", "404", "soft_404", "blocked"):
        assert after((name, 7), memory=memory).state == "deviated"
    assert after(("ok", 7), memory=memory).state == "ok"
    silent = after(("blocked", 7), ("deviated", 37), memory=memory)
    assert silent.state == "deviated"


def test_the_address_it_moved_to_is_kept_until_it_is_back():
    memory = after(("moved", 0), ("transient", 7))
    assert memory.moved_to == "http://b/"
    assert after(("ok", 8), memory=memory).moved_to == ""


LOOKS = st.lists(
    st.tuples(st.sampled_from(sorted(FOUND)), st.integers(0, 24 * 40)), max_size=30
)


@tried(300)
@given(LOOKS)
def test_whatever_comes_nothing_dies_young_or_while_it_answers(looks):
    memory, at, first_failure = Memory(), NOON, None
    forgiving = {"ok", "moved", "deviated", "suspect", "blocked"}
    for name, hours in looks:
        at += hours * HOUR
        before = memory
        memory = advance(memory, FOUND[name], at)
        if name in forgiving:
            first_failure = None
        elif not name.startswith(("throttled", "wait")):
            first_failure = first_failure or at
        if memory.state == "dead" != before.state:
            assert first_failure is not None
            assert at - first_failure >= 6 * DAY
        if name == "ok":
            assert memory.state == "ok"
        assert memory.next_at is None or memory.next_at > at
        assert memory.next_at is not None or memory.state == "dead"
