"""`manage.py dump_fixture`: the same rows, the same bytes, and nobody's secrets."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.models import (
    Document,
    Methodology,
    PublishedDocument,
    PublishedMethodology,
    PublishedNotice,
    Release,
    VerificationStatus,
)
from tests import factories
from tests.commands.test_loaddata import loaddata
from tests.jobs.small_story import PUBLISHED, pid, published_story, small_story, written
from tests.jobs.stories import SECRET_NAME, empty_tracker, make_protected

pytestmark = pytest.mark.django_db


def dump_fixture(*arguments: str) -> str:
    out = StringIO()
    call_command("dump_fixture", *arguments, stdout=out)
    return out.getvalue()


def entries(text: str) -> dict[str, list[dict[str, Any]]]:
    by_model: dict[str, list[dict[str, Any]]] = {}
    for entry in json.loads(text):
        by_model.setdefault(entry["model"], []).append(entry["fields"])
    return by_model


def test_an_empty_tracker_is_an_empty_list():
    assert dump_fixture() == "[]\n"


def test_a_story_written_by_hand_dumps_and_reloads_the_same(tmp_path):
    loaddata(written(tmp_path, published_story()))
    text = dump_fixture()
    empty_tracker()
    path = tmp_path / "dumped.json"
    path.write_text(text, encoding="utf-8")
    loaddata(str(path))
    assert dump_fixture() == text


def test_a_dump_is_indented_ends_with_a_line_feed_and_keeps_every_script(tmp_path):
    loaddata(written(tmp_path, small_story(council={"name": "مجلس وكسكوم"})))
    text = dump_fixture()
    assert text.startswith('[\n  {\n    "model": "claims.topic",\n    "fields": {')
    assert text.endswith("\n]\n")
    assert "مجلس وكسكوم" in text


def test_what_follows_from_the_rest_is_left_out(tmp_path):
    loaddata(written(tmp_path, small_story()))
    [claim] = entries(dump_fixture())["claims.claim"]
    given = small_story()["claim"]["fields"]
    assert claim == given
    [copy] = entries(dump_fixture())["claims.storedcopy"]
    assert set(copy) - set(small_story()["copy"]["fields"]) == {"text_sha256"}


def test_a_content_stands_once_and_as_an_object(tmp_path):
    loaddata(written(tmp_path, published_story()))
    dumped = entries(dump_fixture())
    [assessment] = dumped["claims.assessment"]
    published = [row for row in dumped["claims.release"] if row["act"] == "published"]
    assert assessment["signed_content"]["claim"]["id"] == pid("claim")
    assert published[0]["digest"] == assessment["digest"]
    assert "content" not in published[0]


def test_releases_stand_in_order_of_time_and_of_their_numbers(tmp_path):
    loaddata(written(tmp_path, published_story()))
    first = Release.objects.of("claim", pid("claim")).get()
    Release.objects.create(
        subject_type="claim",
        subject_id=first.subject_id,
        number=2,
        act="rechecking",
        content=first.content,
        digest=first.digest,
        by="a clock that went back",
        at=first.at.replace(year=2020),
    )
    rows = entries(dump_fixture())["claims.release"]
    of_claim = [row for row in rows if row["subject_id"] == pid("claim")]
    assert [row.get("number", 1) for row in of_claim] == [1, 2]


def test_output_goes_to_a_file_whole(tmp_path):
    loaddata(written(tmp_path, small_story()))
    path = tmp_path / "out.json"
    path.write_text("old", encoding="utf-8")
    assert dump_fixture("-o", str(path)) == ""
    assert path.read_text(encoding="utf-8") == dump_fixture()
    assert [other.name for other in tmp_path.glob(".*")] == []


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(CommandError, match="No such file or directory"):
        dump_fixture("-o", str(tmp_path / "nowhere" / "out.json"))


def test_an_article_nobody_knows_is_refused_naming_those_there_are(tmp_path):
    loaddata(written(tmp_path, small_story()))
    with pytest.raises(CommandError, match="There are: tolls-double"):
        dump_fixture("--article", "tolls")


def test_one_article_takes_along_only_what_it_needs(tmp_path):
    loaddata(written(tmp_path, small_story()))
    whole = dump_fixture()
    factories.make_full_claim()
    factories.make_topic()
    assert dump_fixture() != whole
    assert dump_fixture("--article", "tolls-double") == whole


PLACES = [
    ("document", "title", "A talk with ludmila  VRBATA"),
    ("document", "url", "https://clinic.example/staff/ludmila-vrbata"),
    ("document", "published_words", "when Ludmila\u00a0Vrbata spoke"),
]


@pytest.mark.parametrize(("model", "field", "text"), PLACES)
def test_a_secret_name_left_in_a_text_refuses_the_dump_naming_the_field(
    tmp_path, model, field, text
):
    make_protected()
    document = factories.make_document(**{field: text})
    path = tmp_path / "out.json"
    with pytest.raises(CommandError) as error:
        dump_fixture("-o", str(path))
    said = str(error.value)
    assert said.startswith(f"claims.{model} {document.public_id}: {field}: ")
    assert "vrbata" not in said.lower()
    assert not path.exists()


def test_a_secret_name_inside_a_signed_content_refuses_the_dump(tmp_path):
    loaddata(written(tmp_path, published_story()))
    factories.make_source(
        name="nine hundred carts",
        is_protected=True,
        public_label="a counter of carts",
    )
    with pytest.raises(CommandError) as error:
        dump_fixture()
    lines = str(error.value).splitlines()
    assert any("assessment" in line and "signed_content" in line for line in lines)
    assert any("citation" in line and "quotation" in line for line in lines)


def test_part_of_a_longer_word_is_no_name():
    make_protected()
    factories.make_document(title="Vrbatalud and Ludmilas")
    assert SECRET_NAME not in dump_fixture()


def test_statuses_and_methodology_as_installed_are_left_out():
    assert VerificationStatus.objects.exists()
    assert Methodology.objects.exists()
    assert dump_fixture() == "[]\n"


def test_a_status_the_desk_worded_anew_goes_along_and_comes_back(tmp_path):
    VerificationStatus.objects.filter(slug="verified").update(label="Borne out")
    Methodology.objects.filter(number=1).update(text="We count twice.")
    text = dump_fixture()
    [status] = entries(text)["claims.verificationstatus"]
    assert status["label"] == "Borne out"
    VerificationStatus.objects.filter(slug="verified").update(label="Verified")
    Methodology.objects.filter(number=1).update(text="Otherwise.")
    path = tmp_path / "worded.json"
    path.write_text(text, encoding="utf-8")
    loaddata(str(path))
    assert dump_fixture() == text
    assert PublishedMethodology.objects.get(number=1).text == "We count twice."


def test_other_wordings_are_refused_once_the_tracker_has_work(tmp_path):
    VerificationStatus.objects.filter(slug="verified").update(label="Borne out")
    text = dump_fixture()
    VerificationStatus.objects.filter(slug="verified").update(label="Verified")
    factories.make_source()
    path = tmp_path / "worded.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="label: differs from the row here"):
        loaddata(str(path))


def test_a_link_state_is_dumped_and_reaches_the_reader_again(tmp_path):
    story = published_story(
        paper={"link_state": "dead", "link_checked_at": "2026-03-05T05:00:00Z"},
        assessment=PUBLISHED,
    )
    loaddata(written(tmp_path, story))
    assert Document.objects.get(public_id=pid("paper")).link_state == "dead"
    assert PublishedDocument.objects.get(pk=pid("paper")).link_state == "dead"


def test_the_help_teaches(capsys):
    with pytest.raises(SystemExit):
        call_command("dump_fixture", "--help")
    shown = capsys.readouterr().out
    assert "meant for others" in shown
    assert "--article town-council" in shown


def test_a_reader_is_named_only_in_what_was_signed_and_it_loads_again(tmp_path):
    claim = factories.publish_claim().claim
    factories.make_request(claim, name="Ada Quill", may_be_named=True, text="Canary.")
    draft = factories.make_assessment(claim, asked_by="Ada Quill")
    for unsigned in (dump_fixture(), dump_fixture("--article", claim.article.slug)):
        assert "Ada Quill" not in unsigned
        assert "Canary" not in unsigned
    factories.bring_to(draft, "published")
    text = dump_fixture()
    assert text.count('"asked_by": "Ada Quill"') == 2  # the row, and what was signed
    empty_tracker()
    path = tmp_path / "dumped.json"
    path.write_text(text, encoding="utf-8")
    loaddata(str(path))
    assert PublishedNotice.objects.get().asked_by == "Ada Quill"
