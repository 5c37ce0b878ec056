"""Undoing an import: drafts it made are discarded, changed ones say again what they said.

What somebody touched since is kept, and named. Sources and documents stay: discarded
claims still name them, and nothing at the desk is ever deleted.
"""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimImport, ExternalId, ImportRow
from claims.moves.imports import discard_imported, record_undoing
from claims.workflow.desk_words import RowOutcome, RowVerdict

from .hindrances import hindrances_of
from .inserting import note_histories
from .matching import MatchError
from .writing import Ready, Writer


class Undoer(Writer):
    """Undoes the batches of one import under its ledger, the newest first."""

    def undo(self, rows: Sequence[ImportRow], at: datetime.datetime) -> None:
        """Undo rows of one batch, with an event; all of it or nothing."""
        with transaction.atomic():
            known = self._locked(rows)
            hindrances = hindrances_of(known.values())
            free = [row for row in rows if self._is_free(row, known, hindrances)]
            added = [row for row in free if row.verdict == RowVerdict.ADD]
            self._discard([known[row.pk] for row in added], at)
            changed = [row for row in free if row.verdict == RowVerdict.CHANGE]
            back = self._restore(changed, known, at)
            undone = added + back
            self._settle(rows, undone)
            number = rows[0].batch or 0
            record_undoing(self._import, number, undone, self._actor, at)

    def _locked(self, rows: Sequence[ImportRow]) -> dict[int, ExternalId]:
        """Return, by row, the external ids that still stand for these rows."""
        found = ExternalId.objects.filter(row__in=[row.pk for row in rows])
        known = {row.row_id: row for row in found.order_by()}
        keys = [row.claim_id for row in known.values()]
        claims = Claim.objects.filter(pk__in=keys).order_by("pk")
        locked = {claim.pk: claim for claim in claims.select_for_update(no_key=True)}
        for row in known.values():
            row.claim = locked[row.claim_id]
        return known

    def _is_free(
        self, row: ImportRow, known: dict[int, ExternalId], hindrances: dict[int, str]
    ) -> bool:
        found = known.get(row.pk)
        if found is None:
            row.remarks = [
                ["", _("A later import changed this claim: undo that one first."), ""]
            ]
            return False
        if hindrance := hindrances.get(found.claim_id):
            row.remarks = [["", hindrance, ""]]
            return False
        return True

    def _discard(self, known: list[ExternalId], at: datetime.datetime) -> None:
        keys = [row.claim_id for row in known]
        discard_imported(keys)
        ids = [row.claim.public_id for row in known]
        note_histories(Claim, ids, "~", self._actor, at, f"{self._reason} undone")
        ExternalId.objects.filter(pk__in=[row.pk for row in known]).delete()

    def _restore(
        self,
        rows: list[ImportRow],
        known: dict[int, ExternalId],
        at: datetime.datetime,
    ) -> list[ImportRow]:
        """Let claims say again what the import before said of them."""
        back, ready = [], []
        for row in rows:
            before = row.previous
            content = json.loads(before.content) if before is not None else {}
            try:
                matched = self._matcher.match(content)
            except (MatchError, KeyError):
                row.remarks = [
                    ["", _("What it said before names what is no longer there."), ""]
                ]
                continue
            back.append(row)
            ready.append(Ready(_pointing(before, row), content, matched, known[row.pk]))
        self._make(ready, at)
        self._change(ready, at)
        return back

    def _settle(self, rows: Sequence[ImportRow], undone: list[ImportRow]) -> None:
        keys = {row.pk for row in undone}
        for row in rows:
            row.outcome = RowOutcome.UNDONE if row.pk in keys else RowOutcome.KEPT
        kept = [row for row in rows if row.pk not in keys]
        ImportRow.objects.filter(pk__in=keys).update(outcome=RowOutcome.UNDONE)
        ImportRow.objects.bulk_update(kept, ["outcome", "remarks"])
        ClaimImport.objects.filter(pk=self._import.pk).update(
            kept=F("kept") + len(kept), written=F("written") - len(rows)
        )


def _pointing(before: Any, row: ImportRow) -> Any:
    """Return the earlier row, to be pointed at in place of the one undone."""
    before.previous_id = row.pk
    return before
