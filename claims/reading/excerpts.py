"""Excerpts of an article: each claim's passage with a little of what stands around."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from claims.models.record import PublishedArticle, PublishedClaim
from claims.publishing.places import Standing
from claims.workflow.words import BlockRole

from .article_page import PlacedClaim
from .context import context_of
from .wording import moment_in_words


@dataclass(frozen=True)
class Excerpt:
    """A claim with the words of its passage, and a little of what stands around.

    ``note``: a sentence where the newest copy has not these words.
    """

    claim: PlacedClaim
    wording: str = ""
    before: str = ""
    after: str = ""
    note: str = ""


def excerpts(article: PublishedArticle, placed: Sequence[PlacedClaim]) -> list[Excerpt]:
    """Return each claim with its wording and context, at most 128 characters of it.

    From the copy shown where the words stand there, else as they were signed.
    """
    if not placed:
        return []
    copied_on = _copied_on(article)
    keys = [row.public_id for row in placed]
    rows = PublishedClaim.objects.filter(pk__in=keys).values_list("pk", "content")
    found = {key: _appearance(content, article.pk) for key, content in rows}
    return [_excerpt(row, found.get(row.public_id) or {}, copied_on) for row in placed]


def _copied_on(article: PublishedArticle) -> str:
    """Return the day of the copy that is shown, in words; "" when it is not known."""
    shown = (article.content["copy"] or {}).get("id")
    copies = article.document.content.get("copies", [])
    found = [copy["retrieved_at"] for copy in copies if copy["id"] == shown]
    return moment_in_words(parse_datetime(found[0])) if found else ""


def _appearance(content: dict[str, Any], article_id: str) -> dict[str, Any]:
    here = [
        row for row in content["claim"]["appearances"] if row["article"] == article_id
    ]
    return min(here, key=lambda row: (row["passage"] or {}).get("start", 0), default={})


def _excerpt(row: PlacedClaim, appearance: dict[str, Any], copied_on: str) -> Excerpt:
    passage = row.passage or appearance.get("passage")
    wording = row.passage["exact"] if row.passage else appearance.get("wording", "")
    context = context_of(passage)
    note = _NOTES[row.standing]() if row.standing in _NOTES else ""
    return Excerpt(
        claim=row,
        wording=_lines(wording),
        before=_lines(context.before),
        after=_lines(context.after),
        note=note % {"day": copied_on},
    )


_NOTES: dict[str, Callable[[], str]] = {
    Standing.CHANGED: lambda: _(
        "The article now reads otherwise here (copy of %(day)s)."
    ),
    Standing.GONE: lambda: _(
        "These words are no longer in the article (copy of %(day)s)."
    ),
}


def _lines(text: str) -> str:
    """Return the text with one line break where a block ends, for the page to show."""
    return re.sub(r"\s*\n\s*", "\n", text)


def placement_words(placement: str) -> str:
    """Say where in an article a passage stands; "" in its body, as most do."""
    return _PLACEMENT[placement]() if placement in _PLACEMENT else ""


_PLACEMENT: dict[str, Callable[[], str]] = {
    BlockRole.HEADLINE: lambda: _("In the headline"),
    BlockRole.DECK: lambda: _("In the lines under the headline"),
    BlockRole.CAPTION: lambda: _("In a caption"),
    BlockRole.CREDIT: lambda: _("In a credit line"),
    BlockRole.LABEL: lambda: _("In a label"),
    BlockRole.BLOCK_QUOTE: lambda: _("In a long quotation"),
}
