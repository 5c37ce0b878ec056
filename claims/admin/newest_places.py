"""One line beside an appearance: what the newest copy of its article reads there."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from claims.models import Anchoring, Appearance
from claims.models.copies import without_text
from claims.workflow.desk_words import AnchoringState


def newest_places(path: str = "anchorings") -> Prefetch:
    """Give each appearance ``newest``: what is known of it in the newest copy."""
    rows = Anchoring.objects.in_newest().not_marked_anew()
    rows = rows.select_related("base", "found", "stored_copy")
    return Prefetch(path, rows.defer(*without_text("stored_copy")), to_attr="newest")


def newest_reading(appearance: Appearance) -> str:
    """Say where the newest copy reads otherwise or has the words no more; "" if not."""
    newest: list[Any] = getattr(appearance, "newest", [])
    return next(filter(None, map(_reading, newest)), "")


def _reading(row: Anchoring) -> str:
    words = {
        "number": row.stored_copy.number,
        "words": row.found.exact if row.found else "",
    }
    if row.state == AnchoringState.GONE:
        return _("no longer in copy %(number)s") % words
    if row.state == AnchoringState.TO_DECIDE:
        return _("not found again for certain in copy %(number)s") % words
    if row.reads_otherwise:
        return _("copy %(number)s reads: “%(words)s”") % words
    return ""
