"""Everything a move could change, read as plain values, to show that it did not."""

from typing import Any

from claims.models import Article, Assessment, Claim, Document, EventHead, Release
from claims.models import Source as SourceRow
from claims.publishing.rebuild import TABLES

ROWS = (Claim, Assessment, Article, SourceRow, Document, EventHead, Release, *TABLES)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of the desk's subjects, the log's head and the record."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in ROWS
    }
