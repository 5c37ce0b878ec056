"""Is this quotation in this text? A verdict, the place, and what differs."""

from .checking import QuotationChecker, check_quotation
from .match import VERSION, Flag, Page, QuotationMatch, Reason, Verdict

__all__ = [
    "VERSION",
    "Flag",
    "Page",
    "QuotationChecker",
    "QuotationMatch",
    "Reason",
    "Verdict",
    "check_quotation",
]
