"""Search: one interface, with SQLite's FTS5 and PostgreSQL's text search behind it.

Two indexes of claims: what readers find (``PUBLIC``), kept in step by ``publishing``,
and what the desk finds (``DESK``), kept in step by ``moves`` and the loader. Beside
them, for readers and by ``publishing`` too, one each of the public sources, documents
and articles by their names, and of corrected claims by what notices say.
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
from .rebuilding import OutOfStep, fill_if_empty, made, numbers, out_of_step, rebuild
from .similar import Similar, similar, similar_at_desk
from .tables import (
    ARTICLES,
    CORRECTIONS,
    DESK,
    DOCUMENTS,
    INDEXES,
    PREFIX,
    PUBLIC,
    SOURCES,
    Index,
)
from .writing import write, write_desk, write_entries, write_public, write_public_rows

__all__ = [
    "ARTICLES",
    "CORRECTIONS",
    "DESK",
    "DOCUMENTS",
    "INDEXES",
    "MAX_MATCHES",
    "PREFIX",
    "PUBLIC",
    "SOURCES",
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
    "made",
    "missing_in",
    "numbers",
    "out_of_step",
    "places_of",
    "rebuild",
    "similar",
    "similar_at_desk",
    "understand",
    "write",
    "write_desk",
    "write_entries",
    "write_public",
    "write_public_rows",
]
