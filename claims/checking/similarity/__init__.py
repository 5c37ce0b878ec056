"""Has this been checked before? Ranks claims by how well they fit what somebody asks."""

from .differing import Difference
from .matching import Candidate
from .ranking import Likeness, rank
from .rarity import weight
from .stems import beginnings_of, stem
from .words import Asked, Word, words_of_post

__all__ = [
    "Asked",
    "Candidate",
    "Difference",
    "Likeness",
    "Word",
    "beginnings_of",
    "rank",
    "stem",
    "weight",
    "words_of_post",
]
