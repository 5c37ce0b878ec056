"""Database triggers that refuse to change, delete or empty the event log."""

from django.db import connections

_SQLITE = {
    "claims_event_no_update": (
        "CREATE TRIGGER IF NOT EXISTS claims_event_no_update "
        "BEFORE UPDATE ON claims_event "
        "BEGIN SELECT RAISE(ABORT, 'Events are only ever added.'); END"
    ),
    "claims_event_no_delete": (
        "CREATE TRIGGER IF NOT EXISTS claims_event_no_delete "
        "BEFORE DELETE ON claims_event "
        "BEGIN SELECT RAISE(ABORT, 'Events are only ever added.'); END"
    ),
    # INSERT OR REPLACE deletes the row in its way without asking the trigger above.
    "claims_event_no_replace": (
        "CREATE TRIGGER IF NOT EXISTS claims_event_no_replace "
        "BEFORE INSERT ON claims_event WHEN EXISTS (SELECT 1 FROM claims_event "
        "WHERE sequence = NEW.sequence OR hash = NEW.hash "
        "OR previous_hash = NEW.previous_hash) "
        "BEGIN SELECT RAISE(ABORT, 'Events are only ever added.'); END"
    ),
}
_POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION claims_event_refuse() RETURNS trigger AS $$ "
    "BEGIN RAISE EXCEPTION 'Events are only ever added.'; END $$ LANGUAGE plpgsql"
)
_POSTGRESQL = {
    f"claims_event_no_{verb.lower()}": (
        f"CREATE OR REPLACE TRIGGER claims_event_no_{verb.lower()} "
        f"BEFORE {verb} ON claims_event "
        "FOR EACH STATEMENT EXECUTE FUNCTION claims_event_refuse()"
    )
    for verb in ("UPDATE", "DELETE", "TRUNCATE")
}


def install_triggers(using: str = "default") -> None:
    """Create the triggers that are missing; harmless to call again."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for statement in _wanted(connection.vendor).values():
            cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """Return the names of the triggers that are not there."""
    connection = connections[using]
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {row[0] for row in cursor.fetchall()}
    return sorted(set(_wanted(connection.vendor)) - found)


def drop_triggers(using: str = "default") -> None:
    """Lift the triggers: for tests that tamper with events, and nothing else."""
    connection = connections[using]
    suffix = " ON claims_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _wanted(connection.vendor):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def _wanted(vendor: str) -> dict[str, str]:
    return _POSTGRESQL if vendor == "postgresql" else _SQLITE
