"""The rows of an article's sheet: each claim with its place, evidence and signature.

The sheet leaves the house on paper: where a text holds the name of a protected source,
its public label stands instead.
"""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from claims.models import (
    Appearance,
    Article,
    Assessment,
    Citation,
    Claim,
    Source,
    StoredCopy,
)
from claims.publishing.secrets import PublicLabels
from claims.reading.wording import check_in_a_word
from claims.workflow.words import (
    OPEN_STATES,
    AssessmentState,
    BlockRole,
    ClaimState,
    LocatorKind,
)

from .newest_places import newest_places, newest_reading

#: Roles of blocks that a reader counts as paragraphs.
_PARAGRAPHS = (BlockRole.BODY, BlockRole.BLOCK_QUOTE)
Blocks = dict[int, list[dict[str, Any]]]


@dataclass(frozen=True)
class SheetRow:
    """One claim as the sheet shows it; every value is words, "" where there is none.

    A line for each place, wording and piece of evidence.

    The order of the fields is the order of the columns.
    """

    number: str
    public_id: str
    place: str
    wording: str
    claim: str
    source: str
    voice: str
    attribution: str
    status: str
    evidence: str
    assessment: str
    author: str
    signed_by: str
    signed_on: str
    further: str


#: The columns, in the order of the fields of ``SheetRow``.
COLUMNS: tuple[Promise, ...] = (
    gettext_lazy("No."),
    gettext_lazy("Public id"),
    gettext_lazy("Place"),
    gettext_lazy("In the article"),
    gettext_lazy("Claim"),
    gettext_lazy("Source"),
    gettext_lazy("Voice"),
    gettext_lazy("Did they say it?"),
    gettext_lazy("Status"),
    gettext_lazy("Evidence"),
    gettext_lazy("Assessment"),
    gettext_lazy("Author"),
    gettext_lazy("Signed off by"),
    gettext_lazy("Signed off on"),
    gettext_lazy("Further assessment"),
)


def sheet_rows(article: Article, labels: PublicLabels) -> list[SheetRow]:
    """Return the claims that stand in an article, in its order; nine queries."""
    copies = StoredCopy.objects.filter(document=article.document_id)
    blocks: Blocks = dict(copies.values_list("pk", "blocks"))
    claims = sorted(_claims_in(article), key=_place_in_order)
    return [
        _safe(_row(number, claim, blocks), labels)
        for number, claim in enumerate(claims, start=1)
    ]


def cells_of(row: SheetRow) -> tuple[str, ...]:
    return astuple(row)


def protected_labels() -> PublicLabels:
    return PublicLabels(Source.objects.protected())


def _claims_in(article: Article) -> QuerySet[Claim]:
    here = Appearance.objects.filter(article=article).select_related("passage")
    here = here.prefetch_related(newest_places())
    assessments = Assessment.objects.exclude(state=AssessmentState.DISCARDED)
    return (
        Claim.objects.filter(Q(article=article) | Q(appearances__article=article))
        .exclude(state__in=[ClaimState.DISCARDED, ClaimState.TAKEN_DOWN])
        .select_related("source", "status")
        .prefetch_related(
            Prefetch(
                "appearances",
                here.order_by(F("passage__start").asc(nulls_last=True), "public_id"),
                to_attr="places",
            ),
            Prefetch(
                "assessments",
                assessments.select_related("status", "author", "signer"),
                to_attr="begun",
            ),
            Prefetch("citations", Citation.objects.select_related("document")),
            "chain__source",
            "searches",
        )
        .distinct()
    )


def _place_in_order(claim: Any) -> tuple[bool, int, int]:
    passage = claim.places[0].passage if claim.places else None
    return (passage is None, passage.start if passage else 0, claim.pk)


