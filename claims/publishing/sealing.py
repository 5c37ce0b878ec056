"""Seals releases: the content goes; number, act, digest and dates stay."""

import datetime
from collections.abc import Iterable

from claims.models.releases import Release, SubjectType
from claims.models.sources import Source

from .secrets import field_with_secret

#: Public ids of sources, and the numbers of their releases that were sealed.
Sealed = dict[str, list[int]]


def seal(releases: Iterable[Release], at: datetime.datetime) -> None:
    """Remove content and notice for good; a sealed release is not replayed."""
    for release in releases:
        release.content, release.notice = "", ""
        release.sealed_at = at
        release.save(update_fields=["content", "notice", "sealed_at"])


def telling_releases(source: Source, before: int) -> list[Release]:
    """Return the releases that tell who a protected source is, in order.

    Of the open ones numbered below ``before``: those from before it was protected,
    whatever they hold, for description and addresses tell as much as a name; and
    those with a name that was learned later.
    """
    words = source.secret_words()
    rows = Release.objects.of(SubjectType.SOURCE, source.public_id)
    earlier = rows.filter(sealed_at=None, number__lt=before)
    return [
        release
        for release in earlier.order_by("number")
        if not release.parsed.get("is_protected")
        or field_with_secret(release.parsed, words) is not None
    ]
