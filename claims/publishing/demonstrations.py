"""Which public sources and documents belong to demonstrations alone.

A claim is invented when its article is; a source or document, when everything that
uses or names it is. Who names whom follows from their released contents.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from claims.models.record import (
    PublishedArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedDocument,
    PublishedNaming,
    PublishedSource,
)
from claims.models.releases import SubjectType

from .content import Content

Subject = tuple[str, str]
_AT_ONCE = 500
_ROWS: dict[str, Any] = {
    SubjectType.SOURCE: PublishedSource,
    SubjectType.DOCUMENT: PublishedDocument,
}


def named_in(subject_type: str, content: Content) -> set[Subject]:
    """Return type and public id of what a source or document names."""
    if subject_type == SubjectType.SOURCE:
        named = [(SubjectType.DOCUMENT, content["document"])]
        named += [
            (SubjectType.SOURCE, row["organisation"]) for row in content["affiliations"]
        ]
    else:
        named = [
            (SubjectType.SOURCE, content["publisher"]),
            (SubjectType.DOCUMENT, content["known_only_from"]),
        ]
        named += [
            (SubjectType.SOURCE, row["source"]) for row in content["contributions"]
        ]
    return {(str(kind), public_id) for kind, public_id in named if public_id}


def write_namings(namer_type: str, contents: dict[str, Content]) -> set[Subject]:
    """Write whom these rows name; return those they name now or named before.

    ``contents``: by public id of who names, all of one type.
    """
    wanted = {
        (namer_id, *named)
        for namer_id, content in contents.items()
        for named in named_in(namer_type, content)
    }
    rows = PublishedNaming.objects.filter(
        namer_type=namer_type, namer_id__in=sorted(contents)
    )
    columns = ("namer_id", "named_type", "named_id")
    known = {row[1:]: row[0] for row in rows.values_list("pk", *columns)}
    if gone := [pk for naming, pk in known.items() if naming not in wanted]:
        PublishedNaming.objects.filter(pk__in=gone).delete()
    PublishedNaming.objects.bulk_create(
        PublishedNaming(
            namer_type=namer_type,
            **dict(zip(columns, naming, strict=True)),
        )
        for naming in sorted(wanted - known.keys())
    )
    return {naming[1:] for naming in wanted | known.keys()}


def mark(subjects: set[Subject]) -> None:
    """Decide again for these sources and documents, and for whom they name."""
    waiting = subjects
    while waiting:
        marked: set[Subject] = set()
        for subject_type, table in _ROWS.items():
            ids = sorted(each for kind, each in waiting if kind == subject_type)
            for start in range(0, len(ids), _AT_ONCE):
                marked |= _mark(subject_type, table, ids[start : start + _AT_ONCE])
        waiting = _named_by(marked)


def _mark(subject_type: str, table: Any, ids: list[str]) -> set[Subject]:
    """Mark rows of one table; return those that were marked otherwise before."""
    real, invented = _users(subject_type, False), _users(subject_type, True)
    rows = table.objects.filter(pk__in=ids).order_by()
    now_real = rows.filter(is_demo=True).filter(real | ~invented)
    now_invented = rows.filter(is_demo=False).filter(~real & invented)
    changed = set()
    for found, is_demo in ((now_real, False), (now_invented, True)):
        if differing := list(found.values_list("pk", flat=True)):
            table.objects.filter(pk__in=differing).update(is_demo=is_demo)
            changed |= {(subject_type, public_id) for public_id in differing}
    return changed


def _named_by(subjects: set[Subject]) -> set[Subject]:
    named: set[Subject] = set()
    for namer_type in _ROWS:
        ids = sorted(each for kind, each in subjects if kind == namer_type)
        if ids:
            rows = PublishedNaming.objects.filter(
                namer_type=namer_type, namer_id__in=ids
            )
            named |= set(rows.values_list("named_type", "named_id"))
    return named


def _users(subject_type: str, is_demo: bool) -> Q:
    """Say that something invented, or something real, uses or names the row."""
    claims = {"claim__is_demo": is_demo}  # only listed ones have links
    if subject_type == SubjectType.SOURCE:
        links = PublishedClaimSource.objects.filter(source=OuterRef("pk"), **claims)
        used = Q(Exists(links))
    else:
        cited = PublishedClaimDocument.objects.filter(document=OuterRef("pk"), **claims)
        articles = PublishedArticle.objects.filter(
            document=OuterRef("pk"), is_demo=is_demo
        )
        used = Q(Exists(cited)) | Q(Exists(articles))
    for namer_type, table in _ROWS.items():
        namers = table.objects.filter(pk=OuterRef("namer_id"), is_demo=is_demo)
        namings = PublishedNaming.objects.filter(
            named_type=subject_type, named_id=OuterRef("pk"), namer_type=namer_type
        )
        used |= Q(Exists(namings.filter(Exists(namers))))
    return used
