"""Settings as a program started with some environment sees them."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings


def settings_with(*names: str, **variables: str) -> dict:
    """Start a program with these variables; return the settings it read."""
    code = (
        "import json, sys; from django.conf import settings;"
        "print(json.dumps({n: getattr(settings, n, None) for n in sys.argv[1:]},"
        " default=str))"
    )
    command = [sys.executable, "-c", code, *names]
    ran = subprocess.run(
        command, env={**os.environ, **variables}, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_https_secures_cookies_and_redirects():
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
    plain = settings_with(*names, "SECURE_HSTS_SECONDS")
    assert list(plain.values()) == [False, False, False, 0]
    secure = settings_with(*names, "SECURE_HSTS_SECONDS", TRACKER_HTTPS="on")
    assert list(secure.values()) == [True, True, True, 31_536_000]


def test_proxy_headers_are_believed_only_from_proxies_of_ours():
    name = "SECURE_PROXY_SSL_HEADER"
    assert settings_with(name)[name] is None
    told = settings_with(name, TRACKER_TRUSTED_PROXIES="1")[name]
    assert told == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_one_variable_moves_to_postgresql():
    address = "postgresql://ada:word@db.example:5433/claims"
    default = settings_with("DATABASES", DATABASE_URL=address)["DATABASES"]["default"]
    assert default["ENGINE"] == "django.db.backends.postgresql"
    assert (default["HOST"], default["PORT"], default["NAME"]) == (
        "db.example",
        5433,
        "claims",
    )
    assert "OPTIONS" not in default


def test_without_a_variable_the_database_is_a_file_of_the_data_folder(tmp_path):
    told = settings_with("DATABASES", DATABASE_URL="", TRACKER_DATA_DIR=str(tmp_path))
    assert told["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")


@pytest.mark.parametrize(
    ("address", "backend"),
    [("locmem://", "locmem.LocMemCache"), ("redis://r:6379/1", "redis.RedisCache")],
)
def test_cache_by_address(address, backend):
    told = settings_with("CACHES", CACHE_URL=address)["CACHES"]["default"]["BACKEND"]
    assert told == f"django.core.cache.backends.{backend}"


@pytest.mark.parametrize("code", ["de", "ar", "en"])
def test_the_site_speaks_a_language_that_has_a_catalogue(code):
    told = settings_with("LANGUAGE_CODE", TRACKER_LANGUAGE=code)
    assert told["LANGUAGE_CODE"] == code


def test_a_language_without_catalogue_is_refused_with_those_there_are():
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, "TRACKER_LANGUAGE": "fr"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1
    assert ran.stderr == (
        'manage.py: TRACKER_LANGUAGE is "fr": it can be one of "en", "ar", "de".\n'
    )


def test_a_wrong_setting_ends_a_command_with_one_sentence():
    ran = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, "CACHE_URL": "memcached://"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith('manage.py: CACHE_URL is "memcached://"')
    assert ran.stderr.count("\n") == 1


def test_the_version_is_the_first_heading_of_the_changelog():
    assert re.fullmatch(r"\d+\.\d+\.\d+", settings.TRACKER_VERSION)


def test_500_citations_fit_into_one_form():
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS >= 500 * 20
