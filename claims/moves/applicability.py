"""Whether a move fits its subject as it is: asked by the move and by the desk.

State and permission are the table's; here is what rows must be queried for.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.record import PublishedClaim
from claims.models.releases import Release
from claims.permissions import four_eyes_refusal
from claims.workflow.completeness import missing_for_submission, missing_permission
from claims.workflow.moves import Move
from claims.workflow.words import ClaimState

from .shown import shown_digest
from .submission import is_name_permitted, submission_facts


def eyes_refusal(move: Move, subject: Any, actor: Any) -> str:
    """Say why this actor's eyes are not a second pair for the move; "" if they are."""
    if not move.four_eyes:
        return ""
    return four_eyes_refusal(actor, subject.claim, subject.author_id)


def objection(move: Move, subject: Any) -> str:
    """Say why the move has no place on the subject as it is; "" if it has one.

    Pages do not offer a move with an objection; tried all the same, it is refused.
    """
    judge = _OBJECTIONS.get(move.key)
    return judge(subject) if judge else ""


def missing_for(move: Move, subject: Any) -> list[str]:
    """Return, as sentences, what must be done before the move; empty when ready.

    Pages offer such a move and tell this beforehand.
    """
    judge = _MISSING.get(move.key)
    return judge(subject) if judge else []


def _to_hold_back(claim: Claim) -> str:
    if _is_listed(claim):
        return _("This claim is listed already; it cannot be held back.")
    if claim.is_held_back:
        return _("This claim is held back already.")
    return ""


def _to_stop_holding(claim: Claim) -> str:
    return "" if claim.is_held_back else _("This claim is not held back.")


def _to_recheck(claim: Claim) -> str:
    if claim.published_assessment is None:
        return _("Only a published claim can be put under re-check.")
    if claim.rechecking_since is not None:
        return _("This claim is under re-check already.")
    return ""


def _to_end_recheck(claim: Claim) -> str:
    if claim.rechecking_since is None:
        return _("This claim is not under re-check.")
    if claim.open_assessment is not None:
        return _("Publish or discard the open assessment: that ends the re-check.")
    return ""


def _to_retract(claim: Claim) -> str:
    if _is_listed(claim):
        return ""
    return _("Nothing of this claim is public. Discard it instead.")


def _to_take_down(claim: Claim) -> str:
    if _is_known(claim):
        return ""
    return _("Nothing of this claim is public. Discard it instead.")


def _to_discard(claim: Claim) -> str:
    if _is_known(claim):
        return _("Readers know this claim. Retract it instead.")
    return ""


def _to_release_fields(subject: Any) -> str:
    kind = str(subject._meta.model_name)
    newest = Release.objects.newest(kind, subject.public_id)
    if newest is None:
        return _(
            "Readers do not know it yet: it is released with the claims that name it."
        )
    if newest.digest == shown_digest(subject):
        return _("Nothing public has changed since the last release.")
    return ""


def _is_listed(claim: Claim) -> bool:
    return PublishedClaim.objects.listed().filter(pk=claim.public_id).exists()


def _is_known(claim: Claim) -> bool:
    return Release.objects.of("claim", claim.public_id).exists()


def _missing_in_assessment(assessment: Assessment) -> list[str]:
    return missing_for_submission(submission_facts(assessment))


def _missing_for_publication(assessment: Assessment) -> list[str]:
    claim = assessment.claim
    if claim.state != ClaimState.WORKING:
        return [_("This claim is no longer worked on.")]
    if not claim.article.is_released:
        return [
            _("Release the article “%(article)s” first: its claims follow it.")
            % {"article": claim.article}
        ]
    return missing_permission(assessment.asked_by, is_name_permitted(assessment))


def _missing_for_release(article: Article) -> list[str]:
    if article.newest_copy is None:
        return [_("Store a copy of the article's text first: claims stand in it.")]
    return []


_OBJECTIONS: dict[tuple[str, str], Callable[[Any], str]] = {
    ("claim", "hold_back"): _to_hold_back,
    ("claim", "stop_holding"): _to_stop_holding,
    ("claim", "recheck"): _to_recheck,
    ("claim", "end_recheck"): _to_end_recheck,
    ("claim", "retract"): _to_retract,
    ("claim", "take_down"): _to_take_down,
    ("claim", "discard"): _to_discard,
    ("source", "release"): _to_release_fields,
    ("document", "release"): _to_release_fields,
}
_MISSING: dict[tuple[str, str], Callable[[Any], list[str]]] = {
    ("assessment", "submit"): _missing_in_assessment,
    ("assessment", "sign_off"): _missing_in_assessment,
    ("assessment", "publish"): _missing_for_publication,
    ("article", "release"): _missing_for_release,
}
