"""How many independent sources a claim's evidence amounts to, from content or the desk."""

from claims.models.claims import Claim
from claims.models.documents import Document
from claims.publishing.content import Content
from claims.workflow.independence import Independence, Piece, independent_sources
from claims.workflow.words import Question

from .names import Names


def independence_of(claim: Content, names: Names) -> Independence:
    """Count the independent sources in the claim part of a content."""
    pieces = [
        Piece(
            row["document"],
            _title(names, row["document"]),
            row["stance"],
            row.get("origin", ""),
        )
        for row in claim["citations"]
        if row["question"] == Question.TRUTH
    ]
    return independent_sources(pieces, _chain(claim, names))


def independence_at_desk(claim: Claim) -> Independence:
    """Count the independent sources of a claim as its citations stand now."""
    rows = claim.citations.filter(question=Question.TRUTH).select_related("document")
    pieces = [
        Piece(row.document.public_id, row.document.title, row.stance, row.origin)
        for row in rows
    ]
    chain = Document.objects.filter(pk__in=claim.chain_documents())
    return independent_sources(pieces, dict(chain.values_list("public_id", "title")))


def _chain(claim: Content, names: Names) -> dict[str, str]:
    """Return the documents the claim's own chain rests on, id → title ("" unknown)."""
    article = names.articles.get(claim["article"])
    sources = [claim["source"], *(link["source"] for link in claim["chain"])]
    named = [names.sources[source] for source in sources if source in names.sources]
    documents = {
        *(source.document for source in named),
        *(link["document"] or "" for link in claim["chain"]),
        *(
            row["document"]
            for row in claim["citations"]
            if row["question"] == Question.ATTRIBUTION
        ),
    }
    chain = {public_id: _title(names, public_id) for public_id in documents - {""}}
    if article is not None and article.document:
        chain[article.document] = article.title
    return chain


def _title(names: Names, public_id: str) -> str:
    document = names.documents.get(public_id)
    return document.title if document else ""
