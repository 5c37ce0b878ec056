"""What a look showed, judged and kept: memory, log, notice, and the record."""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from django.core.exceptions import ValidationError
from django.db import transaction

from claims.checking.links import Finding, FindingKind, Memory, advance, classify
from claims.checking.links.findings import SUCCESSES
from claims.checking.quotes import check_quotation
from claims.models import (
    Citation,
    Document,
    LinkNotice,
    LinkWatch,
    Probe,
    StoredCopy,
    WatchedHost,
)
from claims.publishing.facts import refresh_facts
from claims.workflow.desk_words import LinkNoticeKind

from .asking import Asked
from .changes import keep_changed
from .tasks import REMEMBERED, Quoted, Task

logger = logging.getLogger(__name__)

#: States that a person should look at when they come about.
_TELLING = {
    "deviated": LinkNoticeKind.DEVIATED,
    "blocked": LinkNoticeKind.BLOCKED,
    "dead": LinkNoticeKind.DEAD,
    "suspect": LinkNoticeKind.SUSPECT,
}
#: States from which a page can come back.
_AWAY = frozenset({"deviated", "dead", "suspect"})
#: Longer ones are not sent back: columns and headers have their limits.
MAX_VALIDATOR = 300
MAX_DATE = 100


@dataclass(frozen=True)
class Looked:
    """One look that was kept: at what, what it showed, and what holds from now on.

    ``memory`` is ``None`` where the address was changed meanwhile: nothing was kept.
    """

    document: int
    url: str
    finding: Finding
    memory: Memory | None


def keep(asked: Asked, at: datetime.datetime) -> Looked:
    """Judge one look and keep what it showed, all of it or nothing."""
    task = asked.task
    gone = tuple(quoted.key for quoted in _gone(task, asked.missing))
    finding = classify(replace(asked.answer, gone=gone), task.memory)
    memory = advance(_with_page(task.memory, asked, finding), finding, at)
    with transaction.atomic():
        document = _still_at(task)
        if document is None:
            return Looked(task.document, task.url, finding, None)
        watch = _remembered(document, memory, asked, finding)
        _show(document, watch, memory, at)
        _log(document, asked, finding, memory, at)
        _tell(document, task.memory, memory, at)
        _keep_host(asked, memory, finding)
    if memory.state == "deviated" != task.memory.state:
        _keep_page(document, asked)
    return Looked(task.document, task.url, finding, memory)


def _still_at(task: Task) -> Document | None:
    """Lock the document, unless it was given another address meanwhile."""
    rows = Document.objects.select_related("link_watch")
    rows = rows.select_for_update(no_key=True, of=("self",))
    document: Document | None = rows.filter(pk=task.document, url=task.url).first()
    return document


def _gone(task: Task, missing: Iterable[Quoted]) -> Iterable[Quoted]:
    """Yield the missing quotations that did stand in the page before.

    They were seen there by an earlier look, or they stand in a stored copy. A
    quotation that never stood anywhere is a matter of the quotation check.
    """
    for quoted in missing:
        if quoted.mark in task.standing or _stands_in_copy(task.document, quoted):
            yield quoted


def _stands_in_copy(document: int, quoted: Quoted) -> bool:
    marked = Citation.objects.filter(public_id=quoted.key, passage__isnull=False)
    passage = marked.values_list("passage__exact", flat=True).first()
    copies = StoredCopy.objects.with_text().filter(document=document)
    newest_first = copies.order_by("-number").values_list("text", flat=True)
    texts = chain([passage] if passage else [], newest_first.iterator(chunk_size=1))
    return any(check_quotation(quoted.words, text).same_words for text in texts)


def _with_page(memory: Memory, asked: Asked, finding: Finding) -> Memory:
    """Remember what the newest page was judged to be, and how a good one looks."""
    if not asked.was_read:
        return memory
    memory = replace(
        memory,
        judged=finding.kind.value,
        judged_as=finding.reason.value,
        gone=finding.gone,
    )
    page = asked.answer.page
    if page is None or finding.kind not in SUCCESSES:
        return memory
    return replace(
        memory,
        title=page.title[:500] or memory.title,
        language=page.language[:35],
        characters=page.characters,
        sketch=page.sketch,
    )


