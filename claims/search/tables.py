"""The indexes, by the names of their tables. Migrations make the tables.

Each index has an entry for each thing it holds (``entries``), with the number by which
newer ones are told, a digest of what was indexed, and on PostgreSQL the indexed terms.
On SQLite these are in a full-text table (``texts``). ``terms``: in how many entries each
term stands.
"""

from dataclasses import dataclass

#: What an entry has, the most telling first. Of a claim: its text; its summary; words
#: quoted of the article and of evidence; rationale, sources and titles. Of what has a
#: name: that, and beside it other names or the publisher. Of a corrected claim: its
#: notices, then the claim.
COLUMNS = ("text", "summary", "quoted", "beside")
#: How much a word counts there.
WEIGHTS = (8.0, 4.0, 2.0, 1.0)


@dataclass(frozen=True)
class Index:
    """One index: what readers find in one of their lists, or what the desk finds.

    ``things``: what has an entry, in a word of several.
    """

    name: str
    things: str = "claims"

    @property
    def entries(self) -> str:
        return f"claims_search_{self.name}"

    @property
    def texts(self) -> str:
        return f"{self.entries}_texts"

    @property
    def terms(self) -> str:
        return f"{self.entries}_terms"


PUBLIC = Index("public")
DESK = Index("desk")
SOURCES = Index("sources", "sources")
DOCUMENTS = Index("documents", "documents")
ARTICLES = Index("articles", "articles")
CORRECTIONS = Index("corrections", "corrected claims")
#: Of what readers find beside claims.
NAMES = (SOURCES, DOCUMENTS, ARTICLES)
INDEXES = (PUBLIC, DESK, *NAMES, CORRECTIONS)
#: No entry has such a number.
LAST = 2**62
#: All these tables have names that begin so; what is in them follows from others.
PREFIX = "claims_search_"
