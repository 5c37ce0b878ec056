"""The page of one claim: our status page, a detail view, Datasette's page of a row."""

from collections.abc import Iterator

from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.figures import DATASETTE, OURS, Row, Value
from tests.benchmarks.versus.reads import Case, read_rows

TITLE = "The page of one claim, made anew for each request"
LIMIT_MS = 6


def rows(bench: Bench) -> Iterator[Row]:
    case = Case(
        "status page",
        {
            "us": lambda facts: [f"/claims/{claim}/" for claim in facts.claims],
            "stock": lambda facts: [f"/claims/{claim}/" for claim in facts.claims],
            "datasette": lambda facts: [
                f"/datasette/claims/{claim}" for claim in facts.claims
            ],
        },
        LIMIT_MS,
        "a stock detail view shows the claim, its citations and nothing else",
    )
    (row,) = read_rows(bench, [case])
    yield row
    if DATASETTE in row.values:
        other = row.values[DATASETTE].number
        ratios = {
            title: Value(row.values[title].number / other)
            for title in OURS.values()
            if title in row.values
        }
        yield Row("status page: against Datasette's row page", "×", ratios, 1)
