"""Files of claims for tests: rows as dictionaries, in any format."""

import io
from collections.abc import Iterable
from typing import Any

from claims.jobs import imports
from claims.jobs.exports import write_table
from claims.models import ClaimImport

ORIGIN = "The Elm Post"


def row_of(number: int = 1, **cells: str) -> dict[str, str]:
    """Return a complete row; an empty cell leaves a default out."""
    defaults = {
        "external_id": f"elm-{number}",
        "claim": f"The river rose by {number} centimetres.",
        "kind": "figure",
        "article_title": "River rises",
        "article_url": "https://news.example/river",
        "article_publisher": "The Elm Post",
        "article_published": "2026-03-02",
        "source": "Ada Holm",
        "source_kind": "person",
        "citation_1_url": f"https://papers.example/{number}",
        "citation_1_title": f"Paper {number}",
        "citation_1_stance": "supports",
    }
    return {name: cell for name, cell in (defaults | cells).items() if cell}


def file_of(
    rows: Iterable[dict[str, str]], file_format: str = "csv", origin: str = ORIGIN
) -> imports.File:
    rows = list(rows)
    header = list(dict.fromkeys(name for row in rows for name in row))
    stream = io.BytesIO()
    table = [[row.get(name, "") for name in header] for row in rows]
    write_table(stream, file_format, header, table)
    stream.seek(0)
    return imports.File(stream, f"claims.{file_format}", file_format, origin)


def imported(
    rows: Iterable[dict[str, str]], by: Any, *, partial: bool = False, **more: Any
) -> ClaimImport:
    """Import rows to the end; return the import."""
    batch_rows = more.pop("batch_rows", imports.BATCH_ROWS)
    staged = imports.stage(file_of(rows, **more), by)
    imports.begin(staged, by, takes_good_rows=partial)
    finish(staged, batch_rows=batch_rows)
    return staged


def finish(staged: ClaimImport, **options: Any) -> None:
    for _rows in imports.carry_on(staged, pause_seconds=0, **options):
        pass


def undone(staged: ClaimImport, by: Any) -> None:
    imports.begin_undoing(staged, by)
    finish(staged)


def said_of(staged: ClaimImport) -> list[tuple[int, str, str]]:
    """Return what is said of rows: number, verdict and the first sentence."""
    return [
        (row.number, row.verdict, row.remarks[0][1] if row.remarks else "")
        for row in staged.rows.all()
    ]
