"""What is found in a database, by plain SQL: it may be older than our models."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.migrations.loader import MigrationLoader

from claims.models import Capture, EventHead, StoredCopy
from claims.search import PREFIX

from .manifest import BackupError

#: Executes one statement and returns its rows.
Run = Callable[[str], list[Any]]


@dataclass(frozen=True)
class DatabaseFacts:
    """What a database holds at one moment.

    ``counts``: rows per table, but for those of the search indexes, which follow from
    others and are not the same on every database. ``migrations``: per app the newest applied. ``chain``:
    number and hash of the newest event. ``evidence``: name in the file storage →
    SHA-256 noted for it ("" where none was).
    """

    counts: dict[str, int]
    migrations: dict[str, list[str]]
    chain: dict[str, int | str]
    evidence: dict[str, str]


def read_facts(run: Run, tables: list[str]) -> DatabaseFacts:
    # Only names of tables are put into statements, and they come from the database.
    # ruff: noqa: S608
    copies, head = StoredCopy._meta.db_table, EventHead._meta.db_table
    if not {copies, head, "django_migrations"} <= set(tables):
        raise BackupError(
            "The database does not hold the tracker's tables: run `manage.py migrate`."
        )
    sequence, newest = run(f"SELECT sequence, hash FROM {head} WHERE id = 1")[0]
    evidence = run(f"SELECT file, raw_sha256 FROM {copies} WHERE file <> ''")
    if Capture._meta.db_table in tables:  # of one migration with the WARC files
        evidence += run(f"SELECT warc, warc_sha256 FROM {copies} WHERE warc <> ''")
    counted = [name for name in tables if not name.startswith(PREFIX)]
    return DatabaseFacts(
        counts={name: run(f'SELECT count(*) FROM "{name}"')[0][0] for name in counted},
        migrations=migration_heads(run("SELECT app, name FROM django_migrations")),
        chain={"sequence": sequence, "hash": newest},
        evidence=dict(sorted(evidence)),
    )


def migration_heads(applied: Iterable[Any]) -> dict[str, list[str]]:
    """Return, per app, the applied migrations that no applied one comes after."""
    known = MigrationLoader(None).graph.node_map
    keys = {(app, name) for app, name in applied}
    passed = {
        parent.key
        for key in keys & set(known)
        for parent in known[key].parents
        if parent.key[0] == key[0]
    }
    heads: dict[str, list[str]] = {}
    for app, name in sorted(keys - passed):
        heads.setdefault(app, []).append(name)
    return heads


def unknown_migrations(heads: dict[str, list[str]]) -> list[str]:
    """Return those of the migrations that this version's code does not have."""
    known = MigrationLoader(None).disk_migrations
    return [
        f"{app}.{name}"
        for app, names in sorted(heads.items())
        for name in names
        if (app, name) not in known
    ]


def missing_migrations(heads: dict[str, list[str]]) -> list[str]:
    """Return the code's newest migrations that are not among those applied."""
    ours = migration_heads(MigrationLoader(None).graph.nodes)
    return [
        f"{app}.{name}"
        for app, names in sorted(ours.items())
        for name in names
        if name not in heads.get(app, [])
    ]
