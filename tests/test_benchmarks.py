"""The benchmark scripts run, and measure a record that could be real."""

import subprocess
import sys

import pytest
from django.conf import settings

from claims.models import PublishedClaim, PublishedNotice, Release
from claims.publishing.rebuild import rebuild
from tests.benchmarks.desk import own_pages, pages_of_rows
from tests.benchmarks.desk_fill import fill_desk
from tests.benchmarks.fill import fill

#: Each fills a file of its own.
pytestmark = pytest.mark.sqlite
FOLDER = settings.BASE_DIR / "tests" / "benchmarks"


def test_what_fill_writes_follows_from_its_releases(db):
    fill(claims=300, articles=4, sources=30)
    assert PublishedClaim.objects.count() == 300
    assert PublishedNotice.objects.exists()
    assert Release.objects.count() > 300
    assert rebuild(fix=False) == []


@pytest.mark.parametrize(
    "name", [*("fill.py", "pages.py", "workspace.py"), *("desk_fill.py", "desk.py")]
)
def test_each_script_explains_itself(name):
    done = subprocess.run(
        [sys.executable, FOLDER / name, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--claims" in done.stdout


def test_the_check_of_quotations_is_measured_on_its_pairs_and_by_chance():
    few = ["--mutations", "20", "--noise", "10"]
    done = subprocess.run(
        [sys.executable, FOLDER / "quotations.py", *few],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "proviso cut" in done.stdout
    assert "Random mutations" in done.stdout
    assert "found, exact" in done.stdout


def test_the_link_watch_is_measured_at_two_sizes():
    done = subprocess.run(
        [sys.executable, FOLDER / "link_watch.py", "--links", "4", "8"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.count("pages known already") == 2
    assert done.stdout.count("highest memory") == 2


def test_the_table_names_every_public_page(tmp_path):
    from claims.views.urls import urlpatterns

    done = subprocess.run(
        [
            sys.executable,
            FOLDER / "pages.py",
            "--claims",
            "60",
            "--requests",
            "2",
            "--database",
            f"sqlite:///{tmp_path}/record.sqlite3",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for pattern in urlpatterns:
        assert f"{pattern.name} " in done.stdout


def test_what_fill_desk_writes_is_taken_by_every_desk_page(db):
    from django.contrib.auth.models import User
    from django.test import Client

    from claims.models import Claim, Event
    from claims.models.events import verify_chain

    fill_desk(claims=30, sources=12, articles=2)

    assert Claim.objects.count() == 30
    assert verify_chain() == (Event.objects.count(), None)
    client = Client()
    client.force_login(User.objects.get(username="emil"))
    pages = [*own_pages(), *pages_of_rows()]
    assert len(pages) > 40
    for name, path in pages[::4]:
        assert client.get(path).status_code == 200, name
