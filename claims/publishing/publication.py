"""One transaction's releases: each row, its number, and what may not be in it."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from claims.models.articles import Article
from claims.models.events import lock_head
from claims.models.releases import Release
from claims.models.sources import Source

from . import content as contents
from .content import Content
from .errors import ChangedAddressError
from .record import Rewriter
from .sealing import Sealed, seal, telling_releases
from .secrets import refuse_secrets, secret_words


@dataclass(frozen=True)
class Signature:
    """By whom, when, and whether a second person was needed."""

    by: str
    at: datetime.datetime
    second_person: bool = True


@dataclass
class Publication:
    """One transaction's releases; ``finish`` writes them, and the rows they change."""

    signature: Signature
    secrets: list[str] = field(default_factory=list)
    rewriter: Rewriter = field(default_factory=Rewriter)
    sealed: Sealed = field(default_factory=dict)
    made: list[Release] = field(default_factory=list)
    known: dict[tuple[str, str], Release | None] = field(default_factory=dict)

    def look_up(self, subject_type: str, subject_ids: Iterable[str]) -> None:
        """Read the newest release of all these subjects at once."""
        ids = sorted(subject_ids)
        found = Release.objects.newest_of(subject_type, ids)
        for subject_id in ids:
            key = (str(subject_type), subject_id)
            self.known.setdefault(key, found.get(subject_id))

    def newest(self, subject_type: str, subject_id: str) -> Release | None:
        """Return the newest release of a subject; ``None`` before its first."""
        key = (str(subject_type), subject_id)
        if key not in self.known:
            self.known[key] = Release.objects.newest(subject_type, subject_id)
        return self.known[key]

    def differs(self, subject_type: str, subject_id: str, content: Content) -> bool:
        """Say whether readers were last given something else, or nothing at all."""
        newest = self.newest(subject_type, subject_id)
        return newest is None or newest.digest != contents.digest(content)

    def add(
        self,
        subject_type: str,
        subject_id: str,
        act: str,
        text: str,
        digest: str,
        notice: str = "",
    ) -> Release:
        """Add one release and note its subject for rewriting."""
        newest = self.newest(subject_type, subject_id)
        release = Release(
            subject_type=subject_type,
            subject_id=subject_id,
            number=(newest.number if newest else 0) + 1,
            act=act,
            content=text,
            digest=digest,
            notice=notice,
            second_person=self.signature.second_person,
            by=self.signature.by,
            at=self.signature.at,
        )
        self.made.append(release)
        self.known[str(subject_type), subject_id] = release
        self.rewriter.touch(subject_type, subject_id)
        return release

    def add_content(
        self, subject_type: str, act: str, content: Content, subject_id: str
    ) -> Release:
        refuse_secrets(content, self.secrets)
        _refuse_changed_address(self.newest(subject_type, subject_id), content)
        text, digest = contents.sealed(content)
        return self.add(subject_type, subject_id, act, text, digest)

    def seal_telling(self, source: Source, before: int) -> None:
        """Seal the earlier releases that tell who a protected source is."""
        telling = telling_releases(source, before)
        seal(telling, self.signature.at)
        if telling:
            self.sealed[source.public_id] = [release.number for release in telling]

    def finish(self) -> None:
        Release.objects.bulk_create(self.made)
        self.rewriter.write()


def begin(signature: Signature, articles: Iterable[Article] = ()) -> Publication:
    """Begin a publication; its texts may not name what these articles protect.

    Publications wait for each other: two at once would each count tallies and
    number releases without seeing what the other adds.
    """
    lock_head()
    return Publication(signature, secret_words(article.pk for article in articles))


def _refuse_changed_address(newest: Release | None, content: Content) -> None:
    """Keep the address readers know; one that names a protected source may go."""
    known = newest.parsed.get("slug") if newest else None
    if known == content.get("slug") or known is None or content.get("is_protected"):
        return
    raise ChangedAddressError(
        _("Published as “%(slug)s”: a published address never changes.")
        % {"slug": known}
    )
