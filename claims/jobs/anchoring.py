"""Finds the passages of a document again when another stored copy of it comes.

What was marked stays where it was marked: that is what was signed. Where it stands in
the newer copy is a row beside it (``Anchoring``). Nothing moves silently.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.checking.anchors import Cut, Reanchored, reanchor
from claims.models import (
    Anchoring,
    Appearance,
    Citation,
    Claim,
    Document,
    Passage,
    StoredCopy,
)
from claims.models.copies import without_text
from claims.models.events import Actor, append_event
from claims.moves.news import tell_of_place
from claims.workflow.desk_words import AnchoringState, AnchorVerdict
from claims.workflow.words import ClaimState

#: What is found for a passage in a new text; ``None``: its own copy has no text.
Found = dict[int, Reanchored | None]
_LEFT_OUT = (ClaimState.DISCARDED, ClaimState.TAKEN_DOWN)


@dataclass
class Finder:
    """What was found of passages in one new text; each is looked for once.

    Passages and copies never change, so what was found before a transaction holds in
    it, too. Bounded: 300 passages in 20,000 words, half of them rewritten, take about
    a second (``tests/checking/anchors``), and a passage known already takes nothing.
    """

    text: str
    _found: Found = field(default_factory=dict)

    def find(self, passages: Iterable[Passage]) -> Found:
        """Return for each passage, by primary key, what the text has of it."""
        wanted = {passage.pk: passage for passage in passages}
        groups: dict[int, list[Passage]] = defaultdict(list)
        for passage in wanted.values():
            if passage.pk not in self._found:
                groups[passage.stored_copy_id].append(passage)
        texts = StoredCopy.objects.with_text().filter(pk__in=groups)
        known = dict(texts.values_list("pk", "text"))
        for copy_id, group in groups.items():
            self._compare(known.get(copy_id, ""), group)
        return {key: self._found[key] for key in wanted}

    def _compare(self, old: str, group: list[Passage]) -> None:
        """Compare a copy with the text once, for all passages in it."""
        self._found |= dict.fromkeys((passage.pk for passage in group), None)
        there = [each for each in group if old[each.start : each.end] == each.exact]
        cuts = [
            Cut(each.start, each.end, each.exact, each.prefix, each.suffix)
            for each in there
        ]
        if not cuts:
            return
        for passage, result in zip(there, reanchor(old, self.text, cuts), strict=True):
            self._found[passage.pk] = result


@dataclass(frozen=True)
class Sought:
    """An appearance or a citation whose passage is looked for in a newer copy.

    ``base``: the newest place where it is known to stand. ``gone``: a person's later
    word that it was no longer there.
    """

    row: Appearance | Citation
    base: Passage
    gone: Anchoring | None


def look_ahead(document: Document, text: str) -> Finder:
    """Look for a document's passages in a text that is about to become its copy.

    Takes the time that comparing takes, so it is called outside of any transaction.
    """
    finder = Finder(text)
    if text:
        finder.find(sought.base for sought in _sought(document.copies.all()))
    return finder


def anchor_passages(
    copy: StoredCopy,
    actor: Any,
    finder: Finder | None = None,
    at: datetime.datetime | None = None,
) -> Counter[str]:
    """Note where the passages of older copies stand in this one; return the verdicts.

    Passages of discarded and taken-down claims are not looked for, nor those whose own
    copy is sealed. The same, mapped, exact or typographically changed words are
    *certain*; anything else a person decides. What a person said to be gone stays gone
    until the same words are back. A signed claim whose words changed or are missing
    gets new information; other typography is none. Done again, it adds nothing.

    Call it in the transaction that adds the copy, before the last event: it locks the
    claims concerned, as moves do, and then appends one event with numbers alone.
    """
    verdicts: Counter[str] = Counter()
    if not copy.text:
        return verdicts
    at = at or timezone.now()
    _lock_claims(copy)
    older = copy.document.copies.filter(number__lt=copy.number)
    wanted = list(_sought(older, new=copy))
    found = (finder or Finder(copy.text)).find(each.base for each in wanted)
    rows = _rows(copy, wanted, found, at)
    Anchoring.objects.bulk_create(rows)
    _tell(rows, at)
    verdicts.update(str(row.verdict) for row in rows)
    if wanted:
        _append_event(copy, actor, at, verdicts, len(wanted) - len(rows))
    return verdicts


def _append_event(
    copy: StoredCopy,
    actor: Any,
    at: datetime.datetime,
    verdicts: Counter[str],
    not_compared: int,
) -> None:
    details: dict[str, Any] = {"copy": copy.number, **verdicts}
    if not_compared:
        details["not_compared"] = not_compared
    public_id = copy.document.public_id
    append_event("anchored", "document", public_id, Actor.of(actor), at, details)


def _lock_claims(copy: StoredCopy) -> None:
    """Lock, in the order that moves use, every claim with a passage in the document."""
    within = {"passage__stored_copy__document": copy.document_id}
    appearing = Appearance.objects.filter(**within).values("claim")
    citing = Citation.objects.filter(**within).values("claim")
    claims = Claim.objects.filter(Q(pk__in=appearing) | Q(pk__in=citing))
    list(claims.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _sought(
    copies: QuerySet[StoredCopy], new: StoredCopy | None = None
) -> Iterator[Sought]:
    """Yield what stands in these copies and was not looked for in ``new`` yet."""
    for model, name in ((Appearance, "appearance"), (Citation, "citation")):
        rows: Any = model._default_manager.filter(passage__stored_copy__in=copies)
        rows = rows.exclude(claim__state__in=_LEFT_OUT)
        if new is not None:
            known = Anchoring.objects.filter(stored_copy=new).exclude(**{name: None})
            rows = rows.exclude(pk__in=known.values(name))
        rows = rows.select_related("passage__stored_copy").order_by("pk")
        found = list(rows.defer(*without_text("passage__stored_copy")))
        steps = _steps(name, found, copies)
        for row in found:
            yield _newest(row, steps[row.pk])


def _steps(
    name: str, sought: list[Any], copies: QuerySet[StoredCopy]
) -> dict[int, list[Anchoring]]:
    """Return what is known or said of passages in these copies, in their order."""
    rows = Anchoring.objects.filter(**{f"{name}__in": sought}, stored_copy__in=copies)
    rows = rows.exclude(state=AnchoringState.TO_DECIDE)
    rows = rows.select_related("stored_copy", "found__stored_copy", "decided_by")
    rows = rows.defer(*without_text("stored_copy"), *without_text("found__stored_copy"))
    steps: dict[int, list[Anchoring]] = defaultdict(list)
    for row in rows.order_by("stored_copy__number", "pk"):
        steps[getattr(row, f"{name}_id")].append(row)
    return steps


def _newest(row: Appearance | Citation, steps: list[Anchoring]) -> Sought:
    own: Any = row.passage
    base, gone = own, None
    for step in steps:
        if step.stored_copy.number <= own.stored_copy.number:
            continue  # marked by hand in that copy, or in a newer one
        if step.state == AnchoringState.GONE:
            gone = step
        elif step.stored_copy.sealed_at is None:
            base, gone = step.found, None
    return Sought(row, base, gone)


def _rows(
    copy: StoredCopy, wanted: list[Sought], found: Found, at: datetime.datetime
) -> list[Anchoring]:
    results = [(each, found[each.base.pk]) for each in wanted]
    places = [
        (result.passage.start, result.passage.end)
        for _each, result in results
        if result is not None and result.passage is not None
    ]
    passages = copy.passages_at(places)
    return [
        _row(copy, each, result, passages, at)
        for each, result in results
        if result is not None
    ]


def _row(
    copy: StoredCopy,
    sought: Sought,
    result: Reanchored,
    passages: dict[tuple[int, int], Passage],
    at: datetime.datetime,
) -> Anchoring:
    name = "appearance" if isinstance(sought.row, Appearance) else "citation"
    row = Anchoring(
        **{name: sought.row},
        base=sought.base,
        stored_copy=copy,
        verdict=AnchorVerdict(result.verdict.value),
        found=passages[(result.passage.start, result.passage.end)]
        if result.passage
        else None,
        reason=result.reason,
        words_changed=result.words_changed,
        state=AnchoringState.CERTAIN if result.certain else AnchoringState.TO_DECIDE,
        made_at=at,
    )
    if sought.gone is not None and not result.certain:
        _keep_gone(row, sought.gone)
    return row


def _keep_gone(row: Anchoring, gone: Anchoring) -> None:
    """Let a person's word hold: similar words elsewhere bring nothing back."""
    row.state, row.verdict = AnchoringState.GONE, AnchorVerdict.ORPHANED
    row.found, row.words_changed = None, False
    row.decided_by, row.decided_at = gone.decided_by, gone.decided_at
    row.reason = _("it was gone from copy %(number)s already") % {
        "number": gone.stored_copy.number
    }


def _tell(rows: list[Anchoring], at: datetime.datetime) -> None:
    """Tell of what a person must decide where somebody signed for the words."""
    undecided = [row for row in rows if row.state == AnchoringState.TO_DECIDE]
    claims = {row.subject.claim_id for row in undecided}
    signed = set(
        Claim.objects.filter(pk__in=claims).signed().values_list("pk", flat=True)
    )
    for row in undecided:
        if row.subject.claim_id in signed:
            tell_of_place(row, at)
