"""What is to be looked at: a document's address, and all that is known of it."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

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


def digest_of_quotations(quotations: Sequence[Quoted]) -> str:
    marks = "\n".join(sorted(quoted.mark for quoted in quotations))
    return hashlib.sha256(marks.encode()).hexdigest() if marks else ""


def task_of(pk: int, host: HostFacts) -> Task | None:
    """Gather what one look needs; ``None`` when the document has no address by now."""
    rows = Document.objects.select_related("link_watch")
    document = rows.exclude(url="").filter(pk=pk).first()
    if document is None:
        return None
    watch: LinkWatch | None = getattr(document, "link_watch", None)
    if watch is not None and watch.url != document.url:
        watch = None  # what it remembers is about another address
    memory = memory_of(document, watch)
    quotations = quotations_of(document)
    task = Task(document.pk, document.url, host, memory, quotations)
    if watch is None:
        return task
    names = [field.name for field in fields(KnownPage)]
    page = KnownPage(**{name: getattr(watch, name) for name in names})
    seen, looked_for = frozenset(watch.standing), watch.looked_for
    return replace(task, page=page, standing=seen, looked_for_before=looked_for)


def memory_of(document: Document, watch: LinkWatch | None) -> Memory:
    """Return what is remembered of a document's link, in the terms of the checks."""
    fresh_until = None
    if document.published_to is not None:
        day = datetime.datetime.combine(
            document.published_to, datetime.time.min, datetime.UTC
        )
        fresh_until = day + datetime.timedelta(days=FRESH_DAYS)
    if watch is None:
        return Memory(title=document.title, fresh_until=fresh_until)
    kept = {name: getattr(watch, name) for name in REMEMBERED}
    kept |= {name: tuple(kept[name]) for name in ("gone", "sketch")}
    kept["title"] = watch.title or document.title
    return Memory(**kept, next_at=document.next_check_at, fresh_until=fresh_until)


def quotations_of(document: Document) -> tuple[Quoted, ...]:
    """Return what working claims quote from a document, word for word."""
    rows = Citation.objects.filter(document=document, claim__state=ClaimState.WORKING)
    named = rows.exclude(quotation="").order_by("pk")
    return tuple(
        Quoted(key, words) for key, words in named.values_list("public_id", "quotation")
    )


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
