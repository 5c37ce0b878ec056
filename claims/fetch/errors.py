"""Why something was not fetched: a code for programs and a sentence for people."""

from enum import StrEnum


class Reason(StrEnum):
    ADDRESS = "address"  # not an address that can be fetched
    REFUSED = "refused"  # leads, or may lead, into a network of our own
    UNKNOWN_NAME = "unknown-name"
    NAME_SERVER = "name-server"  # nobody could be asked for the name
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    ENCODING = "encoding"
    BROKEN = "broken"  # no HTTP, or cut off


class FetchError(Exception):
    """Nothing was fetched. ``reason`` is a code, the text one sentence."""

    def __init__(self, reason: Reason, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
