"""What each index is made of: which rows, in which order, and their entries."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from claims.models import (
    Claim,
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
)

from .contents import desk_entries, public_entries
from .entries import Entry
from .names import (
    article_entries,
    correction_entries,
    document_entries,
    source_entries,
)
from .tables import (
    ARTICLES,
    CORRECTIONS,
    DESK,
    DOCUMENTS,
    PUBLIC,
    SOURCES,
    Index,
)


@dataclass(frozen=True)
class Subjects:
    """The things that have an entry in an index.

    ``rows``: gives all of them, each with a ``public_id``; ``newest_last``: the columns
    to sort them by. ``entries``: yields those of public ids; what is not, or no longer,
    to be found has none.
    """

    rows: Callable[[], QuerySet[Any]]
    newest_last: tuple[str, ...]
    entries: Callable[[Iterable[str]], Iterator[Entry]]

    def ids(self, *, newest_first: bool = False) -> Any:
        """Return a query for the public ids of all, the newest last or first."""
        rows = self.rows().order_by(*self.newest_last)
        return (rows.reverse() if newest_first else rows).values_list(
            "public_id", flat=True
        )


def _corrected() -> QuerySet[Any]:
    notices = PublishedNotice.objects.filter(claim=OuterRef("pk")).order_by()
    return PublishedClaim.objects.filter(Exists(notices))


_BY_RELEASE = ("sequence", "-public_id")
_BY_CHANGE = ("changed_at", "-public_id")

SUBJECTS: dict[Index, Subjects] = {
    PUBLIC: Subjects(PublishedClaim.objects.listed, _BY_RELEASE, public_entries),
    DESK: Subjects(Claim.objects.all, ("pk",), desk_entries),
    SOURCES: Subjects(PublishedSource.objects.all, _BY_CHANGE, source_entries),
    DOCUMENTS: Subjects(PublishedDocument.objects.all, _BY_CHANGE, document_entries),
    ARTICLES: Subjects(PublishedArticle.objects.all, _BY_CHANGE, article_entries),
    CORRECTIONS: Subjects(_corrected, _BY_RELEASE, correction_entries),
}
