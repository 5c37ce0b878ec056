"""What an article's page shows: its text in blocks, with the claims that stand there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.checking.segments import Span, lanes, outer_first
from claims.models.record import PublishedArticle, PublishedClaimArticle
from claims.publishing.places import Standing
from claims.workflow.words import LISTING_STATUSES, BlockRole

from .status_words import Statuses, StatusWords, status_words
from .wording import number_of_claims

_LINK_FIELDS = (
    *("claim", "start", "end", "stored_copy", "placement"),
    *("claim__text", "claim__status"),
)


@dataclass(frozen=True)
class PlacedClaim:
    """A claim at its place in an article; ``end`` 0 when it has no passage.

    ``lane``: the level of its underline, which no claim overlapping it shares.
    ``is_dimmed``: the reader asked for another status. ``standing``: what the copy
    shown has of a passage that lies in an older one, "" where that is not known; then
    ``passage`` holds the words and context there, where no more than excerpts are shown.
    """

    public_id: str
    number: int
    text: str
    url: str
    status: StatusWords
    stored_copy: str
    start: int
    end: int
    placement: str
    lane: int = 1
    is_dimmed: bool = False
    standing: str = ""
    passage: dict[str, Any] | None = None


@dataclass(frozen=True)
class TextBlock:
    """A block of the text: the pieces of passages in it, the claims beginning in it.

    ``spans``: outer before inner, clipped to the block, keyed by the claim's id.
    ``begins`` and ``ends``: claims whose first or last piece stands in this block.
    ``notes``: claims to be told of after this block.
    """

    role: str
    start: int
    text: str
    spans: list[Span]
    claims: dict[str, PlacedClaim]
    begins: frozenset[str]
    ends: frozenset[str]
    notes: list[PlacedClaim] = field(default_factory=list)


@dataclass(frozen=True)
class StatusCount:
    """How many claims of an article have a status; what the reader sees of them."""

    status: StatusWords
    number: int
    is_chosen: bool
    sentence: str


@dataclass(frozen=True)
class ArticleText:
    """The text of an article and its claims: those in it, and those apart from it."""

    blocks: list[TextBlock] = field(default_factory=list)
    apart: list[PlacedClaim] = field(default_factory=list)

    @property
    def is_marked(self) -> bool:
        return any(block.begins for block in self.blocks)


def placed_claims(article: PublishedArticle, statuses: Statuses) -> list[PlacedClaim]:
    """Return each claim once, at its first place in this article, in text order.

    A place in the copy that is shown goes before one in an older copy.
    """
    shown = (article.content["copy"] or {}).get("id", "")
    places = {place["claim"]: place for place in article.content.get("places", [])}
    links = PublishedClaimArticle.objects.filter(article=article, claim__is_listed=True)
    rows = links.values_list(*_LINK_FIELDS, named=True).order_by(
        "start", "end", "claim"
    )
    first: dict[str, Any] = {}
    for row in sorted(rows, key=lambda row: row.stored_copy != shown):
        first.setdefault(row.claim, row)
    address = reverse("claim_detail", args=["-"])
    placed = [_placed(row, address, statuses) for row in first.values()]
    there = [
        _moved(row, places[row.public_id], shown)
        if row.public_id in places and row.stored_copy != shown
        else row
        for row in placed
    ]
    in_order = sorted(there, key=lambda row: (row.start, row.end, row.public_id))
    return [replace(row, number=number) for number, row in enumerate(in_order, 1)]


def _placed(link: Any, address: str, statuses: Statuses) -> PlacedClaim:
    return PlacedClaim(
        public_id=link.claim,
        number=0,
        text=link.claim__text,
        url=address.replace("-", link.claim),
        status=status_words(statuses, link.claim__status),
        stored_copy=link.stored_copy,
        start=link.start,
        end=link.end,
        placement=link.placement,
    )


def _moved(placed: PlacedClaim, place: dict[str, Any], shown: str) -> PlacedClaim:
    """Put a claim at its place in the copy shown, or note that it has none there."""
    standing = place["standing"]
    if standing != Standing.HERE:
        return replace(placed, standing=standing)
    return replace(
        placed,
        stored_copy=shown,
        start=place["start"],
        end=place["end"],
        standing=standing,
        passage=place if "exact" in place else None,
    )


def dimmed(placed: list[PlacedClaim], chosen: str) -> list[PlacedClaim]:
    """Dim every claim whose status is not the chosen one; none for ""."""
    if not chosen:
        return placed
    return [replace(row, is_dimmed=row.status.slug != chosen) for row in placed]


def status_counts(
    placed: Sequence[PlacedClaim], statuses: Statuses, chosen: str
) -> list[StatusCount]:
    """Return each status that occurs with its number of claims.

    In printed order, but those of open claims last, as in the sentence of progress.
    """
    numbers = Counter(row.status.slug for row in placed)
    known = {row.status.slug: row.status for row in placed}
    total = number_of_claims(len(placed))
    return [
        StatusCount(
            status=known[slug],
            number=numbers[slug],
            is_chosen=slug == chosen,
            sentence=_("%(number)s of %(claims)s shown: %(status)s")
            % {
                "number": numbers[slug],
                "claims": total,
                "status": known[slug].label,
            },
        )
        for slug in sorted(known, key=lambda slug: _rank(slug, statuses))
    ]


def _rank(slug: str, statuses: Statuses) -> tuple[bool, int]:
    printed = list(statuses)
    place = printed.index(slug) if slug in printed else len(printed)
    return slug in LISTING_STATUSES, place


def article_text(copy: dict[str, Any], placed: Sequence[PlacedClaim]) -> ArticleText:
    """Return a copy's text in blocks, its claims placed; the others stand apart."""
    text = copy["text"]
    blocks = copy["blocks"] or [{"role": "body", "start": 0, "end": len(text)}]
    here = [row for row in placed if row.stored_copy == copy["id"]]
    where = {row.public_id: _blocks_under(row, blocks) for row in here}
    lane_of = lanes(Span(row.public_id, row.start, row.end) for row in here)
    known = {
        row.public_id: replace(row, lane=lane_of[row.public_id])
        for row in here
        if where[row.public_id]
    }
    found = [
        _block(text, number, block, where, known) for number, block in enumerate(blocks)
    ]
    return ArticleText(
        blocks=list(_with_notes(found)),
        apart=[row for row in placed if row.public_id not in known],
    )


