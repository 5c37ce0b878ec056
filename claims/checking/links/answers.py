"""What is known of a web address: its newest answer, and what is remembered of others."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Hop:
    """One redirect on the way: the address that was asked, and its status."""

    url: str
    status: int


@dataclass(frozen=True)
class PageText:
    """A page as it was read: what it calls itself, and its text as a sketch.

    ``sketch``: see ``likeness.sketch``; ``characters``: the length of its text.
    """

    title: str = ""
    language: str = ""
    canonical_url: str = ""
    characters: int = 0
    sketch: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What came of asking an address once, at one moment.

    ``url``: where it was in the end. ``failure``: why there is no status, as a code of
    ``claims.fetch.Reason``. ``head``: the first characters of the body as they came.
    ``page``: what was read in it; ``None`` where nothing could be read, or where it is
    ``unchanged`` since the last answer. ``sibling``: the sketch of what this host
    answers to an address that never was, empty where it answers *not found*.
    ``standing`` and ``gone``: keys of the cited quotations that were looked for.
    """

    asked_url: str
    at: datetime.datetime
    url: str = ""
    status: int | None = None
    failure: str = ""
    hops: tuple[Hop, ...] = ()
    retry_after: str = ""
    head: str = ""
    is_empty: bool = False
    is_disallowed: bool = False
    is_challenge: bool = False
    unchanged: bool = False
    page: PageText | None = None
    sibling: tuple[int, ...] = ()
    standing: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class Memory:
    """What is remembered of a link from one look to the next.

    ``state``: as readers are told it, in the words of ``LinkState``. ``strikes``: in
    half-points. ``sightings``: how often quoted words were missing, days apart.
    ``successes``, ``tries``: in a row. ``judged``, ``judged_as``, ``gone``: kind and
    reason of the newest page and what was missing in it, which hold while its bytes
    are the same. The facts of the page are those of the newest that was all right;
    until there is one, ``title`` is what the desk calls the document. ``fresh_until``:
    the end of the first week, in which pages are looked at each day.
    """

    state: str = "unknown"
    strikes: int = 0
    first_strike_at: datetime.datetime | None = None
    last_strike_at: datetime.datetime | None = None
    sightings: int = 0
    sighted_at: datetime.datetime | None = None
    successes: int = 0
    tries: int = 0
    died_at: datetime.datetime | None = None
    next_at: datetime.datetime | None = None
    fresh_until: datetime.datetime | None = None
    moved_to: str = ""
    judged: str = ""
    judged_as: str = ""
    gone: tuple[str, ...] = ()
    title: str = ""
    language: str = ""
    characters: int = 0
    sketch: tuple[int, ...] = ()
