"""Suggests an article's statements: what is stated, by whom, through whom, when."""

from .guesses import claim_kind, source_kind, statement_of
from .suggesting import suggest_claims
from .suggestions import SuggestedDate, Suggestion
from .worth import ESTIMATE

__all__ = [
    "ESTIMATE",
    "SuggestedDate",
    "Suggestion",
    "claim_kind",
    "source_kind",
    "statement_of",
    "suggest_claims",
]
