"""What is proposed for a passage: every part of it stands in a form to be read."""

import re
from dataclasses import dataclass
from typing import Any

from claims.checking.attribution import (
    ESTIMATE,
    claim_kind,
    source_kind,
    statement_of,
)
from claims.checking.dates import find_dates, resolve
from claims.models import Article, StoredCopy, Suggestion
from claims.workflow.words import BlockRole, Voice

from .places import Place

_SENTENCE_END = re.compile(r"[.!?…。؟।][\"”’»)]*\s|\n")
#: How far a sentence may reach to either side of a selection, in characters.
REACH = 400


@dataclass(frozen=True)
class Proposal:
    """Passage, statement, source and date proposed for a place in an article.

    ``relays``: whom the source relies on, nearest first. ``reason``: why the tracker
    suggested it; "" when a person chose the place.
    """

    place: Place
    words: str
    text: str
    kind: str
    voice: str
    source_name: str = ""
    source_kind: str = ""
    relays: tuple[str, ...] = ()
    said_words: str = ""
    said_edtf: str = ""
    said_basis: str = ""
    placement: str = BlockRole.BODY.value
    reason: str = ""
    named_as: str = ""
    cue: str = ""


def proposal_of(suggestion: Suggestion, copy: StoredCopy | None = None) -> Proposal:
    """Return what the tracker proposes for one of its suggestions."""
    passage = suggestion.passage
    copy = copy or passage.stored_copy
    return _proposal(
        suggestion.article,
        copy,
        Place(passage.start, passage.end),
        said_words=suggestion.date_words,
        suggestion=suggestion,
    )


def proposal_at(article: Article, copy: StoredCopy, place: Place) -> Proposal:
    """Return what is proposed for a place that a person selected.

    Who says so comes from the suggestion that shares most of the place, the date from
    the sentence around it.
    """
    return _proposal(
        article,
        copy,
        place,
        said_words=_date_around(copy.text, place),
        suggestion=_nearest(article, copy, place),
    )


def _proposal(
    article: Article,
    copy: StoredCopy,
    place: Place,
    said_words: str,
    suggestion: Suggestion | None,
) -> Proposal:
    words = copy.text[place.start : place.end]
    return Proposal(
        place=place,
        words=words,
        text=statement_of(words),
        kind=claim_kind(words),
        voice=_voice(article, suggestion),
        placement=copy.role_at(place.start) or BlockRole.BODY.value,
        **_dated(article, said_words),
        **(_attributed(suggestion) if suggestion else {}),
    )


def _attributed(suggestion: Suggestion) -> dict[str, Any]:
    """Put whom the article names first, and whom that one relies on after them."""
    speakers = [name for name in (suggestion.source_name, *suggestion.chain) if name]
    speakers.reverse()
    name = speakers[0] if speakers else ""
    return {
        "source_name": name,
        "source_kind": source_kind(name) if name else "",
        "relays": tuple(speakers[1:]),
        "reason": suggestion.reason,
        "named_as": suggestion.source_words,
        "cue": suggestion.cue_words,
    }


def _voice(article: Article, suggestion: Suggestion | None) -> str:
    if suggestion and (suggestion.source_name or suggestion.chain):
        return Voice.ATTRIBUTED
    if suggestion and suggestion.reason == ESTIMATE:
        return Voice.PASSIVE
    return Voice.OWN if article.document.publisher_id else Voice.UNCLEAR


def _dated(article: Article, said_words: str) -> dict[str, Any]:
    """Resolve a date expression; without the article's date, only its words are kept."""
    published = article.document.published_edtf
    found = resolve(said_words, published) if said_words and published else None
    return {
        "said_words": said_words,
        "said_edtf": found.edtf if found else "",
        "said_basis": found.basis if found else "",
    }


def _nearest(article: Article, copy: StoredCopy, place: Place) -> Suggestion | None:
    rows = article.suggestions.within(copy)
    near = rows.filter(passage__start__lt=place.end, passage__end__gt=place.start)
    shared = [
        (place.overlap(Place(row.passage.start, row.passage.end)), -row.pk, row)
        for row in near
    ]
    return max(shared, key=lambda each: each[:2])[2] if shared else None


def _date_around(text: str, place: Place) -> str:
    """Return the date expression of the sentence around a place, one inside it first."""
    start, end = max(0, place.start - REACH), min(len(text), place.end + REACH)
    before = [match.end() for match in _SENTENCE_END.finditer(text, start, place.start)]
    after = _SENTENCE_END.search(text, max(place.start, place.end - 1), end)
    first = before[-1] if before else start
    mentions = find_dates(text[first : after.end() if after else end])
    inside = [
        each
        for each in mentions
        if place.start <= first + each.start and first + each.end <= place.end
    ]
    outside = [each for each in mentions if each not in inside]
    chosen = (outside or inside)[:1]
    return chosen[0].expression if chosen else ""
