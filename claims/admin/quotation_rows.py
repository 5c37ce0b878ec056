"""What the desk shows of a quotation check: in words, and word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.checking.anchors import cut
from claims.checking.differences import Part, words_changed
from claims.checking.quotes import QuotationMatch
from claims.jobs.quotations import compare
from claims.models import Citation, QuoteCheck, StoredCopy
from claims.reading.quotation_words import pages_in_words, reasons_in_words
from claims.workflow.proposals import proposed_check
from claims.workflow.words import AttributionCheck

from .word_changes import word_changes

EARLIER_SHOWN = 20
RIVALS_SHOWN = 5
#: What a person should know beside the verdict.
FLAGS: dict[str, Promise] = {
    "ambiguous": _("It stands at several places."),
    "truncated": _("The sentence there goes on, with a limit such as “unless”."),
    "opening_cut": _("The sentence there begins before it, with “if” or the like."),
    "wrong_locator": _("It stands on another page, or at another time, than is said."),
    "short": _("It is too short to prove much."),
    "case": _("Capitals differ."),
    "end_mark": _("It ends with a mark that the copy does not have there."),
    "cut_word": _("It begins or ends inside a word."),
    "long_gap": _("More than a paragraph is left out."),
    "crosses_heading": _("A heading stands in what is left out."),
    "supplied": _("The words in brackets change it."),
    "partly_found": _("Only a part of it was found."),
    "quotation_mojibake": _("The quotation was typed in a broken encoding."),
    "pages_without_text": _("Some pages of the copy are pictures: it may stand there."),
}


@dataclass(frozen=True)
class CheckRow:
    """A quotation check in words. ``parts``: what differs; empty when nothing does."""

    check: QuoteCheck
    parts: Sequence[Part] = ()

    @property
    def reasons(self) -> str:
        return reasons_in_words(self.check.reasons)

    @property
    def flags(self) -> list[Promise]:
        return [FLAGS[flag] for flag in self.check.flags if flag in FLAGS]

    @property
    def pages(self) -> str:
        return pages_in_words(self.check.pages) if self.check.pages else ""


@dataclass(frozen=True)
class Comparison:
    """A quotation beside its source, made afresh from the copy that was compared.

    ``source``: the words there, with what stands around them; ``rivals``: other places
    that are as good.
    """

    row: CheckRow | None = None
    ours: Sequence[Part] = ()
    theirs: Sequence[Part] = ()
    before: str = ""
    after: str = ""
    rivals: Sequence[str] = ()
    earlier: Sequence[CheckRow] = ()

    @property
    def check(self) -> QuoteCheck | None:
        return self.row.check if self.row else None


def row_of(citation: Citation, check: QuoteCheck | None) -> CheckRow | None:
    """Return a citation's current check for the claim page; ``None``: there is none.

    ``check`` has its matched words with it (``current_checks``).
    """
    if check is None or not check.is_of(citation):
        return None
    matched = getattr(check, "matched", None) or ""
    differs = matched and not check.holds
    return CheckRow(check, word_changes(matched, citation.quotation) if differs else ())


def comparison_of(citation: Citation) -> Comparison:
    """Lay a quotation beside the copy of its current check; compares it once more."""
    checks = citation.quote_checks.select_related("stored_copy", "confirmed_by")
    current = checks.current().first()
    rest = checks.exclude(pk=current.pk if current else None)
    rest = rest.defer("stored_copy__text", "stored_copy__blocks")
    earlier = [CheckRow(row) for row in rest.order_by("-checked_at")[:EARLIER_SHOWN]]
    if current is None or not current.is_of(citation):
        return Comparison(earlier=earlier)
    copy = current.stored_copy
    match = compare(citation, copy)
    return Comparison(
        row=CheckRow(current), earlier=earlier, **_beside(citation, copy, match)
    )


def _beside(
    citation: Citation, copy: StoredCopy, match: QuotationMatch
) -> dict[str, Any]:
    if match.start is None or match.end is None:
        return {"ours": [Part("same", citation.quotation)]}
    parts = match.difference or words_changed(match.matched, citation.quotation.strip())
    place = cut(copy.text, match.start, match.end)
    return {
        "ours": [part for part in parts if part.kind != "removed"],
        "theirs": [part for part in parts if part.kind != "added"],
        "before": place.prefix,
        "after": place.suffix,
        "rivals": [
            _in_context(copy.text, *span) for span in match.rivals[:RIVALS_SHOWN]
        ],
    }


def _in_context(text: str, start: int, end: int) -> str:
    place = cut(text, start, end)
    return f"…{place.prefix}{place.exact}{place.suffix}…"


@dataclass(frozen=True)
class Offered:
    """What a comparison proposes for *did they say it?*, and for whom.

    ``sources``: of each link of the chain its public id ("own": the claim's source),
    its name and what is said of it now.
    """

    check: AttributionCheck
    sources: Sequence[tuple[str, str, str]]

    @classmethod
    def of(cls, citation: Citation, comparison: Comparison) -> "Offered | None":
        found = comparison.check
        if found is None:
            return None
        value = proposed_check(citation.stance, found.verdict, holds=found.holds)
        if value is None:
            return None
        claim = citation.claim
        links: list[tuple[str, Any]] = [("own", claim)]
        links += [(row.public_id, row) for row in claim.chain.all()]
        sources = [
            (key, str(row.source), row.get_attribution_check_display())
            for key, row in links
            if row.source and row.attribution_check != value
        ]
        return cls(value, sources) if sources else None
