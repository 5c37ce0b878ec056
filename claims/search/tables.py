"""The two indexes, by the names of their tables. Migrations make the tables.

Each index has an entry for each claim it holds (``entries``), with the number by which
newer ones are told, a digest of what was indexed, and on PostgreSQL the indexed terms.
On SQLite these are in a full-text table (``texts``). ``terms``: in how many entries each
term stands.
"""

from dataclasses import dataclass

#: What an entry has, the most telling first: the claim; its summary; words quoted of the
#: article and of evidence; rationale, sources and titles.
COLUMNS = ("text", "summary", "quoted", "beside")
#: How much a word counts there.
WEIGHTS = (8.0, 4.0, 2.0, 1.0)


@dataclass(frozen=True)
class Index:
    """One index: what readers find, or what the desk finds."""

    name: str

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
INDEXES = (PUBLIC, DESK)
#: No entry has such a number.
LAST = 2**62
#: All these tables have names that begin so; what is in them follows from others.
PREFIX = "claims_search_"
