"""Passages that are background: not checked one by one, with a reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.models import Article, Background, StoredCopy
from claims.moves import record_edit

from .carrying import unchanged_in
from .errors import MarkingError
from .locking import lock_article
from .places import Place


def mark_background(
    article: Article, copy: StoredCopy, place: Place, reason: str, actor: Any
) -> Background:
    """Mark a passage as background. Raises ``MarkingError``."""
    with transaction.atomic():
        lock_article(article)
        row = Background(
            article=article,
            passage=copy.passage(place.start, place.end),
            reason=" ".join(reason.split()),
            marked_by=actor,
        )
        try:
            row.full_clean()
        except ValidationError as error:
            raise MarkingError(" ".join(error.messages)) from error
        row.save()
        proposed = article.suggestions.within(copy).proposed()
        inside = proposed.filter(
            passage__start__gte=place.start, passage__end__lte=place.end
        )
        article.suggestions.filter(
            pk__in=list(inside.values_list("pk", flat=True))
        ).delete()
        record_edit(article, actor, (), verb="background_marked")
    return row


def carry_backgrounds(article: Article, copy: StoredCopy) -> None:
    """Let marks of older copies stand in a newer one, where their words are the same.

    The others stay where they were, and the workspace lists them.
    """
    older = article.backgrounds.exclude(passage__stored_copy=copy)
    for row, place in list(unchanged_in(copy, older)):
        passage = copy.passage(place.start, place.end)
        if not article.backgrounds.filter(passage=passage).exists():
            row.passage = passage
            row.save()


def lift_background(row: Background, actor: Any) -> None:
    """Take the mark away; the next run may suggest statements there again."""
    with transaction.atomic():
        article = row.article
        lock_article(article)
        row.delete()
        record_edit(article, actor, (), verb="background_lifted")
