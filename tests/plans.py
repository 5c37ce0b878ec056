"""How a database goes about a query: along an index, or through everything."""

from django.db import connection, transaction

#: PostgreSQL reads a small table as a whole, unless it must not.
ONLY_INDEXES = "; ".join(
    f"SET LOCAL enable_{way} = off"
    for way in (
        *("seqscan", "bitmapscan", "sort", "incremental_sort"),
        *("hashjoin", "mergejoin", "hashagg"),
    )
)


def plan_of(sql: str) -> str:
    """Return the plan that a database makes for a query of large tables."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(ONLY_INDEXES)
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row[-1]) for row in cursor)


def assert_led_by_an_index(sql: str) -> None:
    """Fail where a query reads a whole table, or sorts what it found."""
    plan = plan_of(sql)
    for fault in ("TEMP B-TREE", "SCAN ", "Seq Scan", "Sort"):
        assert fault not in plan, plan
