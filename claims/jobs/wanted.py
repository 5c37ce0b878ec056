"""Articles that the desk asked for by their address: fetched here, never in a page."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.fetch import FetchError
from claims.fetch.addresses import read_address
from claims.intake import IntakeError
from claims.models import Import
from claims.workflow.words import ImportState

from .intake import Imported, Outcome, Stated, read_original, store
from .lease import lease
from .originals import from_address

#: In one go, so that what else falls due is not kept waiting.
AT_ONCE = 20
OUTCOMES = {
    Outcome.NEW: gettext_lazy("A new article."),
    Outcome.COPY_ADDED: gettext_lazy(
        "Known already, and changed: it has another stored copy."
    ),
    Outcome.UNCHANGED: gettext_lazy("Known already, and unchanged."),
}
logger = logging.getLogger(__name__)


def what_came(imported: Imported) -> str:
    """Say in a sentence or two what an import did."""
    said = str(OUTCOMES[imported.outcome])
    if not imported.authors:
        return said
    names = ", ".join(source.name for source in imported.authors)
    return f"{said} {_('Noted as authors: %(names)s.') % {'names': names}}"


def want(url: str, stated: Stated, user: Any) -> Import:
    """Note that an address is to be imported; ``FetchError`` for what never can be."""
    read_address(url)
    row = Import(url=url, wanted_by=user, **vars(stated))
    row.full_clean()
    row.save()
    return row


def run_wanted(
    get: Callable[[str], Any] = from_address, at_once: int = AT_ONCE
) -> Iterator[Import]:
    """Import what is wanted, the oldest first; yield each row when it has ended.

    Yields nothing when another run is at work.
    """
    with lease("imports") as ours:
        if not ours:
            return
        yield from _broken_off()
        for row in Import.objects.wanted()[:at_once]:
            _begin(row)
            _run(row, get)
            yield row


def _broken_off() -> Iterator[Import]:
    """End what an earlier run left: the lease says that it no longer runs."""
    for row in Import.objects.filter(state=ImportState.RUNNING):
        yield _end(row, ImportState.FAILED, _("It was broken off; ask for it again."))


def _begin(row: Import) -> None:
    row.state, row.begun_at = ImportState.RUNNING, timezone.now()
    row.save(update_fields=["state", "begun_at"])


def _run(row: Import, get: Callable[[str], Any]) -> None:
    stated = Stated(row.title, row.publisher, row.published, row.language)
    try:
        original = get(row.url)
        imported = store(original, read_original(original), stated, row.wanted_by)
    except (FetchError, IntakeError) as error:
        _end(row, ImportState.FAILED, str(error))
    except Exception:
        # Whatever it is, the next one is not to blame.
        logger.warning("import %s failed", row.public_id, exc_info=True)
        _end(row, ImportState.FAILED, _("An error of the tracker; the log tells more."))
    else:
        _succeed(row, imported)


def _succeed(row: Import, imported: Imported) -> None:
    row.article, row.warnings = imported.article, list(imported.warnings)
    _end(row, ImportState.DONE, what_came(imported))


def _end(row: Import, state: ImportState, reason: str) -> Import:
    row.state, row.reason, row.ended_at = state, reason, timezone.now()
    row.save()
    return row
