"""The pages "Import claims": checked, read, then written, carried on or undone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.admin import claim_imports
from claims.jobs import imports
from claims.models import Claim, ClaimImport, Event, ImportRow
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests.admin.pages import client_of
from tests.factories import make_user
from tests.jobs.imports.files import file_of, imported, row_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/claims/claim/import/"


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(RESEARCHERS, username="rosa"))


def upload(*rows: dict[str, str], name: str = "claims.csv") -> dict[str, Any]:
    raw = file_of(rows).stream.read()
    return {"file": SimpleUploadedFile(name, raw), "origin": "The Elm Post"}


def press(desk: Any, act: str, **more: Any) -> Any:
    address = f"{PAGE}{ClaimImport.objects.get().public_id}/{act}/"
    return desk.post(address, follow=True, **more)


def test_a_file_is_checked_and_nothing_is_written(desk):
    response = desk.post(PAGE, upload(row_of(1), row_of(2, kind="rumour")), follow=True)
    page = response.content.decode()
    assert "“rumour” is not one of" in page
    assert "Import the good rows as drafts" in page
    assert "1 row is refused" in page
    assert not Claim.objects.exists()
    assert not Event.objects.exists()


def test_then_it_is_imported_as_drafts_by_whoever_presses(desk):
    desk.post(PAGE, upload(row_of(1), row_of(2)))
    page = press(desk, "write").content.decode()
    assert "Imported: 2 claims, all drafts." in page
    assert "Undo this import" in page
    assert ClaimImport.objects.get().by.username == "rosa"


def test_the_good_rows_are_written_when_asked(desk):
    desk.post(PAGE, upload(row_of(1), row_of(2, kind="rumour")))
    assert "2 rows" not in press(desk, "write").content.decode()
    assert not Claim.objects.exists()
    press(desk, "write_good")
    assert Claim.objects.count() == 1


def test_a_long_file_is_written_a_part_at_a_time(desk, settings):
    row = imports.stage(file_of([row_of(number) for number in range(5)]))
    imports.begin(row, make_user(RESEARCHERS))
    list(imports.carry_on(row, 2, batch_rows=2, pause_seconds=0))
    page = desk.get(f"{PAGE}{row.public_id}/").content.decode()
    assert "Carry on" in page
    assert f"{claim_imports.ROWS_AT_ONCE} rows at a time" in page
    press(desk, "carry_on")
    assert Claim.objects.count() == 5


def test_what_is_not_wanted_is_thrown_away(desk):
    desk.post(PAGE, upload(row_of(1)))
    assert "Thrown away" in press(desk, "throw_away").content.decode()
    assert not ImportRow.objects.exists()


def test_an_import_is_undone(desk):
    desk.post(PAGE, upload(row_of(1)))
    press(desk, "write")
    assert "Undone." in press(desk, "undo").content.decode()
    assert Claim.objects.get().state == "discarded"


def test_what_was_begun_already_is_said(desk):
    desk.post(PAGE, upload(row_of(1)))
    press(desk, "write")
    assert "It was begun already." in press(desk, "write").content.decode()
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (lambda: upload(row_of(1), name="claims.pdf"), "should end in .csv"),
        (lambda: upload(row_of(1, clam="x")), "Did you mean “claim”?"),
        (lambda: upload(row_of(1)) | {"origin": ""}, "This field is required"),
        (
            lambda: {
                "file": SimpleUploadedFile("a.csv", b"Zo\xeb"),
                "origin": "x",
            },
            "Byte 3 of the file (0xEB)",
        ),
    ],
    ids=["ending", "column", "origin", "byte"],
)
def test_a_file_that_cannot_be_taken_is_refused_with_its_sentence(desk, sent, sentence):
    response = desk.post(PAGE, sent())
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not ClaimImport.objects.exists()


def test_a_file_too_large_for_a_page_is_refused(desk, settings):
    settings.TRACKER_MAX_UPLOAD_MB = 0
    page = desk.post(PAGE, upload(row_of(1))).content.decode()
    assert "larger than 0 MB" in page


def test_more_rows_than_a_page_checks_are_refused():
    rows = [row_of(number) for number in range(3)]
    with pytest.raises(imports.ImportRefusedError, match="More than 2 rows"):
        imports.stage(file_of(rows), most=2)
    assert not ClaimImport.objects.exists()


def test_whoever_only_looks_imports_nothing_and_undoes_nothing():
    row = imported([row_of(1)], make_user(RESEARCHERS))
    observer = client_of(make_user(OBSERVERS))
    assert observer.post(PAGE, upload(row_of(2))).status_code == 403
    for act in ("write", "undo", "throw_away"):
        assert observer.post(f"{PAGE}{row.public_id}/{act}/").status_code == 403
    assert Claim.objects.get().state == "working"


def test_an_act_that_does_not_exist_is_missing(desk):
    desk.post(PAGE, upload(row_of(1)))
    assert press(desk, "burn").status_code == 404
    assert desk.get(f"{PAGE}0000000000/").status_code == 404


def test_the_report_is_paged_and_takes_few_queries(desk, django_assert_max_num_queries):
    row = imports.stage(file_of([row_of(number) for number in range(120)]))
    address = f"{PAGE}{row.public_id}/"
    with django_assert_max_num_queries(9):
        page = desk.get(f"{address}?rows=add&page=2").content.decode()
    assert "page 2 of 3" in page
    assert page.count('<th scope="row">') == claim_imports.ROWS_ON_A_PAGE
    assert desk.get(f"{address}?rows=\x01&page=zzz").status_code == 200


def test_the_list_of_claims_leads_there(desk):
    assert PAGE in desk.get("/admin/claims/claim/").content.decode()
