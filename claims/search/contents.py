"""What readers and what the desk can find of a claim: rows into entries.

Readers' entries are made of the record alone: a protected source is there by its label,
and by nothing else.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch

from claims.models import (
    Assessment,
    Citation,
    Claim,
    PublishedArticle,
    PublishedClaim,
    PublishedSource,
)

from .entries import Entry, column


def public_entries(public_ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of those claims that readers can find; few queries for all."""
    rows = PublishedClaim.objects.filter(pk__in=list(public_ids), is_listed=True)
    return entries_of_record(rows.only("content", "sequence").order_by())


def entries_of_record(rows: Iterable[PublishedClaim]) -> Iterator[Entry]:
    """Yield the entries of listed rows of the record."""
    claims = list(rows)
    contents = [row.content["claim"] for row in claims]
    wanted = {each for content in contents for each in _sources_of(content)}
    found = PublishedSource.objects.filter(pk__in=wanted).order_by()
    names = {
        pk: [name, *(aliases or ())]
        for pk, name, aliases in found.values_list("pk", "name", "content__aliases")
    }
    articles = {content["article"] for content in contents}
    rows_of = PublishedArticle.objects.filter(pk__in=articles).order_by()
    titles = dict(rows_of.values_list("pk", "title"))
    for row in claims:
        yield _public_entry(row, names, titles)


def _sources_of(content: Any) -> list[str]:
    named = [content["source"], *(link["source"] for link in content["chain"])]
    return [each for each in named if each]


def _public_entry(
    row: PublishedClaim, names: dict[str, list[str]], titles: dict[str, str]
) -> Entry:
    content = row.content["claim"]
    assessment = row.content.get("assessment") or {}
    named = [name for each in _sources_of(content) for name in names.get(each, ())]
    quoted = [part["wording"] for part in content["appearances"]]
    quoted += [part["quotation"] for part in content["citations"]]
    reasons = ("rationale", "part_that_holds", "part_that_fails")
    beside = [assessment.get(name, "") for name in reasons]
    beside += [*named, titles.get(content["article"], "")]
    return Entry(
        row.pk,
        row.sequence,
        (
            column([content["text"]]),
            column([assessment.get("summary", "")]),
            column(quoted),
            column(beside),
        ),
    )


def desk_entries(public_ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of these claims of the desk, in whatever state they are."""
    rows = Claim.objects.filter(public_id__in=list(public_ids)).order_by("pk")
    return entries_of_claims(rows)


def entries_of_claims(rows: Any) -> Iterator[Entry]:
    """Yield the entries of claims of the desk; few queries for all of them."""
    said = Assessment.objects.only("claim", "summary", "rationale").order_by("number")
    cited = Citation.objects.only("claim", "quotation", "document__title")
    claims = (
        rows.only("public_id", "text", "suggested_wording", "source", "article")
        .select_related(None)
        .prefetch_related(
            "source",
            "article__document",
            "chain__source",
            "appearances",
            "notes",
            Prefetch("assessments", said),
            Prefetch("citations", cited.select_related("document").order_by("pk")),
        )
    )
    for claim in claims:
        yield _desk_entry(claim)


def _desk_entry(claim: Claim) -> Entry:
    said = list(claim.assessments.all())
    cited = list(claim.citations.all())
    quoted = [part.wording for part in claim.appearances.all()]
    quoted += [part.quotation for part in cited]
    sources = [claim.source, *(link.source for link in claim.chain.all())]
    beside = [claim.public_id, *(part.rationale for part in said)]
    for source in sources:
        if source is not None:
            beside += [source.name, source.public_label, *source.aliases]
    beside += [claim.article.document.title, claim.suggested_wording]
    beside += dict.fromkeys(part.document.title for part in cited)
    beside += [note.body for note in claim.notes.all()]
    return Entry(
        claim.public_id,
        0,
        (
            column([claim.text]),
            column(part.summary for part in said),
            column(quoted),
            column(beside),
        ),
    )
