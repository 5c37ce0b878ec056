"""The record as a table, and as JSON Lines with everything readers are shown.

Claims stream from the database, a portion in memory. What is not public is not read:
these rows come from the record alone.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

PORTION = 2000
#: Names of columns → where the record has them.
COLUMNS = {
    "id": "public_id",
    "address": "public_id",
    "claim": "text",
    "kind": "kind",
    "status": "status",
    "did_they_say_it": "attribution_check",
    "summary": "summary",
    "source": "source_name",
    "source_id": "source_id",
    "article": "article__title",
    "article_id": "article_id",
    "said_from": "said_from",
    "as_of": "as_of",
    "decided_at": "decided_at",
    "changed_at": "changed_at",
    "is_demonstration": "is_demo",
}


def record_table(claims: QuerySet[Any, Any]) -> tuple[list[str], Iterator[list[str]]]:
    """Return the header, and a row of texts for each claim of the record."""
    return list(COLUMNS), _rows(claims)


def _rows(claims: QuerySet[Any, Any]) -> Iterator[list[str]]:
    address = f"{settings.TRACKER_SITE_URL.rstrip('/')}/claims/"
    rows = claims.values_list(*dict.fromkeys(COLUMNS.values()))
    for row in rows.iterator(chunk_size=PORTION):
        public_id, *texts, said, as_of, decided, changed, is_demo = row
        moments = map(_moment, (said, as_of, decided, changed))
        yield [
            *(public_id, f"{address}{public_id}/", *(text or "" for text in texts)),
            *(*moments, "yes" if is_demo else "no"),
        ]


def record_lines(claims: QuerySet[Any, Any]) -> Iterator[str]:
    """Yield a line of JSON for each claim: its content, as it was released.

    The content is taken over as the database has it, and not read.
    """
    address = f"{settings.TRACKER_SITE_URL.rstrip('/')}/claims/"
    texts = claims.annotate(content_text=Cast("content", TextField()))
    names = ("public_id", "status", "changed_at", "is_demo", "digest", "content_text")
    rows = texts.values_list(*names)
    for public_id, status, changed, is_demo, digest, content in rows.iterator(PORTION):
        head = json.dumps(
            {
                "id": public_id,
                "address": f"{address}{public_id}/",
                "status": status,
                "changed_at": _moment(changed),
                "is_demonstration": is_demo,
                "digest": digest,
            }
        )
        yield f'{head[:-1]}, "content": {content}}}\n'


def _moment(value: Any) -> str:
    return value.isoformat() if value is not None else ""
