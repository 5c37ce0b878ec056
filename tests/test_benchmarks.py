"""The benchmark scripts run, and measure a record that could be real."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from claims.models import PublishedClaim, PublishedNotice, Release
from claims.publishing.rebuild import rebuild
from claims.search import PUBLIC, out_of_step
from tests.benchmarks.desk import own_pages, pages_of_rows
from tests.benchmarks.desk_fill import fill_desk
from tests.benchmarks.fill import fill
from tests.benchmarks.versus.figures import Row, Value, not_there
from tests.benchmarks.versus.page import BEGIN, END, Measured, tables, write
from tests.benchmarks.versus.places import Places, migration_state

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
    "name",
    [
        *("fill.py", "imports.py", "pages.py", "search.py", "workspace.py"),
        *("desk_fill.py", "desk.py"),
    ],
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


@pytest.fixture
def kept_record(own_database, tmp_path) -> Path:
    """Return a folder of the benchmark that has its record of 40 claims already."""
    fill(claims=40, articles=4, sources=30)
    connection.close()
    places = Places(tmp_path / "bench")
    record = places.database("sqlite", "record_40")
    shutil.copyfile(own_database.url.removeprefix("sqlite:///"), record.place)
    places.keep(record, migration_state(), seconds=0)
    return places.folder


def test_lists_are_measured_beside_what_is_to_be_reached(kept_record):
    words = ["--claims", "40", "--requests", "1", "--folder", str(kept_record)]
    words += ["--ours-only", "--sqlite-only", "--only", "lists"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.versus", *words],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "making" not in done.stdout  # what was kept is used again
    (deep,) = [row for row in done.stdout.splitlines() if row.startswith("| deep page")]
    assert "≤ 12 ms CPU" in deep
    assert float(deep.split("|")[3]) > 0
    assert "Written" not in done.stdout  # not every workload was measured


def test_a_missed_target_stands_in_the_page_and_the_prose_stays(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n\n{BEGIN}\n\nold\n\n{END}\n\nAfter.\n")
    missed = {"us, SQLite": Value(30.0), "stock, SQLite": Value(15.0)}
    rows = [
        Row("deep page", "ms CPU", missed, limit=12),
        not_there("import", "ms", "…"),
    ]
    write(page, tables([Measured("lists", "Lists", "now", "abc", 1, rows)], ["Here."]))

    said = page.read_text()
    assert said.startswith("Before.") and said.endswith("After.\n")
    assert "old" not in said
    row = "| deep page | ≤ 12 ms CPU | 30 | – | 15 | – | – | 0.50 × | – | **no** |"
    assert row in said


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
