"""What a signature covers and what a release contains: rows into plain values.

Content names other rows by public id, never by primary key, and is the same for the
same editorial facts wherever it is computed. Nothing here writes.
"""

import datetime
from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Manager, Model

from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.copies import StoredCopy
from claims.models.documents import Document
from claims.models.events import canonical_json, digest_of
from claims.models.sources import Source
from claims.workflow.words import Display

from . import parts

Content = parts.Content

#: Under this name the parts of a claim are kept with what Django read beforehand.
_PARTS = "told parts"


def claim_content(
    claim: Claim, assessment: Assessment | None, status: str | None = None
) -> Content:
    """Return what is signed and released of a claim.

    Shape: ``{"claim": {…}, "assessment": {…} | None, "status": slug}``. Without an
    assessment ``status`` is the public status of an open claim. The caller passes
    rows read afresh in its own transaction.
    """
    return {
        "claim": _claim_part(claim),
        "assessment": fields_of(assessment, Assessment.SIGNED_FIELDS)
        if assessment
        else None,
        "status": assessment.status_id if assessment else status,
    }


def load_parts(claims: Iterable[Claim]) -> list[Claim]:
    """Read everything the contents of these claims are made of, in a few queries.

    Values alone are read, and of rows that parts name only the public id: most of the
    time went into making rows of them, and a stored copy is long. They are kept where
    Django keeps what it read beforehand, and forgotten with it (``refresh_from_db``).
    """
    loaded = list(claims)
    told = parts.told_of([claim.pk for claim in loaded])
    for claim in loaded:
        _read_beforehand(claim)[_PARTS] = told[claim.pk]
    return loaded


def _claim_part(claim: Claim) -> Content:
    if _PARTS not in _read_beforehand(claim):
        load_parts([claim])
    told: Content = _read_beforehand(claim)[_PARTS]
    plain = [name for name in Claim.SIGNED_FIELDS if name not in told]
    return {
        "id": claim.public_id,
        **{name: parts.plain(getattr(claim, name)) for name in plain},
        **told,
    }


def _read_beforehand(claim: Claim) -> dict[str, Any]:
    kept = claim.__dict__.setdefault("_prefetched_objects_cache", {})
    return cast("dict[str, Any]", kept)


def source_content(source: Source) -> Content:
    """Return the public fields of a source; of a protected one, only its label."""
    if source.is_protected:
        blank = dict.fromkeys(("description", "url"), "")
        return {
            "id": source.public_id,
            "slug": source.slug,
            "name": source.public_label,
            "kind": source.kind,
            "is_protected": True,
            "aliases": [],
            "same_as": [],
            "document": None,
            "affiliations": [],
            **blank,
        }
    rows = source.affiliations.select_related("organisation")
    return {
        **fields_of(source, Source.PUBLIC_FIELDS),
        "is_protected": False,
        "affiliations": [
            fields_of(row, row.PUBLIC_FIELDS) for row in rows.order_by("public_id")
        ],
    }


def document_content(document: Document) -> Content:
    """Return the public fields of a document, who made it, and its copies' facts."""
    contributions = document.contributions.select_related("source")
    copies = document.copies.order_by("number").defer("text", "blocks")
    return {
        **fields_of(document, Document.PUBLIC_FIELDS),
        "contributions": [
            fields_of(row, row.PUBLIC_FIELDS)
            for row in contributions.order_by("position", "public_id")
        ],
        "copies": [fields_of(copy, StoredCopy.PUBLIC_FIELDS) for copy in copies],
    }


def article_content(article: Article, state: str | None = None) -> Content:
    """Return the public fields of an article; its text only when shown in full."""
    copy = article.newest_copy
    return {
        **fields_of(article, Article.PUBLIC_FIELDS),
        "state": state or article.state,
        "copy": _copy_part(copy, article.display) if copy else None,
    }


def _copy_part(copy: StoredCopy, display: str) -> Content:
    shown = display == Display.FULL and not copy.sealed_at
    return {
        "id": copy.public_id,
        "number": copy.number,
        "provenance": copy.provenance,
        "text": copy.text if shown else "",
        "blocks": copy.blocks if shown else [],
    }


def fields_of(row: Any, names: tuple[str, ...]) -> Content:
    """Return public id and the named fields of a row as JSON values.

    A field in the model's ``LEFT_OUT_WHEN_EMPTY`` is there only when it says something.
    """
    values = {name: _value(row, name) for name in names}
    return parts.without_empty(row, {"id": row.public_id, **values})


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, Manager):
        return sorted([item.slug, item.label] for item in value.all())
    if isinstance(value, Model):
        return value.natural_key()[0]  # type: ignore[attr-defined]
    return parts.plain(value)


def sealed(content: Content) -> tuple[str, str]:
    """Return the canonical JSON text of a content and its SHA-256."""
    text = canonical_json(content)
    return text, digest_of(text)


def digest(content: Content) -> str:
    """Return the SHA-256 of a content's canonical JSON text."""
    return sealed(content)[1]


def day(text: str | None) -> datetime.date | None:
    """Return the day of an ISO text of the content."""
    return datetime.date.fromisoformat(text) if text else None
