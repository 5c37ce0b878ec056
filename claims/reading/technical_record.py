"""The technical record of a claim: what lets others verify its page, byte by byte."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_datetime

from claims.models.record import PublishedClaim
from claims.models.releases import Release, SubjectType
from claims.publishing.content import Content, sealed
from claims.workflow.words import Provenance

from .names import NamedDocument, names_in_record


@dataclass(frozen=True)
class CopyRow:
    """A stored copy of a cited document: where it came from, and its hashes."""

    document: NamedDocument
    number: int
    provenance_label: str
    retrieved_at: Any
    final_url: str
    http_status: int | None
    media_type: str
    redirects: Sequence[Mapping[str, Any]]
    raw_sha256: str
    text_sha256: str
    warc_sha256: str
    extractor: str
    sealed_at: Any
    sealed_reason: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class TechnicalRecord:
    """What ``templates/claims/claim_record.html`` shows of one claim."""

    text: str
    digest: str
    is_whole: bool
    releases: tuple[Release, ...]
    copies: tuple[CopyRow, ...]


def technical_record(claim: PublishedClaim) -> TechnicalRecord:
    """Return the record of a listed public claim, in two queries beside the row.

    ``text``: the canonical JSON of what is public. ``is_whole``: its SHA-256 is the
    digest of the newest release; otherwise a place in an article that is not public
    yet was left out of it.
    """
    text, digest = sealed(claim.content)
    releases = Release.objects.of(SubjectType.CLAIM, claim.pk).defer("content")
    return TechnicalRecord(
        text=text,
        digest=claim.digest,
        is_whole=digest == claim.digest,
        releases=tuple(releases.order_by("number")),
        copies=_copies(claim.content),
    )


def _copies(content: Content) -> tuple[CopyRow, ...]:
    places = _places(content["claim"])
    # A database returns rows in whatever order; a public page has one.
    named = names_in_record(content).documents.items()
    documents = [row for _id, row in sorted(named, key=lambda pair: _place(*pair))]
    return tuple(
        _copy(document, copy, places.get(copy["id"], ()))
        for document in documents
        for copy in document.content.get("copies", [])
    )


def _place(public_id: str, document: NamedDocument) -> tuple[str, str]:
    return document.title, public_id


def _places(claim: Content) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """Return where each stored copy is quoted: (start, end), code points."""
    passages = [row["passage"] for row in claim["citations"] if row["passage"]]
    return {
        copy: tuple(
            (row["start"], row["end"]) for row in passages if row["stored_copy"] == copy
        )
        for copy in {row["stored_copy"] for row in passages}
    }


def _copy(
    document: NamedDocument, copy: Content, places: tuple[tuple[int, int], ...]
) -> CopyRow:
    return CopyRow(
        document=document,
        number=copy["number"],
        provenance_label=str(Provenance(copy["provenance"]).label),
        retrieved_at=parse_datetime(copy["retrieved_at"] or ""),
        final_url=copy["final_url"],
        http_status=copy["http_status"],
        media_type=copy["media_type"],
        raw_sha256=copy["raw_sha256"],
        text_sha256=copy["text_sha256"],
        # Releases of before captures were kept as WARC files know neither.
        redirects=copy.get("redirects", ()),
        warc_sha256=copy.get("warc_sha256", ""),
        extractor=f"{copy['extractor']} {copy['extractor_version']}".strip(),
        sealed_at=parse_datetime(copy["sealed_at"] or ""),
        sealed_reason=copy["sealed_reason"],
        places=places,
    )
