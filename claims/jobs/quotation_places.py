"""Where a quotation stands in a stored copy: found when it is typed, or later."""

import datetime
from collections.abc import Iterable

from claims.checking.quotes import Flag, QuotationChecker, Verdict
from claims.models import Passage, QuoteCheck, StoredCopy
from claims.moves import record_edit
from claims.moves.anchors import is_free

ACTOR = "check_quotations"
#: What one passage can show: the words in one piece.
_IN_ONE_PIECE = frozenset(
    {Verdict.EXACT, Verdict.TYPOGRAPHIC, Verdict.LAYOUT, Verdict.ENCODING_REPAIR}
)


def passage_of(quotation: str, copy: StoredCopy | None) -> Passage | None:
    """Return where a quotation stands in a copy: once, and in one piece; else ``None``.

    Other typography or layout is the same place; an altered quotation has none.
    """
    if copy is None or not quotation or not copy.text:
        return None
    if passage := copy.only_passage(quotation):
        return passage
    match = QuotationChecker(copy.text, copy.page_map).check(quotation)
    if match.verdict not in _IN_ONE_PIECE or match.start is None or match.rivals:
        return None
    return copy.passage(match.start, match.end or match.start)


def take_places(
    checks: Iterable[QuoteCheck], copy: StoredCopy, at: datetime.datetime
) -> None:
    """Note on citations without a passage where their words stand in this copy.

    The copy came after they were made. Only where nothing of the claim is signed or
    public: a passage is signed content, and no machine voids a signature. Leaves an
    *edited* event; call it in the transaction that holds the claims.
    """
    for check in checks:
        citation = check.citation
        if citation.passage_id is not None or not _is_one_place(check):
            continue
        if check.start is None or check.end is None or not is_free(citation.claim):
            continue
        citation.passage = copy.passage(check.start, check.end)
        citation.save(update_fields=["passage"])
        record_edit(citation.claim, ACTOR, ["citation.passage"], at=at)


def _is_one_place(check: QuoteCheck) -> bool:
    return check.verdict in _IN_ONE_PIECE and Flag.AMBIGUOUS not in check.flags
