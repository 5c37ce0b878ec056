"""Asking one address: robots.txt, the page, and what the host says to anything."""

import datetime
import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils import timezone

from claims.checking.links import Answer, Hop, PageText, may_ask, sketch
from claims.checking.quotes import Verdict, check_quotation
from claims.fetch import Fetched, FetchError, Known, Limits, fetch
from claims.fetch.addresses import WebAddress, read_address
from claims.fetch.limits import MEGABYTE
from claims.intake import IntakeError, Kind, Reading, charset_of, kind_of
from claims.jobs.originals import Original, agent, original_of
from claims.jobs.reading import read_apart

from .tasks import HostFacts, Quoted, Task

#: Between two requests to one host, at least.
PAUSE_SECONDS = 1.0
#: Who asks at once. Most of the time each waits for somebody's server.
THREADS = 16
#: A reading is a process of its own, and takes a processor.
READINGS_AT_ONCE = 2
LIMITS = Limits(pdf_bytes=100 * MEGABYTE)
ROBOTS_LIMITS = Limits(body_bytes=MEGABYTE, decoded_bytes=MEGABYTE, total_seconds=20)
ROBOTS_KEPT = datetime.timedelta(days=1)  # RFC 9309, section 2.4
SIBLING_KEPT = datetime.timedelta(days=7)
PRODUCT = "claimtracker"
_HEAD_BYTES = 64 * 1024
#: Of ``claims.fetch.Reason``: the host itself cannot be reached, whatever is asked.
_UNREACHED = frozenset(
    {"unknown-name", "name-server", "connection", "tls", "timeout", "refused"}
)


@dataclass(frozen=True)
class Way:
    """How to look: fetching, reading, the clock and sleeping, and how politely.

    All of it can be given by tests. ``token``: a name that no page of any host has.
    """

    fetch: Callable[..., Fetched] = fetch
    read: Callable[..., Reading] = read_apart
    clock: Callable[[], datetime.datetime] = timezone.now
    sleep: Callable[[float], None] = time.sleep
    pause_seconds: float = PAUSE_SECONDS
    threads: int = THREADS
    token: Callable[[], str] = lambda: secrets.token_hex(8)
    readers: Any = field(default_factory=lambda: threading.Semaphore(READINGS_AT_ONCE))

    @property
    def pause(self) -> datetime.timedelta:
        return datetime.timedelta(seconds=self.pause_seconds)


@dataclass(frozen=True)
class Asked:
    """What came of one task.

    ``original`` and ``reading``: the page, where quoted words are missing in it.
    ``missing``: those that do not stand in it, which says nothing of whether they ever
    did. ``was_read``: whether it was looked into at all.
    """

    task: Task
    answer: Answer
    host: HostFacts
    milliseconds: int = 0
    fetched: Fetched | None = None
    body_sha256: str = ""
    was_read: bool = False
    missing: tuple[Quoted, ...] = ()
    original: Original | None = None
    reading: Reading | None = None


def ask(task: Task, way: Way) -> Asked:
    """Look at one link. Nothing of the database is touched; nothing is raised."""
    at = way.clock()
    try:
        address = read_address(task.url)
    except FetchError as error:
        return Asked(task, _failed(task.url, at, error), task.host)
    host = task.host
    if host.robots_at is None or at - host.robots_at >= ROBOTS_KEPT:
        try:
            host = replace(host, robots=_robots(address, way), robots_at=at)
        except FetchError as error:
            if error.reason in _UNREACHED:
                return Asked(task, _failed(task.url, at, error), host)
        way.sleep(way.pause_seconds)
    if not may_ask(host.robots, address.url, PRODUCT):
        return Asked(task, Answer(task.url, at, is_disallowed=True), host)
    return _ask_for_page(task, host, way, at)


def _robots(address: WebAddress, way: Way) -> str:
    """Return the rules of a host; "" where it has none.

    Where its server is at fault, RFC 9309 has crawlers stay away. This is no crawler:
    it asks for one page that a person cited, and a fault here says nothing of that.
    """
    url = f"{address.scheme}://{address.host_header}/robots.txt"
    fetched = way.fetch(url, limits=ROBOTS_LIMITS, agent=agent())
    if fetched.status != 200:
        return ""
    return fetched.body.decode("utf-8", "replace").replace("\0", "")


def _ask_for_page(
    task: Task, host: HostFacts, way: Way, at: datetime.datetime
) -> Asked:
    began = time.perf_counter()
    known = None
    if not task.must_read:
        page = task.page
        known = Known(page.final_url, page.etag, page.last_modified)
    try:
        fetched = way.fetch(task.url, limits=LIMITS, agent=agent(), known=known)
    except FetchError as error:
        asked = Asked(task, _failed(task.url, at, error), host)
    else:
        asked = _read(task, host, fetched, way, at)
    took = round((time.perf_counter() - began) * 1000)
    return replace(asked, milliseconds=took)


