"""The few words about a request that Django does not say itself."""

import contextlib
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return middleware


class OrderedPolicyMiddleware(CSPMiddleware):
    """Write the content security policy in one order.

    django-csp goes through a set, so its header would differ from process to process,
    and public pages are promised to be the same bytes.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        response = super().process_response(request, response)
        if HEADER in response.headers:
            directives = response.headers[HEADER].split("; ")
            response.headers[HEADER] = "; ".join(sorted(directives))
        return response


class PublicGZipMiddleware(GZipMiddleware):
    """Compress what readers get, into the same bytes each time.

    Django pads with random bytes, against guessing a secret from an answer's length
    (BREACH). A public page holds no secret; the desk's pages do, and stay as they are.
    """

    max_random_bytes = 0

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(settings.SESSION_COOKIE_PATH):
            return response
        return super().process_response(request, response)


class ClosedDoorMiddleware(LoginRequiredMiddleware):
    """Ask for a login on every view that is not declared public.

    Django's own looks at the user first, which reads the session and makes the answer
    vary by cookie. Here a view under `login_not_required` never comes so far.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


def desk_is_not_kept(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Let no cache keep an answer of the desk, refusals and redirects included."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(settings.SESSION_COOKIE_PATH):
            add_never_cache_headers(response)
        return response

    return middleware


def client_address(request: HttpRequest) -> str | None:
    """Return the address that the outermost trusted proxy saw.

    Each proxy appends the address it saw to X-Forwarded-For, so what stands further left
    was written by the client and may be invented.
    """
    count = settings.TRACKER_TRUSTED_PROXIES
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if 0 < count <= len(forwarded):
        with contextlib.suppress(ValueError):
            return str(ip_address(forwarded[-count].strip()))
    return request.META.get("REMOTE_ADDR") or None
