"""The benchmark scripts run, and measure a record that could be real."""

import subprocess
import sys

import pytest
from django.conf import settings

from claims.models import PublishedClaim, PublishedNotice, Release
from claims.publishing.rebuild import rebuild
from claims.search import PUBLIC, out_of_step
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
    assert not out_of_step(PUBLIC, every=True)


@pytest.mark.parametrize(
    "name", ["fill.py", "imports.py", "pages.py", "search.py", "workspace.py"]
)
def test_each_script_explains_itself(name):
    done = subprocess.run(
        [sys.executable, FOLDER / name, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--claims" in done.stdout


def test_imports_and_exports_are_measured_while_an_editor_saves():
    done = subprocess.run(
        [sys.executable, FOLDER / "imports.py", "--claims", "40", "--rows", "60"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for step in ("check", "write", "an editor's save", "export jsonl", "export xlsx"):
        assert f"\n{step} " in f"\n{done.stdout}"


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
