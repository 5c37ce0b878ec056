"""The manifest: read back as written, and refused when it makes no sense."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from claims.jobs.manifest import (
    BackupError,
    Manifest,
    complete_backups,
    evidence_path,
    read_manifest,
)

SHA256 = "5" * 64
MANIFEST = Manifest(
    made_at="2026-03-02T12:00:00+00:00",
    tracker_version="0.1.0",
    vendor="sqlite",
    database="database.sqlite3",
    migrations={"claims": ["0001_the_desk_and_the_record"]},
    counts={"claims_claim": 3},
    chain={"sequence": 7, "hash": SHA256},
    files={"database.sqlite3": SHA256, evidence_path(SHA256): SHA256},
    evidence={"copies/55/letter": SHA256},
)


def test_manifest_is_read_as_it_was_written(tmp_path):
    MANIFEST.write(tmp_path)

    assert read_manifest(tmp_path) == MANIFEST


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"format": 2}, "has format 2"),
        ({"surprise": 1}, "cannot be read"),
        ({"files": []}, "cannot be read"),
        ({"database": "../db.sqlite3"}, "not allowed"),
        ({"evidence": {"/etc/passwd": SHA256}}, "not allowed"),
        ({"evidence": {"a\\b": SHA256}}, "not allowed"),
        ({"evidence": {"": SHA256}}, "not allowed"),
        ({"evidence": {"a": "../../secret"}}, "no SHA-256"),
        ({"evidence": {"a": "0" * 64}}, "without their SHA-256"),
        ({"database": "another"}, "without their SHA-256"),
    ],
)
def test_manifest_that_makes_no_sense_is_refused(tmp_path, changes, says):
    text = json.dumps({**asdict(MANIFEST), **changes})
    (tmp_path / "manifest.json").write_text(text)

    with pytest.raises(BackupError, match=says):
        read_manifest(tmp_path)


@pytest.mark.parametrize("text", ['{"format": 1, ', "[]", "\udcff"])
def test_text_that_is_no_manifest_is_refused(tmp_path, text):
    path = tmp_path / "manifest.json"
    path.write_bytes(text.encode(errors="surrogateescape"))

    with pytest.raises(BackupError, match="cannot be read"):
        read_manifest(tmp_path)


def test_only_whole_backups_count_newest_first(tmp_path):
    for name in ["20260302T120000Z", "20260303T120000Z", "letters"]:
        (tmp_path / name).mkdir()
        MANIFEST.write(tmp_path / name)
    (tmp_path / "20260304T120000Z").mkdir()  # no manifest

    found = [path.name for path in complete_backups(tmp_path)]

    assert found == ["20260303T120000Z", "20260302T120000Z"]


def test_damaged_files_are_named(tmp_path: Path):
    (tmp_path / "database.sqlite3").write_bytes(b"not what it was")

    assert list(MANIFEST.damaged_files(tmp_path)) == [
        "database.sqlite3 was changed: its SHA-256 is not that of the manifest.",
        f"{evidence_path(SHA256)} is missing.",
    ]
