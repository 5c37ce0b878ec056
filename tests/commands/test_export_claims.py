"""`manage.py export_claims`: the record and nothing else; drafts that come in again."""

import csv
import io
import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.formats.readers import READERS
from claims.jobs.exports import chosen_claims, record_table
from claims.models import PublishedClaim
from claims.models.choosing import FILTERS
from claims.views.filters import ClaimFilter
from tests.factories import (
    make_article,
    make_citation,
    make_claim,
    make_link,
    make_source,
    make_topic,
    publish_claim,
    release_article,
)

pytestmark = pytest.mark.django_db


def export(path: Path, *arguments: str) -> bytes:
    call_command("export_claims", str(path), *arguments, stdout=StringIO(), verbosity=0)
    return path.read_bytes()


def refusal(*arguments: str, code: int = 1) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("export_claims", *arguments, stdout=StringIO())
    assert caught.value.returncode == code
    return str(caught.value)


def read(name: str, raw: bytes) -> list[dict[str, Any]]:
    return [record.cells for record in READERS[name](io.BytesIO(raw)).records]


class TestTheRecord:
    @pytest.mark.parametrize("name", ["csv", "xlsx"])
    def test_each_listed_claim_is_a_row(self, tmp_path, name):
        published = publish_claim(make_claim(text='=SUM(1) "and" more')).claim
        release_article(make_claim().article)
        make_claim(text="A draft.")
        rows = read(name, export(tmp_path / f"claims.{name}"))
        assert {row["id"] for row in rows} == set(
            PublishedClaim.objects.values_list("pk", flat=True)
        )
        row = next(row for row in rows if row["id"] == published.public_id)
        assert row["claim"] == '=SUM(1) "and" more'
        assert row["status"] == "verified"
        assert row["address"].endswith(f"/claims/{published.public_id}/")

    def test_for_a_spreadsheet_no_cell_is_a_formula(self, tmp_path):
        publish_claim(make_claim(text="＝SUM(1)"))
        path = tmp_path / "claims.csv"
        raw = export(path, "--format", "csv-for-spreadsheets")
        (row,) = csv.DictReader(StringIO(raw.decode("utf-8-sig")))
        assert row["claim"] == "'＝SUM(1)"

    def test_json_lines_hold_the_whole_public_content(self, tmp_path):
        claim = publish_claim().claim
        (line,) = export(tmp_path / "claims.jsonl").decode().splitlines()
        shown = PublishedClaim.objects.get(pk=claim.public_id)
        assert json.loads(line)["content"] == shown.content
        assert json.loads(line)["digest"] == shown.digest

    def test_standard_output_gets_the_same(self, tmp_path, capfdbinary):
        publish_claim()
        whole = export(tmp_path / "claims.csv")
        call_command("export_claims", "-", "--format", "csv")
        assert capfdbinary.readouterr().out == whole

    def test_each_filter_of_the_public_list_chooses(self):
        topic = make_topic()
        claim = make_claim(said_edtf="2026-02", said_basis="x", topics=[topic])
        relayer = make_source()
        make_link(claim, source=relayer)
        document = make_citation(claim).document
        publish_claim(claim)
        publish_claim(other := make_claim(), status="refuted")
        wanted = {
            "status": "refuted",
            "check": "confirmed",
            "source": claim.source.slug,
            "article": claim.article.slug,
            "topic": topic.slug,
            "document": document.public_id,
            "relayed": relayer.slug,
            "said_from": "2026-01-01",
            "said_to": "2026-03-01",
        }
        assert set(wanted) == set(FILTERS)
        assert set(wanted) == set(ClaimFilter.base_filters) - {"words"}
        for name, value in wanted.items():
            (found,) = chosen_claims(**{name: value})
            is_other = name in ("status", "check")  # the chain of the first is weaker
            assert found.pk == (other if is_other else claim).public_id, name

    def test_it_takes_one_query(self, django_assert_num_queries):
        publish_claim()
        with django_assert_num_queries(1):
            assert len(list(record_table(chosen_claims())[1])) == 1


class TestFiles:
    def test_a_broken_export_leaves_the_earlier_file(self, tmp_path):
        make_claim(
            text="Ines Roca said so.",
            source=make_source(name="Ines Roca", is_protected=True),
        )
        path = tmp_path / "drafts.csv"
        path.write_text("as before")
        assert "protected source" in refusal(str(path), "--desk")
        assert path.read_text() == "as before"
        assert [each.name for each in tmp_path.iterdir()] == ["drafts.csv"]

    def test_wrong_usage(self, tmp_path):
        assert "--format" in refusal(str(tmp_path / "claims.odt"), code=2)
        path = str(tmp_path / "claims.csv")
        assert "--article alone" in refusal(
            path, "--desk", "--status", "refuted", code=2
        )
        assert "No such file" in refusal("/no/such/folder/claims.csv")


class TestDrafts:
    def test_what_readers_were_shown_is_no_draft(self, tmp_path):
        article = make_article()
        draft = make_claim(article)
        publish_claim(make_claim(article))
        (row,) = read("csv", export(tmp_path / "drafts.csv", "--desk"))
        assert row["external_id"] == draft.public_id

    def test_a_protected_source_goes_by_its_label(self, tmp_path):
        nurse = make_source(name="Ines Roca", is_protected=True)
        make_claim(source=nurse)
        raw = export(tmp_path / "drafts.csv", "--desk")
        assert b"Ines" not in raw
        assert nurse.public_label.encode() in raw


def test_no_workbook_has_a_formula(tmp_path):
    publish_claim(make_claim(text="=1+1"))
    path = tmp_path / "claims.xlsx"
    export(path)
    with zipfile.ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
