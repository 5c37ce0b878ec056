"""The benchmark scripts run, and measure a record that could be real."""

import subprocess
import sys

import pytest
from django.conf import settings

from claims.models import PublishedClaim, PublishedNotice, Release
from claims.publishing.rebuild import rebuild
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


@pytest.mark.parametrize("name", ["fill.py", "pages.py", "workspace.py"])
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


def test_what_was_checked_before_is_measured_beside_plain_bm25(tmp_path):
    """In the form of TREC, with a head and a claim that is there for nobody."""
    files = {
        "queries": "id\ttext\nq1\t#MillBridge shut\nq2\tno claim of mine\n",
        "claims": "id\tclaim\nc1\tThe mill bridge was shut.\nc2\tIt rained.\n",
        "pairs": "q1\t0\tc1\t1\nq1\t0\tc2\t0\n",
    }
    chosen = []
    for name, text in files.items():
        path = tmp_path / f"{name}.tsv"
        path.write_text(text)
        chosen += [f"--{name}", str(path)]
    done = subprocess.run(
        [sys.executable, FOLDER / "similar.py", *chosen, "--more", "20", "--misses"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "1 queries, 2 claims" in done.stdout
    assert "ours           1.000   1.000   1.000" in done.stdout
    assert "plain BM25" in done.stdout
    assert "with the right claims left out: 0 of 1" in done.stdout


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