def _with_notes(blocks: list[TextBlock]) -> Iterator[TextBlock]:
    """Give each block the claims that begin in it; a credit those of what it is for."""
    notes: list[PlacedClaim] = []
    for block, following in zip_longest(blocks, blocks[1:]):
        notes += [row for key, row in block.claims.items() if key in block.begins]
        if following and following.role == BlockRole.CREDIT:
            yield block
        else:
            yield replace(block, notes=notes)
            notes = []


def _blocks_under(row: PlacedClaim, blocks: list[dict[str, Any]]) -> list[int]:
    return [
        number
        for number, block in enumerate(blocks)
        if max(row.start, block["start"]) < min(row.end, block["end"])
    ]


def _block(
    text: str,
    number: int,
    block: dict[str, Any],
    where: dict[str, list[int]],
    known: dict[str, PlacedClaim],
) -> TextBlock:
    start, end = block["start"], block["end"]
    claims = {key: row for key, row in known.items() if number in where[key]}
    spans = [
        Span(key, max(row.start, start), min(row.end, end))
        for key, row in claims.items()
    ]
    return TextBlock(
        role=block["role"],
        start=start,
        text=text[start:end],
        spans=sorted(spans, key=outer_first),
        claims=claims,
        begins=frozenset(key for key in claims if where[key][0] == number),
        ends=frozenset(key for key in claims if where[key][-1] == number),
    )
