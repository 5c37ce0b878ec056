"""Dates: as the field writes them (EDTF), and as newspapers do (“last Thursday”)."""

from .edtf import Bounds, EdtfError, edtf_bounds, edtf_of
from .finding import DateMention, find_dates
from .resolving import Resolved, resolve

__all__ = [
    "Bounds",
    "DateMention",
    "EdtfError",
    "Resolved",
    "edtf_bounds",
    "edtf_of",
    "find_dates",
    "resolve",
]
