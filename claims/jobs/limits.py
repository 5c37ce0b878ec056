"""How much one sender may write in an hour, without keeping who the sender is."""

import datetime
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from django.core.cache import cache
from django.utils.crypto import salted_hmac

HOUR_SECONDS = 60 * 60
#: One household or company gets a network of this size (RFC 6177).
IPV6_PREFIX = 64
KEY_CHARACTERS = 32


class TooManyError(Exception):
    """More than may be sent for now; ``seconds`` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        self.seconds = max(seconds, 1)
        super().__init__(f"too many; wait {self.seconds} seconds")


def sender_key(address: str | None, at: datetime.datetime) -> str:
    """Return what stands for a sender for one day.

    A keyed hash of day and network: nobody without the secret key can find the address
    by trying all there are, and tomorrow it is another one.
    """
    day = at.astimezone(datetime.UTC).date().isoformat()
    mac = salted_hmac(
        "claims.limits.sender", f"{day} {network_of(address)}", algorithm="sha256"
    )
    return mac.hexdigest()[:KEY_CHARACTERS]


def network_of(address: str | None) -> str:
    """Return an IPv4 address, or the network of an IPv6 one; "" when not known."""
    try:
        found = ip_address(address or "")
    except ValueError:
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), IPV6_PREFIX), strict=False))


def count_one(
    sender: str, most: int, at: datetime.datetime, counts: Any = cache
) -> None:
    """Count one more of a sender in this hour; raise ``TooManyError`` above ``most``.

    The count is in the cache: with several machines, it holds for all of them where
    they share one (``CACHE_URL``).
    """
    begun = int(at.timestamp()) % HOUR_SECONDS
    key = f"sent:{sender}:{int(at.timestamp()) // HOUR_SECONDS}"
    counts.add(key, 0, timeout=HOUR_SECONDS)
    try:
        count = counts.incr(key)
    except ValueError:  # the cache dropped it in between
        count = 1
    if count > most:
        raise TooManyError(HOUR_SECONDS - begun)
