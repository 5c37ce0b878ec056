"""Everything that falls due: the steps behind the one line in cron."""

import datetime
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from claims.models import Citation, Document, PublishedDocument
from claims.models.events import verify_chain
from claims.publishing.facts import put_methodologies_in_force, refresh_facts
from claims.workflow.desk_words import CaptureState
from claims.workflow.words import ImportState, LinkState

from .captures import run_captures
from .imports import carry_on_unfinished, forget_unbegun
from .lease import lease
from .link_watch import AlreadyWatchingError, Way, looking
from .quotations import check_citations, unchecked
from .reminders import Outcome, send_mails
from .requests import forget_senders
from .wanted import run_wanted

LOGIN_ATTEMPTS_KEPT_DAYS = 30
#: In one go, so that what else falls due is not kept waiting.
QUOTATIONS_AT_ONCE = 2000
#: Of each index: enough for a choice, and milliseconds at any size. The SQLite
#: documentation of ANALYZE recommends 100 to 1,000.
ROWS_LOOKED_AT = 1000
#: In one go, so that what else falls due is not kept waiting: some minutes at most,
#: also where all of them are of one host.
LINKS_AT_ONCE = 200
logger = logging.getLogger(__name__)


class UpkeepError(Exception):
    """A step found something that a person must look at."""


@dataclass(frozen=True)
class Done:
    """What one step did, or how it failed, in a sentence."""

    step: str
    report: str
    failed: bool = False


def methodologies(at: datetime.datetime) -> str:
    put = put_methodologies_in_force(timezone.localdate(at))
    return f"in force now: {', '.join(map(str, put))}" if put else "nothing new"


def link_facts(_at: datetime.datetime) -> str:
    """Bring to the record what the link checks have found since."""
    checked = ~Q(link_state=LinkState.UNKNOWN) | Q(link_checked_at__isnull=False)
    differing = PublishedDocument.objects.filter(pk=OuterRef("public_id")).exclude(
        link_state=OuterRef("link_state"), link_checked_at=OuterRef("link_checked_at")
    )
    changed = Document.objects.filter(checked).filter(Exists(differing))
    return f"{refresh_facts(changed.iterator())} documents changed"


def quotations(_at: datetime.datetime) -> str:
    """Compare quotations that no save has compared: of long copies, or loaded ones."""
    few = unchecked().order_by("document", "pk").values("pk")[:QUOTATIONS_AT_ONCE]
    found = list(check_citations(Citation.objects.filter(pk__in=few)))
    return f"{len(found)} compared" if found else "nothing new to compare"


def event_chain(_at: datetime.datetime) -> str:
    count, broken = verify_chain()
    if broken is not None:
        raise UpkeepError(f"broken at event {broken.sequence}: {broken.fault}")
    return f"{count} events, unbroken"


def imports(_at: datetime.datetime) -> str:
    """Fetch the articles that the desk asked for; whoever asked sees what came of it."""
    done = list(run_wanted())
    failed = sum(row.state == ImportState.FAILED for row in done)
    return f"{len(done) - failed} done, {failed} failed" if done else "none wanted"


def claim_imports(at: datetime.datetime) -> str:
    """Carry on imports of claims that were begun; forget files that never were."""
    carried, left = carry_on_unfinished(), forget_unbegun(at)
    said = [f"{carried} rows carried on"] if carried else []
    said += [f"{left} checked files forgotten"] if left else []
    return ", ".join(said) or "none under way"


def stored_copies(_at: datetime.datetime) -> str:
    """Fetch the copies that are wanted; a failure is told at the desk, not here."""
    tried = [CaptureState(row.state) for row in run_captures()]
    counts = [(state, tried.count(state)) for state in CaptureState]
    said = [f"{count} {_CAPTURED[state]}" for state, count in counts if count]
    return ", ".join(said) or "none wanted"


_CAPTURED = {
    CaptureState.STORED: "stored",
    CaptureState.UNCHANGED: "seen unchanged",
    CaptureState.WANTED: "to be tried again",
    CaptureState.FAILED: "failed",
}


