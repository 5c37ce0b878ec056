"""Releases what other content names: sources and documents, and what those name."""

from claims.models.documents import Document
from claims.models.releases import SubjectType
from claims.models.sources import Source
from claims.workflow.words import ReleaseAct

from . import content as contents
from .content import Content
from .publication import Publication
from .secrets import refuse_secrets


def mentioned(content: Content) -> tuple[set[str], set[str]]:
    """Return the public ids of the sources and documents a claim content names."""
    claim = content["claim"]
    sources = {claim["source"], *(link["source"] for link in claim["chain"])}
    documents = {
        *(link["document"] for link in claim["chain"]),
        *(citation["document"] for citation in claim["citations"]),
    }
    return sources - {None}, documents - {None}


def release_mentioned(
    publication: Publication, shown: list[Content], *, changed_too: bool
) -> None:
    source_ids: set[str] = set()
    document_ids: set[str] = set()
    for content in shown:
        sources, documents = mentioned(content)
        source_ids |= sources
        document_ids |= documents
    publication.look_up(SubjectType.SOURCE, source_ids)
    publication.look_up(SubjectType.DOCUMENT, document_ids)
    for source in Source.objects.filter(public_id__in=source_ids).order_by("public_id"):
        release_named_source(publication, source, changed_too=changed_too)
    rows = Document.objects.filter(public_id__in=document_ids)
    for document in rows.order_by("public_id"):
        release_named_document(publication, document, changed_too=changed_too)


def release_named_source(
    publication: Publication, source: Source, *, changed_too: bool
) -> None:
    content = contents.source_content(source)
    # What was protected since its last release waits for no other release.
    changed_too = changed_too or source.is_protected
    if not _is_due(publication, SubjectType.SOURCE, content, changed_too):
        return
    refuse_secrets(content, source.secret_words())
    release = publication.add_content(
        SubjectType.SOURCE, ReleaseAct.RELEASED, content, source.public_id
    )
    if source.is_protected:
        publication.seal_telling(source, release.number)
        return
    for affiliation in source.affiliations.select_related("organisation"):
        release_named_source(publication, affiliation.organisation, changed_too=False)
    if source.document is not None:
        release_named_document(publication, source.document, changed_too=False)


def release_named_document(
    publication: Publication, document: Document, *, changed_too: bool
) -> None:
    content = contents.document_content(document)
    if not _is_due(publication, SubjectType.DOCUMENT, content, changed_too):
        return
    publication.add_content(
        SubjectType.DOCUMENT, ReleaseAct.RELEASED, content, document.public_id
    )
    if document.publisher is not None:
        release_named_source(publication, document.publisher, changed_too=False)
    for contribution in document.contributions.select_related("source"):
        release_named_source(publication, contribution.source, changed_too=False)
    if document.known_only_from is not None:
        release_named_document(publication, document.known_only_from, changed_too=False)


def _is_due(
    publication: Publication, subject_type: str, content: Content, changed_too: bool
) -> bool:
    if publication.rewriter.has_touched(subject_type, content["id"]):
        return False
    if not changed_too:
        return publication.newest(subject_type, content["id"]) is None
    return publication.differs(subject_type, content["id"], content)
