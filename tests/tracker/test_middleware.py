"""Headers, the closed door, and the address that a lock counts by."""

import gzip

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from tracker.middleware import client_address

LONG = b"The same words, once more. " * 100


@login_not_required
def public(request):
    return HttpResponse("public")


def undeclared(request):
    return HttpResponse("for the desk alone")


@login_not_required
def long(request):
    return HttpResponse(LONG)


urlpatterns = [
    path("", public),
    path("long/", long),
    path("admin/long/", long),
    path("undeclared/", undeclared),
    path("login/", public, name="login"),
]
two_views = override_settings(ROOT_URLCONF=__name__, LOGIN_URL="login")


@two_views
def test_a_view_not_declared_public_asks_for_a_login(client):
    response = client.get("/undeclared/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/login/?next=/undeclared/"


@two_views
def test_a_public_view_touches_neither_session_nor_cookie_nor_database(client):
    # Without a database fixture a query would fail this test.
    client.cookies["sessionid"] = "somebody"
    response = client.get("/")
    assert response.content == b"public"
    assert not response.cookies
    assert "Vary" not in response.headers
    assert not response.wsgi_request.session.accessed


@two_views
def test_a_public_view_answers_staff_and_strangers_alike(client, db):
    stranger = client.get("/")
    client.force_login(User.objects.create_superuser("ada"))
    staff = client.get("/")
    assert (stranger.headers, stranger.content) == (staff.headers, staff.content)


@override_settings(ROOT_URLCONF=__name__, LOGIN_URL="login")
def test_public_pages_travel_compressed_the_desk_s_do_not(client):
    ask = {"accept-encoding": "gzip"}
    first, second = (client.get("/long/", headers=ask) for _ in range(2))
    assert gzip.decompress(first.content) == LONG
    assert first.content == second.content
    assert client.get("/long/").content == LONG
    assert client.get("/admin/long/", headers=ask).content == LONG


@two_views
def test_every_answer_carries_the_headers(client):
    headers = client.get("/").headers
    assert headers["Content-Security-Policy"] == (
        "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; img-src 'self' data:; "
        "script-src 'self'; style-src 'self'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),  # not asked for: ignored
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # the left one is invented
        (2, "198.51.100.7, 203.0.113.9", "198.51.100.7"),
        (2, "203.0.113.9", "192.0.2.1"),  # shorter than the row of proxies
        (1, "not an address", "192.0.2.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, None, "192.0.2.1"),
    ],
)
def test_the_address_is_what_the_outermost_trusted_proxy_saw(
    rf, settings, proxies, forwarded, address
):
    settings.TRACKER_TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = rf.get("/", headers=headers, REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == address


def log_in(client, name: str, password: str, address: str):
    return client.post(
        "/admin/login/",
        {"username": name, "password": password},
        REMOTE_ADDR=address,
    )


def test_guessing_locks_the_pair_of_name_and_address_alone(client, db):
    for name in ["ada", "ben"]:
        User.objects.create_superuser(name, password=f"right for {name}")
    guesses = [log_in(client, "ada", "wrong", "192.0.2.1") for _ in range(5)]
    assert [guess.status_code for guess in guesses] == [200, 200, 200, 200, 429]
    assert log_in(client, "ada", "right for ada", "192.0.2.1").status_code == 429
    assert log_in(client, "ben", "right for ben", "192.0.2.1").status_code == 302
    assert log_in(client, "ada", "right for ada", "192.0.2.2").status_code == 302
