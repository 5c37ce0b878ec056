"""The history of a public claim: each release in the words of its own time."""

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from claims.models.record import PublishedClaim, PublishedMethodology
from claims.models.releases import Release, SubjectType
from claims.publishing.content import Content, day
from claims.workflow.words import ReleaseAct

from . import page_parts as parts
from .changes import changes_between
from .names import Names, names_of
from .status_words import Statuses, StatusWords, status_words, statuses_of


@dataclass(frozen=True)
class Version:
    """One release of a claim; once it is sealed, without its content."""

    number: int
    act: str
    act_label: str
    at: Any
    digest: str
    notice: str
    asked_by: str
    is_sealed: bool
    is_second_person: bool
    status: StatusWords | None = None
    text: str = ""
    assessment: Content = field(default_factory=dict)
    citations: tuple[parts.Citation, ...] = ()
    changes: tuple[str, ...] = ()

    @property
    def as_of(self) -> Any:
        return day(self.assessment.get("as_of"))


def versions_of(claim: PublishedClaim) -> list[Version]:
    """Return every release of a claim, oldest first, in three queries.

    Where a claim appears is left to its status page, so that an article not yet
    released is named nowhere.
    """
    releases = list(Release.objects.of(SubjectType.CLAIM, claim.pk).order_by("number"))
    rows = PublishedMethodology.objects.defer("text").order_by("number")
    methodologies = {row.number: statuses_of(row) for row in rows}
    contents = [release.parsed for release in releases]
    documents = {
        citation["document"]
        for content in contents
        for citation in content.get("claim", {}).get("citations", [])
    }
    names = names_of(set(), documents, set())
    versions = [
        _version(release, content, methodologies, names)
        for release, content in zip(releases, contents, strict=True)
    ]
    return [*versions[:1], *_with_changes(versions, contents)]


def _with_changes(versions: list[Version], contents: list[Content]) -> list[Version]:
    """Return all versions but the first, each with what changed since the last one."""
    pairs = zip(pairwise(versions), pairwise(contents), strict=True)
    return [
        replace(new, changes=changes_between(*content, old.status, new.status))
        for (old, new), content in pairs
    ]


def _version(
    release: Release,
    content: Content,
    methodologies: dict[int, Statuses],
    names: Names,
) -> Version:
    claim = content.get("claim", {})
    assessment = content.get("assessment") or {}
    newest = methodologies[max(methodologies)] if methodologies else {}
    statuses = methodologies.get(assessment.get("methodology", 0), newest)
    slug = content.get("status") or ""
    is_published = release.act == ReleaseAct.PUBLISHED
    return Version(
        number=release.number,
        act=release.act,
        act_label=str(release.get_act_display()),
        at=release.at,
        digest=release.digest,
        notice=release.notice or assessment.get("notice", ""),
        asked_by=assessment.get("asked_by", "") if is_published else "",
        is_sealed=release.sealed_at is not None,
        is_second_person=release.second_person,
        status=status_words(statuses, slug) if slug else None,
        text=claim.get("text", ""),
        assessment=assessment,
        citations=parts.citation_rows(claim, names) if "citations" in claim else (),
    )
