"""`manage.py restore`: into an empty place only, checked first, all or nothing."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management.base import CommandError
from django.db import connection

from claims.models import (
    Claim,
    Event,
    PublishedClaim,
    Release,
    Source,
    StoredCopy,
)
from claims.search import INDEXES, out_of_step
from claims.triggers import drop_triggers, missing_triggers
from tests.commands.places import (
    attach_file,
    attach_warc,
    backup,
    empty_place,
    filled_place,
    run,
)
from tests.factories import make_claim, publish_claim

LETTER = b"A letter that somebody kept."
LETTER_SHA256 = hashlib.sha256(LETTER).hexdigest()


@pytest.fixture
def files(own_database, settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return settings.MEDIA_ROOT


@pytest.fixture(scope="module")
def saved_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Path:
    """Return a backup of one published claim and one evidence file."""
    place = tmp_path_factory.mktemp("saved")
    with django_db_blocker.unblock(), filled_place(place / "evidence"):
        publish_claim()
        attach_file(LETTER, LETTER_SHA256)
        return backup(place / "saved")


@pytest.fixture
def saved(saved_once, tmp_path) -> Path:
    """Return a copy of that backup for this test to spoil."""
    return shutil.copytree(saved_once, tmp_path / "saved" / saved_once.name)


@pytest.fixture
def elsewhere(django_db_setup, django_db_blocker, tmp_path) -> Iterator[Path]:
    """Work in an empty place while the test runs; returns its evidence folder."""
    with django_db_blocker.unblock(), empty_place(tmp_path / "elsewhere"):
        yield tmp_path / "elsewhere"


def change_manifest(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def content_of(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def assert_nothing_is_there(files: Path) -> None:
    assert not [path for path in files.rglob("*") if path.is_file()]
    if connection.vendor == "postgresql":
        assert connection.introspection.table_names() == []
    else:
        database = Path(connection.settings_dict["NAME"])
        assert not list(database.parent.glob(f"{database.name}*"))


def test_restored_place_holds_the_same_rows_record_and_evidence(files, tmp_path):
    publish_claim()
    copy = attach_file(LETTER, LETTER_SHA256)
    captured = attach_warc(b"How it came.")
    folder = backup(tmp_path / "saved")
    models = (Claim, Source, StoredCopy, Event, Release, PublishedClaim)
    rows = {model: list(model.objects.order_by("pk").values()) for model in models}

    with empty_place(tmp_path / "elsewhere"):
        said = run("restore", folder, "--verify")

        assert "Checked: files, rows, keys, events and the record." in said
        for model in models:
            assert list(model.objects.order_by("pk").values()) == rows[model]
        assert (tmp_path / "elsewhere" / copy.file.name).read_bytes() == LETTER
        warc = tmp_path / "elsewhere" / captured.warc.name
        assert warc.read_bytes() == b"How it came."
        assert missing_triggers() == []
        assert not any(out_of_step(index, every=True) for index in INDEXES)
        make_claim()  # sequences go on where they were


def test_restore_without_verify_does_not_say_it_checked(saved, elsewhere):
    said = run("restore", saved)

    assert "Checked" not in said
    assert Claim.objects.count() == 1


@pytest.mark.parametrize("pattern", ["database.*", "files/*/*"])
def test_flipped_bit_is_found_and_named_before_anything_is_touched(
    saved, elsewhere, pattern
):
    (path,) = saved.glob(pattern)
    flip_a_bit(path)

    with pytest.raises(CommandError) as refusal:
        run("restore", saved, "--verify")

    name = path.relative_to(saved)
    assert f"{name} was changed: its SHA-256" in str(refusal.value)
    assert_nothing_is_there(elsewhere)


def flip_a_bit(path: Path) -> None:
    words = bytearray(path.read_bytes())
    words[len(words) // 2] ^= 1
    path.write_bytes(words)


def test_file_that_is_gone_from_the_backup_is_named(saved, elsewhere):
    (path,) = saved.glob("files/*/*")
    path.unlink()

    with pytest.raises(CommandError, match=f"{path.name} is missing"):
        run("restore", saved)

    assert_nothing_is_there(elsewhere)


def test_place_with_a_database_is_refused_and_stays_as_it_is(saved, files):
    claim = make_claim()

    with pytest.raises(CommandError, match="empty place only"):
        run("restore", saved)

    assert list(Claim.objects.all()) == [claim]
    assert not files.exists()


def test_place_with_evidence_is_refused_and_stays_as_it_is(saved, elsewhere):
    (elsewhere / "copies" / "ab").mkdir(parents=True)
    letter = elsewhere / "copies" / "ab" / "letter"
    letter.write_bytes(LETTER)

    with pytest.raises(CommandError, match="copies/ab/letter"):
        run("restore", saved)

    assert letter.read_bytes() == LETTER
    letter.unlink()
    assert_nothing_is_there(elsewhere)


@pytest.mark.sqlite
def test_log_left_beside_a_lost_database_is_refused(saved, elsewhere):
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    log.write_bytes(b"pages of another database")

    with pytest.raises(CommandError, match="-wal exists"):
        run("restore", saved)

    assert log.exists()


def test_backup_of_newer_migrations_is_refused(saved, elsewhere):
    heads = {**content_of(saved)["migrations"], "claims": ["0999_from_the_future"]}
    change_manifest(saved, migrations=heads, tracker_version="99.0")

    with pytest.raises(CommandError, match=r"99\.0.+claims\.0999_from_the_future"):
        run("restore", saved)

    assert_nothing_is_there(elsewhere)


def test_backup_of_an_older_version_is_restored_and_says_what_to_run(saved, elsewhere):
    heads = {**content_of(saved)["migrations"], "claims": []}
    change_manifest(saved, migrations=heads, tracker_version="0.0.1")

    said = run("restore", saved, "--verify")

    assert "0.0.1: run `manage.py migrate`" in said
    assert "Checked" not in said
    assert Claim.objects.count() == 1


def test_backup_of_another_kind_of_database_is_refused(saved, elsewhere):
    other = {"sqlite": "postgresql", "postgresql": "oracle"}[connection.vendor]
    change_manifest(saved, vendor=other)

    with pytest.raises(CommandError, match=f"backup of {other}.+DATABASE_URL"):
        run("restore", saved)

    assert_nothing_is_there(elsewhere)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"counts": {"claims_claim": 2}}, "claims_claim has 1 rows, .+ says 2"),
        ({"chain": {"sequence": 1, "hash": "0" * 64}}, "the manifest says 1"),
    ],
)
def test_restore_that_differs_from_its_manifest_is_taken_away_again(
    saved, elsewhere, changes, says
):
    if "counts" in changes:
        changes = {"counts": {**content_of(saved)["counts"], **changes["counts"]}}
    change_manifest(saved, **changes)

    with pytest.raises(CommandError, match=says):
        run("restore", saved, "--verify")

    assert_nothing_is_there(elsewhere)


def test_changed_event_is_found_and_the_place_is_empty_again(files, tmp_path):
    publish_claim()
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_event SET actor_name = 'x' WHERE sequence = 2")
    folder = backup(tmp_path / "saved")

    with empty_place(tmp_path / "elsewhere"):
        with pytest.raises(CommandError, match="event chain breaks at event 2"):
            run("restore", folder, "--verify")
        assert_nothing_is_there(tmp_path / "elsewhere")


def test_record_that_does_not_follow_from_its_releases_is_found(files, tmp_path):
    claim = publish_claim().claim
    PublishedClaim.objects.update(text="Nobody released this.")
    folder = backup(tmp_path / "saved")

    with (
        empty_place(tmp_path / "elsewhere"),
        pytest.raises(CommandError, match=f"PublishedClaim {claim.public_id} differs"),
    ):
        run("restore", folder, "--verify")


def test_what_the_backup_lacks_is_said_again(files, tmp_path):
    copy = attach_file(LETTER, LETTER_SHA256)
    (files / copy.file.name).unlink()
    with pytest.raises(CommandError):
        run("backup", tmp_path / "saved")
    (folder,) = (tmp_path / "saved").glob("2*")

    with empty_place(tmp_path / "elsewhere"):
        said = run("restore", folder, "--verify")

    assert f"Not in the backup: Evidence file {copy.file.name} is missing." in said


def test_folder_of_backups_says_which_is_newest(saved, elsewhere):
    with pytest.raises(CommandError, match=f"1 backups.+{saved}"):
        run("restore", saved.parent)


def test_folder_without_manifest_is_no_backup(tmp_path):
    with pytest.raises(CommandError, match="is not a backup"):
        run("restore", tmp_path)
    with pytest.raises(CommandError, match="There is no folder"):
        run("restore", tmp_path / "nowhere")


@pytest.mark.postgresql
class TestMovingFromSqlite:
    @pytest.fixture(scope="class")
    @staticmethod
    def sqlite_backup(tmp_path_factory) -> Path:
        """Return a backup made by an installation on SQLite."""
        place = tmp_path_factory.mktemp("sqlite")
        code = (
            "import sys, django; django.setup();"
            "from django.core.management import call_command;"
            "call_command('migrate', verbosity=0);"
            "from tests.factories import publish_claim, make_topic, make_claim;"
            "publish_claim(); make_claim(topics=[make_topic()]);"
            "call_command('backup', sys.argv[1])"
        )
        environment = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{place / 'db.sqlite3'}",
            "TRACKER_DATA_DIR": str(place),
        }
        command = [sys.executable, "-c", code, str(place / "saved")]
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
        (folder,) = (place / "saved").glob("2*")
        return folder

    def test_every_row_arrives_and_verifies(self, sqlite_backup, elsewhere):
        said = run("restore", sqlite_backup, "--verify")

        assert "Checked: files, rows, keys, events and the record." in said
        assert Claim.objects.filter(topics__isnull=False).count() == 1
        assert missing_triggers() == []
        assert not any(out_of_step(index, every=True) for index in INDEXES)
        moved_from = sqlite_backup.parent.parent / "db.sqlite3"
        # Row by row, and no number would be given out twice.
        same = run("compare_databases", f"sqlite:///{moved_from}")
        assert same.startswith("Both hold the same")
        make_claim()  # sequences go on where they were

    def test_backup_with_missing_migrations_is_refused(
        self, sqlite_backup, elsewhere, tmp_path
    ):
        copy = shutil.copytree(sqlite_backup, tmp_path / sqlite_backup.name)
        heads = {**content_of(copy)["migrations"], "claims": []}
        change_manifest(copy, migrations=heads)

        with pytest.raises(CommandError, match=r"lacks the migration claims\."):
            run("restore", copy)
