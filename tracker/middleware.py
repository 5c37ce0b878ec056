"""The few words about a request that Django does not say itself."""

import contextlib
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
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
