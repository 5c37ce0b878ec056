"""Pure functions from the releases of one subject to the values of its record row."""

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from claims.checking.dates import edtf_bounds
from claims.models.record import PublishedClaim, PublishedNotice
from claims.models.releases import Release
from claims.workflow.words import ReleaseAct, weakest_check

Values = dict[str, Any]
OPEN_STATUSES = frozenset({"unverified", "in-review"})


def shared_values(releases: Sequence[Release]) -> Values:
    """Return what every row takes from its releases: newest content, first, last."""
    newest = releases[-1]
    return {
        "content": newest.parsed,
        "digest": newest.digest,
        "released_at": releases[0].at,
        "changed_at": newest.at,
    }


def source_values(releases: Sequence[Release]) -> Values:
    content = releases[-1].parsed
    return {
        **shared_values(releases),
        "slug": content["slug"],
        "name": content["name"],
        "kind": content["kind"],
    }


def document_values(releases: Sequence[Release]) -> Values:
    content = releases[-1].parsed
    return {
        **shared_values(releases),
        "title": content["title"],
        "kind": content["kind"],
        "publisher_id": content["publisher"],
        "published_from": first_day(content["published_edtf"]),
    }


def article_values(releases: Sequence[Release]) -> Values:
    content = releases[-1].parsed
    return {
        **shared_values(releases),
        "slug": content["slug"],
        "state": content["state"],
        "document_id": content["document"],
        "is_demo": content["is_demo"],
    }


@dataclass
class ClaimStory:
    """What the releases of one claim add up to, told in order."""

    state: str = PublishedClaim.State.LISTED
    content: Values = field(default_factory=dict)
    status: str = ""
    decided_at: datetime.datetime | None = None
    rechecking_since: datetime.datetime | None = None
    second_person: bool = True
    notices: list[Values] = field(default_factory=list)

    def add(self, release: Release) -> None:
        """Take up the next release of the claim."""
        if release.sealed_at is None:
            _ACTS[ReleaseAct(release.act)](self, release)

    def listed(self, release: Release) -> None:
        self._show(PublishedClaim.State.LISTED, release)
        self.decided_at = None

    def published(self, release: Release) -> None:
        old_status, correction = self.status, release.parsed["assessment"]
        self._show(PublishedClaim.State.PUBLISHED, release)
        self.decided_at = release.at
        self.rechecking_since = None
        if correction["correction_kind"]:
            self._tell(
                release,
                PublishedNotice.Kind.CORRECTION,
                old_status,
                correction["notice"],
                correction["correction_kind"],
                correction.get("asked_by", ""),
            )

    def rechecking(self, release: Release) -> None:
        self.rechecking_since = release.at

    def recheck_ended(self, release: Release) -> None:
        self.rechecking_since = None

    def withdrawn(self, release: Release) -> None:
        old_status = self.status
        self._show(PublishedClaim.State.WITHDRAWN, release)
        self.decided_at = self.rechecking_since = None
        self._tell(release, PublishedNotice.Kind.WITHDRAWAL, old_status, release.notice)

    def retracted(self, release: Release) -> None:
        old_status = self.status
        self._show(PublishedClaim.State.RETRACTED, release)
        self.decided_at = self.rechecking_since = None
        self._tell(release, PublishedNotice.Kind.RETRACTION, old_status, release.notice)

    def taken_down(self, release: Release) -> None:
        self._show(PublishedClaim.State.TAKEN_DOWN, release)
        self.decided_at = self.rechecking_since = None
        self.notices = []

    def _show(self, state: str, release: Release) -> None:
        self.state = state
        self.content = release.parsed
        self.status = self.content.get("status") or ""
        self.second_person = release.second_person

    def _tell(
        self,
        release: Release,
        kind: str,
        old_status: str,
        text: str,
        correction_kind: str = "",
        asked_by: str = "",
    ) -> None:
        self.notices.append(
            {
                "release_sequence": release.sequence,
                "kind": kind,
                "correction_kind": correction_kind,
                "text": text,
                "asked_by": asked_by,
                "old_status": old_status,
                "new_status": self.status,
                "at": release.at,
            }
        )


_ACTS = {
    ReleaseAct.LISTED: ClaimStory.listed,
    ReleaseAct.PUBLISHED: ClaimStory.published,
    ReleaseAct.RECHECKING: ClaimStory.rechecking,
    ReleaseAct.RECHECK_ENDED: ClaimStory.recheck_ended,
    ReleaseAct.WITHDRAWN: ClaimStory.withdrawn,
    ReleaseAct.RETRACTED: ClaimStory.retracted,
    ReleaseAct.TAKEN_DOWN: ClaimStory.taken_down,
}


def tell_story(releases: Sequence[Release]) -> ClaimStory:
    """Return what a claim's releases, in order, add up to."""
    story = ClaimStory()
    for release in releases:
        story.add(release)
    return story


def claim_values(
    story: ClaimStory, releases: Sequence[Release], public_articles: set[str]
) -> Values:
    """Return the row of a claim; appearances in unreleased articles are left out."""
    content = only_public_appearances(story.content, public_articles)
    claim = content.get("claim", {})
    assessment = content.get("assessment") or {}
    is_listed = "kind" in claim
    first = _first_appearance(claim)
    return {
        **shared_values(releases),
        "content": content,
        "is_listed": is_listed,
        "sequence": releases[-1].sequence,
        "state": story.state,
        "text": claim.get("text", ""),
        "summary": assessment.get("summary", ""),
        "kind": claim.get("kind", ""),
        "status": story.status,
        "is_decided": bool(assessment),
        "attribution_check": _weakest(claim) if is_listed else "unchecked",
        "article_id": claim.get("article"),
        "article_start": ((first or {}).get("passage") or {}).get("start", 0),
        "source_id": claim.get("source"),
        "said_from": first_day(claim.get("said_edtf", "")),
        "as_of": _day(assessment.get("as_of")),
        "decided_at": story.decided_at,
        "rechecking_since": story.rechecking_since,
        "is_second_person": story.second_person,
    }


def only_public_appearances(content: Values, public_articles: set[str]) -> Values:
    """Return a claim content without its appearances in unreleased articles."""
    claim = content.get("claim", {})
    if "appearances" not in claim:
        return content
    shown = [row for row in claim["appearances"] if row["article"] in public_articles]
    return {**content, "claim": {**claim, "appearances": shown}}


def _first_appearance(claim: Values) -> Values | None:
    for appearance in claim.get("appearances", []):
        if appearance["is_first"]:
            return dict(appearance)
    return None


def _weakest(claim: Values) -> str:
    links = [link["attribution_check"] for link in claim["chain"]]
    return weakest_check([claim["attribution_check"], *links])


def first_day(edtf: str) -> datetime.date | None:
    """Return the first possible day of an EDTF date; ``None`` when open or empty."""
    return edtf_bounds(edtf).earliest if edtf else None


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def folded(text: str) -> str:
    """Fold case and accents for finding names (not for comparing quotations)."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
