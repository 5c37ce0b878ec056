"""Dates of claims that were counted from an article's date, once that is corrected."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.checking.dates import Resolved, resolve
from claims.models import Article, Claim, Document
from claims.models.events import Actor, append_event
from claims.moves import record_edit
from claims.moves.edits import confirm_date
from claims.workflow.desk_words import DateChoice
from claims.workflow.words import ClaimState


class DatesError(Exception):
    """Dates were not decided, and nothing was changed; the sentence says why."""


@dataclass(frozen=True)
class Dependent:
    """A claim whose date is to be confirmed.

    ``now``: what its words mean by the article's date as it is now; ``None`` when
    nothing can be counted from that.
    """

    claim: Claim
    now: Resolved | None


@dataclass(frozen=True)
class Decision:
    """What a person decided about the date of one claim, seen in this version."""

    public_id: str
    version: int
    choice: DateChoice


def doubt_dates(
    document: Document,
    before: str,
    actor: Any,
    at: datetime.datetime | None = None,
) -> int:
    """Mark the dates that depend on a corrected one; return how many.

    Call it in the transaction that corrects ``published_edtf`` of a document, with the
    EDTF it had ``before``. A date depends on it when the article's words for it
    (“last month”) mean something else now. One that agrees with them is settled. The
    mark is neither signed nor public; one event on the article says how many.
    """
    article = Article.objects.filter(document=document).first()
    if article is None:
        return 0
    with transaction.atomic():
        # Discarded ones too: they may be taken up again.
        dated = article.claims.exclude(said_words="").order_by("pk")
        doubted, settled = [], []
        for claim in dated.select_for_update(no_key=True):
            was = _meaning(claim, before)
            now = _meaning(claim, document.published_edtf)
            if now == claim.said_edtf:
                settled += [claim] if claim.said_in_doubt else []
            elif now != was:
                doubted.append(claim)
        _mark(doubted, in_doubt=True)
        _mark(settled, in_doubt=False)
        working = [row for row in doubted if row.state == ClaimState.WORKING]
        if doubted or settled:
            numbers = {"claims": len(working), "settled": len(settled)}
            _append("dates_doubted", article, actor, at, numbers)
    return len(working)


def dependent_dates(article: Article) -> list[Dependent]:
    """Return the claims of an article whose dates are to be confirmed, in order."""
    anchor = article.document.published_edtf or None
    claims = article.claims.dates_in_doubt().order_by("pk")
    return [Dependent(claim, resolve(claim.said_words, anchor)) for claim in claims]


def decide_dates(
    article: Article,
    seen: str,
    decisions: Iterable[Decision],
    actor: Any,
    at: datetime.datetime | None = None,
) -> int:
    """Take the new date or keep the old one for each claim; return how many were taken.

    ``seen``: the article's date, in EDTF, that the decisions were made by. All of them
    happen or none: raises ``DatesError`` when the article's date, or one of the claims,
    has changed since it was seen.
    """
    with transaction.atomic():
        # The order of locks is that of a correction: the document, then the claims.
        document = Document.objects.select_for_update(no_key=True).get(
            pk=article.document_id
        )
        if document.published_edtf != seen:
            raise DatesError(
                _(
                    "The article's date changed again after you opened this page. "
                    "Nothing was done: look at the dates below."
                )
            )
        article.document = document
        waiting = _locked(article)
        pairs = [(_as_seen(waiting, made), made.choice) for made in decisions]
        if not pairs:
            raise DatesError(_("No date was decided."))
        for dependent, choice in pairs:
            _DECIDE[choice](dependent, actor, at or timezone.now())
    return sum(choice == DateChoice.TAKE for _dependent, choice in pairs)


def _meaning(claim: Claim, published: str) -> str:
    """Return what the article's words mean, as EDTF; "" when nothing definite."""
    found = resolve(claim.said_words, published or None)
    return found.edtf if found else ""


def _mark(claims: list[Claim], *, in_doubt: bool) -> None:
    keys = [claim.pk for claim in claims]
    Claim.objects.filter(pk__in=keys).update(said_in_doubt=in_doubt)


def _locked(article: Article) -> dict[str, Dependent]:
    list(article.claims.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return {row.claim.public_id: row for row in dependent_dates(article)}


def _as_seen(waiting: dict[str, Dependent], made: Decision) -> Dependent:
    found = waiting.get(made.public_id)
    if found is None or found.claim.version != made.version:
        claim = Claim.objects.filter(public_id=made.public_id).first()
        raise DatesError(
            _(
                "“%(claim)s” changed after you opened this page. Nothing was done: "
                "look at the dates below."
            )
            % {"claim": claim or made.public_id}
        )
    return found


def _take(dependent: Dependent, actor: Any, at: datetime.datetime) -> None:
    claim, now = dependent.claim, dependent.now
    claim.said_edtf = now.edtf if now else ""
    claim.said_basis = now.basis if now else ""
    claim.version += 1
    user = None if isinstance(actor, str) else actor
    claim._history_user = user  # type: ignore[attr-defined]
    claim.save()
    record_edit(claim, actor, ["claim.said_edtf", "claim.said_basis"], at=at)


def _keep(dependent: Dependent, actor: Any, at: datetime.datetime) -> None:
    confirm_date(dependent.claim)
    _append("date_kept", dependent.claim, actor, at)


_DECIDE = {DateChoice.TAKE: _take, DateChoice.KEEP: _keep}


def _append(
    verb: str,
    subject: Article | Claim,
    actor: Any,
    at: datetime.datetime | None,
    details: dict[str, Any] | None = None,
) -> None:
    kind = str(subject._meta.model_name)
    moment = at or timezone.now()
    append_event(verb, kind, subject.public_id, Actor.of(actor), moment, details)
