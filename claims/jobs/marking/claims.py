"""A claim is marked at a passage: with its source, its chain and its date, at once."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.jobs.checked_before import suggest_soon
from claims.models import Appearance, Article, AttributionLink, Claim, StoredCopy
from claims.models.sources import Source
from claims.moves import record_edit
from claims.workflow.words import AttributionCheck, Voice

from .errors import MarkingError
from .naming import NamedSource, named
from .places import Place

#: What marking a claim fills, for the event it leaves.
MARKED_FIELDS = ("claim.text", "claim.kind", "claim.voice", "claim.source")


@dataclass(frozen=True)
class Marking:
    """What a person says of a passage that becomes a claim.

    ``source``: a source that is here, a name, or ``None``: for the article's own voice
    its publisher, else nobody. ``relays``: whom the source relies on, nearest first.
    """

    place: Place
    text: str
    kind: str
    voice: str
    source: Source | NamedSource | None = None
    relays: tuple[Source | NamedSource, ...] = ()
    role: str = ""
    said_words: str = ""
    said_edtf: str = ""
    said_basis: str = ""


def claim_at(
    article: Article,
    copy: StoredCopy,
    marking: Marking,
    actor: Any,
    at: datetime.datetime | None = None,
) -> Claim:
    """Make a claim, its first appearance and its chain; all of it or nothing.

    Raises ``ValidationError``, ``MarkingError`` or ``NewSourceError``.
    """
    at = at or timezone.now()
    with transaction.atomic():
        claim: Any = Claim(
            article=article,
            text=marking.text.strip(),
            kind=marking.kind,
            voice=marking.voice,
            source=_source_of(article, marking, actor, at),
            role=marking.role,
            said_words=marking.said_words,
            said_edtf=marking.said_edtf,
            said_basis=marking.said_basis,
        )
        if marking.voice == Voice.OWN:
            claim.attribution_check = AttributionCheck.NOT_APPLICABLE
        claim._history_user = actor
        claim.full_clean()
        claim.save()
        first_appearance(claim, article, copy, marking.place)
        _add_chain(claim, marking, actor, at)
        fields = [*MARKED_FIELDS, "appearance.added", "attributionlink.added"]
        record_edit(claim, actor, fields, verb="created", at=at)
        suggest_soon(claim)
    return claim


def first_appearance(
    claim: Claim, article: Article, copy: StoredCopy, place: Place, **fields: Any
) -> Appearance:
    """Add an appearance at a place of an article's stored copy."""
    passage = copy.passage(place.start, place.end)
    row = Appearance(
        claim=claim,
        article=article,
        passage=passage,
        wording=passage.exact,
        placement=copy.role_at(place.start) or "body",
        **fields,
    )
    row.full_clean()
    row.save()
    return row


def _source_of(
    article: Article, marking: Marking, actor: Any, at: datetime.datetime
) -> Source | None:
    if marking.voice == Voice.OWN:
        publisher = article.document.publisher
        if publisher is None:
            raise MarkingError(
                _("The article has no publisher yet: name it on its document first.")
            )
        return publisher
    if isinstance(marking.source, NamedSource):
        return named(marking.source, article, actor, at)
    return marking.source


def _add_chain(
    claim: Claim, marking: Marking, actor: Any, at: datetime.datetime
) -> None:
    for position, relay in enumerate(marking.relays, start=1):
        source = (
            named(relay, claim.article, actor, at)
            if isinstance(relay, NamedSource)
            else relay
        )
        link = AttributionLink(claim=claim, position=position, source=source)
        link.full_clean()
        link.save()
