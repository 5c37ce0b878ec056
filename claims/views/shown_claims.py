"""The claims that one page of a list shows, with the columns it shows of them."""

from collections.abc import Sequence

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
_ROWS = Statement(
    PublishedClaim.objects.annotate(said_edtf=SAID),
    *COLUMNS,
    "said_edtf",
    key="public_id",
)


def shown_claims(keys: Sequence[str]) -> list[PublishedClaim]:
    """Return these claims in this order, without any that was just taken off lists."""
    rows = {row.pk: row for row in _ROWS.rows(keys) if row.is_listed}
    return [rows[key] for key in keys if key in rows]