def links(_at: datetime.datetime, way: Way | None = None) -> str:
    """Look at the links that are due, some of them; the next run takes up the rest."""
    if not settings.TRACKER_CHECK_LINKS:
        return "switched off"
    try:
        with looking(way, limit=LINKS_AT_ONCE) as (due, looks):
            looked = sum(1 for _looked in looks)
    except AlreadyWatchingError:
        return "another run is at work"
    return f"{looked} looked at" if due else "none due"


def sessions(_at: datetime.datetime) -> str:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return "expired ones removed"


def login_attempts(at: datetime.datetime) -> str:
    """Forget who tried to log in from where, long after any lock has ended."""
    limit = at - datetime.timedelta(days=LOGIN_ATTEMPTS_KEPT_DAYS)
    old, _by_model = AccessAttempt.objects.filter(attempt_time__lte=limit).delete()
    old += AxesProxyHandler.reset_logs(age_days=LOGIN_ATTEMPTS_KEPT_DAYS)
    old += AxesProxyHandler.reset_failure_logs(age_days=LOGIN_ATTEMPTS_KEPT_DAYS)
    return f"{old} older than {LOGIN_ATTEMPTS_KEPT_DAYS} days removed"


def reminders(at: datetime.datetime) -> str:
    """Send the daily mails, where mail is set up, and not in the night."""
    if not settings.TRACKER_EMAIL_FROM:
        return "no mail is set up"
    if timezone.localtime(at).hour < settings.TRACKER_REMIND_HOUR:
        return f"not before {settings.TRACKER_REMIND_HOUR} o'clock"
    outcomes = {Outcome.SENT: 0, Outcome.NO_ADDRESS: 0, Outcome.FAILED: 0}
    for one in send_mails(at, settings.TRACKER_IDLE_DAYS):
        outcomes[one.outcome] = outcomes.get(one.outcome, 0) + 1
    report = f"{outcomes[Outcome.SENT]} sent"
    if outcomes[Outcome.NO_ADDRESS]:
        report += f", {outcomes[Outcome.NO_ADDRESS]} without an address"
    if outcomes[Outcome.FAILED]:
        raise UpkeepError(f"{report}, {outcomes[Outcome.FAILED]} failed")
    return report


def reports(at: datetime.datetime) -> str:
    """Forget who sent what readers reported, once it is settled long enough."""
    return f"senders of {forget_senders(at)} settled requests forgotten"


def statistics(_at: datetime.datetime) -> str:
    """Tell SQLite how its tables are filled, or it takes the wrong index."""
    if connection.vendor != "sqlite":
        return "kept by the database itself"
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
    return "up to date"


#: Everything that falls due, in this order: name and function. A function gets the
#: time, returns what it did and raises ``UpkeepError`` for what needs a person.
STEPS: tuple[tuple[str, Callable[[datetime.datetime], str]], ...] = (
    ("methodologies", methodologies),
    ("imports", imports),
    ("claim imports", claim_imports),
    ("stored copies", stored_copies),
    ("links", links),
    ("quotations", quotations),
    ("link facts", link_facts),
    ("event chain", event_chain),
    ("reminders", reminders),
    ("sessions", sessions),
    ("login attempts", login_attempts),
    ("readers' reports", reports),
    ("statistics", statistics),
)


def run_due(
    at: datetime.datetime,
    steps: tuple[tuple[str, Callable[[datetime.datetime], str]], ...] = STEPS,
) -> Iterator[Done]:
    """Run every step and yield what it did; a failing one does not stop the rest.

    Yields nothing when another run is at work.
    """
    with lease("upkeep") as ours:
        if not ours:
            return
        for name, step in steps:
            yield _run(name, step, at)


def _run(
    name: str, step: Callable[[datetime.datetime], str], at: datetime.datetime
) -> Done:
    try:
        return Done(name, step(at))
    except UpkeepError as error:
        return Done(name, str(error), failed=True)
    except Exception as error:
        # Whatever it is, the other steps must run.
        logger.warning("upkeep: %s failed", name, exc_info=True)
        return Done(name, f"{type(error).__name__}: {error}", failed=True)
