"""The tables of one search index, which no model stands for: for several migrations."""

from typing import Any

from django.db.migrations.operations.base import Operation

_SQLITE = (
    "CREATE TABLE {name} (id integer PRIMARY KEY, public_id varchar(10) NOT NULL "
    "UNIQUE, moment bigint NOT NULL, digest varchar(16) NOT NULL)",
    "CREATE TABLE {name}_terms (term varchar(64) PRIMARY KEY, "
    "entries bigint NOT NULL) WITHOUT ROWID",
    "CREATE VIRTUAL TABLE {name}_texts USING fts5("
    "text, summary, quoted, beside, tokenize = 'ascii')",
)
_POSTGRESQL = (
    "CREATE TABLE {name} (id bigint PRIMARY KEY, public_id varchar(10) NOT NULL "
    "UNIQUE, moment bigint NOT NULL, digest varchar(16) NOT NULL, "
    "terms tsvector NOT NULL)",
    # Read at each step of a walk: kept in the row and not packed, as far as it fits.
    "ALTER TABLE {name} ALTER COLUMN terms SET STORAGE EXTERNAL",
    "ALTER TABLE {name} SET (toast_tuple_target = 8160)",
    "CREATE INDEX {name}_gin ON {name} USING gin (terms)",
    # Beginnings of words are compared as bytes, as SQLite does.
    'CREATE TABLE {name}_terms (term varchar(64) COLLATE "C" PRIMARY KEY, '
    "entries bigint NOT NULL)",
)


class MakeIndex(Operation):
    """Make the tables of one index, which no model stands for."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str) -> None:
        self.name = name

    def state_forwards(self, app_label: str, state: Any) -> None: ...

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for statement in _SQLITE if is_sqlite else _POSTGRESQL:
            schema_editor.execute(statement.format(name=self.name))

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        is_sqlite = schema_editor.connection.vendor == "sqlite"
        for suffix in ("", "_terms", *(["_texts"] if is_sqlite else [])):
            schema_editor.execute(f"DROP TABLE {self.name}{suffix}")

    def describe(self) -> str:
        return f"Make the search index {self.name}"
