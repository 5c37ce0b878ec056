"""Stored copies that are wanted of documents: fetched here, never in a web request.

Who cites a document, the desk's button and `store_copies` want a copy; one run at a
time takes up what is due. The server is asked outside of any transaction.
"""

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.fetch import FetchError
from claims.fetch.addresses import read_address
from claims.intake import IntakeError
from claims.models import Capture, Citation, Document, StoredCopy
from claims.workflow.desk_words import CaptureState

from .capturing import CaptureError, Kept, keep_file, keep_page
from .lease import lease
from .originals import Original, StatusError, from_address
from .patience import Pace, asked_to_wait, is_passing, next_try

#: In one go, so that what else falls due is not kept waiting.
AT_ONCE = 20
#: A document that was cited is not asked for again so soon after its copy failed.
REST = datetime.timedelta(days=1)
Get = Callable[[str], Original]
logger = logging.getLogger(__name__)


# Wanting


def can_be_fetched(document: Document) -> bool:
    """Whether a document has an address of the public internet."""
    try:
        read_address(document.url)
    except FetchError:
        return False
    return True


def want_copy(
    document: Document, user: Any = None, at: datetime.datetime | None = None
) -> Capture:
    """Note that a copy is to be stored; return the open wish where there is one.

    One that waits for its next try is due at once. Raises ``FetchError`` for an address
    that never can be fetched. ``user``: ``None`` for a command.
    """
    read_address(document.url)
    _note([document], user, at or timezone.now())
    rows = document.captures.open().filter(reads=None)
    rows.filter(state=CaptureState.WANTED).update(next_try_at=None)
    row: Capture = rows.get()
    return row


def want_reading(
    copy: StoredCopy, user: Any, at: datetime.datetime | None = None
) -> None:
    """Note that a stored file is to be read, for a copy with its text."""
    row = Capture(
        document_id=copy.document_id,
        reads=copy,
        wanted_by=user,
        wanted_at=at or timezone.now(),
    )
    Capture.objects.bulk_create([row], ignore_conflicts=True)


def want_missing(
    documents: Iterable[Document], user: Any, at: datetime.datetime | None = None
) -> None:
    """Want a copy of each document that has none; called where a citation is saved.

    Says nothing: what cannot be fetched is left out, and so is what failed within the
    last day.
    """
    at = at or timezone.now()
    keys = {document.pk for document in documents}
    wanting = without_copy().filter(pk__in=keys)
    recent = Capture.objects.filter(document=OuterRef("pk"), ended_at__gt=at - REST)
    rows = wanting.exclude(Exists(recent))
    _note([row for row in rows if can_be_fetched(row)], user, at)


def without_copy() -> Any:
    """Documents that have an address, and no stored copy of any kind."""
    copies = StoredCopy.objects.filter(document=OuterRef("pk"))
    return Document.objects.exclude(url="").exclude(Exists(copies))


def cited_without_copy() -> Any:
    """Those that some claim cites; the oldest first."""
    citing = Citation.objects.filter(document=OuterRef("pk"))
    return without_copy().filter(Exists(citing)).order_by("pk")


def _note(documents: list[Document], user: Any, at: datetime.datetime) -> None:
    rows = [
        Capture(document=document, url=document.url, wanted_by=user, wanted_at=at)
        for document in documents
    ]
    # Whoever wants the same at the same moment finds the wish of the other.
    Capture.objects.bulk_create(rows, ignore_conflicts=True)


# Running


def run_captures(
    only: Iterable[Capture] | None = None,
    *,
    get: Get = from_address,
    at_once: int = AT_ONCE,
    pace: Pace | None = None,
    clock: Callable[[], datetime.datetime] = timezone.now,
) -> Iterator[Capture]:
    """Store what is wanted, the longest wanted first; yield each row after its try.

    ``only``: these alone, also before their next try is due. A passing fault leaves a
    row waiting for its next try. Yields nothing when another run is at work.
    """
    pace = pace or Pace()
    with lease("captures") as ours:
        if not ours:
            return
        _take_up_again(clock())
        chosen = list(Capture.objects.due(clock())[:at_once] if only is None else only)
        for row in chosen:
            row.refresh_from_db()
            if row.state == CaptureState.WANTED:
                _run(row, get, pace, clock)
                yield row


def _take_up_again(at: datetime.datetime) -> None:
    """Let what an earlier run left wait again: the lease says that it broke off."""
    for row in Capture.objects.filter(state=CaptureState.RUNNING):
        _wait_or_fail(row, _("It was broken off."), at)


def _run(row: Capture, get: Get, pace: Pace, clock: Callable[[], Any]) -> None:
    row.state, row.begun_at, row.tries = CaptureState.RUNNING, clock(), row.tries + 1
    row.save(update_fields=["state", "begun_at", "tries"])
    try:
        kept = _kept(row, get, pace)
    except (FetchError, IntakeError, CaptureError, ValidationError) as error:
        _end_without(row, error, clock())
    except Exception:
        # Whatever it is, the next one is not to blame.
        logger.warning("capture %s failed", row.public_id, exc_info=True)
        reason = _("An error of the tracker; the log tells more.")
        _end(row, CaptureState.FAILED, reason, clock())
    else:
        row.stored_copy = kept.copy
        state = CaptureState.STORED if kept.is_new else CaptureState.UNCHANGED
        _end(row, state, kept.remark, clock())


def _kept(row: Capture, get: Get, pace: Pace) -> Kept:
    actor = row.wanted_by or "store_copies"
    if row.reads is not None:
        return keep_file(row.reads, actor)
    with pace.at(row.url):
        original = get(row.url)
    return keep_page(row.document, original, actor)


def _end_without(row: Capture, error: Exception, at: datetime.datetime) -> None:
    """Let a passing fault wait for another try; end any other."""
    messages = getattr(error, "messages", None)
    reason = " ".join(messages) if messages else str(error)
    if not is_passing(error):
        _end(row, CaptureState.FAILED, reason, at)
        return
    wait = asked_to_wait(error, at) if isinstance(error, StatusError) else None
    _wait_or_fail(row, reason, at, wait)


def _wait_or_fail(
    row: Capture,
    reason: str,
    at: datetime.datetime,
    wait: datetime.timedelta | None = None,
) -> None:
    row.next_try_at = next_try(row.tries, at, wait)
    if row.next_try_at is None:
        _end(row, CaptureState.FAILED, _("%s Given up.") % reason, at)
        return
    row.state, row.reason = CaptureState.WANTED, reason
    row.save(update_fields=["state", "reason", "next_try_at"])


def _end(row: Capture, state: str, reason: str, at: datetime.datetime) -> None:
    row.state, row.reason, row.ended_at = state, reason, at
    row.next_try_at = None
    row.save()
