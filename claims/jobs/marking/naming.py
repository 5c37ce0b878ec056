"""Whom a name means: a source that is here, or one made for it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from rapidfuzz import fuzz

from claims.jobs.sources import make_source
from claims.models import Article, Document, Source
from claims.models.documents import DocumentKind
from claims.models.events import lock_head
from claims.models.sources import UNNAMED_KINDS, SourceKind
from claims.moves import record_edit

from .errors import NewSourceError

MAX_NAME = 300
#: From 0 to 100: spelled nearly alike (“Combatting”, “Combating”), not merely related.
ALIKE = 90
SIMILAR_SHOWN = 5


@dataclass(frozen=True)
class NamedSource:
    """A name as somebody typed it; ``kind``: of a source made for it.

    ``is_new``: whoever typed it has seen the similar names and means another.
    """

    name: str
    kind: str
    is_new: bool = False


def called(name: str, article: Article) -> Source | None:
    """Return the source of that name or other name; unnamed ones of this article only.

    Protected sources are found as well: a second one of the same name, unprotected,
    would tell who it is.
    """
    if not (name := _tidy(name)):
        return None
    found = [
        source
        for source in Source.objects.called(name)
        if source.kind not in UNNAMED_KINDS or source.article_id == article.pk
    ]
    return found[0] if found else None


def resembling(name: str, article: Article) -> list[Source]:
    """Return sources whose names are nearly this one: perhaps it is one of them."""
    words = [word for word in _tidy(name).split() if len(word) > 2]
    if not words:
        return []
    rated = [
        (max(fuzz.ratio(name.casefold(), each.casefold()) for each in names), source)
        for source in Source.objects.sharing_a_word(words, article)
        for names in [[source.name, *source.aliases]]
    ]
    alike = [pair for pair in rated if pair[0] >= ALIKE]
    alike.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [source for _rating, source in alike[:SIMILAR_SHOWN]]


def named(
    named: NamedSource, article: Article, actor: Any, at: datetime.datetime
) -> Source:
    """Return the source of a name, made when nobody has it.

    Raises ``NewSourceError`` when it is nearly the name of another.
    """
    name = _tidy(named.name)
    if (source := called(name, article)) is not None:
        return source
    with transaction.atomic():
        lock_head()  # two who name the same at once: the second finds it
        if (source := called(name, article)) is not None:
            return source
        if not named.is_new and (similar := resembling(name, article)):
            raise NewSourceError(name, similar)
        return _made(name, named.kind, article, actor, at)


def _made(
    name: str, kind: str, article: Article, actor: Any, at: datetime.datetime
) -> Source:
    belongs: dict[str, Any] = {}
    if kind in UNNAMED_KINDS:
        belongs["article"] = article
    if kind == SourceKind.REPORT:
        belongs["document"] = _report_known_from(article, name, actor, at)
    return make_source(name, kind, actor, at, **belongs)


def _report_known_from(
    article: Article, title: str, actor: Any, at: datetime.datetime
) -> Document:
    """Make the document that a report is: nobody here has seen it, the article has."""
    document: Any = Document(
        title=title, kind=DocumentKind.REPORT, known_only_from=article.document
    )
    document._history_user = actor
    document.full_clean()
    document.save()
    fields = ["document.title", "document.known_only_from"]
    record_edit(document, actor, fields, verb="created", at=at)
    return document


def _tidy(name: str) -> str:
    return " ".join(name.split())[:MAX_NAME]
