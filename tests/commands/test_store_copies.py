"""`manage.py store_copies`: what is due or named, with a line and an honest code each.

No address here leads to a server: what is fetched is refused by our own guard.
"""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from claims.jobs.lease import lease
from claims.management.commands.store_copies import said_of
from claims.models import Capture
from claims.workflow.desk_words import CaptureState
from tests.factories import NOON, make_capture, make_citation, make_copy, make_document

pytestmark = pytest.mark.django_db

INSIDE = "http://127.0.0.1/"


def store(*names: str, **options: object) -> tuple[str, str, int]:
    """Run the command; return what it printed, its refusal and its exit code."""
    out = StringIO()
    try:
        call_command("store_copies", *names, stdout=out, **options)
    except CommandError as refusal:
        return out.getvalue(), str(refusal), refusal.returncode
    return out.getvalue(), "", 0


def test_without_a_wish_there_is_nothing_to_do():
    make_document()  # nobody cites it
    assert store() == ("No copy is wanted.\n", "", 0)


def test_what_is_cited_without_a_copy_is_wanted():
    citation = make_citation(document=make_document(url=INSIDE))
    make_copy(make_citation(document=make_document()).document)
    make_citation(document=make_document(url=""))
    said, _refusal, code = store()
    row = Capture.objects.get()
    assert (row.document, row.wanted_by) == (citation.document, None)
    assert said.startswith(f"failed: {INSIDE}. ")
    assert (row.state, code) == (CaptureState.FAILED, 1)


def test_what_fails_for_good_is_said_and_the_code_is_one():
    make_capture(make_document(url="http://127.0.0.1/"))
    said, refusal, code = store()
    assert said.startswith("failed: http://127.0.0.1/. ")
    assert refusal == "1 of 1 failed for good; the desk sees why."
    assert code == 1


def test_a_named_document_is_taken_at_once_also_with_a_copy():
    document = make_document(url="http://10.0.0.1/report")
    make_copy(document)
    make_capture(
        document, next_try_at=timezone.now() + datetime.timedelta(days=1), tries=1
    )
    waiting = make_capture(make_document(url="http://10.0.0.1/other"))
    said, _refusal, code = store(document.public_id)
    assert "http://10.0.0.1/report" in said
    assert code == 1
    waiting.refresh_from_db()
    assert waiting.state == CaptureState.WANTED


@pytest.mark.parametrize("names", [["https://nobody.example/"], ["0000000000"]])
def test_what_is_no_document_here_is_wrong_usage(names):
    _said, refusal, code = store(*names)
    assert refusal.startswith("no document here has this address or id")
    assert code == 2


def test_an_address_of_two_documents_is_not_guessed():
    for _ in range(2):
        make_document(url="https://elmpost.example/a")
    _said, refusal, code = store("https://elmpost.example/a")
    assert refusal.startswith("several documents have")
    assert code == 2


def test_one_wrong_name_and_nothing_is_wanted():
    there, bare = make_document(), make_document(url="")
    _said, refusal, code = store(there.public_id, bare.public_id)
    assert refusal == f"{bare.public_id} has no address that can be fetched."
    assert code == 2
    assert not Capture.objects.exists()


def test_no_more_than_the_limit():
    for number in range(3):
        make_capture(make_document(url=f"http://10.0.0.1/{number}"))
    said, _refusal, _code = store("--limit", "2")
    assert len(said.splitlines()) == 2
    assert Capture.objects.filter(state=CaptureState.WANTED).count() == 1
    for wrong in ("0", "-1", "many"):
        with pytest.raises(CommandError, match="not a number from 1 on"):
            call_command("store_copies", "--limit", wrong)


def test_a_second_run_says_that_it_did_nothing():
    make_capture()
    with lease("captures"):
        said, _refusal, code = store()
    assert said == "Another run is at work; this one did nothing.\n"
    assert code == 0


def test_each_outcome_has_its_line():
    document = make_document(url="https://elmpost.example/a")
    copy = make_copy(document)
    waiting = make_capture(document, next_try_at=NOON, reason="It was asleep.")
    assert said_of(waiting) == (
        "to be tried again 2026-03-02 12:00 UTC: https://elmpost.example/a: "
        "It was asleep."
    )
    stored = Capture(url=document.url, state="stored", stored_copy=copy)
    assert said_of(stored) == "stored: https://elmpost.example/a, copy 1"
    stored.reason = "Stored without text."
    assert said_of(stored).endswith(", copy 1. Stored without text.")
    seen = Capture(url=document.url, state="unchanged", stored_copy=copy)
    assert said_of(seen) == "seen unchanged: https://elmpost.example/a, copy 1"
