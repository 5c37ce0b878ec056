"""`manage.py import_article`: what it prints, refuses and leaves."""

import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.models import (
    Article,
    Claim,
    Document,
    Event,
    Import,
    Source,
    StoredCopy,
    Suggestion,
)
from tests.factories import make_user
from tests.intake.pages import PARAGRAPHS, news

TEXT = "River rises at Elmbrook\n\n" + "\n\n".join(PARAGRAPHS)


def run(*arguments: str, **options: Any) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_article", *arguments, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "story.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


@pytest.mark.django_db
def test_a_file_is_imported_and_said_what_it_is(story: str) -> None:
    out, err = run(story, "--published", "2026-03~", "--publisher", "The Elm Post")
    assert out.startswith("Imported “River rises at Elmbrook”.\n")
    assert "  publisher  The Elm Post\n" in out
    assert "  published  2026-03~\n" in out
    assert "1 headline, 4 body\n" in out
    assert err == ""
    assert Article.objects.get().document.published_edtf == "2026-03~"
    assert StoredCopy.objects.get().provenance == "uploaded"


@pytest.mark.django_db
def test_a_file_again_is_unchanged_and_a_changed_one_a_copy(story: str) -> None:
    run(story, "--title", "The river")
    out, _err = run(story)
    assert out.startswith("Known already, and unchanged: “The river”.")
    Path(story).write_bytes(news())
    run(story)
    assert Article.objects.count() == 2


@pytest.mark.django_db
def test_who_imports_is_in_the_log(story: str) -> None:
    make_user(username="ada")
    run(story, "--by", "ada")
    assert {event.actor_name for event in Event.objects.all()} == {"ada"}
    with pytest.raises(CommandError, match="no user “bo”"):
        run(story, "--by", "bo")


@pytest.mark.django_db
def test_what_to_look_at_goes_to_the_other_stream(tmp_path: Path) -> None:
    path = tmp_path / "broken.txt"
    path.write_text(TEXT.replace("“", "â€œ"), encoding="utf-8")
    out, err = run(str(path))
    assert "Please look: Broken encoding was repaired" in err
    assert "encoding" not in out
    assert run(str(path), verbosity=0)[0] == ""


@pytest.mark.django_db
def test_suggestions_are_printed_and_wait_for_a_person(story: str) -> None:
    out, _err = run(story, "--suggest", "--published", "2026-03-06")
    assert "statements could be claims." in out
    assert "river board" in out
    assert "Zoë Marsh" in out
    assert Suggestion.objects.proposed().exists()
    assert not Claim.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("origin", "sentence"),
    [
        ("nowhere.txt", "nowhere.txt: No such file"),
        (".", "Is a directory"),
        ("http://127.0.0.1:8000/", "Only the ports 80 and 443"),
        ("http://localhost/", "its own network"),
        ("ftp://news.example/", "does not begin with http"),
        ("https://ada:secret@news.example/", "user name or password"),
    ],
)
def test_what_cannot_be_had_is_refused(origin: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence) as caught:
        run(origin)
    assert str(caught.value).startswith("Not imported. ")
    assert "secret" not in str(caught.value)
    assert caught.value.returncode == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00\x01\x02", "Zoë".encode("latin-1"), b"%PDF-1.4\nhalf", b"PK\x03\x04"],
)
def test_a_bad_file_changes_nothing(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad"
    path.write_bytes(raw)
    with pytest.raises(CommandError):
        run(str(path))
    for model in (Article, Document, Source, StoredCopy, Event):
        assert not model.objects.exists()


@pytest.mark.django_db
def test_what_the_desk_waits_for_is_fetched_by_the_command_too() -> None:
    assert run("--waiting") == ("", "")
    Import.objects.create(url="http://127.0.0.1/", wanted_by=make_user())
    out = StringIO()
    with pytest.raises(CommandError, match="1 failed; the desk sees why"):
        call_command("import_article", "--waiting", stdout=out)
    assert out.getvalue().startswith("failed: http://127.0.0.1/: 127.0.0.1 is not in")


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [[], ["story.txt", "--waiting"]])
def test_one_origin_or_those_waiting(arguments: list[str]) -> None:
    with pytest.raises(CommandError, match="one origin") as caught:
        run(*arguments)
    assert caught.value.returncode == 2


def test_a_date_that_is_none_is_wrong_usage() -> None:
    with pytest.raises(CommandError, match="is not a date such as"):
        run("x", "--published", "March")


def test_the_program_reads_standard_input_and_ends_with_its_code(
    own_database: Any,
) -> None:
    def program(*arguments: str, raw: bytes) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "manage.py", "import_article", *arguments]
        return subprocess.run(
            command,
            input=raw,
            capture_output=True,
            cwd=settings.BASE_DIR,
            env=own_database.environment,
        )

    good = program("-", "--title", "The river", raw=TEXT.encode())
    assert (good.returncode, good.stderr) == (0, b"")
    assert "Imported “The river”." in good.stdout.decode()
    assert StoredCopy.objects.get().provenance == "pasted"
    assert program("-", raw=b"").returncode == 1
    assert program("-", "--published", "x", raw=b"").returncode == 2
