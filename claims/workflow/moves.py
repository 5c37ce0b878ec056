"""The table of moves: from which state, to which, who may, and what it takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .words import ArticleState, AssessmentState, ClaimState

EVERY_STATE: frozenset[str] = frozenset({"*"})


@dataclass(frozen=True)
class Move:
    """One editorial act that a person may do to one subject.

    ``sources`` are the states it may start from (``{"*"}``: any), ``target`` the
    state it ends in (``None``: the state stays). ``permission`` is a codename in
    the app ``claims``. ``four_eyes``: whoever edited since the last publication
    is refused.
    """

    subject: str
    name: str
    label: Promise
    sources: frozenset[str]
    target: str | None
    permission: str
    needs_reason: bool = False
    four_eyes: bool = False
    is_public_act: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return (self.subject, self.name)

    def starts_from(self, state: str) -> bool:
        return self.sources == EVERY_STATE or state in self.sources


def _states(states: Iterable[str]) -> frozenset[str]:
    return frozenset(str(state) for state in states)


_A, _C = AssessmentState, ClaimState
_WORKING = _states([_C.WORKING])

_TABLE = (
    Move(
        "assessment",
        "submit",
        _("Submit for sign-off"),
        _states([_A.DRAFT, _A.RETURNED]),
        _A.SUBMITTED,
        "submit_assessment",
    ),
    Move(
        "assessment",
        "return",
        _("Return to the author"),
        _states([_A.SUBMITTED, _A.SIGNED_OFF]),
        _A.RETURNED,
        "return_assessment",
        needs_reason=True,
    ),
    Move(
        "assessment",
        "sign_off",
        _("Sign off"),
        _states([_A.SUBMITTED]),
        _A.SIGNED_OFF,
        "sign_assessment",
        four_eyes=True,
    ),
    Move(
        "assessment",
        "publish",
        _("Publish"),
        _states([_A.SIGNED_OFF]),
        _A.PUBLISHED,
        "publish_assessment",
        four_eyes=True,
        is_public_act=True,
    ),
    Move(
        "assessment",
        "withdraw",
        _("Withdraw"),
        _states([_A.PUBLISHED]),
        _A.WITHDRAWN,
        "withdraw_assessment",
        needs_reason=True,
        is_public_act=True,
    ),
    Move(
        "assessment",
        "discard",
        _("Discard the draft"),
        _states([_A.DRAFT, _A.SUBMITTED, _A.RETURNED]),
        _A.DISCARDED,
        "discard_assessment",
    ),
    Move(
        "article",
        "release",
        _("Release"),
        _states(ArticleState.values),
        ArticleState.RELEASED,
        "release_article",
        is_public_act=True,
    ),
    Move(
        "article",
        "clear",
        _("Clear"),
        _states([ArticleState.RELEASED]),
        ArticleState.CLEARED,
        "clear_article",
        is_public_act=True,
    ),
    Move(
        "claim",
        "hold_back",
        _("Hold back from release"),
        _WORKING,
        None,
        "hold_back_claim",
        needs_reason=True,
    ),
    Move(
        "claim",
        "stop_holding",
        _("Stop holding back"),
        _WORKING,
        None,
        "hold_back_claim",
    ),
    Move(
        "claim",
        "recheck",
        _("Put under re-check"),
        _WORKING,
        None,
        "recheck_claim",
        needs_reason=True,
        is_public_act=True,
    ),
    Move(
        "claim",
        "end_recheck",
        _("End the re-check"),
        _WORKING,
        None,
        "recheck_claim",
        needs_reason=True,
        is_public_act=True,
    ),
    Move(
        "claim",
        "retract",
        _("Retract"),
        _WORKING,
        _C.RETRACTED,
        "retract_claim",
        needs_reason=True,
        is_public_act=True,
    ),
    Move(
        "claim",
        "take_down",
        _("Take down"),
        _states([_C.WORKING, _C.RETRACTED]),
        _C.TAKEN_DOWN,
        "take_down_claim",
        needs_reason=True,
        is_public_act=True,
    ),
    Move(
        "claim",
        "discard",
        _("Discard"),
        _WORKING,
        _C.DISCARDED,
        "discard_claim",
        needs_reason=True,
    ),
    Move(
        "claim",
        "restore",
        _("Take up again"),
        _states([_C.DISCARDED]),
        _C.WORKING,
        "discard_claim",
    ),
    Move(
        "source",
        "release",
        _("Release changed public fields"),
        EVERY_STATE,
        None,
        "release_source",
        is_public_act=True,
    ),
    Move(
        "document",
        "release",
        _("Release changed public fields"),
        EVERY_STATE,
        None,
        "release_document",
        is_public_act=True,
    ),
)

MOVES: dict[tuple[str, str], Move] = {move.key: move for move in _TABLE}


def moves_from(subject: str, state: str) -> list[Move]:
    """Return the moves of a subject type that may start from this state."""
    return [
        move for move in _TABLE if move.subject == subject and move.starts_from(state)
    ]
