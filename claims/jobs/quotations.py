"""Quotations compared with stored copies: each result is a row, added and kept."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from claims.checking.quotes import VERSION, QuotationChecker, QuotationMatch
from claims.models import (
    Citation,
    Claim,
    QuoteCheck,
    StoredCopy,
    asked_of,
)
from claims.moves.news import tell_of_quotation
from claims.publishing.quotations import refresh_quotations
from claims.workflow.words import LocatorKind

from .quotation_places import take_places

#: The kinds of place that are compared with where the words stand.
_COMPARED = (LocatorKind.PAGE, LocatorKind.TIMECODE)
#: A save does not wait for longer texts: the next upkeep compares them.
CHARACTERS_AT_SAVE = 1_000_000


@dataclass
class Comparison:
    """One stored copy that quotations are compared with; its text is read once."""

    copy: StoredCopy
    _checker: QuotationChecker | None = field(default=None, init=False)

    def of(self, citation: Citation) -> QuotationMatch:
        if self._checker is None:
            self._checker = QuotationChecker(self.copy.text, self.copy.page_map)
        return self._checker.check(citation.quotation, locator_of(citation))


def compare(citation: Citation, copy: StoredCopy) -> QuotationMatch:
    """Compare a citation's quotation with one stored copy; nothing is saved."""
    return Comparison(copy).of(citation)


def locator_of(citation: Citation) -> str:
    """Return the page or time that is compared with the place found, else ""."""
    return citation.locator if citation.locator_kind in _COMPARED else ""


def check_soon(citations: QuerySet[Citation]) -> None:
    """Compare these once the transaction is over, unless the text is very long.

    A fault there is logged and harms no save: ``upkeep`` compares what is left.
    """
    keys = list(citations.exclude(quotation="").values_list("pk", flat=True))
    if keys:
        work = partial(_check_now, keys)
        transaction.on_commit(work, robust=True)


def _check_now(keys: Sequence[int]) -> None:
    rows = Citation.objects.filter(pk__in=keys)
    for _row in check_citations(rows, longest=CHARACTERS_AT_SAVE):
        pass


def unchecked() -> QuerySet[Citation]:
    """Return the quotations that were not compared with the newest copy as it is now.

    Of working claims; a quotation whose document has no copy to compare is not among
    them.
    """
    newest = StoredCopy.objects.to_compare().filter(document=OuterRef("document"))
    current = QuoteCheck.objects.current().filter(
        citation=OuterRef("pk"), stored_copy=OuterRef("newest"), checker_version=VERSION
    )
    rows = quoting().annotate(newest=newest.values("pk")[:1])
    return rows.exclude(newest=None).filter(~Exists(current))


def quoting() -> QuerySet[Citation]:
    return Citation.objects.of_working_claims().exclude(quotation="")


def check_citations(
    citations: QuerySet[Citation],
    at: datetime.datetime | None = None,
    longest: int | None = None,
    progress: Callable[[int], object] = int,
) -> Iterator[QuoteCheck]:
    """Compare quotations with the newest copies of their documents; yield new results.

    What was compared already, by this version of the checker, is not compared again.
    Each document is read once and its results saved together, with what follows: the
    current check of each citation, news for signed claims, facts for readers.
    ``longest``: characters of a copy beyond which it is left to another run.
    ``progress`` is called with the number of citations done since its last call.
    """
    at = at or timezone.now()
    rows = citations.exclude(quotation="").order_by("document", "pk")
    group: list[Citation] = []
    for citation in rows.select_related("claim").iterator(chunk_size=500):
        if group and group[0].document_id != citation.document_id:
            yield from _check_document(group, at, longest)
            progress(len(group))
            group = []
        group.append(citation)
    if group:
        yield from _check_document(group, at, longest)
        progress(len(group))


def _check_document(
    citations: list[Citation], at: datetime.datetime, longest: int | None
) -> list[QuoteCheck]:
    copies = StoredCopy.objects.filter(document=citations[0].document_id)
    copy = copies.to_compare().defer("text").first()
    known = _known(citations, copy)
    new = [row for row in citations if (row.pk, _asked(row)) not in known]
    if copy is None or (new and _is_longer(copy, longest)):
        _forget_outdated(citations, copy)
        return []
    comparison = Comparison(copy)
    found = {row.pk: _row(row, comparison, at) for row in new}
    return _save(citations, found, copy, at)


