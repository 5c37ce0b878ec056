"""Addresses as typed → scheme, host, port and target; strict, so one meaning only."""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin

import idna

from .errors import FetchError, Reason

MAX_CHARACTERS = 2000
DEFAULT_PORTS = {"http": 80, "https": 443}
PORTS = frozenset(DEFAULT_PORTS.values())
#: What RFC 3986 lets stand in a path or query, and the sign of an escape.
_TARGET_MARKS = "%/:?[]@!$&'()*+,;=~-._"

#: Control characters, spaces, the backslash, and halves of surrogate pairs.
_UNFIT = re.compile(r"[\x00-\x20\\\x7f-\xa0\ud800-\udfff]")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^#]*)(?:#.*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::([0-9]{1,5}))?", re.ASCII)
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
#: Names that never leave a network (RFC 6761, 6762, 7686, 8375, ICANN SAC113).
_INNER_NAMES = re.compile(r"(?:.*\.)?(?:localhost|local|internal|onion|home\.arpa)")


@dataclass(frozen=True)
class WebAddress:
    """One address, read. ``host``: lower-case ASCII name or IP, without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        default = DEFAULT_PORTS[self.scheme] == self.port
        return host if default else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host_header}{self.target}"

    @property
    def is_literal(self) -> bool:
        """Say whether the host is an IP address, not a name."""
        return ":" in self.host or self.host.rpartition(".")[2].isdigit()


def read_address(text: str, more_ports: frozenset[int] = frozenset()) -> WebAddress:
    """Read an absolute http or https address.

    Refused, with ``FetchError``: other schemes and ports, user names, control
    characters, spaces, backslashes, escapes in the host, and every spelling of an IP
    address but the usual one. A fragment is dropped. The sentence never repeats the
    address, which may hold a password.
    """
    if len(text) > MAX_CHARACTERS:
        raise _fault(f"The address is longer than {MAX_CHARACTERS} characters.")
    if _UNFIT.search(text):
        raise _fault("The address holds a space, a backslash or a control character.")
    parts = _URL.fullmatch(text)
    if parts is None or parts[1].lower() not in DEFAULT_PORTS:
        raise _fault("The address does not begin with http:// or https://.")
    scheme = parts[1].lower()
    host, port = _host_and_port(parts[2])
    number = DEFAULT_PORTS[scheme] if port is None else int(port)
    if number not in PORTS | more_ports:
        raise _fault("Only the ports 80 and 443 are fetched from.")
    target = quote(parts[3], safe=_TARGET_MARKS)
    if not target.startswith("/"):
        target = f"/{target}"
    return WebAddress(scheme, host, number, target)


def redirected(
    base: WebAddress, location: str, more_ports: frozenset[int] = frozenset()
) -> WebAddress:
    """Read where a redirect leads; from https it must not lead to http."""
    location = location.strip(" \t").replace(" ", "%20")
    try:
        joined = urljoin(base.url, location)
    except ValueError:
        raise _fault("The redirect leads to something that is no address.") from None
    address = read_address(joined, more_ports)
    if base.scheme == "https" and address.scheme == "http":
        raise FetchError(
            Reason.REFUSED, "The redirect leads from an encrypted page to an open one."
        )
    return address


def _host_and_port(authority: str) -> tuple[str, str | None]:
    if "@" in authority:
        raise _fault("The address holds a user name or password.")
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        raise _fault("The address names no host that can be understood.")
    host, port = parts[1], parts[2]
    if host.startswith("["):
        return _ipv6(host[1:-1]), port
    return _name_or_ipv4(host), port


def _ipv6(text: str) -> str:
    try:
        return str(IPv6Address(text))
    except AddressValueError:
        raise _fault("The address names no host that can be understood.") from None


def _name_or_ipv4(host: str) -> str:
    name = _ascii_name(host).removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _fault("The address names no host that can be understood.")
    # As browsers do (WHATWG URL, "ends in a number"): such a host is an IPv4 address.
    # Resolvers read many spellings of it; we take the usual one alone.
    if re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1], re.ASCII):
        return _ipv4(host)
    if len(labels) == 1 or _INNER_NAMES.fullmatch(name):
        raise FetchError(
            Reason.REFUSED, f"“{name}” is a name of this machine or its own network."
        )
    return name


def _ipv4(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except AddressValueError:
        raise _fault(
            "The address spells an IP address in an unusual way; four decimal numbers "
            "are understood."
        ) from None


def _ascii_name(host: str) -> str:
    if host.isascii():
        return host.lower()
    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise _fault("The address names a host that is no valid name.") from None


def _fault(sentence: str) -> FetchError:
    return FetchError(Reason.ADDRESS, sentence)
