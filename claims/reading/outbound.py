"""Links that lead out of the site: which there are, and which comes first."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from claims.publishing.content import day
from claims.workflow.words import BROKEN_LINKS, UNSAFE_LINKS


@dataclass(frozen=True)
class Outbound:
    """A link to a document, with what Robust Links ask for.

    ``original``, ``version`` and ``dated_on`` become the attributes of
    https://robustlinks.mementoweb.org/spec/: the address that was cited, a copy of the
    page in a public archive, and the day of that copy (or of ours).
    """

    href: str
    is_archive: bool
    original: str = ""
    version: str = ""
    dated_on: datetime.date | None = None


def outbound(content: Mapping[str, Any], link_state: str) -> tuple[Outbound, ...]:
    """Return the links to a document, the one to follow first.

    That is the archived copy once the page is gone or says something else. An address
    that is, or may be, somebody else's by now is not linked, in no attribute either.
    """
    archive, original = content.get("archive_url", ""), content.get("url", "")
    if link_state in UNSAFE_LINKS:
        original = ""
    about = {
        "original": original,
        "version": archive,
        "dated_on": day(content.get("archived_on")) if archive else _kept_on(content),
    }
    live = (Outbound(original, is_archive=False, **about),) if original else ()
    archived = (Outbound(archive, is_archive=True, **about),) if archive else ()
    return archived + live if link_state in BROKEN_LINKS else live + archived


def unlinked(content: Mapping[str, Any], link_state: str) -> str:
    """Return the address that is named and not linked; "" where it is linked."""
    return str(content.get("url", "")) if link_state in UNSAFE_LINKS else ""


def _kept_on(content: Mapping[str, Any]) -> datetime.date | None:
    """Return the day of the newest copy we keep; ``None`` of what is only re-told."""
    days = [
        copy["retrieved_at"][:10]
        for copy in content.get("copies", [])
        if copy["provenance"] != "retold" and not copy["sealed_at"]
    ]
    return day(max(days, default=None))
