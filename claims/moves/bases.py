"""Tells the claims that rest on another when that one changes: their basis changed.

Those resting on it directly, signed or not. What rests on these in turn is told when
they change: a finding may well stand although its basis moved, and an editor drowned
in news of news reads none. Told is what a conclusion can hang on: another status, other
words, another date, the part that holds, the end of a finding or of the claim, that we
look again. Not told are reasons, evidence and attribution, which bear on the basis alone.
Before a claim has a finding there is nothing public to hang on: then its words count, as
the desk edits them.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.models import Assessment, Claim, NewInformation, Release, VerificationStatus
from claims.models.events import lock_head
from claims.publishing import content as contents
from claims.publishing.content import Content, day
from claims.workflow.desk_words import NewsKind

#: Fields of the claim that others rest on, as edits name them.
RESTED_ON = ("text", "kind", "said_words", "said_edtf", "superseded_since")
#: What else became of a basis, in words; ``False``: told only where news is open.
_ACTS: dict[str, tuple[Callable[[], str], bool]] = {
    "withdrawn": (lambda: _("Its finding was withdrawn."), True),
    "rechecking": (lambda: _("It was put under re-check."), True),
    "recheck_ended": (lambda: _("The re-check ended: its finding stands."), False),
    "retracted": (lambda: _("It was retracted."), True),
    "taken_down": (lambda: _("It was taken down."), True),
    "discarded": (lambda: _("It was discarded."), True),
    "restored": (lambda: _("It was taken up again."), False),
}


def tell_of(basis: Claim, act: str, at: datetime.datetime) -> None:
    """Tell those resting on a claim what became of it."""
    words, is_news = _ACTS[act]
    _tell(basis, [words()], at, is_news=is_news)


def tell_of_publication(
    basis: Claim, assessment: Assessment, at: datetime.datetime
) -> None:
    """Tell those resting on a claim how the finding about to be published differs."""
    if not basis.dependents.exists():
        return
    newest = Release.objects.newest("claim", basis.public_id)
    before = newest.parsed if newest else {}
    after = contents.claim_content(basis, assessment)
    changes = list(_changes(before, after))
    same = [_("It was published anew, with the same finding.")]
    _tell(basis, changes or same, at, is_news=bool(changes))


def tell_of_edit(basis: Claim, fields: Iterable[str], at: datetime.datetime) -> None:
    """Tell those resting on a claim without a finding that its words were edited."""
    changed = [name for name in RESTED_ON if f"claim.{name}" in set(fields)]
    if not changed or basis.published_assessment is not None:
        return
    names = [str(Claim._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
    words = _("Changed at the desk: %(fields)s.") % {"fields": ", ".join(names)}
    _tell(basis, [words], at, is_news=True)


def _changes(before: Content, after: Content) -> Iterator[str]:
    """Yield what differs between two releases that others can rest on."""
    old, new = before.get("status") or "", after["status"]
    labels = dict(VerificationStatus.objects.values_list("slug", "label"))
    words = {"old": labels.get(old, old), "new": labels.get(new, new)}
    if not old:
        yield _("It was published: “%(new)s”.") % words
    elif old != new:
        yield _("Its status is “%(new)s”; it was “%(old)s”.") % words
    if "kind" in before.get("claim", {}):
        yield from _word_changes(before, after)


def _word_changes(before: Content, after: Content) -> Iterator[str]:
    old, new = before["claim"], after["claim"]
    for name in ("text", "kind", "said_words", "said_edtf"):
        if old[name] != new[name]:
            label = Claim._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            yield _("%(field)s: changed.") % {"field": capfirst(str(label))}
    since = new["superseded_since"]
    if since != old["superseded_since"]:
        yield (
            _("It is no longer current since %(day)s.") % {"day": _in_words(since)}
            if since
            else _("It is no longer called out of date.")
        )
    if _parts(before) != _parts(after) and before["assessment"]:
        yield _("Which part of it holds, and which does not, was put anew.")


def _in_words(text: str) -> str:
    return date_format(day(text) or datetime.date.min)


def _parts(content: Content) -> list[str]:
    assessment = content["assessment"] or {}
    return [assessment.get(f"part_that_{name}", "") for name in ("holds", "fails")]


def _tell(
    basis: Claim, sentences: list[str], at: datetime.datetime, *, is_news: bool
) -> None:
    """Add a row for each working claim that rests on it, or words to its open one.

    The caller has locked the basis, so that no two tell of it at once. The dependents
    are not locked: their keys are enough, and whoever holds one of them may be waiting
    for the log, which is taken first here.
    """
    dependents = list(basis.dependents.working().order_by("pk"))
    if not dependents:
        return
    lock_head()
    rows = NewInformation.objects.unsettled().filter(basis=basis)
    open_rows = {row.claim_id: row for row in rows}
    body = "\n\n".join(sentences)
    for claim in dependents:
        row = open_rows.get(claim.pk)
        if row is not None:
            _add(row, body)
        elif is_news:
            _new_row(claim, basis, body, at).save()


def _new_row(claim: Claim, basis: Claim, body: str, at: Any) -> NewInformation:
    kind = NewsKind.BASIS_CHANGED
    return NewInformation(claim=claim, kind=kind, basis=basis, body=body, at=at)


def _add(row: NewInformation, body: str) -> None:
    """Add what happened next, unless it is what was said last."""
    if row.body != body and not row.body.endswith(f"\n\n{body}"):
        row.body = f"{row.body}\n\n{body}"
        row.save(update_fields=["body"])
