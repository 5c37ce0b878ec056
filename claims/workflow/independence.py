"""How many independent sources take a side about a claim. No queries here."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .words import Stance

SUPPORTING = frozenset({Stance.SUPPORTS, Stance.SUPPORTS_IN_PART})
CONTRADICTING = frozenset({Stance.CONTRADICTS})


@dataclass(frozen=True)
class Piece:
    """One citation that answers *is it true?*; ``document``: any id of it.

    ``origin``: what the document took it from, in the desk's words; "": its own.
    """

    document: str
    title: str
    stance: str
    origin: str = ""


@dataclass(frozen=True)
class Shared:
    """An origin that several citations go back to."""

    origin: str
    number: int


@dataclass(frozen=True)
class Side:
    """The citations that take one side, and how many sources they amount to."""

    citations: int = 0
    sources: int = 0
    shared: tuple[Shared, ...] = ()


@dataclass(frozen=True)
class Independence:
    """Independent sources, counted apart for each side.

    ``is_told``: some citation takes a side, though it may lie in the claim's own chain.
    """

    supporting: Side = Side()
    contradicting: Side = Side()
    is_told: bool = False

    @property
    def has_two_sides(self) -> bool:
        return bool(self.supporting.sources and self.contradicting.sources)

    @property
    def only_side(self) -> Side:
        """The side that has sources, where only one has."""
        return self.supporting if self.supporting.sources else self.contradicting


def independent_sources(
    pieces: Sequence[Piece], chain: Mapping[str, str]
) -> Independence:
    """Count the origins of the pieces that take a side, outside the claim's own chain.

    ``chain``: the documents the claim itself rests on, id → title ("" if unknown); what
    goes back to one of them shows only that it was said. A document counts once, however
    often it is cited. An origin that is the title of a cited document is that document,
    and goes back to whatever that one goes back to. A citation without an origin shares
    the one that another citation of its document has.
    """
    sided = [row for row in pieces if row.stance in SUPPORTING | CONTRADICTING]
    roots = _Roots(pieces, chain)
    outside = [row for row in sided if not roots.is_in_chain(row)]
    return Independence(
        supporting=_side(outside, SUPPORTING, roots),
        contradicting=_side(outside, CONTRADICTING, roots),
        is_told=bool(sided),
    )


def folded(text: str) -> str:
    """Return an origin or title as it is compared: without case and extra spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _side(pieces: Iterable[Piece], stances: frozenset[Stance], roots: "_Roots") -> Side:
    groups: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.stance in stances:
            groups.setdefault(roots.of(piece), []).append(piece)
    return Side(
        citations=sum(map(len, groups.values())),
        sources=len(groups),
        shared=tuple(
            Shared(roots.label(root), len(rows))
            for root, rows in groups.items()
            if len(rows) > 1
        ),
    )


class _Roots:
    """Follows each piece to where it comes from: a document's id, or a folded origin.

    Of several documents of one title, and of several origins of one document, the
    least is taken, so that the order of citations never matters.
    """

    def __init__(self, pieces: Sequence[Piece], chain: Mapping[str, str]) -> None:
        self.chain = chain
        self.titles = {**chain, **{row.document: row.title for row in pieces}}
        self.typed: dict[str, str] = {}
        self.origins: dict[str, str] = {}
        for row in sorted(pieces, key=lambda row: (folded(row.origin), row.origin)):
            if name := folded(row.origin):
                self.origins.setdefault(row.document, name)
                self.typed.setdefault(name, row.origin.strip())
        self.documents: dict[str, str] = {}
        for document in sorted(self.titles):
            self.documents.setdefault(folded(self.titles[document]), document)

    def of(self, piece: Piece) -> str:
        document, way = piece.document, [piece.document]
        name = folded(piece.origin) or self.origins.get(document, "")
        while name and document not in self.chain:
            if name not in self.documents:
                return f"origin {name}"
            document = self.documents[name]
            if document in way:  # they name each other: one of them, always the same
                return f"document {min(way[way.index(document) :])}"
            way.append(document)
            name = self.origins.get(document, "")
        return f"document {document}"

    def is_in_chain(self, piece: Piece) -> bool:
        root = self.of(piece).removeprefix("document ")
        return piece.document in self.chain or root in self.chain

    def label(self, root: str) -> str:
        what, _space, name = root.partition(" ")
        return self.typed[name] if what == "origin" else self.titles[name]
