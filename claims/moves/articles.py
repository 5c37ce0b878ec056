"""Moves of articles: release with the claims to list, and clear."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models.articles import Article
from claims.models.claims import Claim, ClaimQuerySet
from claims.models.events import Actor, append_event
from claims.permissions import SHOWN_VERBS, four_eyes_refusal
from claims.publishing import releases
from claims.workflow.words import (
    LISTING_STATUSES,
    ArticleState,
    ClaimState,
)

from .edits import mark_changed, record_sealing
from .errors import MoveForbiddenError, MoveRefusedError
from .steps import ReleaseDetails, Step


def release(step: Step) -> dict[str, Any]:
    article: Article = step.subject
    details = step.details or ReleaseDetails()
    listed = [_claim_to_list(step, *pair) for pair in details.listed]
    article.state = ArticleState.RELEASED
    article.gate_reason = ""
    article.save(update_fields=["state", "gate_reason"])
    released = releases.release_article(article, listed, step.signature)
    for claim, status in listed:
        if claim.public_id in released.claims:
            _note_listing(step, claim, status)
    record_sealing(released.sealed, step.actor, step.at)
    return {"digest": step.digest, "listed": len(released.claims)}


def clear(step: Step) -> dict[str, Any]:
    article: Article = step.subject
    undecided = listable(article).count()
    if undecided and not step.reason.strip():
        raise MoveRefusedError(
            ngettext(
                "%(number)s claim is still open. Decide it, or say why the article "
                "can be cleared all the same.",
                "%(number)s claims are still open. Decide them, or say why the article "
                "can be cleared all the same.",
                undecided,
            )
            % {"number": undecided}
        )
    article.state = ArticleState.CLEARED
    article.gate_reason = step.reason if undecided else ""
    article.save(update_fields=["state", "gate_reason"])
    releases.clear_article(article, step.signature)
    return {"open_claims": undecided}


def listable(article: Article) -> ClaimQuerySet:
    """Return the claims an editor may tick: working, not held back, undecided."""
    claims: ClaimQuerySet = article.claims.undecided()
    return claims.filter(is_held_back=False)


def _note_listing(step: Step, claim: Claim, status: str) -> None:
    claim.status_id = status
    claim.version += 1
    claim.save(update_fields=["status", "version"])
    mark_changed(claim)
    append_event(
        "listed",
        "claim",
        claim.public_id,
        Actor.of(step.actor),
        step.at,
        {"article": step.subject.public_id, "status": status},
    )


def _claim_to_list(step: Step, public_id: str, status: str) -> tuple[Claim, str]:
    claim = Claim.objects.filter(public_id=public_id, article=step.subject).first()
    if claim is None or claim.state != ClaimState.WORKING:
        raise MoveRefusedError(
            _("Claim %(claim)s is not a working claim of this article.")
            % {"claim": public_id}
        )
    if claim.is_held_back:
        raise MoveRefusedError(_("“%(claim)s” is held back.") % {"claim": claim})
    if claim.published_assessment is not None:
        raise MoveRefusedError(
            _("“%(claim)s” is published already; correct it by a new assessment.")
            % {"claim": claim}
        )
    if status not in LISTING_STATUSES:
        raise MoveRefusedError(
            _("An open claim is listed as “unverified” or “in-review”, nothing else.")
        )
    refusal = four_eyes_refusal(step.actor, claim, since=SHOWN_VERBS)
    if refusal:
        raise MoveForbiddenError(f"{claim}: {refusal}")
    return claim, status
