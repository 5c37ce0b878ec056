"""`manage.py import_claims`: what it prints, and the exit codes that scripts trust."""

import datetime
import random
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.jobs import imports
from claims.jobs.upkeep import run_due
from claims.models import Claim, ClaimImport, Event, ImportRow
from claims.workflow.roles import RESEARCHERS
from tests.factories import NOON, make_user
from tests.jobs.imports.files import ORIGIN, file_of, row_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ada() -> Any:
    return make_user(RESEARCHERS, username="ada")


def written(folder: Path, *rows: dict[str, str], name: str = "claims.csv") -> str:
    path = folder / name
    path.write_bytes(file_of(rows).stream.read())
    return str(path)


def run(*arguments: str, code: int = 0) -> str:
    """Run the command; return what it says, on all channels."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_claims", *arguments, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == code
        err.write(str(error))
    else:
        assert code == 0
    return out.getvalue() + err.getvalue()


def test_a_file_is_imported(tmp_path):
    said = run(
        written(tmp_path, row_of(1), row_of(2)), "--by", "ada", "--origin", ORIGIN
    )
    assert "2 added, 0 changed, 0 skipped, 0 refused." in said
    assert "2 claims written in 1 batches" in said
    assert Claim.objects.count() == 2


def test_a_dry_run_says_what_would_be_done_and_leaves_nothing(tmp_path):
    path = written(tmp_path, row_of(1, said_words="last month"))
    said = run(path, "--dry-run")
    assert "row 2: “last month” is read as 2026-02" in said
    assert "Nothing was written." in said
    assert not ClaimImport.objects.exists()


def test_refused_rows_are_named_and_refuse_the_file(tmp_path):
    path = written(tmp_path, row_of(1), row_of(2, kind="rumour"))
    said = run(path, "--by", "ada", code=1)
    assert "row 3, kind: “rumour” is not one of" in said
    assert "--partial takes the good ones" in said
    assert not Claim.objects.exists()
    assert not ImportRow.objects.exists()
    assert "1 rows were refused; the others are in." in run(
        path, "--by", "ada", "--partial", code=1
    )
    assert Claim.objects.count() == 1


def test_the_same_file_again_is_skipped(tmp_path):
    path = written(tmp_path, row_of(1))
    run(path, "--by", "ada")
    assert "1 skipped" in run(path, "--by", "ada")
    assert Claim.objects.count() == 1


def test_what_broke_off_is_taken_up_or_taken_back(tmp_path, ada):
    rows = [row_of(number) for number in range(4)]
    path = written(tmp_path, *rows)
    with Path(path).open("rb") as stream:
        row = imports.stage(imports.File(stream, path, "csv"), ada)
    imports.begin(row, ada)
    list(imports.carry_on(row, 2, batch_rows=2, pause_seconds=0))
    assert "--resume takes it up" in run(path, "--by", "ada", code=1)
    assert "4 claims written in 2 batches" in run(path, "--by", "ada", "--resume")
    assert Claim.objects.count() == 4
    said = run("--undo", row.public_id, "--by", "ada")
    assert "4 claims are as they were before" in said
    assert not Claim.objects.working().exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["FILE"], "Say who imports"),
        (["FILE", "--by", "nobody"], "no user “nobody”"),
        (["--by", "ada"], "Name a file"),
        (["--undo", "0000000000", "--by", "ada"], "no import “0000000000”"),
        (["/no/such.csv", "--by", "ada"], "No such file"),
        (["/no/such.pdf", "--by", "ada"], "Name the --format"),
    ],
)
def test_wrong_usage_is_exit_code_2(tmp_path, arguments, sentence):
    path = written(tmp_path, row_of(1))
    arguments = [path if each == "FILE" else each for each in arguments]
    assert sentence in run(*arguments, code=2)


def test_every_column_is_printed_and_explained_in_the_guide(settings):
    printed = run("--columns")
    guide = (settings.BASE_DIR / "docs" / "import.md").read_text(encoding="utf-8")
    for column in imports.CLAIM_COLUMNS:
        assert f" {column.name}" in printed
        assert f"| `{column.name}` |" in guide
    for column in imports.CITATION_COLUMNS:
        assert f"citation_N_{column.name}" in printed
        assert f"| `citation_1_{column.name}` |" in guide


def test_upkeep_carries_on_what_broke_off_and_forgets_what_nobody_began(
    ada, settings, tmp_path
):
    settings.TRACKER_DATA_DIR = tmp_path
    begun = imports.stage(file_of([row_of(1)]), ada, NOON)
    imports.begin(begun, ada)
    imports.stage(file_of([row_of(2)]), ada, NOON - datetime.timedelta(days=7))
    kept = imports.stage(file_of([row_of(3)]), ada, NOON)
    reports = {done.step: done.report for done in run_due(NOON)}
    assert reports["claim imports"] == "1 rows carried on, 1 checked files forgotten"
    assert Claim.objects.count() == 1
    assert set(ClaimImport.objects.all()) == {begun, kept}


@pytest.mark.parametrize("file_format", ["csv", "jsonl", "xlsx"])
def test_a_broken_file_leaves_no_trace_of_a_claim(ada, file_format):
    """200 files are read in `tests/formats`; some of each are brought to the end."""
    import io

    from tests.formats.test_readers import broken

    good = file_of([row_of(1), row_of(2)], file_format).stream.read()
    chance = random.Random(file_format)
    for _ in range(20):
        raw = broken(good, chance)
        try:
            row = imports.stage(imports.File(io.BytesIO(raw), "x", file_format), ada)
        except imports.ImportRefusedError as error:
            assert str(error)
        else:
            assert row.rows.count() == (
                row.added + row.changed + row.skipped + row.refused
            )
            imports.throw_away(row)
        assert not Claim.objects.exists()
        assert not Event.objects.exists()
        assert not ClaimImport.objects.exists()
