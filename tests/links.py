"""Many hosts on one loopback server, each address with a script of its own; and time."""

import datetime
import re
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from claims.fetch import FetchError, Reason, fetch
from claims.intake import Block, IntakeError, Kind, Reading
from claims.jobs.link_watch import Way
from tests.factories import NOON
from tests.scripted import Loopback, Server, page

#: A host of this name is not known to anybody.
NOWHERE = "nowhere"
Step = bytes | Callable[[bytes], bytes]


class FrozenClock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self, at: datetime.datetime = NOON) -> None:
        self.at = at
        self._lock = threading.Lock()

    def now(self) -> datetime.datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.at += datetime.timedelta(seconds=seconds)


class Hosts:
    """Answers as scripted: by host and path, visit by visit, the last step ever after.

    ``visits``: who was asked for what and when, robots.txt included. What has no script
    is not found.
    """

    def __init__(self, clock: FrozenClock) -> None:
        self.clock = clock
        self.scripts: dict[str, list[Step]] = {}
        self.visits: list[tuple[str, str, datetime.datetime]] = []
        self.at_once: Counter[str] = Counter()
        self.most_at_once = 0
        self._counts: Counter[str] = Counter()

    def __call__(self, request: bytes) -> bytes:
        line, _end, rest = request.partition(b"\r\n")
        path = line.split()[1].decode()
        (host,) = re.findall(rb"(?m)^Host: (.*?)\r$", rest)
        name = host.decode()
        self._enter(name)
        try:
            self.visits.append((name, path, self.clock.now()))
            return self._said(f"{name}{path}", request)
        finally:
            self.at_once[name] -= 1

    def _enter(self, name: str) -> None:
        self.at_once[name] += 1
        self.most_at_once = max(self.most_at_once, self.at_once[name])

    def _said(self, address: str, request: bytes) -> bytes:
        steps = self.scripts.get(address) or self.scripts.get(
            f"{address.partition('/')[0]}/*", []
        )
        if not steps:
            return page(b"<p>No.</p>", "404 Not Found")
        number = self._counts[address]
        self._counts[address] += 1
        step = steps[min(number, len(steps) - 1)]
        return step(request) if callable(step) else step

    def asked(self, path: str) -> int:
        return sum(each == path for _host, each, _at in self.visits)


class Names(Loopback):
    """The loopback network, on which some hosts have no name."""

    def addresses_of(self, name: str, seconds: float) -> list[str]:
        if name.startswith(NOWHERE):
            raise FetchError(Reason.UNKNOWN_NAME, f"There is no host named {name}")
        return super().addresses_of(name, seconds)


def way_to(server: Server, clock: FrozenClock, **options: Any) -> Way:
    """Return how to look at the hosts of a server, on a frozen clock."""
    return Way(
        **{
            "fetch": partial(fetch, network=Names(server)),
            "read": plainly,
            "clock": clock.now,
            "sleep": clock.sleep,
            "token": lambda: "never-was",
            **options,
        }
    )


def plainly(raw: bytes, kind: Kind, *, url: str, charset: str) -> Reading:
    """Read the paragraphs of a page here and at once: no stranger wrote it."""
    said = raw.decode()
    paragraphs = re.findall(r"<p>(.*?)</p>", said, re.DOTALL)
    text = "\n\n".join(paragraphs)
    if not text.strip():
        raise IntakeError("There is no text in it.")

    def first(pattern: str) -> str:
        return next(iter(re.findall(pattern, said)), "")

    return Reading(
        title=first("<h1>(.*?)</h1>"),
        text=text,
        blocks=(Block("body", 0, len(text)),),
        extractor="plainly",
        extractor_version="1",
        language=first('lang="(.*?)"'),
        canonical_url=first('rel="canonical" href="(.*?)"'),
    )


def story(
    name: str, quoted: str = "", words: int = 120, lang: str = "en", title: str = ""
) -> bytes:
    """Return a page of our making: a title, many words of its own, and quoted ones."""
    title = title or f"The story of {name}"
    own = " ".join(f"{name}{number}" for number in range(words))
    inner = f'<html lang="{lang}"><h1>{title}</h1><p>{own}</p><p>{quoted}</p></html>'
    return page(inner.encode())
