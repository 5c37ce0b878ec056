"""Where redirects lead: to the same page elsewhere, or away from it."""

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from .answers import Hop
from .findings import Reason

_PERMANENT = frozenset({301, 308})
#: Of a path: its front, with or without a language.
_ROOT = re.compile(
    r"/(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:(?:index|home|default)(?:\.\w+)?)?/?"
)
_LOGIN = re.compile(
    r"/(?:log-?in|sign-?in|signon|sso|auth|oauth2?|anmelden|einloggen|connexion|"
    r"iniciar-sesion|acceso|register|subscribe|giris)(?:[/.]|$)"
)
_SEARCH = re.compile(r"/(?:search|suche|recherche|buscar|busca|cerca|поиск)(?:[/.]|$)")
_SEARCH_QUERY = re.compile(r"(?:^|&)(?:q|s|query|search|suche)=")
_ERROR_PAGE = re.compile(r"/(?:404|410|error|errors|not-?found|notfound)(?:[/._-]|$)")


def is_same_place(one: str, other: str) -> bool:
    """Say whether two addresses differ in nothing that makes another page.

    Scheme, “www.”, a closing slash and capitals of the host are no move.
    """
    return _place(one) == _place(other)


def _place(url: str) -> tuple[str, str, str]:
    parts = _split(url)
    host = (parts.hostname or "").removeprefix("www.")
    return host, parts.path.rstrip("/"), parts.query


def is_permanent(hops: Sequence[Hop]) -> bool:
    """Say whether every redirect on the way is one for good."""
    return bool(hops) and all(hop.status in _PERMANENT for hop in hops)


def leads_away(asked: str, final: str) -> Reason | None:
    """Say by the addresses alone whether a redirect leads away from the page."""
    if is_same_place(asked, final):
        return None
    before, after = _split(asked), _split(final)
    path = after.path.casefold()
    if _ERROR_PAGE.search(path):
        return Reason.TO_ERROR_PAGE
    if _LOGIN.search(path):
        return Reason.TO_LOGIN
    if _SEARCH.search(path) or _SEARCH_QUERY.search(after.query.casefold()):
        return Reason.TO_SEARCH
    if _ROOT.fullmatch(path or "/") and not _is_root(before):
        return Reason.TO_ROOT
    if _is_section(before, after):
        return Reason.TO_SECTION
    return None


def _is_root(parts: SplitResult) -> bool:
    return not parts.query and bool(_ROOT.fullmatch(parts.path.casefold() or "/"))


def _is_section(before: SplitResult, after: SplitResult) -> bool:
    """Say whether the way led up, to a folder that the page was in."""
    inner, outer = _steps(before.path), _steps(after.path)
    return 0 < len(outer) < len(inner) and inner[: len(outer)] == outer


def _steps(path: str) -> list[str]:
    return [step for step in path.casefold().split("/") if step]


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
