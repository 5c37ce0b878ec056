"""Jobs that hold what was written against itself: event chain, record, search."""

from claims.models import Release
from claims.models.events import BrokenLink, verify_chain
from claims.publishing.rebuild import rebuild
from claims.publishing.snapshot import Difference
from claims.search import Index, numbers
from claims.search import rebuild as rebuild_index

from .progress import bar

__all__ = [
    "BrokenLink",
    "Difference",
    "rebuild_record",
    "rebuild_search",
    "verify_events",
]


def verify_events() -> tuple[int, BrokenLink | None]:
    """Walk the event chain; return the number of events and the first broken link."""
    return verify_chain()


def rebuild_record(*, fix: bool) -> list[Difference]:
    """Replay every release; return how the record differed, mended if ``fix``."""
    subjects = Release.objects.order_by().values("subject_type", "subject_id")
    with bar(subjects.distinct().count(), "releases") as shown:
        return rebuild(fix=fix, progress=shown.update)


def rebuild_search(index: Index, *, anew: bool) -> int:
    """Bring a search index in step; return how many entries had to be written."""
    subjects, _entries = numbers(index)
    with bar(subjects, f"{index.things}, {index.name}") as shown:
        return rebuild_index(index, anew=anew, progress=shown.update)
