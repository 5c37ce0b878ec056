"""Authors of an imported article: the persons its byline clearly names."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.intake.bylines import names_in
from claims.models import Contribution, Document, Source
from claims.models.sources import SourceKind

from .sources import make_source


@dataclass(frozen=True)
class Authors:
    """The sources noted as authors, and sentences on names that were not."""

    noted: tuple[Source, ...] = ()
    remarks: tuple[str, ...] = ()


def note_authors(
    document: Document, byline: str, actor: Any, at: datetime.datetime
) -> Authors:
    """Note the persons of a byline as a new document's authors, in their order.

    Each is the person of that name or other name, made when nobody has it. Whoever
    calls leaves the event on the document, where somebody was noted. A protected source
    is never named this way, and nobody else under its name.
    """
    noted: list[Source] = []
    remarks: list[str] = []
    for name in names_in(byline):
        known = Source.objects.called(name)
        persons = [source for source in known if source.kind == SourceKind.PERSON]
        if remark := _doubt(name, known, persons):
            remarks.append(remark)
        elif not known:
            noted.append(make_source(name, SourceKind.PERSON, actor, at))
        elif persons and persons[0] not in noted:
            noted.append(persons[0])
    for position, source in enumerate(noted, start=1):
        row = Contribution(document=document, source=source, position=position)
        row.full_clean()
        row.save()
    return Authors(tuple(noted), tuple(remarks))


def _doubt(name: str, known: list[Source], persons: list[Source]) -> str:
    """Say why it cannot be told who is meant; "" where it can."""
    if any(source.is_protected for source in known):
        words = _(
            "“%(name)s” is not noted as an author: it is the name of a protected source."
        )
    elif len(persons) > 1:
        words = _(
            "“%(name)s” is not noted as an author: it is the name of several sources. "
            "Choose one on the document's page."
        )
    else:
        return ""
    return words % {"name": name}
