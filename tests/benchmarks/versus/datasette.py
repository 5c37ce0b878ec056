"""The same claims as a file for Datasette: one table, indexes, full-text search."""

import sqlite3
from contextlib import closing
from pathlib import Path

TABLE = """
CREATE TABLE claims (
  id TEXT PRIMARY KEY, text TEXT, summary TEXT, rationale TEXT, status TEXT,
  attribution_check TEXT, source TEXT, article TEXT, said TEXT, changed TEXT
)
"""
ROWS = """
INSERT INTO claims
SELECT claim.public_id, claim.text, claim.summary,
       coalesce(json_extract(claim.content, '$.assessment.rationale'), ''),
       claim.status, claim.attribution_check, source.slug, article.slug,
       claim.said_from, claim.changed_at
FROM record.claims_publishedclaim AS claim
JOIN record.claims_publishedsource AS source ON source.public_id = claim.source_id
JOIN record.claims_publishedarticle AS article ON article.public_id = claim.article_id
ORDER BY claim.public_id
"""
INDEXED = ("status", "attribution_check", "source", "article", "said", "changed")
#: What `datasette` and `sqlite-utils enable-fts` make of four columns.
SEARCH = """
CREATE VIRTUAL TABLE claims_fts
USING fts5 (text, summary, rationale, source, content='claims');
INSERT INTO claims_fts (rowid, text, summary, rationale, source)
SELECT rowid, text, summary, rationale, source FROM claims;
"""


def make_file(record: Path, file: Path) -> None:
    """Copy the claims of a SQLite record into a new file."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA synchronous=OFF")
        database.execute("ATTACH ? AS record", [f"file:{record}"])
        database.execute(TABLE)
        database.execute(ROWS)
        for column in INDEXED:
            database.execute(f"CREATE INDEX claims_{column} ON claims ({column})")
        database.executescript(SEARCH)
        database.execute("ANALYZE main")
        database.commit()
