"""Everything a move could change, read as plain values, to show that it did not."""

from typing import Any

from django.db import connection

from claims.models import Article, Assessment, Claim, Document, EventHead, Release
from claims.models import Source as SourceRow
from claims.publishing.rebuild import TABLES

ROWS = (Claim, Assessment, Article, SourceRow, Document, EventHead, Release, *TABLES)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the desk's subjects, the log's head and the record."""
    return {model.__name__: rows_of(model) for model in ROWS}


def rows_of(model: Any) -> list[dict[str, Any]]:
    """Read a table as it is stored: tests look at all of them many times over."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]
