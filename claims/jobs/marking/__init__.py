"""Marking: from the text of an article to claims at their passages, by a person.

Suggestions are proposals; every claim here was wanted by somebody, who is its author.
"""

from .appearances import add_appearance, move_boundaries
from .backgrounds import lift_background, mark_background
from .claims import Marking
from .decisions import accept, as_proposed, mark_claim, reject, take_back
from .errors import MarkingError, NewSourceError
from .naming import NamedSource, called, named, resembling
from .places import Place, place_in
from .proposals import Proposal, proposal_at, proposal_of
from .splitting import split
from .suggestions import Suggested, suggest

__all__ = [
    "Marking",
    "MarkingError",
    "NamedSource",
    "NewSourceError",
    "Place",
    "Proposal",
    "Suggested",
    "accept",
    "add_appearance",
    "as_proposed",
    "called",
    "lift_background",
    "mark_background",
    "mark_claim",
    "move_boundaries",
    "named",
    "place_in",
    "proposal_at",
    "proposal_of",
    "reject",
    "resembling",
    "split",
    "suggest",
    "take_back",
]
