"""kill -9 at any moment leaves nothing half-done: loading, moves, backup."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from claims.jobs.imports import begin, stage
from claims.jobs.manifest import read_manifest
from claims.models import Assessment, Claim, Event, PublishedClaim, Release
from claims.models.events import verify_chain
from claims.publishing.rebuild import rebuild
from tests.databases import OwnDatabase
from tests.factories import make_user
from tests.jobs.imports.files import file_of, row_of

KILLS = {"loaddata": 7, "moves": 8, "backup": 5, "import": 4}
SEED = 20160303


class Killer:
    """Starts victims in one prepared process, and kills them after a while."""

    def __init__(self, database: OwnDatabase) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.victims"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=database.environment,
        )

    def kill(self, line: str, after_seconds: float) -> bool:
        """Kill a victim after a while; False when it had ended by itself."""
        victim = self._start(line)
        time.sleep(after_seconds)
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            return False
        finally:
            assert self._answer() == "gone"
        return True

    def seconds_of(self, line: str) -> float:
        """Let a victim end by itself; return how long it took."""
        began = time.monotonic()
        self._start(line)
        assert self._answer() == "gone"
        return time.monotonic() - began

    def end(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=10)

    def _start(self, line: str) -> int:
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return int(self._answer())

    def _answer(self) -> str:
        return self.process.stdout.readline().strip()


@pytest.fixture
def killer(own_database: OwnDatabase) -> Iterator[Killer]:
    killer = Killer(own_database)
    yield killer
    killer.end()


def assert_whole() -> None:
    """Assert what holds whenever nobody is at work."""
    _count, broken = verify_chain()
    assert broken is None
    assert rebuild(fix=False) == []
    published = Assessment.objects.published().values_list(
        "claim__public_id", flat=True
    )
    shown = PublishedClaim.objects.filter(state="published").values_list(
        "pk", flat=True
    )
    assert sorted(published) == sorted(shown)
    made = Release.objects.filter(subject_type="claim", act="published").count()
    assert Event.objects.filter(verb="published").count() == made


def test_killed_moves_leave_no_half_of_one(killer: Killer) -> None:
    moments = random.Random(SEED)
    assert killer.kill("moves", 1.0)
    assert Claim.objects.exists(), "the victim had no time to do anything"
    for _ in range(KILLS["moves"]):
        assert killer.kill("moves", moments.uniform(0.02, 0.6))
        assert_whole()


def test_killed_loading_leaves_all_or_nothing(killer: Killer) -> None:
    moments = random.Random(SEED)
    for _ in range(KILLS["loaddata"]):
        assert killer.kill("loaddata town_demo", moments.uniform(0.05, 0.8))
        assert Event.objects.count() == 0 or Claim.objects.count() >= 14
        assert Claim.objects.exists() == Release.objects.exists()
    killer.seconds_of("loaddata town_demo")
    assert Claim.objects.count() >= 14
    assert rebuild(fix=False) == []


def test_a_killed_import_is_carried_on_and_makes_each_claim_once(
    killer: Killer,
) -> None:
    moments = random.Random(SEED)
    row = stage(file_of([row_of(number) for number in range(60)]))
    begin(row, make_user())
    for _ in range(KILLS["import"]):
        killer.kill(f"import {row.public_id}", moments.uniform(0.05, 0.25))
        assert_whole()
        written = row.rows.filter(outcome="written").count()
        assert Claim.objects.count() == written
        assert Claim.history.count() == written
        assert Event.objects.count() == written / 2
    killer.seconds_of(f"import {row.public_id}")
    row.refresh_from_db()
    assert (row.state, row.written) == ("done", 60)
    assert Claim.objects.count() == 60


def test_killed_backup_never_looks_like_one(killer: Killer, tmp_path) -> None:
    killer.kill("moves", 1.0)
    seconds = killer.seconds_of(f"backup {tmp_path}")
    moments = random.Random(SEED)
    killed = [
        killer.kill(f"backup {tmp_path}", moments.uniform(0.01, seconds * 0.9))
        for _ in range(KILLS["backup"])
    ]
    assert any(killed)
    complete = [path for path in tmp_path.iterdir() if not path.name.startswith(".")]
    assert complete
    for path in complete:
        assert list(read_manifest(path).damaged_files(path)) == []
    assert_whole()
