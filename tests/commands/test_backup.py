"""`manage.py backup`: whole, of one moment, and never what only looks like one."""

import datetime
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, transaction

from claims.jobs.backup import make_backup, remove_older
from claims.jobs.durable import file_lock
from claims.jobs.manifest import BackupError
from claims.jobs.postgresql_copies import client_program
from claims.models import Claim, Event, EventHead
from claims.models.events import Actor, append_event
from tests.commands.places import attach_file, attach_warc, backup, empty_place, run
from tests.factories import NOON, make_claim, publish_claim

LETTER = b"A letter that somebody kept."
LETTER_SHA256 = hashlib.sha256(LETTER).hexdigest()
WAIT_SECONDS = 20


@pytest.fixture
def files(own_database, settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return settings.MEDIA_ROOT


def manifest_of(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_manifest_says_what_is_in_the_backup(files, tmp_path):
    publish_claim()
    attach_file(LETTER, LETTER_SHA256)
    folder = backup(tmp_path / "saved")
    manifest = manifest_of(folder)
    head = EventHead.objects.get()

    assert manifest["tracker_version"] == settings.TRACKER_VERSION
    assert manifest["vendor"] == connection.vendor
    assert manifest["migrations"]["claims"]
    assert manifest["counts"]["claims_claim"] == 1
    assert manifest["chain"] == {"sequence": head.sequence, "hash": head.hash}
    assert manifest["missing"] == []
    saved = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert manifest["files"] == saved
    assert LETTER_SHA256 in saved.values()


def test_evidence_kept_under_two_names_is_saved_once(files, tmp_path):
    first = attach_file(LETTER, LETTER_SHA256)
    second = attach_file(LETTER, LETTER_SHA256)
    folder = backup(tmp_path / "saved")

    assert first.file.name != second.file.name
    assert len(manifest_of(folder)["evidence"]) == 2
    assert len(list(folder.glob("files/*/*"))) == 1


def test_warc_files_are_evidence_too(files, tmp_path):
    copy = attach_warc(b"How it came.")
    folder = backup(tmp_path / "saved")
    manifest = manifest_of(folder)
    assert manifest["evidence"] == {copy.warc.name: copy.warc_sha256}
    assert manifest["missing"] == []
    Path(copy.warc.path).unlink()
    made = make_backup(tmp_path / "again", NOON)
    assert made.missing == [f"Evidence file {copy.warc.name} is missing."]


def test_only_this_user_can_read_a_backup(files, tmp_path):
    attach_file(LETTER, LETTER_SHA256)
    folder = backup(tmp_path / "saved")

    assert folder.stat().st_mode & 0o077 == 0
    for path in folder.rglob("*"):
        assert path.is_dir() or path.stat().st_mode & 0o077 == 0


@pytest.mark.sqlite
def test_copy_of_sqlite_is_one_plain_file_and_the_live_one_stays_as_it_was(
    files, tmp_path
):
    make_claim()
    folder = backup(tmp_path / "saved")
    make_claim()

    assert not list(folder.glob("database.sqlite3-*"))
    assert Claim.objects.count() == 2
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_backup_while_others_write_restores_with_equal_counts_and_chain_head(
    files, tmp_path
):
    stop = threading.Event()
    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(append_events_until, stop) for _ in range(2)]
        try:
            wait_until(Event.objects.exists)
            folder = backup(tmp_path / "saved")
            written = Event.objects.count()
            wait_until(lambda: Event.objects.count() > written)  # writers went on
        finally:
            stop.set()
        for writer in writers:
            writer.result()

    chain = manifest_of(folder)["chain"]
    assert 0 < chain["sequence"] <= written
    with empty_place(tmp_path / "elsewhere"):
        run("restore", folder, "--verify")
        assert Event.objects.count() == chain["sequence"]
        assert EventHead.objects.get().hash == chain["hash"]


def append_events_until(stop: threading.Event) -> None:
    with closing(connection):
        while not stop.is_set():
            with transaction.atomic():
                append_event("edited", "claim", "0123456789", Actor("", "test"), NOON)


def wait_until(holds) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (Path.unlink, "is missing"),
        (lambda path: path.write_bytes(b"another."), "was changed"),
    ],
)
def test_missing_or_changed_evidence_is_named_and_the_rest_is_saved(
    files, tmp_path, harm, says
):
    attach_file(LETTER, LETTER_SHA256)
    other = attach_file(b"Another.", hashlib.sha256(b"Another.").hexdigest())
    harm(files / other.file.name)

    with pytest.raises(CommandError, match=says) as refusal:
        backup(tmp_path / "saved")

    (folder,) = (tmp_path / "saved").glob("2*")
    manifest = manifest_of(folder)
    assert other.file.name in str(refusal.value)
    assert manifest["missing"] == [str(refusal.value).splitlines()[1]]
    assert list(manifest["evidence"].values()) == [LETTER_SHA256]
    assert not list(folder.glob("incoming"))


