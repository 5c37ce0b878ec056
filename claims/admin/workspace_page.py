"""What the workspace of an article shows: its text with marks, progress, a list.

An article can have a thousand marks. The page reads them all; a panel and an act read
those that they are about.
"""

import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.checking.segments import Span, outer_first
from claims.jobs.marking import Place
from claims.models import (
    Anchoring,
    Appearance,
    Article,
    Claim,
    Passage,
    StoredCopy,
    Suggestion,
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

    def fits(self, kind: str, row: Any) -> bool:
        return bool(_FITS[self.slug](kind, row))


_FITS: dict[str, Any] = {
    "all": lambda kind, row: True,
    "suggestions": lambda kind, row: kind == SUGGESTION,
    "claims": lambda kind, row: kind == CLAIM,
    "open": lambda kind, row: kind == CLAIM and row.claim.status_id in LISTING_STATUSES,
    "unattributed": lambda kind, row: kind == CLAIM and row.claim.source_id is None,
    "background": lambda kind, row: kind == BACKGROUND,
    "rejected": lambda kind, row: False,
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

    @cached_property
    def address(self) -> str:
        return reverse("admin:claims_article_workspace", args=[self.article.pk])

    def url(self, key: str, public_id: str) -> str:
        query = "" if self.show.slug == "all" else f"&show={self.show.slug}"
        return f"{self.address}?{key}={public_id}{query}"

    # Rows

    @property
    def appearances(self) -> Any:
        """Where claims of the desk stand in this article, discarded ones left out."""
        rows = Appearance.objects.filter(article=self.article)
        rows = rows.exclude(claim__state=ClaimState.DISCARDED)
        return rows.select_related("claim__status", "claim__source").order_by("pk")

    @property
    def proposed(self) -> Any:
        """Suggestions of the newest copy that wait, in the order of the text."""
        if self.copy is None:
            return self.article.suggestions.none()
        return self.article.suggestions.within(self.copy).proposed()

    @property
    def backgrounds(self) -> Any:
        rows = self.article.backgrounds.filter(passage__stored_copy=self.copy)
        return rows.select_related("passage").order_by("passage__start", "pk")

    def placed(self, appearances: Any, within: Place | None) -> Iterator[Any]:
        """Yield (appearance, its passage in the newest copy), near a place or all."""
        here = appearances.filter(passage__stored_copy=self.copy)
        here = here.filter(_near("passage", within)).select_related("passage")
        for row in here:
            yield row, row.passage
        elsewhere = appearances.exclude(passage__stored_copy=self.copy)
        found = {
            row.appearance_id: row.found
            for row in Anchoring.objects.standing()
            .filter(_near("found", within), stored_copy=self.copy)
            .filter(appearance__in=elsewhere.order_by().values("pk"))
            .select_related("found")
        }
        for row in elsewhere.filter(pk__in=list(found)) if found else ():
            yield row, found[row.pk]

    # Marks

    def marks(self, within: Place | None = None) -> list[Mark]:
        """Return the marks of the copy, or those that reach into a place, in order."""
        if self.copy is None:
            return []
        found = [
            *(self.claim_mark(*each) for each in self.placed(self.appearances, within)),
            *(
                self.mark_of(SUGGESTION, row)
                for row in self.proposed.filter(_near("passage", within))
            ),
            *(
                self.mark_of(BACKGROUND, row)
                for row in self.backgrounds.filter(_near("passage", within))
            ),
        ]
        return sorted(found, key=lambda mark: (mark.start, mark.end, mark.key))

    def claim_mark(self, row: Appearance, passage: Passage) -> Mark:
        return Mark(
            f"claim-{row.public_id}",
            CLAIM,
            passage.start,
            passage.end,
            row,
            self.url(CLAIM, row.claim.public_id),
            _("Claim: %(text)s (%(status)s)")
            % {"text": short(row.claim.text), "status": row.claim.status},
            not self.show.fits(CLAIM, row),
        )

    def mark_of(self, kind: str, row: Any) -> Mark:
        """Return the mark of a suggestion or of background."""
        label = _("Background: %(text)s")
        if kind == SUGGESTION:
            label = _("Suggestion: %(text)s")
        return Mark(
            f"{kind}-{row.public_id}",
            kind,
            row.passage.start,
            row.passage.end,
            row,
            self.url(kind, row.public_id),
            label % {"text": short(row.passage.exact)},
            not self.show.fits(kind, row),
        )

    @cached_property
    def all_marks(self) -> list[Mark]:
        return self.marks()

    # The text

    @property
    def raw_blocks(self) -> list[dict[str, Any]]:
        if self.copy is None:
            return []
        whole = {"role": "body", "start": 0, "end": len(self.copy.text)}
        return self.copy.blocks or [whole]

    @cached_property
    def blocks(self) -> list[Block]:
        return list(self._blocks(enumerate(self.raw_blocks), self.all_marks))

    def blocks_at(self, places: Iterable[Place]) -> list[Block]:
        """Return the blocks that these places lie in, with all their marks."""
        touched = [
            (number, block)
            for number, block in enumerate(self.raw_blocks)
            if any(_meets(block, place) for place in places)
        ]
        if not touched:
            return []
        reach = Place(touched[0][1]["start"], touched[-1][1]["end"])
        return list(self._blocks(touched, self.marks(reach)))

    def _blocks(
        self, numbered: Iterable[tuple[int, dict[str, Any]]], marks: list[Mark]
    ) -> Iterator[Block]:
        text = self.copy.text if self.copy is not None else ""
        longest = max((mark.end - mark.start for mark in marks), default=0)
        starts = [mark.start for mark in marks]
        for number, block in numbered:
            first = bisect.bisect_left(starts, block["start"] - longest)
            last = bisect.bisect_left(starts, block["end"])
            inside = [m for m in marks[first:last] if m.end > block["start"]]
            yield _block(text, number, block, inside)

    # Beside the text

    @cached_property
    def listed(self) -> list[Mark]:
        return [mark for mark in self.all_marks if not mark.is_dimmed][:LISTED]

    @cached_property
    def rejected(self) -> list[Suggestion]:
        if self.copy is None or self.show.slug != "rejected":
            return []
        rows = self.article.suggestions.within(self.copy).rejected()
        return list(rows.select_related("decided_by")[:LISTED])

    @cached_property
    def homeless(self) -> list[Appearance]:
        """Appearances that stand nowhere in the newest copy."""
        rows = self.appearances.exclude(passage__stored_copy=self.copy)
        placed = Anchoring.objects.standing().filter(stored_copy=self.copy)
        return list(rows.exclude(anchorings__in=placed)[:LISTED])

    @cached_property
    def lost_backgrounds(self) -> list[Any]:
        """Background of older copies whose words are not in the newest."""
        rows = self.article.backgrounds.exclude(passage__stored_copy=self.copy)
        return list(rows.select_related("passage", "marked_by")[:LISTED])

    @cached_property
    def progress(self) -> Progress:
        decided = 0
        if self.copy is not None:
            rows = self.article.suggestions.within(self.copy)
            decided = rows.exclude(state=SuggestionState.PROPOSED).count()
        claims = self.appearances.order_by().values("claim").distinct().count()
        return Progress(
            claims, self.proposed.count(), decided, self.backgrounds.count()
        )

    @cached_property
    def claims(self) -> list[Claim]:
        """Claims of this article, for a list to choose from."""
        found = {row.claim.pk: row.claim for row in self.appearances[: 4 * LISTED]}
        return list(found.values())[: 2 * LISTED]

    @cached_property
    def names(self) -> list[str]:
        """Names of sources that this article has already, and those it seems to have."""
        known = self.appearances.exclude(claim__source=None).order_by()
        names = set(known.values_list("claim__source__name", flat=True))
        for name, chain in self.proposed.values_list("source_name", "chain"):
            names.update([name, *chain])
        return sorted(names - {""}, key=str.casefold)[:LISTED]

    # The way from one to the next

    def next_suggestion(self, after: int = -1, but: str = "") -> Mark | None:
        """Return the first suggestion that begins after a place, else the very first."""
        rows = self.proposed.exclude(public_id=but)
        row = rows.filter(passage__start__gte=after).first() or rows.first()
        return self.mark_of(SUGGESTION, row) if row is not None else None

    def suggestion_before(self, start: int, but: str = "") -> Mark | None:
        rows = self.proposed.exclude(public_id=but).filter(passage__start__lte=start)
        row = rows.last()
        return self.mark_of(SUGGESTION, row) if row is not None else None

    def claim_before(self, start: int) -> Claim | None:
        """Return the claim that begins last before a place; ``None``: it is the first."""
        here = self.appearances.filter(
            passage__stored_copy=self.copy, passage__start__lt=start
        ).select_related("passage")
        found = [
            (row.passage.start, row) for row in here.order_by("-passage__start")[:1]
        ]
        moved = Anchoring.objects.standing().filter(
            appearance__in=self.appearances.order_by().values("pk"),
            stored_copy=self.copy,
            found__start__lt=start,
        )
        moved = moved.select_related("found", "appearance__claim__source")
        found += [
            (row.found.start, row.appearance)
            for row in moved.order_by("-found__start")[:1]
        ]
        claim: Claim | None = None
        if found:
            claim = max(found, key=lambda pair: pair[0])[1].claim
        return claim


def _near(name: str, place: Place | None) -> Q:
    """Match rows whose passage of that name reaches into a place."""
    if place is None:
        return Q()
    return Q(**{f"{name}__start__lt": place.end, f"{name}__end__gt": place.start})


def _meets(block: dict[str, Any], place: Place) -> bool:
    return bool(block["start"] < place.end and block["end"] > place.start)


def _block(text: str, number: int, block: dict[str, Any], inside: list[Mark]) -> Block:
    start, end = block["start"], block["end"]
    spans = [
        Span(mark.key, max(mark.start, start), min(mark.end, end)) for mark in inside
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


def short(text: str) -> str:
    """Cut a text for a label."""
    words = " ".join(text.split())
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1]}…"