def _failed(url: str, at: datetime.datetime, error: FetchError) -> Answer:
    return Answer(asked_url=url, at=at, failure=error.reason.value)


def _read(
    task: Task, host: HostFacts, fetched: Fetched, way: Way, at: datetime.datetime
) -> Asked:
    digest = hashlib.sha256(fetched.body).hexdigest() if fetched.body else ""
    is_success = 200 <= fetched.status < 300
    same_bytes = is_success and digest == task.page.body_sha256
    unchanged = not task.must_read and (fetched.status == 304 or same_bytes)
    answer = _answer(task, fetched, at, unchanged=unchanged)
    asked = Asked(task, answer, host, fetched=fetched, body_sha256=digest)
    if unchanged or not is_success:
        return replace(asked, fetched=replace(fetched, body=b""))
    return _read_page(asked, fetched, way)


def _answer(
    task: Task, fetched: Fetched, at: datetime.datetime, *, unchanged: bool
) -> Answer:
    is_pdf = fetched.body.startswith(b"%PDF-")
    head = b"" if is_pdf else fetched.body[:_HEAD_BYTES]
    return Answer(
        asked_url=task.url,
        at=at,
        url=fetched.url,
        status=fetched.status,
        hops=tuple(Hop(hop.url, hop.status) for hop in fetched.redirects),
        retry_after=fetched.header("retry-after"),
        head=head.decode("utf-8", "replace").replace("\0", ""),
        is_empty=fetched.status != 304 and not fetched.body.strip(),
        is_challenge=fetched.header("cf-mitigated").lower() == "challenge",
        unchanged=unchanged,
    )


def _read_page(asked: Asked, fetched: Fetched, way: Way) -> Asked:
    """Read a page that is new to us, and look for the quoted words in it."""
    without_body = replace(fetched, body=b"")
    content_type = fetched.header("content-type")
    kind = kind_of(fetched.body, content_type)
    try:
        with way.readers:
            reading = way.read(
                fetched.body, kind, url=fetched.url, charset=charset_of(content_type)
            )
    except IntakeError:
        return replace(asked, fetched=without_body, was_read=True)
    standing, missing = _looked_for(asked.task.quotations, reading)
    host = asked.host
    if kind == Kind.PAGE and not standing:
        host = _with_sibling(host, fetched.url, way)
    answer = replace(
        asked.answer,
        page=_page_text(reading),
        sibling=host.sibling_sketch if kind == Kind.PAGE else (),
        standing=tuple(quoted.key for quoted in standing),
    )
    return replace(
        asked,
        answer=answer,
        host=host,
        fetched=without_body,
        was_read=True,
        missing=tuple(missing),
        original=original_of(asked.task.url, fetched) if missing else None,
        reading=reading if missing else None,
    )


def _looked_for(
    quotations: tuple[Quoted, ...], reading: Reading
) -> tuple[list[Quoted], list[Quoted]]:
    standing, missing = [], []
    for quoted in quotations:
        match = check_quotation(quoted.words, reading.text)
        if match.same_words:
            standing.append(quoted)
        elif match.verdict != Verdict.UNCHECKABLE:
            missing.append(quoted)
    return standing, missing


def _page_text(reading: Reading) -> PageText:
    return PageText(
        title=reading.title.replace("\0", ""),
        language=reading.language.replace("\0", ""),
        canonical_url=reading.canonical_url,
        characters=len(reading.text),
        sketch=sketch(reading.text),
    )


def _with_sibling(host: HostFacts, url: str, way: Way) -> HostFacts:
    """Learn, once a week, what this host answers to an address that never was."""
    now = way.clock()
    if host.sibling_at is not None and now - host.sibling_at < SIBLING_KEPT:
        return host
    way.sleep(way.pause_seconds)
    found: tuple[int, ...] = ()
    try:
        found = _sibling(f"{url.rpartition('/')[0]}/{way.token()}", way)
    except (FetchError, IntakeError):
        pass  # it does not answer to anything, or with nothing to read
    return replace(host, sibling_sketch=found, sibling_at=now)


def _sibling(url: str, way: Way) -> tuple[int, ...]:
    fetched = way.fetch(url, limits=LIMITS, agent=agent())
    if not 200 <= fetched.status < 300:
        return ()
    content_type = fetched.header("content-type")
    kind = kind_of(fetched.body, content_type)
    with way.readers:
        reading = way.read(
            fetched.body, kind, url=fetched.url, charset=charset_of(content_type)
        )
    return sketch(reading.text)
