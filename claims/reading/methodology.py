"""Versions of the methodology, and what changed from each to the next."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from claims.models.record import PublishedMethodology

from .status_words import Statuses, StatusWords, methodology_in_words, statuses_of


@dataclass(frozen=True)
class Changes:
    """What a version changed: statuses in sentences, paragraphs in Markdown.

    Paragraphs are compared and shown as written, whatever language the site speaks:
    only a text as shipped is translated.
    """

    statuses: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class MethodologyVersion:
    """A version in words; ``changes`` is ``None`` for the first."""

    number: int
    effective_on: datetime.date
    text: str
    statuses: tuple[StatusWords, ...]
    earlier: int | None = None
    changes: Changes | None = None


def versions_in_words(
    rows: Iterable[PublishedMethodology],
) -> list[MethodologyVersion]:
    """Return the versions, newest first."""
    ordered = sorted(rows, key=lambda row: row.number)
    pairs = pairwise([None, *ordered])
    return [_version(row, earlier) for earlier, row in pairs if row][::-1]


def _version(
    row: PublishedMethodology, earlier: PublishedMethodology | None
) -> MethodologyVersion:
    return MethodologyVersion(
        number=row.number,
        effective_on=row.effective_on,
        text=methodology_in_words(row.text),
        statuses=tuple(statuses_of(row).values()),
        earlier=earlier.number if earlier else None,
        changes=_changes(earlier, row) if earlier else None,
    )


def _changes(old: PublishedMethodology, new: PublishedMethodology) -> Changes:
    before, after = _paragraphs(old.text), _paragraphs(new.text)
    return Changes(
        statuses=status_changes(statuses_of(old), statuses_of(new)),
        added=tuple(text for text in after if text not in before),
        removed=tuple(text for text in before if text not in after),
    )


def _paragraphs(text: str) -> list[str]:
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


def status_changes(old: Statuses, new: Statuses) -> tuple[str, ...]:
    """Say in sentences which statuses are new, gone, renamed or defined anew."""
    sentences = [_sentence("new", new[slug]) for slug in new if slug not in old]
    sentences += [_sentence("gone", old[slug]) for slug in old if slug not in new]
    for slug in [slug for slug in new if slug in old]:
        before, after = old[slug], new[slug]
        if before.label != after.label:
            sentences.append(_sentence("renamed", after, before))
        if before.definition != after.definition:
            sentences.append(_sentence("defined", after, before))
    return tuple(sentences)


def _sentence(
    change: str, status: StatusWords, before: StatusWords | None = None
) -> str:
    return _CHANGED[change]() % {
        "label": status.label,
        "old_label": before.label if before else "",
        "old_definition": before.definition if before else "",
    }


_CHANGED: dict[str, Callable[[], str]] = {
    "new": lambda: _("“%(label)s” is a new status."),
    "gone": lambda: _("“%(label)s” is no longer used."),
    "renamed": lambda: _("“%(label)s” was called “%(old_label)s”."),
    "defined": lambda: _("“%(label)s” is defined anew. It was: “%(old_definition)s”"),
}
