"""The search of readers: a rare word, common ones, phrases, and what is nowhere."""

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import quote_plus

from tests.benchmarks.versus.bench import Bench
from tests.benchmarks.versus.figures import Row
from tests.benchmarks.versus.reads import ADDRESSES, Case, Facts, Paths, read_rows

TITLE = "Search for words in all claims"
LIMIT_MS = 30


def rare(facts: Facts) -> Iterator[str]:
    """The number in a source's name: a word of that source's claims alone."""
    return (slug.rpartition("-")[2] for slug in facts.sources[:ADDRESSES])


def common(facts: Facts) -> list[str]:
    return facts.words[:ADDRESSES]


def phrases(facts: Facts) -> Iterator[str]:
    return (f'"{one} {other}"' for one, other in pairwise(facts.words[:ADDRESSES]))


def nowhere(_facts: Facts) -> Iterator[str]:
    return (f"xylograph{number}" for number in range(ADDRESSES))


def searched(find: Paths) -> dict[str, Paths]:
    def ours(facts: Facts) -> Iterator[str]:
        return (f"/claims/?words={quote_plus(words)}" for words in find(facts))

    def stock(facts: Facts) -> Iterator[str]:
        """Stock finds what is typed, letter by letter: a phrase is typed without marks."""
        for words in find(facts):
            yield f"/claims/?words={quote_plus(words.strip(chr(34)))}"

    def datasette(facts: Facts) -> Iterator[str]:
        for words in find(facts):
            asked = f"_search={quote_plus(words)}&_searchmode=raw"
            yield f"/datasette/claims?{asked}&_sort_desc=changed&_size=30"

    return {"us": ours, "stock": stock, "datasette": datasette}


def rows(bench: Bench) -> Iterator[Row]:
    stock = "stock looks in the claim alone, without an index"
    return read_rows(
        bench,
        [
            Case("search: a rare word", searched(rare), LIMIT_MS, stock),
            Case("search: a common word", searched(common), LIMIT_MS),
            Case("search: a phrase", searched(phrases), LIMIT_MS),
            Case("search: a word that is nowhere", searched(nowhere), LIMIT_MS),
        ],
    )
