"""What every public page shares: who may read it, how long it may be kept."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

MAX_AGE_SECONDS = 60

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Declare a view public: read without login, the same bytes for everyone."""

    @wraps(view)
    def read(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response.render()
        response.headers.setdefault(
            "Cache-Control", f"public, max-age={MAX_AGE_SECONDS}"
        )
        if response.status_code != 200:
            return response
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response.headers["ETag"] = etag
        return get_conditional_response(request, etag, response=response) or response

    page: Any = login_not_required(require_safe(read))
    page.is_public_page = True
    page.parameters = getattr(view, "parameters", ())
    return page


def public_form(view: View) -> View:
    """Declare a view a form that any reader may send; no cache keeps its pages.

    Exempt from the CSRF token, which needs a cookie: the form acts for nobody who is
    logged in, so there is no right of a visitor that another site could use. The view
    itself refuses what other sites send (``is_from_another_site``).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    methods = require_http_methods(["GET", "HEAD", "POST"])
    return csrf_exempt(login_not_required(methods(answer)))


def is_from_another_site(request: HttpRequest) -> bool:
    """Say whether a browser tells that a page of another site sent this.

    ``Sec-Fetch-Site`` (W3C Fetch Metadata) where there is one, else ``Origin``
    (RFC 6454); what sends neither is no browser of today, and lends itself to nobody.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    own = {settings.TRACKER_SITE_URL, f"{request.scheme}://{request.get_host()}"}
    return origin is not None and origin not in own


def public_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    canonical: str,
    is_demo: bool = False,
    status: int = 200,
) -> TemplateResponse:
    """Return a page with what ``base.html`` asks for.

    ``canonical``: the path of the page's own address. ``is_demo``: something on it is
    invented, so it carries the banner and stays out of search engines.
    """
    shared = {
        "canonical": f"{settings.TRACKER_SITE_URL}{canonical}",
        "is_demo": is_demo,
    }
    return TemplateResponse(request, template, {**shared, **context}, status=status)
