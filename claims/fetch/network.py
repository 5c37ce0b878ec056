"""The sockets: looking names up, dialling addresses, and reading within limits."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

import certifi
import httpcore

from .errors import FetchError, Reason
from .limits import Limits


class Network:
    """The network as it is. Tests hand in one of their own that leads nowhere else."""

    look_up: Callable[..., Any] = staticmethod(socket.getaddrinfo)

    def addresses_of(self, name: str, seconds: float) -> list[str]:
        """Return the IP addresses of a name, looked up once.

        The system cannot be told how long to look, so it looks in a thread that is
        left behind when time is up.
        """
        found: list[Any] = []
        thread = threading.Thread(target=self._look_up, args=[name, found], daemon=True)
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            raise FetchError(Reason.TIMEOUT, f"Looking up {name} took too long.")
        if isinstance(found[0], Exception):
            raise _unknown(name.removesuffix("."), found[0]) from found[0]
        return list(dict.fromkeys(each[4][0] for each in found[0]))

    def _look_up(self, name: str, found: list[Any]) -> None:
        try:
            found.append(self.look_up(name, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    def is_own(self, address: str) -> bool:
        """Say whether an address is one of this machine's; sends nothing.

        A datagram socket "connected" to an own address is given the same as its own.
        """
        version = ip_address(address).version
        family = socket.AF_INET if version == 4 else socket.AF_INET6
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((address, 9))
                return bool(probe.getsockname()[0] == address)
        except OSError:
            return False

    def dial(self, address: str, port: int, seconds: float) -> httpcore.NetworkStream:
        """Connect to this very address, and make sure it is the one that answers."""
        stream = httpcore.SyncBackend().connect_tcp(address, port, timeout=seconds)
        peer = stream.get_extra_info("server_addr")[0]
        if ip_address(peer) != ip_address(address):
            stream.close()
            raise FetchError(Reason.REFUSED, "Another machine answered.")
        return stream

    def trust(self) -> ssl.SSLContext:
        """Return whom to trust: the authorities of the system and those of certifi."""
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context


def _unknown(name: str, error: Exception) -> FetchError:
    """Tell a name that is not there from name servers that do not answer."""
    if getattr(error, "errno", None) == socket.EAI_AGAIN:
        return FetchError(Reason.NAME_SERVER, f"{name} cannot be looked up for now.")
    return FetchError(Reason.UNKNOWN_NAME, f"There is no host named {name}.")


@dataclass
class Budget:
    """What is left of the time of one fetch, redirects included."""

    limits: Limits
    ends_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.ends_at = time.monotonic() + self.limits.total_seconds

    def seconds(self, at_most: float) -> float:
        """Return how long the next step may take; ``FetchError`` when time is up."""
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise FetchError(
                Reason.TIMEOUT,
                f"It took longer than {self.limits.total_seconds:g} seconds.",
            )
        return min(left, at_most)


class LimitedStream(httpcore.NetworkStream):
    """A connection that ends when its time, or the bytes of a response, are used up.

    Counted is what comes over the wire, so that headers without end, chunk sizes and
    trailers count too.
    """

    def __init__(self, inner: httpcore.NetworkStream, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget
        self._left = budget.limits.header_bytes
        self._what = "The headers are"

    def allow_body(self, most: int) -> None:
        """Begin to count the body; called when the headers are complete."""
        self._left = most
        self._what = "It is"

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        seconds = self._budget.seconds(self._budget.limits.read_seconds)
        # One byte more than allowed tells that there is more.
        received = self._inner.read(min(max_bytes, self._left + 1), timeout=seconds)
        self._left -= len(received)
        if self._left < 0:
            raise FetchError(Reason.TOO_LARGE, f"{self._what} too large.")
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        seconds = self._budget.seconds(self._budget.limits.read_seconds)
        self._inner.write(buffer, timeout=seconds)

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
