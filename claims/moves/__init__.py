"""The one door for every editorial act: moves, and the trace of desk edits."""

from .anchors import decide_anchor
from .applicability import eyes_refusal, missing_for, objection
from .edits import record_edit
from .engine import make_move, moves_for
from .errors import MoveError, MoveForbiddenError, MoveRefusedError, StaleMoveError
from .news import settle
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
    "decide_anchor",
    "eyes_refusal",
    "make_move",
    "missing_for",
    "moves_for",
    "next_look",
    "objection",
    "record_edit",
    "record_review",
    "settle",
    "shown_content",
    "shown_digest",
]