def _row(number: int, claim: Any, blocks: Blocks) -> SheetRow:
    deciding, further = _deciding(claim.begun)
    signed_at = deciding.signed_at if deciding else None
    return SheetRow(
        number=str(number),
        public_id=claim.public_id,
        place="\n".join(_place(each, blocks) for each in claim.places),
        wording="\n".join(_wording(each) for each in claim.places),
        claim=claim.text,
        source=_chain(claim),
        voice=claim.get_voice_display(),
        attribution=check_in_a_word(claim.weakest_check()),
        status=_status(claim),
        evidence="\n".join(_evidence(claim)),
        assessment=_assessment(deciding),
        author=_person(deciding.author) if deciding else "",
        signed_by=_person(deciding.signer) if deciding else "",
        signed_on=_day(timezone.localdate(signed_at)) if signed_at else "",
        further=_assessment(further),
    )


def _safe(row: SheetRow, labels: PublicLabels) -> SheetRow:
    return SheetRow(*(labels.put_in(cell) for cell in astuple(row)))


def _place(appearance: Appearance, blocks: Blocks) -> str:
    """Return "headline", "caption 2" or "body, paragraph 3"."""
    passage = appearance.passage
    around = blocks.get(passage.stored_copy_id, []) if passage else []
    role, number, total = appearance.placement, 0, 0
    for block in around:
        if passage and block["start"] <= passage.start < block["end"]:
            role = block["role"]
    for block in around:
        if block["role"] == role:
            total += 1
            number += bool(passage and block["start"] <= passage.start)
    label = BlockRole(role).label
    if total < 2 or not number:
        return str(label)
    if role in _PARAGRAPHS:
        words = _("%(role)s, paragraph %(number)s")
    else:
        words = pgettext("a numbered block, e.g. caption 2", "%(role)s %(number)s")
    return words % {"role": label, "number": number}


def _chain(claim: Claim) -> str:
    """Return whom the article names, and whom each of them relies on."""
    links = [link.source for link in claim.chain.all()]
    names = [source.public_name if source else "" for source in [claim.source, *links]]
    words = [name or _("nobody named") for name in names]
    return " ← ".join(words)


def _wording(appearance: Appearance) -> str:
    """Return the words there, and what the newest copy has instead, if anything."""
    words, reading = _one_line(appearance.wording), newest_reading(appearance)
    return f"{words} ({_one_line(reading)})" if reading else words


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _status(claim: Claim) -> str:
    if claim.state != ClaimState.WORKING:
        return claim.get_state_display()
    words = [str(claim.status)]
    words += [_("held back")] * claim.is_held_back
    words += [_("under re-check")] * (claim.rechecking_since is not None)
    return ", ".join(words)


def _evidence(claim: Claim) -> Iterator[str]:
    """Yield each citation and each search that found nothing, in short."""
    for citation in claim.citations.all():
        words = f"{citation.get_stance_display()}: {citation.document.title}"
        locator = _locator(citation)
        yield f"{words}, {locator}" if locator else words
    for search in claim.searches.all():
        yield _("searched: %(place)s, for %(words)s, %(day)s") % {
            "place": search.looked_in,
            "words": search.looked_for,
            "day": _day(search.searched_on),
        }


def _locator(citation: Citation) -> str:
    if not citation.locator or citation.locator_kind == LocatorKind.OTHER:
        return citation.locator
    return f"{citation.get_locator_kind_display()} {citation.locator}".strip()


def _deciding(
    assessments: list[Assessment],
) -> tuple[Assessment | None, Assessment | None]:
    """Return the assessment the claim stands on, and a further one that was begun."""
    published = [row for row in assessments if row.state == AssessmentState.PUBLISHED]
    begun = [row for row in assessments if row.state in OPEN_STATES]
    if published:
        return published[0], begun[0] if begun else None
    newest = begun or sorted(assessments, key=lambda row: -row.number)
    return (newest[0], None) if newest else (None, None)


def _assessment(assessment: Assessment | None) -> str:
    if assessment is None:
        return ""
    return _("%(number)s, %(status)s: %(state)s") % {
        "number": assessment.number,
        "status": assessment.status,
        "state": assessment.get_state_display(),
    }


def _person(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def _day(day: Any) -> str:
    return date_format(day, "DATE_FORMAT")
