"""Fetching addresses that anybody typed; the one room that opens a socket.

``fetch(url)`` never reaches this machine or its network: see ``networks`` for what is
refused, ``addresses`` for how an address is read, ``network`` for the sockets.
"""

from .errors import FetchError, Reason
from .fetching import Fetched, Hop, Known, fetch
from .limits import Limits
from .network import Network

__all__ = [
    "FetchError",
    "Fetched",
    "Hop",
    "Known",
    "Limits",
    "Network",
    "Reason",
    "fetch",
]
