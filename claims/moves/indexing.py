"""What the desk finds, kept in step by whoever edits: which claims an edit tells of."""

from typing import Any

from django.db.models import Q

from claims import search
from claims.models import Article, Claim, Document, Source

#: Claims are found by these of their sources and documents too.
_NAMES = frozenset({"source.name", "source.aliases", "source.public_label"})
_TITLES = frozenset({"document.title", "article.document"})


def refresh(subject: Claim | Source | Document | Article, fields: set[str]) -> None:
    """Write the entries of the claims that are found by what was edited.

    ``fields``: as ``record_edit`` is told, all of them: notes are searched, not signed.
    """
    if isinstance(subject, Claim):
        search.write_desk([subject.public_id])
    elif isinstance(subject, Source) and fields & _NAMES:
        _refresh(Q(source=subject) | Q(chain__source=subject))
    elif isinstance(subject, Document) and fields & _TITLES:
        _refresh(Q(article__document=subject) | Q(citations__document=subject))
    elif isinstance(subject, Article) and fields & _TITLES:
        _refresh(Q(article=subject))


def _refresh(telling: Q) -> None:
    rows: Any = Claim.objects.filter(telling).order_by("pk").distinct()
    search.write_desk(rows.values_list("public_id", flat=True))
