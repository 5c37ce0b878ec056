"""`manage.py loaddata` as a program: exit code, one line, no bar outside a terminal."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

from claims.models import Article, Citation, Claim
from tests.databases import OwnDatabase
from tests.jobs.small_story import published_story, small_story, written


def run_program(database: OwnDatabase, path: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "loaddata", path],
        cwd=settings.BASE_DIR,
        env=database.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_failing_load_exits_with_one_and_changes_nothing(
    own_database: OwnDatabase, tmp_path: Path
) -> None:
    path = written(tmp_path, small_story(claim={"kind": "gossip"}))
    failed = run_program(own_database, path)
    assert failed.returncode == 1
    assert failed.stdout == ""
    assert failed.stderr.startswith("CommandError: story.json: claims.claim ")
    assert failed.stderr.count("\n") == 1
    assert Article.objects.count() == Citation.objects.count() == 0


def test_a_load_prints_one_line_and_exits_with_zero(
    own_database: OwnDatabase, tmp_path: Path
) -> None:
    done = run_program(own_database, written(tmp_path, published_story()))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Loaded 19 rows (1 claims, ")
    assert done.stdout.count("\n") == 1
    assert Claim.objects.get().status_id == "verified"
