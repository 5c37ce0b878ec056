"""The one door for every editorial act: moves, and the trace of desk edits."""

from .anchors import decide_anchor
from .applicability import eyes_refusal, missing_for, objection
from .edits import record_edit
from .engine import make_move, moves_for
from .errors import MoveError, MoveForbiddenError, MoveRefusedError, StaleMoveError
from .news import settle
from .requests import erase_request, settle_request
from .shown import shown_content, shown_digest
from .steps import ReleaseDetails

__all__ = [
    "MoveError",
    "MoveForbiddenError",
    "MoveRefusedError",
    "ReleaseDetails",
    "StaleMoveError",
    "decide_anchor",
    "erase_request",
    "eyes_refusal",
    "make_move",
    "missing_for",
    "moves_for",
    "objection",
    "record_edit",
    "settle",
    "settle_request",
    "shown_content",
    "shown_digest",
]
