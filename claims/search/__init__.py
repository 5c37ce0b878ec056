"""Search: one interface, with SQLite's FTS5 and PostgreSQL's text search behind it.

Two indexes of claims: what readers find (``PUBLIC``), kept in step by ``publishing``,
and what the desk finds (``DESK``), kept in step by ``moves`` and the loader.
"""

from .finding import (
    MAX_MATCHES,
    Found,
    containing_any,
    find,
    find_at_desk,
    frequencies,
)
from .highlights import missing_in, places_of
from .queries import Query, Unit, understand
from .rebuilding import OutOfStep, fill_if_empty, numbers, out_of_step, rebuild
from .similar import Similar, similar, similar_at_desk
from .tables import DESK, INDEXES, PREFIX, PUBLIC, Index
from .writing import write_desk, write_entries, write_public, write_public_rows

__all__ = [
    "DESK",
    "INDEXES",
    "MAX_MATCHES",
    "PREFIX",
    "PUBLIC",
    "Found",
    "Index",
    "OutOfStep",
    "Query",
    "Similar",
    "Unit",
    "containing_any",
    "fill_if_empty",
    "find",
    "find_at_desk",
    "frequencies",
    "missing_in",
    "numbers",
    "out_of_step",
    "places_of",
    "rebuild",
    "similar",
    "similar_at_desk",
    "understand",
    "write_desk",
    "write_entries",
    "write_public",
    "write_public_rows",
]
