"""Drafts of the desk in the columns that an import takes: work moves to another desk.

Like a fixture it is meant for others: a protected source goes by its public label, and
when its name stands in some text nothing is written. Left out is what a table has no
place for: links of the chain beyond the source, searches, inquiries, assessments, notes,
and whom a claim is assigned to. Fixtures have all of that but the notes.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from claims.jobs.imports.columns import MAX_CITATIONS, OF_CITATION, OF_CLAIM
from claims.models import Citation, Claim, Release, Source
from claims.models.releases import SubjectType
from claims.publishing.secrets import field_with_secret
from claims.workflow.words import EvidenceForm, Voice

PORTION = 500
_LEFT_OUT = frozenset({"assignee", "note"})
CLAIM_NAMES = [name for name in OF_CLAIM if name not in _LEFT_OUT]
CITATION_NAMES = [name for name in OF_CITATION if name != "desk_note"]
_COPIED = (
    *("stance", "form", "quotation", "language", "locator_kind", "locator", "value"),
    *("working", "description", "origin"),
)


Beside = Mapping[str, Callable[[Claim], str]]
#: What the desk knows of a claim, and no import takes.
OF_DESK: Beside = {
    "id": lambda claim: claim.public_id,
    "state": lambda claim: claim.state,
    "status": lambda claim: claim.status_id or "",
    "did_they_say_it": lambda claim: claim.attribution_check,
}


class NotForOthersError(Exception):
    """Something in the drafts must not leave the desk so; the sentence says what."""


def chosen_drafts(article: str = "") -> QuerySet[Any, Any]:
    """Return the working claims that no reader was ever shown, of one article or all."""
    shown = Release.objects.filter(
        subject_type=SubjectType.CLAIM, subject_id=OuterRef("public_id")
    )
    rows: QuerySet[Any, Any] = Claim.objects.working().exclude(Exists(shown))
    if article:
        rows = rows.filter(article__slug=article)
    return rows.order_by("pk")


def desk_table(claims: QuerySet[Any, Any]) -> tuple[list[str], Iterator[list[str]]]:
    """Return the header and a row for any claims of the desk, as ``draft_table`` does.

    Before the columns of an import stand those of ``OF_DESK``.
    """
    return draft_table(claims, OF_DESK)


def draft_table(
    claims: QuerySet[Any, Any], beside: Beside | None = None
) -> tuple[list[str], Iterator[list[str]]]:
    """Return the header, and a row for each draft. Raises ``NotForOthersError``.

    There are as many groups of citation columns as the most cited draft needs.
    ``beside``: further columns before these, each with what it says of a claim.
    """
    beside = beside or {}
    most = _most_citations(claims)
    if most > MAX_CITATIONS:
        sentence = _("A claim has %(count)s citations; a row has room for %(most)s.")
        raise NotForOthersError(sentence % {"count": most, "most": MAX_CITATIONS})
    header = [
        *beside,
        *CLAIM_NAMES,
        *(
            f"citation_{number}_{name}"
            for number in range(1, most + 1)
            for name in CITATION_NAMES
        ),
    ]
    return header, _rows(claims, header, beside)


def _most_citations(claims: QuerySet[Any, Any]) -> int:
    counted = claims.order_by().annotate(
        count=Count("citations", filter=~Q(citations__form=EvidenceForm.INQUIRY))
    )
    return int(counted.aggregate(most=Max("count"))["most"] or 0)


def _rows(
    claims: QuerySet[Any, Any], header: list[str], beside: Beside
) -> Iterator[list[str]]:
    secrets = [
        word for source in Source.objects.protected() for word in source.secret_words()
    ]
    rows = claims.select_related("source", "article__document__publisher")
    citations = Citation.objects.exclude(form=EvidenceForm.INQUIRY)
    rows = rows.prefetch_related(
        Prefetch("citations", citations.select_related("document__publisher")),
        "appearances",
        "topics",
        "external_ids",
    )
    for claim in rows.iterator(chunk_size=PORTION):
        further = {name: cell(claim) for name, cell in beside.items()}
        cells = {**further, **_of_claim(claim), **_of_citations(claim)}
        field = field_with_secret(cells, secrets) if secrets else None
        if field is not None:
            sentence = _(
                "The name of a protected source stands in “%(field)s” of %(id)s."
            )
            raise NotForOthersError(sentence % {"field": field, "id": claim.public_id})
        yield [cells.get(name) or "" for name in header]


def _of_claim(claim: Claim) -> dict[str, str]:
    article, source = claim.article, claim.source
    document, ids = article.document, list(claim.external_ids.all())
    first = next((row for row in claim.appearances.all() if row.is_first), None)
    named = source is not None and claim.voice != Voice.OWN
    return {
        "external_id": ids[0].external_id if ids else claim.public_id,
        "claim": claim.text,
        "kind": claim.kind,
        "voice": claim.voice,
        "article": article.slug,
        "article_url": document.url,
        "article_title": document.title,
        "article_publisher": document.publisher.public_name
        if document.publisher
        else "",
        "article_published": document.published_edtf,
        "wording": first.wording if first else "",
        "placement": first.placement if first else "",
        "source": source.public_name if named and source else "",
        "source_kind": source.kind if named and source else "",
        "source_role": claim.role,
        "said_words": claim.said_words,
        "said_edtf": claim.said_edtf,
        "said_basis": claim.said_basis,
        "topics": ";".join(topic.label for topic in claim.topics.all()),
        "priority": Claim.Priority(claim.priority).name.lower(),
        "due_on": claim.due_on.isoformat() if claim.due_on else "",
    }


def _of_citations(claim: Claim) -> dict[str, str]:
    return {
        f"citation_{number}_{name}": cell
        for number, citation in enumerate(claim.citations.all(), start=1)
        for name, cell in _of_citation(citation).items()
    }


def _of_citation(citation: Citation) -> dict[str, str]:
    document = citation.document
    observed = citation.observed_on
    return {
        "url": document.url,
        "title": document.title,
        "kind": document.kind,
        "publisher": document.publisher.public_name if document.publisher else "",
        "published": document.published_edtf,
        **{name: getattr(citation, name) for name in _COPIED},
        "observed_on": observed.isoformat() if observed else "",
    }
