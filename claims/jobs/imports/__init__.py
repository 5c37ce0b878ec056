"""Imports of claims: a file is checked whole, then written batch by batch, or undone."""

from .checking import UNNAMED_ORIGIN, File, stage, throw_away
from .columns import CITATION_COLUMNS, CLAIM_COLUMNS
from .errors import ImportRefusedError
from .running import (
    BATCH_ROWS,
    begin,
    begin_undoing,
    carry_on,
    carry_on_unfinished,
    forget_unbegun,
)

__all__ = [
    "BATCH_ROWS",
    "CITATION_COLUMNS",
    "CLAIM_COLUMNS",
    "UNNAMED_ORIGIN",
    "File",
    "ImportRefusedError",
    "begin",
    "begin_undoing",
    "carry_on",
    "carry_on_unfinished",
    "forget_unbegun",
    "stage",
    "throw_away",
]
