"""Has this been checked before? Claims like a text, of the record or of the desk.

Candidates come through the index by the rarest words of the text and other forms of them;
``checking.similarity`` then compares each with the text. What a word costs is known
before it is looked for, so that nothing here grows with the number of claims.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from claims.checking.similarity import (
    Asked,
    Candidate,
    Difference,
    Likeness,
    Word,
    beginnings_of,
    rank,
    stem,
    weight,
    words_of_post,
)
from claims.checking.terms import terms_of
from claims.models import Claim, PublishedClaim
from claims.workflow.words import ClaimState

from .databases import database
from .finding import COMMON, frequencies, public_ids, size
from .queries import Query, Unit
from .tables import DESK, PUBLIC, Index

#: More of a text is not looked at: a claim is one statement, a post some sentences.
MAX_CHARACTERS = 4000
#: So many claims are compared with a text, the best that the index has.
CANDIDATES = 150
#: Words are looked for, the rarest first, while together they stand in so many claims.
MAX_POSTINGS = 20_000
#: Words of a text that are looked for, the first ones; words of the index that begin as
#: one of them does, among which its other forms are.
MAX_WORDS, MAX_FORMS = 100, 64
SHORTEST_STEM = 4
#: A shorter number stands in too many claims to tell which is meant.
TELLING_DIGITS = 3
#: Where all words are common, claims must have several of them: so many that about this
#: many claims would, and no more than the database puts together fast.
ABOUT, MAX_TOGETHER = 2500, 8
#: Of quotations so many characters are compared.
QUOTED = 400


#: At the desk, claims that nobody works on and nobody reads.
_GONE = (ClaimState.DISCARDED, ClaimState.TAKEN_DOWN)


@dataclass(frozen=True)
class Similar:
    """A claim like a text, of the record (``PublishedClaim``) or the desk (``Claim``).

    ``score``: to compare within one answer. ``agrees``: words of the claim that the text
    has. ``differs``: what the text says, and the claim ("5,000 / 18,000").
    ``is_close``: a person should look at it. ``is_confident``: it is very likely the same
    claim.
    """

    claim: Any
    score: float
    agrees: tuple[str, ...]
    differs: tuple[Difference, ...]
    is_close: bool
    is_confident: bool


def similar(text: str, limit: int = 5, *, but: Iterable[str] = ()) -> list[Similar]:
    """Return the claims of the record that are most like a text, the best first.

    ``but``: public ids of claims to leave out.
    """
    return _similar(text, limit, {*but}, PUBLIC, _of_record)


def similar_at_desk(
    text: str, limit: int = 5, *, but: Iterable[str] = ()
) -> list[Similar]:
    """Return the claims of the desk, drafts too, that are most like a text.

    Not those that were discarded or taken down, nor those with these public ids.
    """
    return _similar(text, limit, {*but}, DESK, _of_desk)


#: Of public ids, each row as it is shown and as it is compared.
_Rows = Callable[[Sequence[str]], dict[str, tuple[Any, Candidate]]]


def _similar(
    text: str, limit: int, but: set[str], index: Index, rows: _Rows
) -> list[Similar]:
    text = text[:MAX_CHARACTERS]
    ids = candidates(words_of_post(text), index)
    found = rows([each for each in ids if each not in but])
    if not found:
        return []

    def how_many_have(words: Sequence[Word]) -> dict[str, int]:
        return _how_many_have(words, index)

    compared = [candidate for _row, candidate in found.values()]
    best = rank(text, compared, size(index), how_many_have, limit)
    return [_shown(found[each.key][0], each) for each in best]


def _shown(claim: Any, found: Likeness) -> Similar:
    words = (found.agrees, found.differs)
    return Similar(claim, found.score, *words, found.is_close, found.is_confident)


# Candidates


def candidates(asked: Asked, index: Index, most: int = MAX_POSTINGS) -> list[str]:
    """Return public ids of the claims worth comparing with what is asked.

    ``most``: in so many claims the words that are looked for may stand, together.
    """
    total = size(index)
    numbers = _terms(asked, index)
    rarest = sorted(numbers, key=lambda term: (numbers[term], term))
    sums = itertools.accumulate(numbers[term] for term in rarest)
    few = [
        term for term, postings in zip(rarest, sums, strict=True) if postings <= most
    ]
    counts = _counts(asked)
    weights = {
        term: weight(total, numbers[term]) * counts.get(stem(term), 1.0) for term in few
    }
    with connection.cursor() as cursor:
        keys = _best(cursor, index, weights)
        if len(keys) < CANDIDATES and len(few) < len(rarest):
            keys += _having_several(cursor, index, rarest, numbers, total)
    return public_ids(index, list(dict.fromkeys(keys))[:CANDIDATES])


def _counts(asked: Asked) -> dict[str, float]:
    """Return of each stem how much it counts: little, where it only signs a post."""
    counts: dict[str, float] = {}
    for word in asked.words:
        counts[word.stem] = max(word.counts, counts.get(word.stem, 0.0))
    return counts


def _best(cursor: Any, index: Index, weights: dict[str, float]) -> list[int]:
    """Return the entries whose words, of these, weigh most together."""
    if not weights:
        return []
    each = f"SELECT id, %s AS weight FROM ({database().holding(index)}) AS held"
    values: list[Any] = []
    for term, counts in weights.items():
        values += [counts, database().any_of([term])]
    cursor.execute(
        f"SELECT id FROM ({' UNION ALL '.join([each] * len(weights))}) AS found "
        "GROUP BY id ORDER BY sum(weight) DESC, id DESC LIMIT %s",
        [*values, CANDIDATES],
    )
    return [key for (key,) in cursor.fetchall()]


def _having_several(
    cursor: Any, index: Index, rarest: list[str], numbers: dict[str, int], total: int
) -> list[int]:
    """Return the newest entries with several words of which each is common."""
    expected = float(total)
    units: list[Unit] = []
    for term in rarest:
        if units and (expected <= ABOUT or len(units) == MAX_TOGETHER):
            break
        expected *= numbers[term] / total
        units.append(Unit((term,), term))
    match = database().expression(Query(tuple(units)), {})
    walk = expected * COMMON * CANDIDATES > total
    found: list[int] = database().newest(cursor, index, match, CANDIDATES, walk)
    return found


def _terms(asked: Asked, index: Index) -> dict[str, int]:
    """Return the words of a text and other forms of them that claims have.

    Each with the number of claims that have it.
    """
    words = {word.key: word for word in asked.words[:MAX_WORDS]}
    plain = [word for word in words.values() if not word.is_number]
    numbered = [term for word in words.values() for term in _terms_of_number(word)]
    found = frequencies([word.key for word in plain] + numbered, index)
    found |= _other_forms({word.stem for word in plain}, index)
    return {term: number for term, number in found.items() if number}


def _terms_of_number(word: Word) -> list[str]:
    """Return the term of a number that is one and tells something, as 1911 and 25000."""
    terms = terms_of(word.shown) if word.is_number else []
    return terms if len(terms) == 1 and len(terms[0]) >= TELLING_DIGITS else []


def _other_forms(stems: Iterable[str], index: Index) -> dict[str, int]:
    """Return the words of the index that have one of these stems."""
    wanted = sorted({each for each in stems if len(each) >= SHORTEST_STEM})
    if not wanted:
        return {}
    part = (
        f"SELECT * FROM (SELECT term, entries FROM {index.terms} "
        f"WHERE term >= %s AND term < %s ORDER BY term LIMIT {MAX_FORMS}) AS forms"
    )
    beginnings = [each for stem_ in wanted for each in beginnings_of(stem_)]
    values = [
        value for each in beginnings for value in (each, f"{each}{chr(0x10FFFF)}")
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([part] * len(beginnings)), values)
        found = dict(cursor.fetchall())
    return {term: n for term, n in found.items() if stem(term) in wanted}


def _how_many_have(words: Iterable[Word], index: Index) -> dict[str, int]:
    """Return of each word, by its key, how many claims have it; of a number at most."""
    terms = {word.key: terms_of(word.shown) for word in words if word.is_number}
    terms |= {word.key: [word.key] for word in words if not word.is_number}
    found = frequencies({each for parts in terms.values() for each in parts}, index)
    return {
        key: min((found[each] for each in parts), default=0)
        for key, parts in terms.items()
    }


# Rows


def _of_record(ids: Sequence[str]) -> dict[str, tuple[Any, Candidate]]:
    # Listed ones are picked here: asked to, SQLite walks through all that are listed.
    rows = PublishedClaim.objects.filter(pk__in=ids).order_by()
    rows = rows.select_related("article").defer("article__content")
    return {row.pk: (row, _candidate_of_record(row)) for row in rows if row.is_listed}


def _candidate_of_record(row: PublishedClaim) -> Candidate:
    content = row.content["claim"]
    quoted = [part["wording"] for part in content["appearances"]]
    quoted += [part["quotation"] for part in content["citations"]]
    title = row.article.title if row.article else ""
    return Candidate(row.pk, row.text, title, " ".join(quoted)[:QUOTED])


def _of_desk(ids: Sequence[str]) -> dict[str, tuple[Any, Candidate]]:
    rows = Claim.objects.filter(public_id__in=ids).order_by()
    rows = rows.select_related("status", "source", "article__document")
    quoting = rows.prefetch_related("appearances", "citations")
    return {
        row.public_id: (row, _candidate_of_desk(row))
        for row in quoting
        if row.state not in _GONE
    }


def _candidate_of_desk(row: Claim) -> Candidate:
    quoted = [part.wording for part in row.appearances.all()]
    quoted += [part.quotation for part in row.citations.all()]
    title = row.article.document.title
    return Candidate(row.public_id, row.text, title, " ".join(quoted)[:QUOTED])
