"""Capturing from a scripted server on loopback, which stands for every host."""

from collections.abc import Callable
from typing import Any

from claims.fetch import Limits, fetch
from claims.jobs.originals import Original, from_address
from claims.jobs.patience import Pace
from tests.scripted import Loopback, Server

URL = "https://elmpost.example/river"
#: Plain HTTP: what answers for all hosts here has no certificate for theirs.
PLAIN = "http://elmpost.example/river"
LIMITS = Limits(total_seconds=5, connect_seconds=1, read_seconds=1)
PARAGRAPHS = (
    "The Elm rose by 40 centimetres in one night, the mayor said on Thursday.",
    "Nobody was hurt, and the old mill bridge stayed open all day.",
    "Two of three shops on the quay had closed before the water came.",
)


def story(*paragraphs: str, title: str = "River rises") -> bytes:
    """Return a web page with an article in it."""
    body = "".join(f"<p>{each}</p>" for each in paragraphs or PARAGRAPHS)
    head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body>".encode()


def getting(server: Server) -> Callable[[str], Original]:
    """Return what fetches every address from this server, by our real fetch."""
    network = Loopback(server)

    def from_server(url: str, **options: Any) -> Any:
        return fetch(url, limits=LIMITS, network=network, **options)

    return lambda url: from_address(url, fetch=from_server)


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def pace(self) -> Pace:
        return Pace(self.now, self.sleep)
