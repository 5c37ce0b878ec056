"""Suggestions kept beside an article: made anew at will, what was decided stays so."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from claims.checking.attribution import Suggestion as Found
from claims.checking.attribution import suggest_claims
from claims.models import (
    Appearance,
    Article,
    StoredCopy,
    Suggestion,
    places_in,
)
from claims.workflow.desk_words import SuggestionState
from claims.workflow.words import ClaimState

from .backgrounds import carry_backgrounds
from .carrying import unchanged_in
from .locking import lock_article
from .places import Place

Key = tuple[int, int, str]
_MAX_NAME = 300
_MAX_DATE = 200


@dataclass(frozen=True)
class Suggested:
    """What a run did: how many are new, and how many there are to decide."""

    added: int
    to_decide: int


@dataclass(frozen=True)
class _Verdict:
    """A rejection in an older copy, and where its words stand now."""

    place: Place
    source_name: str
    decided_by_id: int | None
    decided_at: datetime.datetime | None


@dataclass(frozen=True)
class _Taken:
    """Places of a copy that are claims already, and those that are background."""

    claims: list[Place]
    backgrounds: list[Place]

    @classmethod
    def of(cls, article: Article, copy: StoredCopy) -> "_Taken":
        dropped = Appearance.objects.filter(
            article=article, claim__state=ClaimState.DISCARDED
        )
        left_out = set(dropped.values_list("pk", flat=True))
        places = places_in(copy).items()
        backgrounds = article.backgrounds.filter(passage__stored_copy=copy)
        return cls(
            [Place(row.start, row.end) for pk, row in places if pk not in left_out],
            [
                Place(row.passage.start, row.passage.end)
                for row in backgrounds.select_related("passage")
            ],
        )

    def __call__(self, place: Place) -> bool:
        return any(each.is_about(place) for each in self.claims) or any(
            each.covers(place) for each in self.backgrounds
        )


def drop_proposed(article: Article, copy: StoredCopy, place: Place) -> None:
    """Propose no longer what has just become a claim at this place."""
    near = article.suggestions.within(copy).proposed()
    near = near.filter(passage__start__lt=place.end, passage__end__gt=place.start)
    same = [
        row.pk
        for row in near
        if place.is_about(Place(row.passage.start, row.passage.end))
    ]
    article.suggestions.filter(pk__in=same).delete()


def suggest(article: Article) -> Suggested:
    """Propose what could be claims of the newest stored copy of an article.

    Nothing that was decided changes: what was rejected stays rejected, in newer copies
    too where the words stand unchanged; background marks go along there. What is a claim
    already, or is background, is not proposed. 20,000 words need about a second.
    """
    copy = article.newest_copy
    if copy is None or not copy.text:
        return Suggested(0, 0)
    found = suggest_claims(copy.text)
    with transaction.atomic():
        lock_article(article)
        carry_backgrounds(article, copy)
        added = _renew(article, copy, found)
        to_decide = article.suggestions.within(copy).proposed().count()
    return Suggested(added, to_decide)


def _renew(article: Article, copy: StoredCopy, found: list[Found]) -> int:
    known = {_key(row): row for row in article.suggestions.within(copy)}
    wanted = {(each.start, each.end, each.source_name[:_MAX_NAME]) for each in found}
    gone = [
        row.pk
        for key, row in known.items()
        if row.state == SuggestionState.PROPOSED and key not in wanted
    ]
    article.suggestions.filter(pk__in=gone).delete()
    is_taken = _Taken.of(article, copy)
    rejected = _rejected_before(article, copy)
    added = 0
    for each in found:
        place = Place(each.start, each.end)
        key = (each.start, each.end, each.source_name[:_MAX_NAME])
        if key in known or is_taken(place):
            continue
        known[key] = _add(article, copy, each, _verdict_on(each, rejected))
        added += known[key].state == SuggestionState.PROPOSED
    return added


def _key(row: Suggestion) -> Key:
    return row.passage.start, row.passage.end, row.source_name


def _add(
    article: Article, copy: StoredCopy, found: Found, verdict: _Verdict | None
) -> Suggestion:
    decided: dict[str, Any] = {}
    if verdict is not None:
        decided = {
            "state": SuggestionState.REJECTED,
            "decided_by_id": verdict.decided_by_id,
            "decided_at": verdict.decided_at,
        }
    row: Suggestion = Suggestion.objects.create(
        article=article,
        passage=copy.passage(found.start, found.end),
        speech=found.kind,
        source_name=found.source_name[:_MAX_NAME],
        chain=[name[:_MAX_NAME] for name in found.chain if name.strip()],
        source_words=_words(copy, found.source),
        cue_words=_words(copy, found.cue),
        date_words=found.date.expression[:_MAX_DATE] if found.date else "",
        reason=found.reason[:_MAX_NAME],
        **decided,
    )
    return row


def _words(copy: StoredCopy, place: tuple[int, int] | None) -> str:
    return copy.text[slice(*place)][:_MAX_NAME] if place else ""


def _verdict_on(found: Found, rejected: Iterable[_Verdict]) -> _Verdict | None:
    place = Place(found.start, found.end)
    for verdict in rejected:
        if verdict.place == place and verdict.source_name == found.source_name:
            return verdict
    return None


def _rejected_before(article: Article, copy: StoredCopy) -> list[_Verdict]:
    """Return the rejections of older copies whose words stand unchanged in this one."""
    rows = article.suggestions.rejected().exclude(passage__stored_copy=copy)
    return [
        _Verdict(place, row.source_name, row.decided_by_id, row.decided_at)
        for row, place in unchanged_in(copy, rows)
    ]
