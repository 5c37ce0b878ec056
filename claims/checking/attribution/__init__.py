"""Suggests an article's statements: what is stated, by whom, through whom, when."""

from .suggesting import suggest_claims
from .suggestions import SuggestedDate, Suggestion

__all__ = ["SuggestedDate", "Suggestion", "suggest_claims"]
