"""Excerpts of an article: each claim's passage with a little of what stands around."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.models.record import PublishedArticle, PublishedClaim
from claims.workflow.words import BlockRole

from .article_page import PlacedClaim
from .context import context_of


@dataclass(frozen=True)
class Excerpt:
    """A claim with the words of its passage, and a little of what stands around."""

    claim: PlacedClaim
    wording: str = ""
    before: str = ""
    after: str = ""


def excerpts(article: PublishedArticle, placed: Sequence[PlacedClaim]) -> list[Excerpt]:
    """Return each claim with its wording and context, at most 128 characters of it."""
    if not placed:
        return []
    keys = [row.public_id for row in placed]
    rows = PublishedClaim.objects.filter(pk__in=keys).values_list("pk", "content")
    found = {key: _appearance(content, article.pk) for key, content in rows}
    return [_excerpt(row, found.get(row.public_id) or {}) for row in placed]


def _appearance(content: dict[str, Any], article_id: str) -> dict[str, Any]:
    here = [
        row for row in content["claim"]["appearances"] if row["article"] == article_id
    ]
    return min(here, key=lambda row: (row["passage"] or {}).get("start", 0), default={})


def _excerpt(row: PlacedClaim, appearance: dict[str, Any]) -> Excerpt:
    context = context_of(appearance.get("passage"))
    return Excerpt(
        claim=row,
        wording=_lines(appearance.get("wording", "")),
        before=_lines(context.before),
        after=_lines(context.after),
    )


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
