"""What a signature covers and what a release contains: rows into plain values.

Content names other rows by public id, never by primary key, and is the same for the
same editorial facts wherever it is computed. Nothing here writes.
"""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Manager, Model, Prefetch, prefetch_related_objects

from claims.models.appearances import Appearance
from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.attribution import AttributionLink
from claims.models.citations import Citation
from claims.models.claims import Claim
from claims.models.copies import Passage, StoredCopy
from claims.models.documents import Document
from claims.models.events import canonical_json, digest_of
from claims.models.inquiries import Inquiry
from claims.models.searches import EvidenceSearch
from claims.models.sources import Source
from claims.workflow.words import Display

Content = dict[str, Any]

#: The parts of a claim, with the rows that each names: the content tells these by
#: their public ids alone, a passage in full.
_PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "appearances": (Appearance, ("article", "passage__stored_copy")),
    "chain": (AttributionLink, ("source", "document", "attribution_citation")),
    "citations": (Citation, ("document", "inquiry", "passage__stored_copy")),
    "searches": (EvidenceSearch, ()),
    "inquiries": (Inquiry, ()),
}


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

    Of rows that parts name only the public id is read: a stored copy is long.
    """
    loaded = list(claims)
    prefetch_related_objects(
        loaded,
        *("article", "source", "attribution_citation", "superseded_citation"),
        "topics",
        *(Prefetch(name, _rows_naming(*part)) for name, part in _PARTS.items()),
    )
    return loaded


def _rows_naming(model: Any, named: tuple[str, ...]) -> Any:
    """Return the rows with those they name in one query, and of those what is told.

    They are of one claim each time: its own order, as in the lists of the desk, is
    left out.
    """
    told = [field.name for field in model._meta.concrete_fields]
    told += [f"{path}__public_id" for path in named]
    if "passage__stored_copy" in named:
        passage = ("public_id", *Passage.SIGNED_FIELDS)
        told += [f"passage__{name}" for name in passage]
    order = [name for name in model._meta.ordering if name != "claim"]
    return model._default_manager.select_related(*named).only(*told).order_by(*order)


def _claim_part(claim: Claim) -> Content:
    load_parts([claim])
    asked = [row for row in claim.inquiries.all() if row.asked_on]
    return {
        **fields_of(claim, Claim.SIGNED_FIELDS),
        "appearances": _rows(claim.appearances.all(), "is_first"),
        "chain": _rows(claim.chain.all(), "position"),
        "citations": _rows(claim.citations.all(), "position"),
        "searches": _rows(claim.searches.all(), "searched_on"),
        "inquiries": _rows(asked, "asked_on"),
    }


def _rows(rows: Iterable[Any], order: str) -> list[Content]:
    contents = [fields_of(row, row.SIGNED_FIELDS) for row in rows]
    first_is_true = order == "is_first"
    return sorted(
        contents,
        key=lambda part: (
            not part[order] if first_is_true else part[order],
            part["id"],
        ),
    )


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
    """Return public id and the named fields of a row as JSON values."""
    when_filled = getattr(row, "TOLD_WHEN_FILLED", ())
    told = [name for name in names if name not in when_filled or getattr(row, name)]
    return {"id": row.public_id, **{name: _value(row, name) for name in told}}


def _value(row: Any, name: str) -> Any:
    value = getattr(row, name)
    if isinstance(value, Manager):
        return sorted([item.slug, item.label] for item in value.all())
    if isinstance(value, Passage):
        return fields_of(value, Passage.SIGNED_FIELDS)
    if isinstance(value, Model):
        return value.natural_key()[0]  # type: ignore[attr-defined]
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


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
