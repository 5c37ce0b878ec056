"""Which IP addresses lie in the public internet, by an explicit table.

``ipaddress`` alone is no guard: on Python 3.11 ``is_private`` is false for
100.64.0.1 and ``is_global`` true for 64:ff9b::7f00:1, and both differ between versions.
So an address must pass this table and be global as well.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast (RFC 5771), and what
# clouds answer on inside.
REFUSED_V4 = {
    IPv4Network(network): name
    for network, name in (
        ("0.0.0.0/8", "this host on this network"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "shared address space"),
        ("127.0.0.0/8", "this machine"),
        ("168.63.129.16/32", "a service inside a cloud"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112 redirection"),
        ("192.52.193.0/24", "multicast tunnelling"),
        ("192.88.99.0/24", "6to4 relays"),
        ("192.168.0.0/16", "a private network"),
        ("192.175.48.0/24", "AS112 redirection"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved or broadcast"),
    )
}
# Public IPv6 addresses are all in 2000::/3 (RFC 4291, IANA IPv6 Global Unicast
# Assignments). What is outside (loopback, mapped, compatible, link-local, unique
# local, multicast, 5f00::/16) is refused with it; inside, these:
PUBLIC_V6 = IPv6Network("2000::/3")
REFUSED_V6 = {
    IPv6Network(network): name
    for network, name in (
        ("2001::/23", "protocol assignments, Teredo among them"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112 redirection"),
        ("3fff::/20", "documentation"),
    )
}
#: RFC 6052: how a host without IPv4 reaches one without IPv6. The last 32 bits say
#: where it leads, and are judged. The prefix for local use (RFC 8215) is refused.
NAT64 = IPv6Network("64:ff9b::/96")
#: RFC 5214, section 6.1: interface identifiers that hold an IPv4 address.
_ISATAP = (0x00005EFE, 0x02005EFE)


def refusal(address: str) -> str | None:
    """Say in a few words what kind of address this is when it is none of the internet.

    ``None`` for a public one. Raises ``ValueError`` for what is no IP address.
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return _refusal_v4(parsed)
    return _refusal_v6(parsed)


def _refusal_v4(address: IPv4Address) -> str | None:
    for network, name in REFUSED_V4.items():
        if address in network:
            return name
    return None if address.is_global else "not of the public internet"


def _refusal_v6(address: IPv6Address) -> str | None:
    if address.scope_id is not None:
        return "link-local"
    number = int(address)
    if address in NAT64:
        return _refusal_v4(IPv4Address(number & 0xFFFFFFFF))
    if address not in PUBLIC_V6:
        return "not of the public internet"
    for network, name in REFUSED_V6.items():
        if address in network:
            return name
    if number >> 32 & 0xFFFFFFFF in _ISATAP:
        return "ISATAP"
    return None if address.is_global else "not of the public internet"
