"""The desk beside the stock admin: list, search, and a claim with 20 citations."""

from collections.abc import Iterator, Mapping

from tests.benchmarks.town import WORDS
from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.client import measured
from tests.benchmarks.versus.figures import CPU, OURS, STOCK, Row, Value
from tests.benchmarks.versus.places import Database
from tests.benchmarks.versus.reads import ADDRESSES

TITLE = "The desk and the stock admin"
LIMITS_MS = {"list": 120, "search": 150, "change page": 150}
LIMIT_KILOBYTES = 300
#: Rows on a page of the stock admin; of ours there are as many or more.
PER_PAGE = 100
CITED = """
SELECT claim_id FROM {table} GROUP BY claim_id
HAVING count(*) >= {citations} ORDER BY claim_id LIMIT 10
"""
#: Of each system: where its claims are, and the table of its citations.
SYSTEMS = {
    "us": ("/admin/claims/claim/", "claims_citation"),
    "stock": ("/admin/stock/claim/", "stock_citation"),
}


def rows(bench: Bench) -> Iterator[Row]:
    found: dict[str, dict[str, Value]] = {name: {} for name in LIMITS_MS}
    for kind in bench.kinds:
        measure(bench, "us", OURS[kind], bench.desk(kind), found)
    for kind in bench.kinds if bench.with_others else ():
        stock = bench.stock(kind, bench.desk_claims)
        measure(bench, "stock", STOCK[kind], stock, found)
    many = f"{bench.desk_claims:,} claims"
    for name, values in found.items():
        yield Row(f"desk, {name}, {many}", CPU, values, LIMITS_MS[name])
    yield Row("desk, change page: size", "kB", sizes(found), LIMIT_KILOBYTES)


def measure(
    bench: Bench,
    system: str,
    title: str,
    database: Database,
    found: Mapping[str, dict[str, Value]],
) -> None:
    serve = bench.serve_us if system == "us" else bench.serve_stock
    with serve(database) as site:
        editor = bench.editor_of(site)
        for name, paths in addresses(system, database).items():
            found[name][title] = measured(site, paths, bench.requests, editor)
            bench.places.say(f"  {title}: {name} {found[name][title].number:.1f} ms")


def addresses(system: str, database: Database) -> dict[str, list[str]]:
    place, table = SYSTEMS[system]
    statement = CITED.format(table=table, citations=20)
    few = CITED.format(table=table, citations=1)
    cited = database.rows(statement) or database.rows(few)
    ((claims,),) = database.rows(
        f"SELECT count(*) FROM {table.partition('_')[0]}_claim"
    )
    pages = min(ADDRESSES, max(1, claims // PER_PAGE))
    return {
        "list": [f"{place}?p={page}" for page in range(1, pages + 1)],
        "search": [f"{place}?q={word}" for word in WORDS[:ADDRESSES]],
        "change page": [f"{place}{key}/change/" for (key,) in cited],
    }


def sizes(found: Mapping[str, Mapping[str, Value]]) -> dict[str, Value]:
    return {
        title: Value(float(value.details["kilobytes"]))
        for title, value in found["change page"].items()
    }
