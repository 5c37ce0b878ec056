"""Jobs that hold what was written against itself: the event chain and the record."""

from claims.models import Release
from claims.models.events import BrokenLink, verify_chain
from claims.publishing.rebuild import Difference, rebuild

from .progress import bar

__all__ = ["BrokenLink", "Difference", "rebuild_record", "verify_events"]


def verify_events() -> tuple[int, BrokenLink | None]:
    """Walk the event chain; return the number of events and the first broken link."""
    return verify_chain()


def rebuild_record(*, fix: bool) -> list[Difference]:
    """Replay every release; return how the record differed, mended if ``fix``."""
    subjects = Release.objects.order_by().values("subject_type", "subject_id")
    with bar(subjects.distinct().count(), "releases") as shown:
        return rebuild(fix=fix, progress=shown.update)