def _remembered(
    document: Document, memory: Memory, asked: Asked, finding: Finding
) -> LinkWatch:
    """Write the machine's columns; those of a person are another's to write."""
    watch = getattr(document, "link_watch", None) or LinkWatch(document=document)
    columns = {name: getattr(memory, name) for name in REMEMBERED}
    columns |= {name: list(columns[name]) for name in ("gone", "sketch")}
    columns["url"] = asked.task.url
    if asked.was_read or asked.answer.unchanged:
        columns |= _page_columns(asked)
    if asked.was_read:
        missing = {quoted.mark for quoted in asked.missing}
        marks = {quoted.mark for quoted in asked.task.quotations}
        seen = {
            quoted.mark
            for quoted in asked.task.quotations
            if quoted.key in asked.answer.standing
        } | asked.task.standing & missing
        columns["standing"] = sorted(seen & marks)
        columns["looked_for"] = asked.task.looked_for
    for name, value in columns.items():
        setattr(watch, name, value)
    watch.save(update_fields=None if watch.pk is None else list(columns))
    return watch


def _page_columns(asked: Asked) -> dict[str, str]:
    fetched = asked.fetched
    if fetched is None or fetched.status == 304:
        return {}
    etag, modified = fetched.header("etag"), fetched.header("last-modified")
    return {
        "final_url": fetched.url,
        "etag": etag if len(etag) <= MAX_VALIDATOR else "",
        "last_modified": modified if len(modified) <= MAX_DATE else "",
        "body_sha256": asked.body_sha256,
    }


def _show(
    document: Document, watch: LinkWatch, memory: Memory, at: datetime.datetime
) -> None:
    """Let lists and readers know; a person's word goes before the machine's."""
    document.link_state = watch.shown_state
    document.link_checked_at, document.next_check_at = at, memory.next_at
    columns = ("link_state", "link_checked_at", "next_check_at")
    values = {name: getattr(document, name) for name in columns}
    # Not by save(): what a machine sees is no edit of the document.
    Document.objects.filter(pk=document.pk).update(**values)
    refresh_facts([document])


def _log(
    document: Document,
    asked: Asked,
    finding: Finding,
    memory: Memory,
    at: datetime.datetime,
) -> None:
    Probe.objects.create(
        document=document,
        at=at,
        url=asked.task.url,
        final_url=asked.answer.url,
        status=asked.answer.status,
        kind=finding.kind.value,
        reason=finding.reason.value,
        detail=finding.detail[:500],
        gone=list(finding.gone),
        strike=finding.strike if memory.last_strike_at == at else 0,
        state=memory.state,
        milliseconds=asked.milliseconds,
    )


def _tell(
    document: Document, before: Memory, after: Memory, at: datetime.datetime
) -> None:
    """Note what a person should look at: once, when it comes about."""
    if after.moved_to and after.moved_to != before.moved_to:
        LinkNotice.tell(document, LinkNoticeKind.MOVED, at)
    elif after.state == before.state:
        return
    elif after.state in _TELLING:
        LinkNotice.tell(document, _TELLING[after.state], at)
    elif after.successes and before.state in _AWAY:
        LinkNotice.tell(document, LinkNoticeKind.BACK, at)
    elif after.successes and before.state == "blocked":
        waiting = LinkNotice.objects.unsettled().filter(document=document)
        waiting.update(kind=LinkNoticeKind.BACK, at=at)


def _keep_host(asked: Asked, memory: Memory, finding: Finding) -> None:
    """Keep what the host said of itself, and how long all its pages are to wait."""
    host = asked.host
    if finding.kind == FindingKind.THROTTLED:
        host = replace(host, wait_until=memory.next_at)
    if host != asked.task.host:
        facts = {**vars(host), "sibling_sketch": list(host.sibling_sketch)}
        WatchedHost.objects.update_or_create(name=facts.pop("name"), defaults=facts)


def _keep_page(document: Document, asked: Asked) -> None:
    """Keep the changed page as a copy; where that fails, the look still counts."""
    if asked.original is None or asked.reading is None:
        return
    try:
        keep_changed(document, asked.original, asked.reading)
    except ValidationError:
        logger.warning("changed page of %s not kept", document.public_id, exc_info=True)
