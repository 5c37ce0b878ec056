"""Lists of claims as a reader asks for them: first page, filtered, sorted, deep."""

from collections.abc import Iterator

from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.figures import Row
from tests.benchmarks.versus.reads import ADDRESSES, STATUSES, Case, Facts, read_rows

TITLE = "Lists of claims, made anew for each request"
LIMIT_MS, TIMES_FEW = 12, 1.3
#: How deep a deep page is, where there are so many.
DEEP = 20_000
TABLE = "/datasette/claims"
NEWEST = "_sort_desc=changed&_size=30"
SORTED = ("status", "attribution_check")


def filtered(facts: Facts) -> Iterator[str]:
    """Each filter that the sites share, alone and two by two."""
    for number in range(ADDRESSES):
        status = STATUSES[number % len(STATUSES)]
        source = facts.sources[number % len(facts.sources)]
        article = facts.articles[number % len(facts.articles)]
        yield (
            f"status={status}&page={2 + number}",
            f"source={source}",
            f"article={article}",
            f"article={article}&status={status}",
        )[number % 4]


def ours_filtered(facts: Facts) -> Iterator[str]:
    return (f"/claims/?{query}" for query in filtered(facts))


def datasette_filtered(facts: Facts) -> Iterator[str]:
    for query in filtered(facts):
        plain = query.partition("&page=")[0]
        yield f"{TABLE}?{plain}&{NEWEST}"


def deep(facts: Facts) -> Iterator[str]:
    page = min(DEEP, facts.pages * 2 // 3)
    return (f"/claims/?page={max(1, page - number)}" for number in range(ADDRESSES))


def sorted_by(*columns: str) -> list[str]:
    """Each column up and down, on several pages."""
    return [
        f"/claims/?sort={sign}{column}&page={page}"
        for page in range(1, ADDRESSES // (2 * len(columns)) + 1)
        for column in columns
        for sign in ("", "-")
    ]


def cases() -> list[Case]:
    target = {"limit": LIMIT_MS, "times_few": TIMES_FEW}
    return [
        Case(
            "first page",
            {
                "us": lambda _facts: ["/claims/"],
                "stock": lambda _facts: ["/claims/"],
                "datasette": lambda _facts: [f"{TABLE}?{NEWEST}"],
            },
            **target,
        ),
        Case(
            "filtered by status, source, article",
            {
                "us": ours_filtered,
                "stock": ours_filtered,
                "datasette": datasette_filtered,
            },
            **target,
        ),
        Case(
            "sorted by each column",
            {
                "us": lambda _facts: sorted_by(*SORTED, "source_name", "said_from"),
                "stock": lambda _facts: sorted_by(*SORTED, "source", "said_on"),
                "datasette": lambda _facts: [
                    f"{TABLE}?_sort{way}={column}&_size=30"
                    for column in (*SORTED, "source", "said")
                    for way in ("", "_desc")
                ],
            },
            **target,
        ),
        Case(
            "deep page",
            {
                "us": deep,
                "stock": deep,
                "datasette": lambda facts: [
                    f"{TABLE}?_size=30&_next={claim}" for claim in facts.claims
                ],
            },
            note="Datasette pages by key and has no page numbers",
            **target,
        ),
    ]


def rows(bench: Bench) -> Iterator[Row]:
    return read_rows(bench, cases())
