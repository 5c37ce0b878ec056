"""What one answer of a web address shows: its kind, and why."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """The classes of answers; what a link *is* follows from several of them."""

    OK = "ok"
    MOVED = "moved"
    DEVIATED = "deviated"  # alive, but quoted words are missing
    SOFT_404 = "soft_404"  # alive, but looks like an error page
    BLOCKED = "blocked"
    THROTTLED = "throttled"
    TRANSIENT = "transient"
    GONE = "gone"
    SUSPECT = "suspect"  # perhaps usurped: a person decides


#: Kinds of a page that is there, whatever stands on it.
SUCCESSES = frozenset({FindingKind.OK, FindingKind.MOVED})


class Reason(StrEnum):
    """Why an answer is of its kind."""

    ANSWERED = "answered"
    UNCHANGED = "unchanged"
    QUOTATIONS_STAND = "quotations_stand"
    UNREAD = "unread"  # it answers with something we read no text from
    MOVED_FOR_GOOD = "moved_for_good"
    QUOTATION_GONE = "quotation_gone"
    TO_ROOT = "to_root"
    TO_SECTION = "to_section"
    TO_LOGIN = "to_login"
    TO_SEARCH = "to_search"
    TO_ERROR_PAGE = "to_error_page"
    TO_OTHER_PAGE = "to_other_page"
    ERROR_TITLE = "error_title"
    LIKE_ANY_PAGE = "like_any_page"
    SHRUNK = "shrunk"
    EMPTY = "empty"
    CLOSED = "closed"
    CHALLENGE = "challenge"
    ROBOTS = "robots"
    TOO_LARGE = "too_large"
    NOT_FETCHED = "not_fetched"  # an address we ask nothing of
    ASKED_TO_WAIT = "asked_to_wait"
    SERVER_ERROR = "server_error"
    NAME_SERVER = "name_server"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    TLS = "tls"
    BROKEN = "broken"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_FOUND = "not_found"
    GONE_FOR_GOOD = "gone_for_good"
    NO_SUCH_HOST = "no_such_host"
    PARKED = "parked"
    OTHER_LANGUAGE = "other_language"


@dataclass(frozen=True)
class Finding:
    """What one answer shows.

    ``strike``: half-points towards being dead. ``gone``: the keys of quotations that
    are missing. ``wait``: how long the server asked us to wait. ``moved_to``: where the
    page stands now. ``detail``: what it was seen by, such as a status or a marker.
    """

    kind: FindingKind
    reason: Reason
    detail: str = ""
    strike: int = 0
    gone: tuple[str, ...] = ()
    wait: datetime.timedelta | None = None
    moved_to: str = ""
