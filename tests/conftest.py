"""What every test stands on: a database, a closed network, and no silent skip."""

import gc
import os
import shutil
import signal
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings

from tests import databases, properties
from tests.serving import serving

IN_WORKER = "PYTEST_XDIST_WORKER" in os.environ
FOLDER = Path(os.environ["TRACKER_TESTS_FOLDER"]) if IN_WORKER else None
if FOLDER is None:
    FOLDER = databases.new_run_folder()
KIND = os.environ.get("TRACKER_TEST_DATABASE", "sqlite")
STORE = databases.KINDS[KIND](FOLDER)
# Ten of a hundred seconds went to the garbage collector with Python's own number.
ALLOCATIONS_BETWEEN_COLLECTIONS = 100_000
# Each worker has files of its own, as it has a database: a lease is a file there.
FILES = FOLDER / f"files-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
NO_SKIPS = os.environ.get("TRACKER_TESTS_NO_SKIPS") == "1"

# The settings are the site's own; what they read from the environment is set here, also
# for the programs that a test starts.
for name in [name for name in os.environ if name.startswith("TRACKER_")]:
    del os.environ[name]
os.environ |= {
    "DATABASE_URL": STORE.url_of(databases.TEMPLATE),
    "DJANGO_SETTINGS_MODULE": "tracker.settings",
    "SECRET_KEY": "a key for tests, long enough to be taken, and secret to nobody",
    "TRACKER_CHECK_LINKS": "off",  # addresses of test rows lead nowhere
    "TRACKER_COLLECTED_STATIC": "off",
    "TRACKER_DATA_DIR": str(FILES),
    "TRACKER_KEEP_PAGES": "off",  # tests share one process, and roll revisions back
    "TRACKER_REPORT_EMAIL": "errors@claims.example",
    "TRACKER_SITE_URL": "http://claims.example",
    "TRACKER_TESTS_FOLDER": str(FOLDER),
    "TRACKER_TEST_DATABASE": KIND,
    "TRACKER_TEST_EXAMPLES": str(properties.TIMES),
}
FILES.mkdir(exist_ok=True)
django.setup()
# A worker's settings were read before these lines, with the folder of who started it.
settings.TRACKER_DATA_DIR, settings.MEDIA_ROOT = FILES, FILES / "files"
properties.try_others(100)


# The run


def pytest_configure(config: pytest.Config) -> None:
    if not IN_WORKER:
        # Being told to end is like Control-C: what was started is stopped.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        STORE.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not IN_WORKER:
        STORE.stop()
        shutil.rmtree(FOLDER, ignore_errors=True)


def pytest_report_header(config: pytest.Config) -> str:
    return f"database: {KIND}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Mark browser stories; leave what is about the other database to its own run."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
    others = [kind for kind in databases.KINDS if kind != KIND]
    foreign = [item for item in items if any(map(item.get_closest_marker, others))]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the garbage collector pass over what stays to the end: code and tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS_BETWEEN_COLLECTIONS)


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if NO_SKIPS and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if report.longrepr else "no reason"
        report.outcome = "failed"
        report.longrepr = (
            f"{report.nodeid} would be skipped, which is refused: {reason}"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    refuse_skip(report)
    return report


# The network


class NetworkRefusedError(Exception):
    """A test tried to reach something outside this machine."""


def refuse_network(event: str, arguments: tuple) -> None:
    """Audit hook: sockets lead to this machine or nowhere."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"}:
        host = arguments[1][0] if isinstance(arguments[1], tuple) else None
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    here = {"localhost", "localhost.", "::1", "0.0.0.0"}
    if host and not (host in here or host.startswith("127.")):
        raise NetworkRefusedError(f"{event} {host}: tests stay on this machine")


sys.addaudithook(refuse_network)


# The database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """Give this process a copy of the template; `db` rolls back on it, as ever."""
    key = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock():
        databases.migrate_template_once(STORE, FOLDER)
        STORE.copy(key)
    with databases.in_use(STORE, key):
        yield


@contextmanager
def fresh_database(
    blocker: Any, template: str = databases.TEMPLATE
) -> Iterator[databases.OwnDatabase]:
    key = f"own_{uuid.uuid4().hex[:12]}"
    STORE.copy(key, template)
    try:
        with blocker.unblock(), databases.in_use(STORE, key):
            yield databases.OwnDatabase(STORE.url_of(key))
    finally:
        STORE.drop(key)


@pytest.fixture
def own_database(
    request, django_db_setup, django_db_blocker
) -> Iterator[databases.OwnDatabase]:
    """Give this test a fresh migrated database: real transactions, threads, programs."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail("own_database stands alone: do not ask for db beside it")
    with fresh_database(django_db_blocker) as database:
        yield database


@pytest.fixture(scope="module")
def module_database(
    django_db_setup, django_db_blocker
) -> Iterator[databases.OwnDatabase]:
    """Give a module one such database, for tests that only read what a fixture wrote.

    With `db` beside it, what a test writes is rolled back to what the fixture wrote.
    All tests of the module then have to ask for that fixture, or need no database.
    """
    with fresh_database(django_db_blocker) as database:
        yield database


@pytest.fixture(scope="module")
def stories_database(
    django_db_setup, django_db_blocker
) -> Iterator[databases.OwnDatabase]:
    """Give a module a database with both demo stories, for tests that only read."""
    with filled_database(django_db_blocker, "stories", load_stories) as database:
        yield database


@pytest.fixture(scope="module")
def town_database(
    django_db_setup, django_db_blocker
) -> Iterator[databases.OwnDatabase]:
    """Give a module a database with every public page, for tests that only read."""
    from tests.browser.public_pages import load_town

    with filled_database(django_db_blocker, "town", load_town) as database:
        yield database


@contextmanager
def filled_database(
    blocker: Any, name: str, fill: Callable[[], None]
) -> Iterator[databases.OwnDatabase]:
    with blocker.unblock():
        databases.fill_template_once(STORE, FOLDER, name, fill)
    with fresh_database(blocker, name) as database:
        yield database


def load_stories() -> None:
    from django.core.management import call_command

    call_command("loaddata", "town_demo", "libya_2016", verbosity=0)


@pytest.fixture
def live_site(own_database) -> Iterator[str]:
    """Serve the site on a free port, from `own_database`; return its address."""
    with serving() as address:
        yield address


def refused() -> None:
    pytest.fail("this flushes the database: ask for own_database or live_site instead")


@pytest.fixture
def transactional_db() -> None:
    refused()


@pytest.fixture
def live_server() -> None:
    refused()


@pytest.fixture(autouse=True)
def no_flush(request) -> None:
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        refused()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords of test users quickly; nobody attacks them."""
    from django.test import override_settings

    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    with override_settings(PASSWORD_HASHERS=[hasher]):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    from django.core.cache import cache

    cache.clear()
