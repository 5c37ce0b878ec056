"""Makes releases: the only way anything enters the record."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.documents import Document
from claims.models.events import lock_head
from claims.models.releases import Release, SubjectType
from claims.models.sources import Source
from claims.workflow.words import ReleaseAct

from . import content as contents
from .content import Content
from .errors import ChangedAddressError
from .record import Rewriter
from .secrets import refuse_secrets, secret_words


@dataclass(frozen=True)
class Signature:
    """By whom, when, and whether a second person was needed."""

    by: str
    at: datetime.datetime
    second_person: bool = True


@dataclass
class Publication:
    """One transaction's releases; ``finish`` writes the record rows they change."""

    signature: Signature
    secrets: list[str] = field(default_factory=list)
    rewriter: Rewriter = field(default_factory=Rewriter)

    def add(
        self,
        subject_type: str,
        subject_id: str,
        act: str,
        text: str,
        digest: str,
        notice: str = "",
    ) -> Release:
        """Add one release row and note its subject for rewriting."""
        rows = Release.objects.of(subject_type, subject_id)
        newest = rows.order_by("-number").values_list("number", flat=True).first()
        release = Release.objects.create(
            subject_type=subject_type,
            subject_id=subject_id,
            number=(newest or 0) + 1,
            act=act,
            content=text,
            digest=digest,
            notice=notice,
            second_person=self.signature.second_person,
            by=self.signature.by,
            at=self.signature.at,
        )
        self.rewriter.touch(subject_type, subject_id)
        return release

    def add_content(
        self, subject_type: str, act: str, content: Content, subject_id: str
    ) -> Release:
        refuse_secrets(content, self.secrets)
        _refuse_changed_address(subject_type, subject_id, content)
        text, digest = contents.sealed(content)
        return self.add(subject_type, subject_id, act, text, digest)

    def finish(self) -> None:
        self.rewriter.write()


def begin(signature: Signature, articles: Iterable[Article] = ()) -> Publication:
    """Begin a publication; its texts may not name what these articles protect.

    Publications wait for each other: two at once would each count tallies and
    number releases without seeing what the other adds.
    """
    lock_head()
    return Publication(signature, secret_words(article.pk for article in articles))


def publish_assessment(assessment: Assessment, signature: Signature) -> Release:
    """Release a claim with exactly the content that was signed."""
    claim = assessment.claim
    publication = begin(signature, [claim.article])
    signed = contents.claim_content(claim, assessment)
    refuse_secrets(signed, publication.secrets)
    _release_mentioned(publication, [signed], changed_too=False)
    release = publication.add(
        SubjectType.CLAIM,
        claim.public_id,
        ReleaseAct.PUBLISHED,
        assessment.signed_content,
        assessment.digest,
    )
    publication.finish()
    return release


def release_article(
    article: Article, listed: list[tuple[Claim, str]], signature: Signature
) -> set[str]:
    """Release an article with the open claims to list, each with its status.

    ``listed``: (claim, "unverified" or "in-review"). A claim whose newest release
    has this very content and status gets no other: nothing changed for readers, and
    a withdrawn one stays withdrawn. Sources and documents that are first shown, or
    changed since their newest release, are released too. Returns the public ids of
    the claims that were released.
    """
    publication = begin(signature, [article])
    article_part = contents.article_content(article)
    contents.load_parts(claim for claim, _status in listed)
    claim_parts = {
        claim.public_id: contents.claim_content(claim, None, status)
        for claim, status in listed
    }
    shown = [*claim_parts.values(), *_published_contents(article)]
    _release_document(publication, article.document, changed_too=True)
    _release_mentioned(publication, shown, changed_too=True)
    publication.add_content(
        SubjectType.ARTICLE, ReleaseAct.RELEASED, article_part, article.public_id
    )
    changed = {
        public_id: content
        for public_id, content in claim_parts.items()
        if _differs(SubjectType.CLAIM, public_id, content)
    }
    for public_id, content in changed.items():
        publication.add_content(
            SubjectType.CLAIM, ReleaseAct.LISTED, content, public_id
        )
    publication.rewriter.touch_claims_appearing_in(article.public_id)
    publication.finish()
    return set(changed)


def clear_article(article: Article, signature: Signature) -> None:
    """Release the newest public content of an article again, as cleared."""
    newest = Release.objects.newest(SubjectType.ARTICLE, article.public_id)
    publication = begin(signature)
    content = {**(newest.parsed if newest else {}), "state": article.state}
    publication.add_content(
        SubjectType.ARTICLE, ReleaseAct.CLEARED, content, article.public_id
    )
    publication.finish()


