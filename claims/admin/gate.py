"""The gate: what is still open in an article that is about to be cleared."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from claims.models import Anchoring, Article, Claim, Suggestion
from claims.moves.articles import listable

CLAIMS_SHOWN = 100


@dataclass(frozen=True)
class Hint:
    """Something to look at before; the page where it is decided, where there is one."""

    sentence: str
    url: str = ""


@dataclass(frozen=True)
class Gate:
    """The claims that hold an article back, and what else is undecided in it."""

    claims: list[Claim]
    total: int
    hints: list[Hint]

    @property
    def left_out(self) -> int:
        return self.total - len(self.claims)


def gate_of(article: Article) -> Gate:
    """Return what the page of *clear* shows; open claims alone refuse it."""
    claims = listable(article).select_related("status", "assignee").order_by("pk")
    shown = list(claims[: CLAIMS_SHOWN + 1])
    total = len(shown) if len(shown) <= CLAIMS_SHOWN else claims.count()
    return Gate(shown[:CLAIMS_SHOWN], total, list(_hints(article)))


def _hints(article: Article) -> Iterator[Hint]:
    copy: Any = article.newest_copy
    if copy is not None:
        proposed = Suggestion.objects.filter(article=article).within(copy).proposed()
        if number := proposed.count():
            yield Hint(_suggestions(number), _page_of(article, "workspace"))
    if number := article.claims.dates_in_doubt().count():
        yield Hint(_dates(number), _page_of(article, "dates"))
    moved = Anchoring.objects.waiting().filter(appearance__article=article)
    if number := moved.count():
        address = reverse("admin:claims_document_passages", args=[article.document_id])
        yield Hint(_passages(number), address)


def _page_of(article: Article, name: str) -> str:
    return reverse(f"admin:claims_article_{name}", args=[article.pk])


def _suggestions(number: int) -> str:
    words = ngettext(
        "%(number)s suggested statement is not decided.",
        "%(number)s suggested statements are not decided.",
        number,
    )
    return words % {"number": number}


def _dates(number: int) -> str:
    words = ngettext(
        "%(number)s date is to be confirmed.",
        "%(number)s dates are to be confirmed.",
        number,
    )
    return words % {"number": number}


def _passages(number: int) -> str:
    words = ngettext(
        "%(number)s claim has no sure place in the newest copy of the text.",
        "%(number)s claims have no sure place in the newest copy of the text.",
        number,
    )
    return words % {"number": number}
