"""Which moves make sense now, beyond state and permission, for the links on a page.

The moves themselves refuse the others with a sentence; a page need not offer them.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from claims.models import Claim, PublishedClaim, Release
from claims.moves import shown_digest
from claims.moves.assessments import submission_facts
from claims.workflow.completeness import missing_for_submission
from claims.workflow.moves import Move


def is_applicable(move: Move, subject: Any) -> bool:
    """Say whether a move would change anything about the subject as it is."""
    judge = _JUDGES.get(move.key)
    return judge is None or judge(subject)


def foreseen(move: Move, subject: Any) -> list[str]:
    """Return what the move would be refused for, told before it is tried."""
    if move.key in (("assessment", "submit"), ("assessment", "sign_off")):
        return missing_for_submission(submission_facts(subject))
    if move.key == ("assessment", "publish") and not subject.claim.article.is_released:
        return [
            _("Release the article “%(article)s” first: its claims follow it.")
            % {"article": subject.claim.article}
        ]
    if move.key == ("article", "release") and subject.newest_copy is None:
        return [_("Store a copy of the article's text first: claims stand in it.")]
    return []


def _is_listed(claim: Claim) -> bool:
    return PublishedClaim.objects.listed().filter(pk=claim.public_id).exists()


def _is_known(claim: Claim) -> bool:
    return Release.objects.of("claim", claim.public_id).exists()


def _is_published(claim: Claim) -> bool:
    return claim.published_assessment is not None


def _differs_from_release(subject: Any) -> bool:
    kind = str(subject._meta.model_name)
    newest = Release.objects.newest(kind, subject.public_id)
    return newest is not None and newest.digest != shown_digest(subject)


_JUDGES: dict[tuple[str, str], Callable[[Any], bool]] = {
    ("claim", "hold_back"): lambda claim: (
        not claim.is_held_back and not _is_listed(claim)
    ),
    ("claim", "stop_holding"): lambda claim: claim.is_held_back,
    ("claim", "recheck"): lambda claim: (
        claim.rechecking_since is None and _is_published(claim)
    ),
    ("claim", "end_recheck"): lambda claim: (
        claim.rechecking_since is not None and claim.open_assessment is None
    ),
    ("claim", "retract"): _is_listed,
    ("claim", "take_down"): _is_known,
    ("claim", "discard"): lambda claim: not _is_known(claim),
    ("source", "release"): _differs_from_release,
    ("document", "release"): _differs_from_release,
}
