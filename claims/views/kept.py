"""Keeps public pages as they were sent, until what readers get has changed.

A page is known by its path, those of its parameters that mean something, the content
revision, the day, the language and the edition of the program. Nothing else of a request
reaches a kept page: not its Host, not a forwarded header, not an unknown parameter.
Searches are not kept, nor is anything of the desk, or of a form.
"""

import hashlib
import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response

from claims.publishing.revision import revision_at

logger = logging.getLogger(__name__)
KEPT = "pages"  # of CACHES
KEPT_SECONDS = 24 * 60 * 60
#: A larger page is made anew each time: few of them would fill the memory.
MAX_BYTES = 512 * 1024
#: So long nothing is asked of a cache that failed, so that readers do not wait for it.
REST_SECONDS = 10
#: Values of a parameter beyond this mean nothing to any filter.
MAX_PARAMETER_CHARACTERS = 300
#: Parameters whose pages are as many as what readers may think of.
SEARCHES = frozenset({"words"})

_FAILED = "The cache of pages failed; for a while each page is made anew"
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def takes(*names: str) -> Callable[[Any], Any]:
    """Declare which parameters a public view takes; it is given no others."""

    def declare(view: Any) -> Any:
        view.parameters = names
        return view

    return declare


class KeptPagesMiddleware:
    """Answers from the cache where it can, and keeps what may be kept.

    It stands where answers are complete: compressed, with every header.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.rests_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        parameters = _parameters_of(request)
        if parameters is None:
            return self.get_response(request)
        normalise(request, parameters)
        if not settings.TRACKER_KEEP_PAGES or _is_search(request):
            return self.get_response(request)
        request.get_host()  # refuses a host that is not ours, as every page does
        key = None if self.is_resting() else _key(request)
        if key is None:
            return self.get_response(request)
        kept = self._read(key)
        if kept is not None:
            return _answer(request, *kept)
        response = self.get_response(request)
        if request.method == "GET" and _may_be_kept(response) and not self.is_resting():
            self._write(key, response)
        return response

    def is_resting(self) -> bool:
        return time.monotonic() < self.rests_until

    def _read(self, key: str) -> tuple[list[tuple[str, str]], bytes] | None:
        try:
            return caches[KEPT].get(key)
        except Exception:  # whatever it raises, readers get their page
            logger.warning(_FAILED, exc_info=True)
            self._rest()
            return None

    def _write(self, key: str, response: Any) -> None:
        kept = list(response.items()), response.content
        try:
            caches[KEPT].set(key, kept, KEPT_SECONDS)
        except Exception:  # as above
            logger.warning(_FAILED, exc_info=True)
            self._rest()

    def _rest(self) -> None:
        self.rests_until = time.monotonic() + REST_SECONDS


def normalise(request: HttpRequest, parameters: tuple[str, ...]) -> None:
    """Leave of a query what the view takes, in the order it is declared in.

    Of repeated ones the last counts, as for Django; empty ones ask for nothing.
    """
    query = QueryDict(mutable=True)
    for name in parameters:
        value = request.GET.get(name, "")[:MAX_PARAMETER_CHARACTERS]
        if value:
            query[name] = value
    query._mutable = False
    request.GET = query  # type: ignore[assignment]
    request.META["QUERY_STRING"] = query.urlencode()


def _parameters_of(request: HttpRequest) -> tuple[str, ...] | None:
    """Return what the public page takes; ``None`` if it is none that one reads."""
    if request.method not in ("GET", "HEAD"):
        return None
    if request.path_info.startswith(settings.SESSION_COOKIE_PATH):
        return None
    try:
        view: Any = resolve(request.path_info).func
    except Resolver404:
        return None
    return view.parameters if getattr(view, "is_public_page", False) else None


def _is_search(request: HttpRequest) -> bool:
    return not SEARCHES.isdisjoint(request.GET)


def _key(request: HttpRequest) -> str | None:
    """Return what the page is kept under; ``None`` when the database cannot be asked.

    The revision is read before the page is made: a page that saw a newer record than
    its revision harms nobody, and one that saw an older one cannot be.
    """
    now = timezone.now()
    try:
        revision = revision_at(now)
    except DatabaseError:
        return None
    way = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "plain"
    page = f"{request.path_info}?{request.META['QUERY_STRING']}"
    known_by = (
        *(str(revision), timezone.localdate(now).isoformat(), settings.LANGUAGE_CODE),
        *(edition(), way, page),
    )
    return hashlib.sha256("\n".join(known_by).encode()).hexdigest()


@cache
def edition() -> str:
    """Return what stands for the program and its settings, as of the process's start.

    A cache outlives a restart: pages of another template, or with addresses of style
    sheets that are gone, must not.
    """
    hashed = hashlib.sha256(settings.TRACKER_VERSION.encode())
    for name in sorted(dir(settings)):
        if name.startswith("TRACKER_"):
            hashed.update(f"{name}={getattr(settings, name)!r}".encode())
    for folder in ("claims", "templates"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix in _PARTS:
                hashed.update(f"{path} {path.stat().st_mtime_ns}".encode())
    return hashed.hexdigest()[:16]


#: Files that pages are made by.
_PARTS = frozenset({".css", ".html", ".js", ".mo", ".py", ".svg"})


def _may_be_kept(response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.cookies
        and response.headers.get("Cache-Control", "").startswith("public")
        and response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and len(response.content) <= MAX_BYTES
    )


def _answer(
    request: HttpRequest, headers: list[tuple[str, str]], content: bytes
) -> HttpResponseBase:
    response = HttpResponse(content)
    for name, value in headers:
        response.headers[name] = value
    etag = response.headers["ETag"]
    return get_conditional_response(request, etag, response=response) or response
