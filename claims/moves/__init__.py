"""The one door for every editorial act: moves, and the trace of desk edits."""

from .anchors import decide_anchor
from .applicability import eyes_refusal, missing_for, objection
from .copies import seal_copy
from .edits import record_edit
from .engine import make_move, moves_for
from .errors import MoveError, MoveForbiddenError, MoveRefusedError, StaleMoveError
from .links import (
    ask_for_look,
    lift_link,
    overrule_link,
    settle_link,
    take_over_address,
)
from .news import settle
from .pairs import decide_pair
from .quotations import confirm_by_eye, take_over_check
from .requests import erase_request, settle_request
from .reviews import next_look, record_review
from .shown import shown_content, shown_digest
from .steps import ReleaseDetails, ReviewDetails

__all__ = [
    "MoveError",
    "MoveForbiddenError",
    "MoveRefusedError",
    "ReleaseDetails",
    "ReviewDetails",
    "StaleMoveError",
    "ask_for_look",
    "confirm_by_eye",
    "decide_anchor",
    "decide_pair",
    "erase_request",
    "eyes_refusal",
    "lift_link",
    "make_move",
    "missing_for",
    "moves_for",
    "next_look",
    "objection",
    "overrule_link",
    "record_edit",
    "record_review",
    "seal_copy",
    "settle",
    "settle_link",
    "settle_request",
    "shown_content",
    "shown_digest",
    "take_over_address",
    "take_over_check",
]
