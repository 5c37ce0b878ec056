"""The rows that one page of a list shows, with the columns it shows of them."""

from collections.abc import Sequence
from typing import Any

from django.db.models.fields.json import KT

from claims.models.record import PublishedClaim
from claims.reading.statements import Statement

#: What a list shows of a claim, and whether it may.
COLUMNS = (
    *("public_id", "is_listed", "text", "status", "attribution_check"),
    *("source_name", "said_from", "changed_at", "is_demo"),
)
#: When it was said, with the precision that it is known in.
SAID = KT("content__claim__said_edtf")
_CLAIMS = Statement(
    PublishedClaim.objects.annotate(said_edtf=SAID),
    *COLUMNS,
    "said_edtf",
    key="public_id",
)


def in_order(query: Any, keys: Sequence[Any]) -> list[Any]:
    """Return the rows with these keys, in their order, of those that ``query`` has.

    Of claims, the columns of their list; none that was just taken off lists.
    """
    found = _listed(keys) if query.model is PublishedClaim else _rows(query, keys)
    rows = {row.pk: row for row in found}
    return [rows[key] for key in keys if key in rows]


def _listed(keys: Sequence[Any]) -> list[Any]:
    return [row for row in _CLAIMS.rows(keys) if row.is_listed]


def _rows(query: Any, keys: Sequence[Any]) -> list[Any]:
    return list(query.order_by().filter(pk__in=keys)) if keys else []
