"""What follows from findings over days: strikes, states, and when to look again."""

import datetime
from dataclasses import replace

from .answers import Memory
from .findings import SUCCESSES, Finding, FindingKind

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)

#: Half-points: three strikes.
DEAD_STRIKES = 6
#: Between the first strike and death, at least.
DYING = 6 * DAY
#: Two strikes within a day are one: the same outage, or an impatient person.
BETWEEN_STRIKES = DAY
#: Missing words are believed when they were missing three times, days apart.
SIGHTINGS = 3
BETWEEN_SIGHTINGS = 3 * DAY

#: What looks away from a page that is well: longer each time.
WELL = (7 * DAY, 14 * DAY, 30 * DAY)
FRESH = DAY
MOVED = 7 * DAY
DOUBTFUL = 3 * DAY
BLOCKED = 30 * DAY
THROTTLED = (HOUR, 6 * HOUR, DAY)
TRANSIENT = (HOUR, DAY)
#: The dead are looked at for a year: they return.
DEAD = 30 * DAY
MOURNING = 365 * DAY

#: What was established is not undone by a look that failed.
_LASTING = frozenset({"deviated", "suspect", "dead"})
#: A door that is closed today was closed yesterday, too.
_LASTING_WHILE_SILENT = _LASTING | {"blocked"}
_SILENT = frozenset({FindingKind.THROTTLED, FindingKind.TRANSIENT})


def advance(memory: Memory, finding: Finding, at: datetime.datetime) -> Memory:
    """Return what is remembered after one more finding.

    ``next_at`` is ``None`` once a link has been dead for a year: it is looked at again
    only when somebody asks.
    """
    if finding.kind in SUCCESSES:
        return _well(memory, finding, at)
    memory = replace(memory, successes=0)
    if finding.kind == FindingKind.DEVIATED:
        return _deviated(memory, at)
    if finding.kind == FindingKind.SUSPECT:
        return replace(_cleared(memory), state="suspect", next_at=at + BLOCKED)
    if finding.kind == FindingKind.BLOCKED:
        return _blocked(memory, at)
    if finding.kind == FindingKind.THROTTLED:
        wait = finding.wait or _step(THROTTLED, memory.tries)
        return _undecided(memory, finding, at, wait)
    return _failed(memory, finding, at)


def _well(memory: Memory, finding: Finding, at: datetime.datetime) -> Memory:
    """Forgive everything: any success resets."""
    is_moved = finding.kind == FindingKind.MOVED
    wait = MOVED if is_moved else _step(WELL, memory.successes)
    if memory.fresh_until is not None and at < memory.fresh_until:
        wait = FRESH
    return replace(
        _cleared(memory),
        state=finding.kind.value,
        successes=memory.successes + 1,
        moved_to=finding.moved_to,
        next_at=at + wait,
    )


def _deviated(memory: Memory, at: datetime.datetime) -> Memory:
    """Count that quoted words are missing; the page itself is alive."""
    before = memory.sighted_at
    counts = before is None or at - before >= BETWEEN_SIGHTINGS
    sightings = min(memory.sightings + counts, SIGHTINGS)
    is_certain = sightings == SIGHTINGS or memory.state == "deviated"
    return replace(
        _cleared(memory),
        state="deviated" if is_certain else "ok",
        sightings=sightings,
        sighted_at=at if counts else before,
        next_at=at + (WELL[0] if is_certain else DOUBTFUL),
    )


def _blocked(memory: Memory, at: datetime.datetime) -> Memory:
    """Note a closed door: it is no strike, and takes earlier ones back."""
    state = memory.state if memory.state in ("deviated", "suspect") else "blocked"
    return replace(
        _cleared(memory),
        state=state,
        sightings=memory.sightings,
        sighted_at=memory.sighted_at,
        next_at=at + BLOCKED,
    )


def _failed(memory: Memory, finding: Finding, at: datetime.datetime) -> Memory:
    """Count a strike against the link; enough of them, over days, and it is dead."""
    memory = _struck(memory, finding.strike, at)
    first = memory.first_strike_at or at
    is_dead = memory.strikes >= DEAD_STRIKES and at - first >= DYING
    if is_dead and memory.died_at is None:
        memory = replace(memory, state="dead", died_at=at)
    if finding.kind == FindingKind.TRANSIENT:
        return _undecided(memory, finding, at, _step(TRANSIENT, memory.tries))
    return _undecided(memory, finding, at, DOUBTFUL)


def _struck(memory: Memory, strike: int, at: datetime.datetime) -> Memory:
    last = memory.last_strike_at
    if last is not None and at - last < BETWEEN_STRIKES:
        return memory
    return replace(
        memory,
        strikes=memory.strikes + strike,
        first_strike_at=memory.first_strike_at or at,
        last_strike_at=at,
    )


def _undecided(
    memory: Memory, finding: Finding, at: datetime.datetime, wait: datetime.timedelta
) -> Memory:
    """Note what was seen, without undoing what was established before."""
    if memory.died_at is not None:
        return _mourned(memory, memory.died_at, at + max(wait, DEAD))
    lasting = _LASTING_WHILE_SILENT if finding.kind in _SILENT else _LASTING
    return replace(
        memory,
        state=memory.state if memory.state in lasting else finding.kind.value,
        tries=memory.tries + 1,
        next_at=at + wait,
    )


def _mourned(
    memory: Memory, died_at: datetime.datetime, next_at: datetime.datetime
) -> Memory:
    """Look at the dead each month, for a year."""
    is_over = next_at - died_at > MOURNING
    return replace(memory, next_at=None if is_over else next_at)


def _cleared(memory: Memory) -> Memory:
    """Return a memory without strikes, sightings and tries."""
    return replace(
        memory,
        strikes=0,
        first_strike_at=None,
        last_strike_at=None,
        sightings=0,
        sighted_at=None,
        tries=0,
        died_at=None,
        moved_to="",
    )


def _step(steps: tuple[datetime.timedelta, ...], number: int) -> datetime.timedelta:
    return steps[min(number, len(steps) - 1)]