def release_source(source: Source, signature: Signature) -> None:
    """Release the changed public fields of a source and what they name first."""
    naming = Q(claims__source=source) | Q(claims__chain__source=source)
    publication = begin(signature, Article.objects.filter(naming).distinct())
    publication.secrets += source.secret_words()
    _release_source(publication, source, changed_too=True)
    publication.finish()


def release_document(document: Document, signature: Signature) -> None:
    """Release the changed public fields of a document and what they name first."""
    using = (
        Q(document=document)
        | Q(claims__citations__document=document)
        | Q(claims__chain__document=document)
    )
    publication = begin(signature, Article.objects.filter(using).distinct())
    _release_document(publication, document, changed_too=True)
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
    rows = Release.objects.of(SubjectType.CLAIM, claim.public_id)
    for release in rows.filter(sealed_at=None):
        release.content, release.notice = "", ""
        release.sealed_at = signature.at
        release.save(update_fields=["content", "notice", "sealed_at"])
    text, digest = contents.sealed({"claim": {"id": claim.public_id}})
    publication.add(
        SubjectType.CLAIM, claim.public_id, ReleaseAct.TAKEN_DOWN, text, digest
    )
    publication.finish()


def _published_contents(article: Article) -> list[Content]:
    """Return the released contents of this article's published claims."""
    published = article.claims.filter(assessments__state="published")
    newest = [
        Release.objects.newest(SubjectType.CLAIM, claim.public_id)
        for claim in published.distinct()
    ]
    return [release.parsed for release in newest if release is not None]


def mentioned(content: Content) -> tuple[set[str], set[str]]:
    """Return the public ids of the sources and documents a claim content names."""
    claim = content["claim"]
    sources = {claim["source"], *(link["source"] for link in claim["chain"])}
    documents = {
        *(link["document"] for link in claim["chain"]),
        *(citation["document"] for citation in claim["citations"]),
    }
    return sources - {None}, documents - {None}


def _release_mentioned(
    publication: Publication, shown: list[Content], *, changed_too: bool
) -> None:
    source_ids: set[str] = set()
    document_ids: set[str] = set()
    for content in shown:
        sources, documents = mentioned(content)
        source_ids |= sources
        document_ids |= documents
    for source in Source.objects.filter(public_id__in=source_ids).order_by("public_id"):
        _release_source(publication, source, changed_too=changed_too)
    rows = Document.objects.filter(public_id__in=document_ids)
    for document in rows.order_by("public_id"):
        _release_document(publication, document, changed_too=changed_too)


def _release_source(
    publication: Publication, source: Source, *, changed_too: bool
) -> None:
    content = contents.source_content(source)
    if not _is_due(publication, SubjectType.SOURCE, content, changed_too):
        return
    publication.add_content(
        SubjectType.SOURCE, ReleaseAct.RELEASED, content, source.public_id
    )
    if source.is_protected:
        return
    for affiliation in source.affiliations.select_related("organisation"):
        _release_source(publication, affiliation.organisation, changed_too=False)
    if source.document is not None:
        _release_document(publication, source.document, changed_too=False)


def _release_document(
    publication: Publication, document: Document, *, changed_too: bool
) -> None:
    content = contents.document_content(document)
    if not _is_due(publication, SubjectType.DOCUMENT, content, changed_too):
        return
    publication.add_content(
        SubjectType.DOCUMENT, ReleaseAct.RELEASED, content, document.public_id
    )
    if document.publisher is not None:
        _release_source(publication, document.publisher, changed_too=False)
    for contribution in document.contributions.select_related("source"):
        _release_source(publication, contribution.source, changed_too=False)
    if document.known_only_from is not None:
        _release_document(publication, document.known_only_from, changed_too=False)


def _refuse_changed_address(
    subject_type: str, subject_id: str, content: Content
) -> None:
    """Keep the address readers know; one that names a protected source may go."""
    newest = Release.objects.newest(subject_type, subject_id)
    known = newest.parsed.get("slug") if newest else None
    if known == content.get("slug") or known is None or content.get("is_protected"):
        return
    raise ChangedAddressError(
        _("Published as “%(slug)s”: a published address never changes.")
        % {"slug": known}
    )


def _is_due(
    publication: Publication, subject_type: str, content: Content, changed_too: bool
) -> bool:
    if publication.rewriter.has_touched(subject_type, content["id"]):
        return False
    if not changed_too:
        return not Release.objects.of(subject_type, content["id"]).exists()
    return _differs(subject_type, content["id"], content)


def _differs(subject_type: str, subject_id: str, content: Content) -> bool:
    """Say whether readers were last given something else, or nothing at all."""
    newest = Release.objects.newest(subject_type, subject_id)
    return newest is None or newest.digest != contents.digest(content)
