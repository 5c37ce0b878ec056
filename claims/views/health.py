"""Whether the site is alive and reaches its database, and nothing more."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from .public import public


@public
def healthz(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return _answer("database unreachable\n", 503)
    return _answer("ok\n", 200)


def _answer(text: str, status: int) -> HttpResponse:
    return HttpResponse(
        text,
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
