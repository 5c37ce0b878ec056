"""Where an article comes from: a file, standard input, or an address."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from claims.fetch import Fetched, fetch
from claims.intake import IntakeError
from claims.intake.readings import MAX_BYTES
from claims.workflow.words import Provenance

Fetch = Callable[..., Fetched]


@dataclass(frozen=True)
class Original:
    """The bytes of an article as they came, and how. ``url``: where it was in the end.

    ``asked_url``: the address that was asked for, before redirects. ``fetched``: the
    whole conversation, where it was fetched from a server; ``warc``: the file of it,
    once that is packed (``warcs.packed``).
    """

    raw: bytes
    provenance: Provenance
    retrieved_at: datetime.datetime
    url: str = ""
    asked_url: str = ""
    content_type: str = ""
    http_status: int | None = None
    fetched: Fetched | None = None
    warc: bytes = b""

    @property
    def redirects(self) -> list[dict[str, Any]]:
        """The addresses on the way, as a stored copy lists them."""
        hops = self.fetched.redirects if self.fetched else ()
        return [{"url": hop.url, "status": hop.status} for hop in hops]


class StatusError(IntakeError):
    """The server answered, but not with the page: ``fetched`` is what it said."""

    def __init__(self, fetched: Fetched) -> None:
        super().__init__(f"The server answered with status {fetched.status}.")
        self.fetched = fetched


def from_file(path: Path, at: datetime.datetime) -> Original:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise IntakeError(f"{path}: {error.strerror}.") from None
    return Original(raw, Provenance.UPLOADED, at)


def from_stream(stream: BinaryIO, at: datetime.datetime) -> Original:
    return Original(stream.read(MAX_BYTES + 1), Provenance.PASTED, at)


def from_address(url: str, fetch: Fetch = fetch) -> Original:
    """Fetch an address; ``FetchError``, or ``StatusError`` when it is no page."""
    fetched = fetch(url, agent=agent())
    if not 200 <= fetched.status < 300:
        raise StatusError(fetched)
    return original_of(url, fetched)


def original_of(url: str, fetched: Fetched) -> Original:
    """Return what came from an address that was asked for."""
    return Original(
        raw=fetched.body,
        provenance=Provenance.CAPTURED,
        retrieved_at=fetched.fetched_at,
        url=fetched.url,
        asked_url=url,
        content_type=fetched.header("content-type"),
        http_status=fetched.status,
        fetched=fetched,
    )


def agent() -> str:
    """Return how we introduce ourselves to servers: what, whose, and where to ask."""
    contact = settings.TRACKER_REPORT_EMAIL
    about = f"+{settings.TRACKER_SITE_URL}/about/"
    where = f"{about}; {contact}" if contact else about
    return f"ClaimTracker/{settings.TRACKER_VERSION} ({where})"
