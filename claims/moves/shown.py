"""What a confirmation page shows before a move, and the digest it carries."""

from typing import Any

from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.documents import Document
from claims.models.sources import Source
from claims.publishing import content as contents
from claims.publishing.content import Content
from claims.publishing.places import places_of


def shown_content(subject: Any) -> Content:
    """Return the full content a person confirms when moving this subject."""
    content: Content = _SHOWN[type(subject)](subject)
    return content


def shown_digest(subject: Any) -> str:
    """Return the digest of what is shown: the ``seen`` of ``make_move``."""
    return contents.digest(shown_content(subject))


def _assessment(assessment: Assessment) -> Content:
    return contents.claim_content(assessment.claim, assessment)


def _claim(claim: Claim) -> Content:
    return contents.claim_content(claim, None, claim.status_id)


def _article(article: Article) -> Content:
    """Return the article, its claims, and where these stand in the newest copy."""
    working = article.claims.working().order_by("public_id")
    claims = [_claim(claim) for claim in contents.load_parts(working)]
    article_part = contents.article_content(article)
    open_claims = set(article.claims.undecided().values_list("public_id", flat=True))
    listed = {
        claim["claim"]["id"]: claim
        for claim in claims
        if claim["claim"]["id"] in open_claims
    }
    if places := places_of(article, listed):
        article_part["places"] = places
    return {"article": article_part, "claims": claims}


_SHOWN: dict[type, Any] = {
    Assessment: _assessment,
    Claim: _claim,
    Article: _article,
    Source: contents.source_content,
    Document: contents.document_content,
}
