"""Prints how well claims that were checked before are found, and in what time.

    python tests/benchmarks/similar.py --queries tweets.tsv --claims claims.tsv \
        --pairs qrels.tsv

Three plain files, UTF-8, tab separated, with or without a line of names at the head:
queries (id, text), claims (id, claim, and if you like a title), and which belong together
(query id, claim id; or "query id, 0, claim id, 1", as TREC writes it). Without files, those
of tests/data/similar are taken. A database of its own is filled with them: an empty one of
yours by --database, SQLite or PostgreSQL, else a file that is thrown away.

Beside our search stands plain BM25 over title and claim (k1 1.2, b 0.75, words in small
letters), on the same texts. "Sure": the first claim found is called a confident match.
"False": the same, when the right claims are left out, so that none may be.
"""

import argparse
import csv
import math
import re
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.fill import BEGINNING, set_up  # noqa: E402, needs the path above
from tests.benchmarks.invented import (  # noqa: E402
    CLAIMS_OF_AN_ARTICLE,
    invented_claims,
)

OWN = ROOT / "tests" / "data" / "similar"
TOP = 5
DEPTH = 10
PORTION = 2000
_HEADS = {"id", "query_id", "qid", "tweet_id", "vclaim_id", "claim_id", "query", "iid"}


@dataclass(frozen=True)
class Task:
    """What is asked, of what, and which claims answer it."""

    queries: Mapping[str, str]
    claims: Mapping[str, tuple[str, str]]
    relevant: Mapping[str, set[str]]


def read(path: Path) -> list[list[str]]:
    """Return the rows of a file, without a line of names; stop at one that is short."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if rows and rows[0][0].strip().lower() in _HEADS:
        rows = rows[1:]
    for number, row in enumerate(rows, start=1):
        if len(row) < 2:
            sys.exit(f"{path}, row {number}: two columns are needed, parted by a tab.")
    return rows


def task(queries: Path, claims: Path, pairs: Path) -> Task:
    texts = {row[0]: row[1] for row in read(queries)}
    known = {row[0]: (row[1], row[2] if len(row) > 2 else "") for row in read(claims)}
    relevant: dict[str, set[str]] = defaultdict(set)
    for row in read(pairs):
        query, claim = (row[0], row[2]) if len(row) > 3 else (row[0], row[1])
        if len(row) > 3 and row[3].strip() == "0":
            continue
        if claim not in known:
            sys.exit(f"{pairs}: the claim {claim} is not among the claims.")
        if query in texts:
            relevant[query].add(claim)
    asked = {key: text for key, text in texts.items() if relevant[key]}
    if not asked:
        sys.exit(f"{pairs}: no query has a claim.")
    return Task(asked, known, relevant)


# The database


def fill(claims: Mapping[str, tuple[str, str]], more: int) -> dict[str, str]:
    """Write claims into the record and its index; return the id of each public id."""
    from django.db import connection
    from tqdm import tqdm

    from claims.models import PublishedClaim, PublishedDocument
    from claims.search import PUBLIC, rebuild

    if PublishedClaim.objects.exists():
        sys.exit("This database has a record already; give an empty one.")
    moments = {"released_at": BEGINNING, "changed_at": BEGINNING}
    document = PublishedDocument.objects.create(
        public_id="d" * 10, title="Texts", **moments
    )
    ids = {f"{number:010}": key for number, key in enumerate(claims)}
    named = ((public_id, *claims[key]) for public_id, key in ids.items())
    write(named, document, moments)
    write(invented_claims(more), document, moments)
    with tqdm(total=len(claims) + more, desc="index") as bar:
        rebuild(PUBLIC, progress=bar.update)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return ids


def write(
    rows: Iterator[tuple[str, str, str]], document: Any, moments: dict[str, Any]
) -> None:
    from itertools import islice

    from claims.models import PublishedArticle, PublishedClaim

    while portion := list(islice(rows, PORTION)):
        titles = {article_of(row[0]): row[2] for row in portion if row[2]}
        PublishedArticle.objects.bulk_create(
            PublishedArticle(
                public_id=key, slug=key, title=title[:500], document=document, **moments
            )
            for key, title in titles.items()
        )
        PublishedClaim.objects.bulk_create(
            PublishedClaim(
                public_id=public_id,
                text=text,
                state=PublishedClaim.State.PUBLISHED,
                article_id=article_of(public_id) if title else None,
                content=content(text, article_of(public_id)),
                **moments,
            )
            for public_id, text, title in portion
        )


def article_of(public_id: str) -> str:
    """Return the id of a claim's article: invented claims share theirs."""
    if public_id.startswith("i"):
        return f"i{int(public_id[1:]) // CLAIMS_OF_AN_ARTICLE:09}"
    return f"a{public_id[1:]}"


def content(text: str, article: str) -> dict[str, Any]:
    claim = {"text": text, "article": article, "source": None}
    empty: dict[str, Any] = {"chain": [], "appearances": [], "citations": []}
    return {"claim": claim | empty, "assessment": None}


# The others


