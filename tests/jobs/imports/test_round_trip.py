"""Drafts exported here, imported at another desk and exported there are the same."""

import io
from typing import Any

from claims.formats.readers import READERS
from claims.jobs import imports
from claims.jobs.exports import chosen_drafts, draft_table, write_table
from claims.models import Claim
from claims.workflow.roles import RESEARCHERS
from tests.commands.places import filled_place
from tests.factories import make_user

from .files import finish, imported, row_of

ROWS = [
    row_of(
        1,
        wording="It rose.",
        said_words="last month",
        topics="Water;Bridges",
        citation_1_quotation='"=1+1"\nsays the paper',
        citation_2_title="A letter",
        citation_2_stance="repeats_it",
    ),
    row_of(2, voice="own", source="", source_kind=""),
    row_of(3, source="A nurse", source_kind="unnamed_person", due_on="2026-04-01"),
]


def exported(name: str) -> bytes:
    stream = io.BytesIO()
    write_table(stream, name, *draft_table(chosen_drafts()))
    return stream.getvalue()


def cells(name: str, raw: bytes) -> list[dict[str, Any]]:
    return [record.cells for record in READERS[name](io.BytesIO(raw)).records]


def test_drafts_move_to_another_desk_in_every_format(own_database, tmp_path) -> None:
    imported(ROWS, make_user(RESEARCHERS))
    for name in ("csv", "xlsx", "jsonl"):
        drafts = exported(name)
        with filled_place(tmp_path / name):
            by = make_user(RESEARCHERS)
            row = imports.stage(imports.File(io.BytesIO(drafts), name, name), by)
            imports.begin(row, by)
            finish(row)
            assert Claim.objects.count() == 3
            assert cells(name, exported(name)) == cells(name, drafts)
