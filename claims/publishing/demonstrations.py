"""Which public sources and documents belong to demonstrations alone.

A claim is invented when its article is; a source or document, when everything that
uses or names it is. Who names whom follows from their released contents.
"""

from typing import Any

from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedNaming,
    PublishedSource,
)
from claims.models.releases import SubjectType

from .content import Content

Subject = tuple[str, str]
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


def write_namings(namer: Subject, content: Content) -> set[Subject]:
    """Write whom a row names; return those it names now or named before."""
    rows = PublishedNaming.objects.filter(namer_type=namer[0], namer_id=namer[1])
    before = set(rows.values_list("named_type", "named_id"))
    now = named_in(namer[0], content)
    if now != before:
        rows.delete()
        PublishedNaming.objects.bulk_create(
            PublishedNaming(
                namer_type=namer[0],
                namer_id=namer[1],
                named_type=named_type,
                named_id=named_id,
            )
            for named_type, named_id in sorted(now)
        )
    return now | before


def mark(subjects: set[Subject]) -> None:
    """Decide again for these sources and documents, and for whom they name."""
    waiting = sorted(subjects)
    while waiting:
        subject_type, public_id = waiting.pop()
        rows = _ROWS[subject_type].objects.filter(pk=public_id)
        is_demo = _is_demo(subject_type, public_id)
        if rows.exclude(is_demo=is_demo).update(is_demo=is_demo):
            named = PublishedNaming.objects.filter(
                namer_type=subject_type, namer_id=public_id
            )
            waiting += named.values_list("named_type", "named_id")


def _is_demo(subject_type: str, public_id: str) -> bool:
    users = list(_users(subject_type, public_id))
    for namer_type, rows in _ROWS.items():
        naming = PublishedNaming.objects.filter(
            named_type=subject_type, named_id=public_id, namer_type=namer_type
        )
        users.append(rows.objects.filter(pk__in=naming.values("namer_id")))
    if any(found.filter(is_demo=False).exists() for found in users):
        return False
    return any(found.exists() for found in users)


def _users(subject_type: str, public_id: str) -> list[Any]:
    claims = PublishedClaim.objects  # only listed ones have links
    if subject_type == SubjectType.SOURCE:
        return [claims.filter(source_links__source=public_id)]
    return [
        claims.filter(document_links__document=public_id),
        PublishedArticle.objects.filter(document=public_id),
    ]