class Plain:
    """BM25 with nothing to it (Robertson and Zaragoza 2009; Lucene's idf)."""

    K1, B = 1.2, 0.75

    def __init__(self, claims: Mapping[str, tuple[str, str]]) -> None:
        self.postings: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self.lengths: dict[str, int] = {}
        for key, (claim, title) in claims.items():
            words = self.words(f"{title} {claim}")
            self.lengths[key] = len(words)
            for word, number in Counter(words).items():
                self.postings[word].append((key, number))
        self.average = sum(self.lengths.values()) / len(self.lengths)

    def words(self, text: str) -> list[str]:
        return re.findall(r"\w+", text.lower())

    def __call__(self, text: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for word in self.words(text):
            found = self.postings.get(word, [])
            n = len(found)
            idf = math.log(1 + (len(self.lengths) - n + 0.5) / (n + 0.5))
            for key, number in found:
                part = self.B * self.lengths[key] / self.average
                held_back = self.K1 * (1 - self.B + part)
                scores[key] += idf * number * (self.K1 + 1) / (number + held_back)
        return sorted(scores, key=lambda key: (-scores[key], key))[:DEPTH]


# What came of it


@dataclass(frozen=True)
class Answers:
    """What was found of each query, best first, and how long each took."""

    found: Mapping[str, Sequence[str]]
    seconds: Sequence[float]
    of_cpu: Sequence[float]


def ask(search: Callable[[str], Sequence[str]], queries: Mapping[str, str]) -> Answers:
    found, seconds, of_cpu = {}, [], []
    search(next(iter(queries.values())))  # what is made once is made
    for key, text in queries.items():
        before = time.perf_counter(), time.process_time()
        found[key] = search(text)
        seconds.append(time.perf_counter() - before[0])
        of_cpu.append(time.process_time() - before[1])
    return Answers(found, seconds, of_cpu)


def measures(answers: Answers, relevant: Mapping[str, set[str]]) -> tuple[float, ...]:
    """Return MAP@5, MRR and Hit@5."""
    queries = list(answers.found)
    each = [_of_one(answers.found[key], relevant[key]) for key in queries]
    return tuple(statistics.fmean(column) for column in zip(*each, strict=True))


def _of_one(found: Sequence[str], right: set[str]) -> tuple[float, float, float]:
    places = [place for place, key in enumerate(found, start=1) if key in right]
    within = [place for place in places if place <= TOP]
    precision = sum(number / place for number, place in enumerate(within, start=1))
    reciprocal = 1 / places[0] if places else 0.0
    return precision / min(len(right), TOP), reciprocal, float(bool(within))


class Ours:
    """Our search, through the index of the database."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self.ids = ids
        self.public_ids = {key: public_id for public_id, key in ids.items()}
        self.is_sure: dict[str, bool] = {}

    def __call__(self, text: str) -> list[str]:
        from claims.search import similar

        found = similar(text, DEPTH)
        self.is_sure[text] = bool(found) and found[0].is_confident
        return [self.ids.get(each.claim.pk, each.claim.pk) for each in found]

    def is_sure_without(self, text: str, right: set[str]) -> bool:
        from claims.search import similar

        found = similar(text, 1, but=[self.public_ids[key] for key in right])
        return bool(found) and found[0].is_confident


def report(which: Task, ours: Ours) -> Iterator[str]:
    yield f"{len(which.queries)} queries, {len(which.claims)} claims"
    heads = ("median ms", "worst ms", "median CPU")
    yield f"{'':12}{'MAP@5':>8}{'MRR':>8}{'Hit@5':>8}{''.join(f'{h:>12}' for h in heads)}"
    answers = {"ours": ask(ours, which.queries)}
    answers["plain BM25"] = ask(Plain(which.claims), which.queries)
    for name, given in answers.items():
        scores = "".join(f"{each:8.3f}" for each in measures(given, which.relevant))
        costs = statistics.median(given.seconds), max(given.seconds)
        costs += (statistics.median(given.of_cpu),)
        yield f"{name:12}{scores}{''.join(f'{1000 * cost:12.1f}' for cost in costs)}"
    yield from report_sure(which, ours, answers["ours"])


def report_sure(which: Task, ours: Ours, given: Answers) -> Iterator[str]:
    sure = [key for key, text in which.queries.items() if ours.is_sure[text]]
    right = [key for key in sure if given.found[key][0] in which.relevant[key]]
    false = [
        key
        for key, text in which.queries.items()
        if ours.is_sure_without(text, which.relevant[key])
    ]
    everything = len(which.queries)
    yield f"sure: {_share(len(sure), everything)}, right of these: "
    yield f"      {_share(len(right), len(sure))}"
    yield f"false, with the right claims left out: {_share(len(false), everything)}"


def _share(part: int, whole: int) -> str:
    percent = 100 * part / whole if whole else 0.0
    return f"{part} of {whole} ({percent:.1f} %)"


def misses(which: Task, ours: Ours) -> Iterator[str]:
    """Yield the queries whose right claim is not the first, with what was first."""
    from claims.search import similar

    for key, text in which.queries.items():
        found = similar(text, 1)
        first = ours.ids.get(found[0].claim.pk, "") if found else ""
        if first not in which.relevant[key]:
            yield f"{key}: {text}"
            yield f"    first: {found[0].claim.text if found else '–'}"
            for right in sorted(which.relevant[key]):
                yield f"    right: {which.claims[right][0]}"


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("queries", "claims", "pairs"):
        default = OWN / f"{name}.tsv"
        parser.add_argument(f"--{name}", type=Path, default=default)
    parser.add_argument(
        "--database", help="address of an empty database, as DATABASE_URL"
    )
    parser.add_argument(
        "--more", type=int, default=0, help="so many invented claims besides"
    )
    parser.add_argument(
        "--misses", action="store_true", help="print the queries that go wrong"
    )
    return parser


def main() -> None:
    chosen = arguments().parse_args()
    which = task(chosen.queries, chosen.claims, chosen.pairs)
    with tempfile.TemporaryDirectory() as folder:
        set_up(chosen.database or f"sqlite:///{folder}/s.sqlite3", Path(folder))
        ours = Ours(fill(which.claims, chosen.more))
        for line in report(which, ours):
            print(line)
        if chosen.misses:
            for line in misses(which, ours):
                print(line)


if __name__ == "__main__":
    main()
