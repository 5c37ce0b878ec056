"""What became of the passages of a document in its newest copy, as its page tells it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from claims.checking.differences import Part
from claims.models import Anchoring, Appearance, Citation, Document, StoredCopy
from claims.models.copies import without_text
from claims.workflow.desk_words import AnchoringState, AnchorVerdict
from claims.workflow.words import ClaimState

from .word_changes import word_changes

#: What a line of numbers calls each outcome, in its order.
_OUTCOMES: dict[str, Promise] = {
    AnchorVerdict.UNCHANGED: gettext_lazy("in the same text"),
    AnchorVerdict.MAPPED: gettext_lazy("unchanged"),
    AnchorVerdict.EXACT: gettext_lazy("moved"),
    AnchorVerdict.TYPOGRAPHIC: gettext_lazy("in other typography"),
    AnchoringState.CONFIRMED: gettext_lazy("confirmed by eye"),
    AnchoringState.GONE: gettext_lazy("gone"),
    AnchoringState.TO_DECIDE: gettext_lazy("to decide"),
}


@dataclass(frozen=True)
class PassageRow:
    """One passage: where it stood, where it stands or may stand, what differs."""

    anchoring: Anchoring
    form: Any = None

    @property
    def claim(self) -> Any:
        return self.anchoring.claim

    @property
    def is_cited(self) -> bool:
        return self.anchoring.citation_id is not None

    @property
    def parts(self) -> list[Part]:
        """What differs between the old words and those proposed, in the new context."""
        found = self.anchoring.found
        if found is None:
            return []
        changes = word_changes(self.anchoring.base.exact, found.exact)
        before, after = f"…{found.prefix}", f"{found.suffix}…"
        return [Part("same", before), *changes, Part("same", after)]


@dataclass(frozen=True)
class DocumentPassages:
    """The passages of a document in its newest copy with a text, by what became of them.

    ``unsought``: passages of older copies that were not looked for in it.
    """

    copy: StoredCopy | None
    open: list[PassageRow]
    gone: list[PassageRow]
    standing: list[PassageRow]
    unsought: int

    @property
    def summary(self) -> str:
        """Return "312 passages: 298 unchanged, 9 moved, 3 to decide"."""
        rows = [row.anchoring for row in (*self.open, *self.gone, *self.standing)]
        numbers = Counter(_outcome(row) for row in rows)
        parts = [
            _("%(number)s %(outcome)s") % {"number": numbers[key], "outcome": words}
            for key, words in _OUTCOMES.items()
            if numbers[key]
        ]
        total = pgettext("of a document", "Passages: %(number)s") % {
            "number": len(rows)
        }
        return f"{total} ({', '.join(parts)})" if parts else total


def passages_of(document: Document) -> DocumentPassages:
    """Return what became of each passage of a working claim; four queries."""
    copies = document.copies.with_text().order_by("-number")
    copy = copies.defer("text", "blocks").first()
    if copy is None:
        return DocumentPassages(None, [], [], [], 0)
    rows = [PassageRow(row) for row in _anchorings(copy)]
    states: dict[str, list[PassageRow]] = {state: [] for state in AnchoringState}
    for row in rows:
        states[row.anchoring.state].append(row)
    standing = states[AnchoringState.CERTAIN] + states[AnchoringState.CONFIRMED]
    return DocumentPassages(
        copy=copy,
        open=states[AnchoringState.TO_DECIDE],
        gone=states[AnchoringState.GONE],
        standing=standing,
        unsought=_unsought(copy),
    )


def _anchorings(copy: StoredCopy) -> Any:
    rows = Anchoring.objects.filter(stored_copy=copy).of_working_claims()
    marked = rows.not_marked_anew() | rows.filter(state=AnchoringState.CONFIRMED)
    related = (
        "base__stored_copy",
        "found",
        "stored_copy__document",
        "appearance__claim",
        "citation__claim",
        "decided_by",
    )
    shown = marked.select_related(*related).defer(
        *without_text("base__stored_copy"), *without_text("stored_copy")
    )
    return shown.order_by("base__start", "base__end", "public_id")


def _unsought(copy: StoredCopy) -> int:
    """Count what stands in older copies and has no row: sealed, or left out then."""
    number = 0
    for model in (Appearance, Citation):
        rows = model._default_manager.filter(
            claim__state=ClaimState.WORKING,
            passage__stored_copy__document=copy.document_id,
            passage__stored_copy__number__lt=copy.number,
        )
        number += rows.exclude(anchorings__stored_copy=copy).count()
    return number


def _outcome(row: Anchoring) -> str:
    return str(row.verdict if row.state == AnchoringState.CERTAIN else row.state)
