"""The acts that make releases: the only way anything enters the record."""

from dataclasses import dataclass

from django.db.models import Q

from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.documents import Document
from claims.models.releases import Release, SubjectType
from claims.models.sources import Source
from claims.workflow.words import ReleaseAct

from . import content as contents
from .content import Content
from .mentions import (
    release_mentioned,
    release_named_document,
    release_named_source,
)
from .places import forget_place, places_of
from .publication import Signature, begin
from .sealing import Sealed, seal
from .secrets import refuse_secrets


@dataclass(frozen=True)
class Released:
    """What the release of an article came to: claims by public id, releases sealed."""

    claims: frozenset[str]
    sealed: Sealed


def publish_assessment(assessment: Assessment, signature: Signature) -> Sealed:
    """Release a claim with exactly the content that was signed; return what was sealed.

    A source it names that was protected since its last release is released anew.
    """
    claim = assessment.claim
    publication = begin(signature, [claim.article])
    signed = contents.claim_content(claim, assessment)
    refuse_secrets(signed, publication.secrets)
    release_mentioned(publication, [signed], changed_too=False)
    publication.add(
        SubjectType.CLAIM,
        claim.public_id,
        ReleaseAct.PUBLISHED,
        assessment.signed_content,
        assessment.digest,
    )
    publication.finish()
    return publication.sealed


def release_article(
    article: Article, listed: list[tuple[Claim, str]], signature: Signature
) -> Released:
    """Release an article with the open claims to list, each with its status.

    ``listed``: (claim, "unverified" or "in-review"). A claim whose newest release
    has this very content and status gets no other: nothing changed for readers, and
    a withdrawn one stays withdrawn. Sources and documents that are first shown, or
    changed since their newest release, are released too. Claims whose passage lies in
    an older copy get their place in the newest one (see ``places``).
    """
    publication = begin(signature, [article])
    article_part = contents.article_content(article)
    contents.load_parts(claim for claim, _status in listed)
    claim_parts = {
        claim.public_id: contents.claim_content(claim, None, status)
        for claim, status in listed
    }
    if places := places_of(article, claim_parts):
        article_part["places"] = places
    shown = [*claim_parts.values(), *_published_contents(article)]
    release_named_document(publication, article.document, changed_too=True)
    release_mentioned(publication, shown, changed_too=True)
    publication.add_content(
        SubjectType.ARTICLE, ReleaseAct.RELEASED, article_part, article.public_id
    )
    publication.look_up(SubjectType.CLAIM, claim_parts)
    changed = {
        public_id: content
        for public_id, content in claim_parts.items()
        if publication.differs(SubjectType.CLAIM, public_id, content)
    }
    for public_id, content in changed.items():
        publication.add_content(
            SubjectType.CLAIM, ReleaseAct.LISTED, content, public_id
        )
    publication.rewriter.touch_claims_appearing_in(article.public_id)
    publication.finish()
    return Released(frozenset(changed), publication.sealed)


def clear_article(article: Article, signature: Signature) -> None:
    """Release the newest public content of an article again, as cleared."""
    newest = Release.objects.newest(SubjectType.ARTICLE, article.public_id)
    publication = begin(signature)
    content = {**(newest.parsed if newest else {}), "state": article.state}
    publication.add_content(
        SubjectType.ARTICLE, ReleaseAct.CLEARED, content, article.public_id
    )
    publication.finish()


def release_source(source: Source, signature: Signature) -> Sealed:
    """Release the changed public fields of a source and what they name first.

    Returns what was sealed: once a source is protected, its earlier releases.
    """
    naming = Q(claims__source=source) | Q(claims__chain__source=source)
    publication = begin(signature, Article.objects.filter(naming).distinct())
    release_named_source(publication, source, changed_too=True)
    publication.finish()
    return publication.sealed


def release_document(document: Document, signature: Signature) -> None:
    """Release the changed public fields of a document and what they name first."""
    using = (
        Q(document=document)
        | Q(claims__citations__document=document)
        | Q(claims__chain__document=document)
    )
    publication = begin(signature, Article.objects.filter(using).distinct())
    release_named_document(publication, document, changed_too=True)
    publication.finish()


def mark_recheck(claim: Claim, act: str, notice: str, signature: Signature) -> None:
    """Release the newest content again, under re-check or no longer so."""
    newest = Release.objects.newest(SubjectType.CLAIM, claim.public_id)
    publication = begin(signature, [claim.article])
    refuse_secrets(notice, publication.secrets)
    if newest is not None:
        publication.add(
            SubjectType.CLAIM,
            claim.public_id,
            act,
            newest.content,
            newest.digest,
            notice,
        )
    publication.finish()


def withdraw(assessment: Assessment, reason: str, signature: Signature) -> None:
    """Keep the claim part of what was signed, without its assessment; say why."""
    claim = assessment.claim
    publication = begin(signature, [claim.article])
    refuse_secrets(reason, publication.secrets)
    newest = Release.objects.newest(SubjectType.CLAIM, claim.public_id)
    signed = newest.parsed if newest else {}
    content = {**signed, "assessment": None, "status": "unverified"}
    text, digest = contents.sealed(content)
    publication.add(
        SubjectType.CLAIM,
        claim.public_id,
        ReleaseAct.WITHDRAWN,
        text,
        digest,
        reason,
    )
    publication.finish()


def retract(claim: Claim, reason: str, signature: Signature) -> None:
    """Leave a dated tombstone that keeps the claim's words and says why."""
    publication = begin(signature, [claim.article])
    refuse_secrets(reason, publication.secrets)
    newest = Release.objects.newest(SubjectType.CLAIM, claim.public_id)
    last = newest.parsed if newest else {}
    content = {
        "claim": {"id": claim.public_id, "text": last["claim"]["text"]},
        "assessment": None,
        "status": "",
    }
    text, digest = contents.sealed(content)
    publication.add(
        SubjectType.CLAIM,
        claim.public_id,
        ReleaseAct.RETRACTED,
        text,
        digest,
        reason,
    )
    publication.finish()


def take_down(claim: Claim, signature: Signature) -> None:
    """Seal every release of a claim; leave a neutral notice and nothing else."""
    publication = begin(signature)
    forget_place(publication, claim)
    rows = Release.objects.of(SubjectType.CLAIM, claim.public_id)
    seal(rows.filter(sealed_at=None), signature.at)
    text, digest = contents.sealed({"claim": {"id": claim.public_id}})
    publication.add(
        SubjectType.CLAIM, claim.public_id, ReleaseAct.TAKEN_DOWN, text, digest
    )
    publication.finish()


def _published_contents(article: Article) -> list[Content]:
    """Return the released contents of this article's published claims."""
    published = article.claims.filter(assessments__state="published")
    ids = published.order_by().values_list("public_id", flat=True).distinct()
    newest = Release.objects.newest_of(SubjectType.CLAIM, ids)
    return [newest[public_id].parsed for public_id in sorted(newest)]
