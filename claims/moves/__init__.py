"""The one door for every editorial act: moves, and the trace of desk edits."""

from .anchors import decide_anchor
from .applicability import eyes_refusal, missing_for, objection
from .copies import seal_copy
from .edits import record_edit
from .engine import make_move, moves_for
from .errors import MoveError, MoveForbiddenError, MoveRefusedError, StaleMoveError
from .news import settle
from .shown import shown_content, shown_digest
from .steps import ReleaseDetails

__all__ = [
    "MoveError",
    "MoveForbiddenError",
    "MoveRefusedError",
    "ReleaseDetails",
    "StaleMoveError",
    "decide_anchor",
    "eyes_refusal",
    "make_move",
    "missing_for",
    "moves_for",
    "objection",
    "record_edit",
    "seal_copy",
    "settle",
    "shown_content",
    "shown_digest",
]
