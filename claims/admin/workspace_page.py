"""What the workspace of an article shows: its text with marks, progress, a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.checking.segments import Span, outer_first
from claims.models import (
    Appearance,
    Article,
    Background,
    StoredCopy,
    Suggestion,
    places_in,
)
from claims.workflow.desk_words import SuggestionState
from claims.workflow.words import LISTING_STATUSES, ClaimState

#: Rows of the list beside the text, and letters of each.
LISTED = 200
LETTERS = 110

CLAIM, SUGGESTION, BACKGROUND = "claim", "suggestion", "background"


@dataclass(frozen=True)
class Mark:
    """One mark in the text. ``key`` is its address on the page, ``row`` what it marks."""

    key: str
    kind: str
    start: int
    end: int
    row: Any
    url: str
    label: str
    is_dimmed: bool = False


@dataclass(frozen=True)
class Block:
    """A block of the text with the pieces of marks in it (see ``nested``)."""

    number: int
    role: str
    start: int
    text: str
    spans: list[Span] = field(default_factory=list)
    marks: dict[str, Mark] = field(default_factory=dict)
    begins: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Show:
    """A way to filter: its name in the address, its label, and which marks it is for."""

    slug: str
    label: Promise

    def fits(self, mark: Mark) -> bool:
        return _FITS[self.slug](mark)


def _is_claim(mark: Mark) -> bool:
    return mark.kind == CLAIM


_FITS: dict[str, Any] = {
    "all": lambda mark: True,
    "suggestions": lambda mark: mark.kind == SUGGESTION,
    "claims": _is_claim,
    "open": lambda mark: (
        _is_claim(mark) and mark.row.claim.status_id in LISTING_STATUSES
    ),
    "unattributed": lambda mark: _is_claim(mark) and mark.row.claim.source_id is None,
    "background": lambda mark: mark.kind == BACKGROUND,
    "rejected": lambda mark: False,
}
SHOWS = (
    Show("all", gettext_lazy("everything")),
    Show("suggestions", gettext_lazy("suggestions to decide")),
    Show("claims", gettext_lazy("claims")),
    Show("open", gettext_lazy("claims without a finding")),
    Show("unattributed", gettext_lazy("claims nobody is named for")),
    Show("background", gettext_lazy("background")),
    Show("rejected", gettext_lazy("rejected suggestions")),
)
BY_SLUG = {show.slug: show for show in SHOWS}


@dataclass(frozen=True)
class Progress:
    """How far the article is taken apart."""

    claims: int
    to_decide: int
    decided: int
    backgrounds: int

    @property
    def suggested(self) -> int:
        return self.to_decide + self.decided


@dataclass
class Workspace:
    """The workspace of one article: everything its pages show, each part once."""

    article: Article
    show: Show

    @cached_property
    def copy(self) -> StoredCopy | None:
        copy = self.article.newest_copy
        return copy if copy is not None and copy.text else None

    @property
    def address(self) -> str:
        return reverse("admin:claims_article_workspace", args=[self.article.pk])

    def url(self, key: str, public_id: str) -> str:
        query = "" if self.show.slug == "all" else f"&show={self.show.slug}"
        return f"{self.address}?{key}={public_id}{query}"

    # The marks

    @cached_property
    def appearances(self) -> list[Appearance]:
        rows = Appearance.objects.filter(article=self.article)
        rows = rows.exclude(claim__state=ClaimState.DISCARDED)
        return list(rows.select_related("claim__status", "claim__source"))

    @cached_property
    def marks(self) -> list[Mark]:
        """Return every mark in the copy, in the order of the text."""
        if self.copy is None:
            return []
        found = [*self._claims(self.copy), *self._others(self.copy)]
        found = [replace(m, is_dimmed=not self.show.fits(m)) for m in found]
        return sorted(found, key=lambda mark: (mark.start, mark.end, mark.key))

    def _claims(self, copy: StoredCopy) -> Iterator[Mark]:
        places = places_in(copy)
        for row in self.appearances:
            passage = places.get(row.pk)
            if passage is None:
                continue
            yield Mark(
                f"claim-{row.public_id}",
                CLAIM,
                passage.start,
                passage.end,
                row,
                self.url(CLAIM, row.claim.public_id),
                _("Claim: %(text)s (%(status)s)")
                % {"text": short(row.claim.text), "status": row.claim.status},
            )

    def _others(self, copy: StoredCopy) -> Iterator[Mark]:
        proposed = self.article.suggestions.within(copy).proposed()
        backgrounds = self.article.backgrounds.filter(passage__stored_copy=copy)
        for kind, rows, label in (
            (SUGGESTION, proposed, _("Suggestion: %(text)s")),
            (
                BACKGROUND,
                backgrounds.select_related("passage"),
                _("Background: %(text)s"),
            ),
        ):
            for row in rows:
                yield Mark(
                    f"{kind}-{row.public_id}",
                    kind,
                    row.passage.start,
                    row.passage.end,
                    row,
                    self.url(kind, row.public_id),
                    label % {"text": short(row.passage.exact)},
                )

    @cached_property
    def homeless(self) -> list[Appearance]:
        """Appearances that stand nowhere in the newest copy."""
        placed = {mark.row.pk for mark in self.marks if mark.kind == CLAIM}
        return [row for row in self.appearances if row.pk not in placed]

    # The text

    @cached_property
    def blocks(self) -> list[Block]:
        if self.copy is None:
            return []
        raw = self.copy.blocks or [
            {"role": "body", "start": 0, "end": len(self.copy.text)}
        ]
        return [
            self._block(self.copy.text, number, block)
            for number, block in enumerate(raw)
        ]

    def _block(self, text: str, number: int, block: dict[str, Any]) -> Block:
        start, end = block["start"], block["end"]
        inside = [mark for mark in self.marks if mark.start < end and mark.end > start]
        spans = [
            Span(mark.key, max(mark.start, start), min(mark.end, end))
            for mark in inside
        ]
        return Block(
            number=number,
            role=block["role"],
            start=start,
            text=text[start:end],
            spans=sorted(spans, key=outer_first),
            marks={mark.key: mark for mark in inside},
            begins=frozenset(mark.key for mark in inside if mark.start >= start),
            ends=frozenset(mark.key for mark in inside if mark.end <= end),
        )

    def blocks_at(self, start: int, end: int) -> list[Block]:
        """Return the blocks that a place lies in."""
        return [
            block
            for block in self.blocks
            if block.start < end and block.start + len(block.text) > start
        ]

    # Beside the text

    @cached_property
    def listed(self) -> list[Mark]:
        return [mark for mark in self.marks if not mark.is_dimmed][:LISTED]

    @cached_property
    def rejected(self) -> list[Suggestion]:
        if self.copy is None or self.show.slug != "rejected":
            return []
        rows = self.article.suggestions.within(self.copy).rejected()
        return list(rows.select_related("decided_by")[:LISTED])

    @cached_property
    def progress(self) -> Progress:
        decided = 0
        if self.copy is not None:
            rows = self.article.suggestions.within(self.copy)
            decided = rows.exclude(state=SuggestionState.PROPOSED).count()
        return Progress(
            claims=len({row.claim_id for row in self.appearances}),
            to_decide=sum(mark.kind == SUGGESTION for mark in self.marks),
            decided=decided,
            backgrounds=sum(mark.kind == BACKGROUND for mark in self.marks),
        )

    def next_suggestion(self, after: int = -1, but: str = "") -> Mark | None:
        """Return the first suggestion that begins after a place, else the very first."""
        rows = [
            mark
            for mark in self.marks
            if mark.kind == SUGGESTION and mark.row.public_id != but
        ]
        later = (mark for mark in rows if mark.start >= after)
        return next(later, rows[0] if rows else None)

    def suggestion_before(self, start: int, but: str = "") -> Mark | None:
        rows = [
            mark
            for mark in self.marks
            if mark.kind == SUGGESTION
            and mark.start <= start
            and mark.row.public_id != but
        ]
        return rows[-1] if rows else None

    def claim_before(self, start: int) -> Any:
        """Return the claim that begins last before a place; ``None``: it is the first."""
        earlier = [m for m in self.marks if m.kind == CLAIM and m.start < start]
        return earlier[-1].row.claim if earlier else None

    @cached_property
    def claims(self) -> list[Any]:
        """Claims of this article, for a list to choose from."""
        found = {row.claim.pk: row.claim for row in self.appearances}
        return list(found.values())[: 2 * LISTED]

    @cached_property
    def names(self) -> list[str]:
        """Names of sources that this article has already, and those it seems to have."""
        known = {row.claim.source.name for row in self.appearances if row.claim.source}
        proposed = {
            name
            for mark in self.marks
            if mark.kind == SUGGESTION
            for name in (mark.row.source_name, *mark.row.chain)
            if name
        }
        return sorted(known | proposed, key=str.casefold)[:LISTED]


def short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(LETTERS)


__all__ = ["BY_SLUG", "SHOWS", "Background", "Block", "Mark", "Show", "Workspace"]