def test_keep_removes_the_oldest_complete_backups_and_nothing_else(files, tmp_path):
    place = tmp_path / "saved"
    days = [NOON + datetime.timedelta(days=count) for count in range(4)]
    made = [make_backup(place, day).folder for day in days]
    (made[3] / "manifest.json").unlink()  # not complete: not counted, not removed
    (place / "letters").mkdir()

    removed = remove_older(place, keep=2)

    assert removed == [made[0]]
    names = {path.name for path in place.iterdir()}
    assert names == {".lock", "letters", *(path.name for path in made[1:])}


def test_command_says_what_it_removed(files, tmp_path):
    older = make_backup(tmp_path, NOON).folder

    said = run("backup", tmp_path, "--keep", 1)

    assert f"Removed {older}" in said
    assert not older.exists()


def test_keep_removes_nothing_when_the_new_backup_is_not_whole(files, tmp_path):
    place = tmp_path / "saved"
    older = make_backup(place, NOON).folder
    copy = attach_file(LETTER, LETTER_SHA256)
    (files / copy.file.name).unlink()

    with pytest.raises(CommandError, match="older backups are kept"):
        run("backup", place, "--keep", 1)

    assert older.exists()


def test_keeping_no_backup_is_refused_before_anything_is_done(files, tmp_path):
    with pytest.raises(CommandError, match="1 or more"):
        run("backup", tmp_path / "saved", "--keep", 0)

    assert not (tmp_path / "saved").exists()


def test_killed_backup_leaves_nothing_that_looks_complete(
    own_database, files, tmp_path
):
    place = tmp_path / "saved"
    copy = attach_file(LETTER, LETTER_SHA256)
    stuck = files / copy.file.name
    stuck.unlink()
    os.mkfifo(stuck)  # reading it waits for a writer who never comes
    with start_backup(own_database, files, place) as program:
        try:
            wait_until(lambda: list(place.glob(".unfinished-*/database*")))
        finally:
            program.send_signal(signal.SIGKILL)

    assert not list(place.glob("2*"))
    assert len(list(place.glob(".unfinished-*"))) == 1
    stuck.unlink()
    stuck.write_bytes(LETTER)
    folder = backup(place)  # the next one is whole and clears up
    assert {path.name for path in place.iterdir()} == {".lock", folder.name}


def start_backup(own_database, files: Path, place: Path) -> subprocess.Popen:
    code = (
        "import sys, django; from django.conf import settings;"
        "settings.MEDIA_ROOT = sys.argv[1]; django.setup();"
        "from django.core.management import call_command;"
        "call_command('backup', sys.argv[2])"
    )
    command = [sys.executable, "-c", code, str(files), str(place)]
    return subprocess.Popen(command, env=own_database.environment)


def test_second_backup_into_the_same_folder_waits_for_no_one(files, tmp_path):
    place = tmp_path / "saved"
    place.mkdir()

    with (
        file_lock(place / ".lock"),
        pytest.raises(BackupError, match="Another backup is being made"),
    ):
        make_backup(place, NOON)

    assert make_backup(place, NOON).folder.exists()


def test_two_backups_of_one_second_do_not_mix(files, tmp_path):
    first = make_backup(tmp_path, NOON).folder
    before = (first / "manifest.json").read_bytes()

    with pytest.raises(BackupError, match="of that second"):
        make_backup(tmp_path, NOON)

    assert (first / "manifest.json").read_bytes() == before


def test_database_without_tables_is_no_backup(files, tmp_path):
    with (
        empty_place(tmp_path / "elsewhere"),
        pytest.raises(CommandError, match=r"There is no database|manage.py migrate"),
    ):
        run("backup", tmp_path / "saved")

    assert {path.name for path in (tmp_path / "saved").iterdir()} == {".lock"}


def test_folder_that_cannot_be_written_is_named(files, tmp_path):
    (tmp_path / "saved").write_text("a file stands here")

    with pytest.raises(CommandError, match="saved: File exists"):
        run("backup", tmp_path / "saved")


FULL_DISK = """
import resource, sys, django
django.setup()
from django.core.management import CommandError, call_command
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
try:
    call_command("backup", sys.argv[1])
except CommandError as error:
    print(error)
finally:
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
"""


def test_full_disk_is_told_in_a_sentence_and_leaves_nothing(own_database, tmp_path):
    place = tmp_path / "saved"
    command = [sys.executable, "-c", FULL_DISK, str(place)]

    said = subprocess.check_output(command, env=own_database.environment, text=True)

    assert re.search("disk|full|too large|pg_dump failed", said)
    assert {path.name for path in place.iterdir()} == {".lock"}


def test_missing_client_program_is_named_with_the_remedy():
    with pytest.raises(BackupError, match="apt-get install postgresql-client"):
        client_program("pg_dump_of_nobody")


@pytest.mark.postgresql
def test_password_is_in_the_environment_of_pg_dump_and_not_on_its_command_line(
    files, tmp_path, monkeypatch
):
    seen = tmp_path / "seen"
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\n(echo "$@"; env) > {seen}\nexit 1\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "open-sesame")

    with pytest.raises(CommandError, match="pg_dump failed: it does not say why"):
        run("backup", tmp_path / "saved")

    arguments, *environment = seen.read_text().splitlines()
    assert "PGPASSWORD=open-sesame" in environment
    assert "open-sesame" not in arguments
    assert {path.name for path in (tmp_path / "saved").iterdir()} == {".lock"}
