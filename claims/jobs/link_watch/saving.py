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
        if not _take_note(task, memory, at):
            return Looked(task.document, task.url, finding, None)
        _remember(memory, asked)
        _show(task, memory, at)
        _log(asked, finding, memory, at)
        _tell(task, memory, at)
        _keep_host(asked, memory, finding)
    if memory.state == "deviated" != task.memory.state:
        _keep_page(task.document, asked)
    return Looked(task.document, task.url, finding, memory)


def _take_note(task: Task, memory: Memory, at: datetime.datetime) -> bool:
    """Lock the document by writing to it; False when its address was changed."""
    # Not by save(): what a machine sees is no edit of the document.
    rows = Document.objects.order_by().filter(pk=task.document, url=task.url)
    return bool(rows.update(link_checked_at=at, next_check_at=memory.next_at))


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


def _remember(memory: Memory, asked: Asked) -> None:
    """Write the machine's columns that changed; a person's are another's to write."""
    task = asked.task
    columns = {name: getattr(memory, name) for name in REMEMBERED}
    if task.is_known:
        before = task.memory
        same = [name for name in columns if columns[name] == getattr(before, name)]
        columns = {name: columns[name] for name in columns if name not in same}
    columns |= {
        name: list(columns[name]) for name in ("gone", "sketch") if name in columns
    }
    if asked.was_read or asked.answer.unchanged:
        columns |= _page_columns(asked)
    if asked.was_read:
        columns |= {"standing": _standing(asked), "looked_for": task.looked_for}
    columns["url"] = task.url
    rows = LinkWatch.objects.order_by().filter(document=task.document)
    if not rows.update(**columns):
        LinkWatch.objects.create(document_id=task.document, **columns)


def _standing(asked: Asked) -> list[str]:
    """Return the marks of the quotations that were seen in the page, now or before."""
    task, now = asked.task, asked.answer.standing
    missing = {quoted.mark for quoted in asked.missing}
    seen = {quoted.mark for quoted in task.quotations if quoted.key in now}
    return sorted(seen | task.standing & missing)


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


def _show(task: Task, memory: Memory, at: datetime.datetime) -> None:
    """Let lists and readers know; a person's word goes before the machine's."""
    rows = Document.objects.order_by().filter(pk=task.document)
    names = ("public_id", "link_state", "link_watch__overruled_as")
    ((public_id, shown, overruled_as),) = rows.values_list(*names)
    state = overruled_as or memory.state
    if state != shown:
        rows.update(link_state=state)
    about = {"public_id": public_id, "link_state": state, "link_checked_at": at}
    refresh_facts([Document(pk=task.document, **about)])


def _log(
    asked: Asked,
    finding: Finding,
    memory: Memory,
    at: datetime.datetime,
) -> None:
    Probe.objects.create(
        document_id=asked.task.document,
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


def _tell(task: Task, after: Memory, at: datetime.datetime) -> None:
    """Note what a person should look at: once, when it comes about."""
    document, before = task.document, task.memory
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


def _keep_page(pk: int, asked: Asked) -> None:
    """Keep the changed page as a copy; where that fails, the look still counts."""
    if asked.original is None or asked.reading is None:
        return
    document = Document.objects.get(pk=pk)
    try:
        keep_changed(document, asked.original, asked.reading)
    except ValidationError:
        logger.warning("changed page of %s not kept", document.public_id, exc_info=True)
