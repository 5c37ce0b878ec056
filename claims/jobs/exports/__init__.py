"""Exports of claims: the record for readers' programs, drafts for another desk."""

from claims.models.choosing import chosen_claims

from .desk import NotForOthersError, chosen_drafts, desk_table, draft_table
from .files import FORMATS, whole_file, write_table
from .record import record_lines, record_table

__all__ = [
    "FORMATS",
    "NotForOthersError",
    "chosen_claims",
    "chosen_drafts",
    "desk_table",
    "draft_table",
    "record_lines",
    "record_table",
    "whole_file",
    "write_table",
]
