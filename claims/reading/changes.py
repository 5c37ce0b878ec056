"""What changed from one release of a claim to the next, in sentences."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.publishing.content import Content, day
from claims.workflow.words import AttributionCheck

from .edtf_words import day_in_words
from .status_words import StatusWords

#: How many rows of a kind came, went or changed: singular, plural.
Count = Callable[[int], str]


def changes_between(
    before: Content,
    after: Content,
    old_status: StatusWords | None,
    new_status: StatusWords | None,
) -> tuple[str, ...]:
    """Return what a reader of the page would have seen change.

    ``before``, ``after``: contents of two releases. Where the claim stands is left
    out: an article not yet public is named nowhere.
    """
    if "kind" not in before.get("claim", {}) or "kind" not in after.get("claim", {}):
        return ()
    sentences = (
        *_status(old_status, new_status),
        *_claim(before["claim"], after["claim"]),
        *_assessment(before["assessment"] or {}, after["assessment"] or {}),
        *_rows(before["claim"], after["claim"]),
    )
    return sentences or (_("What the page says stayed the same."),)


def _status(old: StatusWords | None, new: StatusWords | None) -> Iterator[str]:
    if old and new and old.slug != new.slug:
        yield _("The status changed from “%(old)s” to “%(new)s”.") % {
            "old": old.label,
            "new": new.label,
        }


def _claim(before: Content, after: Content) -> Iterator[str]:
    if before["text"] != after["text"]:
        yield _("The claim was put in other words.")
    if (before["source"], before["role"]) != (after["source"], after["role"]):
        yield _("Whom the claim is attributed to was changed.")
    old, new = before["attribution_check"], after["attribution_check"]
    if old != new:
        yield _("“Did they say it?” changed from “%(old)s” to “%(new)s”.") % {
            "old": AttributionCheck(old).label,
            "new": AttributionCheck(new).label,
        }
    if before["chain"] != after["chain"]:
        yield _("The chain of who relies on whom was changed.")
    if _said(before) != _said(after):
        yield _("When it was said was changed.")
    since = after["superseded_since"]
    if since and since != before["superseded_since"]:
        yield _("We added that it is no longer current since %(day)s.") % {
            "day": day_in_words(day(since))
        }


def _said(claim: Content) -> tuple[str, str, str]:
    return claim["said_words"], claim["said_edtf"], claim["said_basis"]


def _assessment(before: Content, after: Content) -> Iterator[str]:
    if not before or not after:
        return
    if before["as_of"] != after["as_of"]:
        yield _("It is judged as of %(new)s, no longer as of %(old)s.") % {
            "old": day_in_words(day(before["as_of"])),
            "new": day_in_words(day(after["as_of"])),
        }
    if before["summary"] != after["summary"]:
        yield _("The short answer was rewritten.")
    if before["rationale"] != after["rationale"]:
        yield _("The reasons were rewritten.")
    if before["methodology"] != after["methodology"]:
        yield _("It was judged by methodology %(number)s.") % {
            "number": after["methodology"]
        }


def _rows(before: Content, after: Content) -> Iterator[str]:
    for kind, (added, removed, changed) in _COUNTED.items():
        old = {row["id"]: row for row in before[kind]}
        new = {row["id"]: row for row in after[kind]}
        both = old.keys() & new.keys()
        counts = (
            (added, len(new.keys() - old.keys())),
            (removed, len(old.keys() - new.keys())),
            (changed, sum(old[key] != new[key] for key in both)),
        )
        yield from (
            words(number) % {"number": number} for words, number in counts if number
        )


_COUNTED: dict[str, tuple[Count, Count, Count]] = {
    "citations": (
        lambda number: ngettext(
            "%(number)s piece of evidence was added.",
            "%(number)s pieces of evidence were added.",
            number,
        ),
        lambda number: ngettext(
            "%(number)s piece of evidence was taken out.",
            "%(number)s pieces of evidence were taken out.",
            number,
        ),
        lambda number: ngettext(
            "%(number)s piece of evidence was changed.",
            "%(number)s pieces of evidence were changed.",
            number,
        ),
    ),
    "searches": (
        lambda number: ngettext(
            "%(number)s search was added.", "%(number)s searches were added.", number
        ),
        lambda number: ngettext(
            "%(number)s search was taken out.",
            "%(number)s searches were taken out.",
            number,
        ),
        lambda number: ngettext(
            "%(number)s search was changed.",
            "%(number)s searches were changed.",
            number,
        ),
    ),
    "inquiries": (
        lambda number: ngettext(
            "%(number)s inquiry was added.", "%(number)s inquiries were added.", number
        ),
        lambda number: ngettext(
            "%(number)s inquiry was taken out.",
            "%(number)s inquiries were taken out.",
            number,
        ),
        lambda number: ngettext(
            "%(number)s inquiry was changed.",
            "%(number)s inquiries were changed.",
            number,
        ),
    ),
}
