"""Sources made while something else is done: with their event, and who made them."""

import datetime
from typing import Any

from claims.models import Source
from claims.moves import record_edit


def make_source(
    name: str, kind: str, actor: Any, at: datetime.datetime, **more: Any
) -> Source:
    """Make a source of that name. Raises ``ValidationError``."""
    source: Any = Source(name=name, kind=kind, **more)
    source._history_user = None if isinstance(actor, str) else actor
    source.full_clean()
    source.save()
    fields = ["source.name", "source.kind"]
    record_edit(source, actor, fields, verb="created", at=at)
    made: Source = source
    return made
