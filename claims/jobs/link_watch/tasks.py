"""What is to be looked at: a document's address, and all that is known of it."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from claims.checking.links import Memory
from claims.models import Citation, Document, LinkWatch, WatchedHost
from claims.workflow.words import ClaimState

#: What a ``LinkWatch`` remembers under the name that the memory has for it.
REMEMBERED = frozenset(field.name for field in fields(Memory)) - {
    "next_at",
    "fresh_until",
}
FRESH_DAYS = 7


@dataclass(frozen=True)
class Quoted:
    """Words that a working claim quotes from the document; ``key``: of its citation."""

    key: str
    words: str

    @property
    def mark(self) -> str:
        """Name the words as well: after an edit they have to be seen anew."""
        return f"{self.key}:{hashlib.sha256(self.words.encode()).hexdigest()[:16]}"


@dataclass(frozen=True)
class KnownPage:
    """The page as it was at the last look: for conditional requests."""

    final_url: str = ""
    etag: str = ""
    last_modified: str = ""
    body_sha256: str = ""


@dataclass(frozen=True)
class HostFacts:
    """What a host said of itself (see ``WatchedHost``)."""

    name: str
    wait_until: datetime.datetime | None = None
    sibling_sketch: tuple[int, ...] = ()
    sibling_at: datetime.datetime | None = None
    robots: str = ""
    robots_at: datetime.datetime | None = None


@dataclass(frozen=True)
class Task:
    """One look: what to ask for, and what is known. Holds nothing of the database."""

    document: int
    url: str
    host: HostFacts
    memory: Memory
    quotations: tuple[Quoted, ...] = ()
    page: KnownPage = KnownPage()
    #: Quotations that were seen in the page at an earlier look, by their marks.
    standing: frozenset[str] = frozenset()
    looked_for_before: str = ""
    #: Whether this address was looked at before.
    is_known: bool = False

    @property
    def looked_for(self) -> str:
        return digest_of_quotations(self.quotations)

    @property
    def must_read(self) -> bool:
        """Whether the page has to be read, although its bytes may be the same.

        Other quotations are looked for than before, or words were missing lately: what
        is to be believed at last is to be kept as well.
        """
        in_doubt = self.memory.sightings and self.memory.state != "deviated"
        is_other = self.looked_for != self.looked_for_before
        return bool(not self.memory.judged or is_other or in_doubt)


_PAGE = tuple(field.name for field in fields(KnownPage))
_COLUMNS = (*REMEMBERED, *_PAGE, "url", "standing", "looked_for")


def digest_of_quotations(quotations: Sequence[Quoted]) -> str:
    marks = "\n".join(sorted(quoted.mark for quoted in quotations))
    return hashlib.sha256(marks.encode()).hexdigest() if marks else ""


def tasks_of(documents: Collection[int]) -> dict[int, Task]:
    """Gather what looks need, for many at once; without those that have no address.

    By columns and without an order: at many looks a second, rows cost more than asking.
    """
    rows = Document.objects.order_by().filter(pk__in=documents).exclude(url="")
    found = list(rows.values_list("pk", "url", "title", "published_to"))
    kept = LinkWatch.objects.order_by().filter(document__in=documents)
    watches = {row["document"]: row for row in kept.values("document", *_COLUMNS)}
    quotations = quotations_of(documents)
    return {
        pk: _task(pk, url, title, day, watches.get(pk, {}), quotations[pk])
        for pk, url, title, day in found
    }


def _task(
    pk: int,
    url: str,
    title: str,
    published_to: datetime.date | None,
    watch: dict[str, Any],
    quotations: list[Quoted],
) -> Task:
    if watch.get("url") != url:
        watch = {}  # what is remembered is about another address
    memory = _memory(title, published_to, watch)
    task = Task(pk, url, HostFacts(""), memory, tuple(quotations))
    if not watch:
        return task
    page = KnownPage(**{name: watch[name] for name in _PAGE})
    return replace(
        task,
        page=page,
        standing=frozenset(watch["standing"]),
        looked_for_before=watch["looked_for"],
        is_known=True,
    )


def _memory(
    title: str, published_to: datetime.date | None, watch: dict[str, Any]
) -> Memory:
    """Return what is remembered of a document's link, in the terms of the checks."""
    fresh_until = None
    if published_to is not None:
        day = datetime.datetime.combine(published_to, datetime.time.min, datetime.UTC)
        fresh_until = day + datetime.timedelta(days=FRESH_DAYS)
    if not watch:
        return Memory(title=title, fresh_until=fresh_until)
    kept = {name: watch[name] for name in REMEMBERED}
    kept |= {name: tuple(kept[name]) for name in ("gone", "sketch")}
    return Memory(**kept | {"title": kept["title"] or title}, fresh_until=fresh_until)


def quotations_of(documents: Collection[int]) -> dict[int, list[Quoted]]:
    """Return what working claims quote from documents, word for word."""
    rows = Citation.objects.order_by().filter(
        document__in=documents, claim__state=ClaimState.WORKING
    )
    named = rows.exclude(quotation="")
    found: dict[int, list[Quoted]] = defaultdict(list)
    columns = ("document", "public_id", "quotation")
    for document, key, words in sorted(named.values_list(*columns)):
        found[document].append(Quoted(key, words))
    return found


def host_facts(name: str) -> HostFacts:
    row = WatchedHost.objects.filter(pk=name).first()
    if row is None:
        return HostFacts(name)
    return HostFacts(
        name,
        row.wait_until,
        tuple(row.sibling_sketch),
        row.sibling_at,
        row.robots,
        row.robots_at,
    )
