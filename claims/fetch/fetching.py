"""Fetching one address: judge, dial, ask, read; again for each redirect."""

import datetime
import ssl
from collections.abc import Collection
from dataclasses import dataclass, field

import httpcore

from .addresses import WebAddress, read_address, redirected
from .bodies import decoded
from .errors import FetchError, Reason
from .limits import Limits
from .network import Budget, LimitedStream, Network
from .networks import refusal

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
ACCEPT = "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.5"
AGENT = "ClaimTracker/0.1"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Hop:
    """One redirect on the way: the address that was asked, and its status.

    The rest is for who keeps it: both headers, when it came and from where.
    """

    url: str
    status: int
    headers: Headers = field(default=(), compare=False)
    asked: Headers = field(default=(), compare=False)
    fetched_at: datetime.datetime | None = field(default=None, compare=False)
    peer: str = field(default="", compare=False)


@dataclass(frozen=True)
class Fetched:
    """What was fetched. ``headers``: names in lower case, in the order received.

    ``body`` has its content encoding undone; ``peer`` is the IP address it came from.
    ``asked``: the headers of our request.
    """

    url: str
    redirects: tuple[Hop, ...]
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime.datetime
    peer: str
    asked: Headers = ()

    def header(self, name: str) -> str:
        """Return the first header of a name (in lower case), or ""."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True)
class Known:
    """What a server said of a page before, so that it need not send the same again.

    ``url``: where the page was in the end; no other address is asked with it. The
    others: the headers of these names (RFC 9110, section 13.1), "" where there was none.
    """

    url: str
    etag: str = ""
    last_modified: str = ""

    def headers(self) -> list[tuple[str, str]]:
        """Return the conditions; what could be read as another header is left out."""
        pairs = (
            ("If-None-Match", self.etag),
            ("If-Modified-Since", self.last_modified),
        )
        return [
            (name, value)
            for name, value in pairs
            if value.isascii() and value.isprintable() and 0 < len(value) <= 300
        ]


@dataclass(frozen=True)
class _Asking:
    """What stays the same over all redirects of a fetch."""

    budget: Budget
    network: Network
    agent: str
    allow: frozenset[tuple[str, int]]
    known: Known | None

    @property
    def ports(self) -> frozenset[int]:
        return frozenset(port for _address, port in self.allow)


def fetch(
    url: str,
    *,
    limits: Limits | None = None,
    agent: str = AGENT,
    network: Network | None = None,
    allow: Collection[tuple[str, int]] = (),
    known: Known | None = None,
) -> Fetched:
    """GET an address of the public internet, whatever its status.

    ``agent``: the User-Agent, which should say how to reach us. ``allow``: pairs of IP
    address and port that are let through although they are not public: for servers of
    tests. ``known``: ask for the page only if it changed since; status 304 and no body
    where it did not. Raises ``FetchError``, also for a redirect to what is refused. Nothing is
    taken from the environment; cookies, referrers and credentials are never sent.
    """
    limits = limits or Limits()
    asking = _Asking(
        Budget(limits), network or Network(), agent, frozenset(allow), known
    )
    address = read_address(url, asking.ports)
    hops: list[Hop] = []
    while True:
        fetched, location = _asked(address, asking, tuple(hops))
        if location is None:
            return fetched
        hops.append(_hop(fetched))
        if len(hops) > limits.redirects:
            raise FetchError(
                Reason.TOO_MANY_REDIRECTS,
                f"It redirects more than {limits.redirects} times.",
            )
        address = redirected(address, location, asking.ports)


def _hop(redirect: Fetched) -> Hop:
    return Hop(
        redirect.url,
        redirect.status,
        redirect.headers,
        redirect.asked,
        redirect.fetched_at,
        redirect.peer,
    )


def _asked(
    address: WebAddress, asking: _Asking, hops: tuple[Hop, ...]
) -> tuple[Fetched, str | None]:
    """Ask one address once; return what it said and, for a redirect, where it leads."""
    peers = _judged(address, asking)
    try:
        peer, stream = _dialled(address, peers, asking)
        try:
            return _exchanged(address, asking, hops, peer, stream)
        finally:
            stream.close()
    except httpcore.TimeoutException:
        raise FetchError(Reason.TIMEOUT, "The server did not answer in time.") from None
    except httpcore.NetworkError as error:
        raise _connection_fault(error) from error
    except httpcore.ProtocolError as error:
        raise FetchError(
            Reason.BROKEN, "The response is damaged or cut off."
        ) from error


def _judged(address: WebAddress, asking: _Asking) -> list[str]:
    """Return the IP addresses to dial: all of them public, or none is dialled."""
    if address.is_literal:
        found = [address.host]
    else:
        seconds = asking.budget.seconds(asking.budget.limits.connect_seconds)
        # The closing dot keeps the search domains of this machine out.
        found = asking.network.addresses_of(f"{address.host}.", seconds)
    for each in found:
        if (each, address.port) in asking.allow:
            continue
        if refusal(each) or asking.network.is_own(each):
            raise FetchError(
                Reason.REFUSED,
                f"{address.host} is not in the public internet: nothing was fetched.",
            )
    return found


def _dialled(
    address: WebAddress, peers: list[str], asking: _Asking
) -> tuple[str, httpcore.NetworkStream]:
    """Dial the judged addresses in turn; return the first that answers, encrypted."""
    budget = asking.budget
    for peer in peers:
        seconds = budget.seconds(budget.limits.connect_seconds)
        try:
            stream = asking.network.dial(peer, address.port, seconds)
        except (httpcore.ConnectError, httpcore.ConnectTimeout):
            if peer == peers[-1]:
                raise
            continue
        if address.scheme == "https":
            seconds = budget.seconds(budget.limits.connect_seconds)
            stream = stream.start_tls(asking.network.trust(), address.host, seconds)
        return peer, stream
    raise FetchError(Reason.UNKNOWN_NAME, f"{address.host} has no address.")


def _exchanged(
    address: WebAddress,
    asking: _Asking,
    hops: tuple[Hop, ...],
    peer: str,
    stream: httpcore.NetworkStream,
) -> tuple[Fetched, str | None]:
    limited = LimitedStream(stream, asking.budget)
    origin = httpcore.Origin(
        address.scheme.encode(), address.host.encode(), address.port
    )
    connection = httpcore.HTTP11Connection(origin=origin, stream=limited)
    url = httpcore.URL(
        scheme=address.scheme.encode(),
        host=address.host.encode(),
        port=address.port,
        target=address.target.encode(),
    )
    headers = _request_headers(address, asking.agent)
    if asking.known is not None and asking.known.url == address.url:
        headers += asking.known.headers()
    response = connection.handle_request(httpcore.Request("GET", url, headers=headers))
    received = tuple(_text_of(name, value) for name, value in response.headers)
    location = _location(response.status, received)
    body = b""
    if location is None:
        limits = asking.budget.limits.for_type(_joined("content-type", received))
        limited.allow_body(limits.body_bytes)
        encoding = _joined("content-encoding", received)
        body = decoded(response.iter_stream(), encoding, limits)
    fetched = Fetched(
        url=address.url,
        redirects=hops,
        status=response.status,
        headers=received,
        body=body,
        fetched_at=datetime.datetime.now(datetime.UTC),
        peer=peer,
        asked=tuple(headers),
    )
    return fetched, location


def _request_headers(address: WebAddress, agent: str) -> list[tuple[str, str]]:
    return [
        ("Host", address.host_header),
        ("User-Agent", agent),
        ("Accept", ACCEPT),
        ("Accept-Encoding", "gzip, deflate"),
        ("Connection", "close"),
    ]


def _joined(name: str, headers: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(value for key, value in headers if key == name)


def _text_of(name: bytes, value: bytes) -> tuple[str, str]:
    try:
        return name.decode("ascii").lower(), value.decode()
    except UnicodeDecodeError:
        return name.decode("ascii").lower(), value.decode("latin-1")


def _location(status: int, headers: Headers) -> str | None:
    if status not in _REDIRECTS:
        return None
    return next((value for name, value in headers if name == "location"), None)


def _connection_fault(error: Exception) -> FetchError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return FetchError(
                Reason.TLS, "The server's certificate or encryption is not valid."
            )
        cause = cause.__cause__ or cause.__context__
    return FetchError(Reason.CONNECTION, "The server could not be reached.")
