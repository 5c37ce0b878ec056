"""An import under way: begun, carried on where it stopped, undone. One at a time."""

import datetime
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.jobs.lease import lease
from claims.models import ClaimImport, ImportRow
from claims.workflow.desk_words import ClaimImportState, RowOutcome

from .checking import throw_away
from .errors import ImportRefusedError
from .undoing import Undoer
from .writing import Writer

#: A batch keeps the database from others for a fifth of a second (benchmark `imports`).
BATCH_ROWS = 250
#: Between two batches: SQLite lets nobody in by turns, whoever waits asks every 0.1 s.
PAUSE_SECONDS = 0.05
LEASE = "claim_imports"
#: In one go, so that what else falls due is not kept waiting.
ROWS_IN_UPKEEP = 20_000
#: A checked file of which nobody made anything is kept so long.
KEPT_UNBEGUN = datetime.timedelta(days=7)


def begin(row: ClaimImport, by: Any, *, takes_good_rows: bool = False) -> None:
    """Let a checked import be written. Raises ``ImportRefusedError``."""
    with transaction.atomic():
        row = _locked(row)
        if row.state != ClaimImportState.CHECKED:
            raise ImportRefusedError(_("It was begun already."))
        row.takes_good_rows = takes_good_rows
        if row.is_refused:
            sentence = _(
                "%(count)s rows are refused, so nothing was imported. Correct them, or "
                "ask for the good rows only."
            )
            raise ImportRefusedError(sentence % {"count": row.refused})
        row.by, row.state = by, ClaimImportState.WRITING
        row.save()


def begin_undoing(row: ClaimImport, by: Any) -> None:
    """Let an import be undone. Raises ``ImportRefusedError``."""
    with transaction.atomic():
        row = _locked(row)
        if row.state not in (ClaimImportState.DONE, ClaimImportState.WRITING):
            sentence = _("It cannot be undone: it is %(state)s.")
            raise ImportRefusedError(sentence % {"state": row.get_state_display()})
        row.by, row.state = by, ClaimImportState.UNDOING
        row.save()


def carry_on(
    row: ClaimImport,
    most: int | None = None,
    *,
    clock: Callable[[], datetime.datetime] = timezone.now,
    batch_rows: int = BATCH_ROWS,
    pause_seconds: float = PAUSE_SECONDS,
) -> Iterator[int]:
    """Write, or undo, what is left of an import; yield the rows of each batch.

    Ends after ``most`` rows, if there are more; the next call takes up the rest, in
    whatever process. Raises ``ImportRefusedError`` when another import is at work.
    """
    with lease(LEASE) as ours:
        if not ours:
            raise ImportRefusedError(_("Another import is at work: try again later."))
        row.refresh_from_db()
        batches = _batches(row, clock, batch_rows)
        done = 0
        while (most is None or done < most) and (count := next(batches, 0)):
            done += count
            yield count
            time.sleep(pause_seconds)
        _end(row, clock())


def carry_on_unfinished(most: int = ROWS_IN_UPKEEP) -> int:
    """Carry on what was begun and broke off, the oldest first; return the rows done."""
    done = 0
    for row in ClaimImport.objects.unfinished():
        try:
            done += sum(carry_on(row, most - done))
        except ImportRefusedError:  # it is at work elsewhere
            return done
        if done >= most:
            break
    return done


def forget_unbegun(at: datetime.datetime) -> int:
    """Throw away files that were checked and never begun; return how many."""
    waiting = (ClaimImportState.READING, ClaimImportState.CHECKED)
    old = ClaimImport.objects.filter(state__in=waiting, at__lte=at - KEPT_UNBEGUN)
    for row in (rows := list(old)):
        throw_away(row)
    return len(rows)


def _batches(
    row: ClaimImport, clock: Callable[[], datetime.datetime], batch_rows: int
) -> Iterator[int]:
    if row.state == ClaimImportState.WRITING:
        writer = Writer(row, row.by)
        while rows := list(row.rows.to_write()[:batch_rows]):
            writer.write(rows, clock())
            yield len(rows)
    elif row.state == ClaimImportState.UNDOING:
        undoer = Undoer(row, row.by)
        while rows := _last_batch(row):
            undoer.undo(rows, clock())
            yield len(rows)


def _last_batch(row: ClaimImport) -> list[ImportRow]:
    written = row.rows.filter(outcome=RowOutcome.WRITTEN).order_by("-batch", "number")
    newest = written.values_list("batch", flat=True).first()
    return list(written.filter(batch=newest).select_related("previous"))


def _end(row: ClaimImport, at: datetime.datetime) -> None:
    """End an import of which nothing is left to do."""
    row.refresh_from_db()
    left = row.rows.to_write()
    ends = ClaimImportState.DONE
    if row.state == ClaimImportState.UNDOING:
        left = row.rows.filter(outcome=RowOutcome.WRITTEN)
        ends = ClaimImportState.UNDONE
    elif row.state != ClaimImportState.WRITING:
        return
    if not left.exists():
        row.state, row.ended_at = ends, at
        row.save(update_fields=["state", "ended_at"])


def _locked(row: ClaimImport) -> ClaimImport:
    found: ClaimImport = ClaimImport.objects.select_for_update().get(pk=row.pk)
    return found