def _is_longer(copy: StoredCopy, characters: int | None) -> bool:
    return characters is not None and len(copy.text) > characters


def _forget_outdated(citations: list[Citation], copy: StoredCopy | None) -> None:
    """Let no check be current of other words, nor of a copy that is sealed."""
    cited = {row.pk: row for row in citations}
    current = QuoteCheck.objects.current().filter(citation__in=citations)
    outdated = [
        row.pk
        for row in current
        if copy is None or not row.is_of(cited[row.citation_id])
    ]
    QuoteCheck.objects.filter(pk__in=outdated).update(is_current=False)


def _asked(citation: Citation) -> str:
    return asked_of(citation.quotation, citation.locator_kind, citation.locator)


def _known(
    citations: Iterable[Citation], copy: StoredCopy | None
) -> dict[Any, QuoteCheck]:
    """Return the checks that there are, by citation and what was asked."""
    rows = QuoteCheck.objects.filter(
        citation__in=citations, stored_copy=copy, checker_version=VERSION
    )
    return {(row.citation_id, row.asked_sha256): row for row in rows}


def _row(
    citation: Citation, comparison: Comparison, at: datetime.datetime
) -> QuoteCheck:
    match = comparison.of(citation)
    first, last = match.pages or (None, None)
    return QuoteCheck(
        citation=citation,
        stored_copy=comparison.copy,
        asked_sha256=_asked(citation),
        verdict=match.verdict.value,
        reasons=[str(reason) for reason in match.reasons],
        flags=[str(flag) for flag in match.flags],
        is_accepted=match.accepted,
        start=match.start,
        end=match.end,
        first_page=first,
        last_page=last,
        checker_version=match.version,
        checked_at=at,
    )


def _save(
    citations: list[Citation],
    new: dict[int, QuoteCheck],
    copy: StoredCopy,
    at: datetime.datetime,
) -> list[QuoteCheck]:
    """Save what was found, all of one document together.

    The claims are locked, as moves lock them. A quotation that was edited meanwhile is
    left out: whoever edited it has it compared.
    """
    with transaction.atomic():
        keys = {row.claim_id for row in citations}
        claims = Claim.objects.filter(pk__in=keys).order_by("pk")
        locked = {row.pk: row for row in claims.select_for_update(no_key=True)}
        fresh = Citation.objects.filter(pk__in=[row.pk for row in citations])
        asked = {
            row.pk: _asked(row) for row in fresh if row.document_id == copy.document_id
        }
        added = [
            row
            for row in new.values()
            if asked.get(row.citation_id) == row.asked_sha256
        ]
        QuoteCheck.objects.bulk_create(added, ignore_conflicts=True)
        rows = _known(citations, copy)
        current = [rows[key] for key in asked.items() if key in rows]
        _make_current(current, at)
        take_places(current, copy, at)
        refresh_quotations({claim.public_id for claim in locked.values()})
    saved = {row.public_id: row for row in rows.values()}
    return [saved[row.public_id] for row in added if row.public_id in saved]


def _make_current(checks: list[QuoteCheck], at: datetime.datetime) -> None:
    """Let these be the current checks; what held before and does not now is news."""
    citations = [row.citation_id for row in checks]
    before = QuoteCheck.objects.current().filter(citation__in=citations)
    earlier = {row.citation_id: row for row in before.select_related("stored_copy")}
    replaced = [row for row in checks if _differs(earlier.get(row.citation_id), row)]
    old = [
        earlier[row.citation_id].pk for row in replaced if row.citation_id in earlier
    ]
    QuoteCheck.objects.filter(pk__in=old).update(is_current=False)
    QuoteCheck.objects.filter(pk__in=[row.pk for row in replaced]).update(
        is_current=True
    )
    for row in replaced:
        row.is_current = True
        tell_of_quotation(row, earlier.get(row.citation_id), at)


def _differs(before: QuoteCheck | None, now: QuoteCheck) -> bool:
    return before is None or before.pk != now.pk
