"""How a move can fail; each carries sentences meant for the person who tried."""

from collections.abc import Sequence


class MoveError(Exception):
    """A move was not made; nothing was changed."""

    def __init__(self, reasons: Sequence[str] | str) -> None:
        self.reasons = [reasons] if isinstance(reasons, str) else list(reasons)
        super().__init__(" ".join(self.reasons))


class MoveRefusedError(MoveError):
    """Something is missing, or the subject is not in a state to start from."""


class MoveForbiddenError(MoveError):
    """This person may not make the move; the sentence says who may."""


class StaleMoveError(MoveError):
    """What the person was shown is no longer what is there."""
