"""New information since sign-off: noted by whatever learns it, settled by a person."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Anchoring, Claim, NewInformation, QuoteCheck
from claims.models.anchorings import STANDING
from claims.models.events import Actor, append_event, lock_head
from claims.workflow.desk_words import AnchoringState, NewsKind
from claims.workflow.words import SIGNED_STATES

from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError

SETTLING = "claims.change_claim"


def tell_of_place(anchoring: Anchoring, at: datetime.datetime) -> NewInformation | None:
    """Note on a claim what a newer copy did to its words; ``None``: it is noted already.

    The caller has locked the claim and knows that it is signed. One unsettled row for
    each claim, kind and copy: a further passage is added to its words.
    """
    words = anchoring.found.exact if anchoring.found else anchoring.base.exact
    news = NewInformation(
        claim=anchoring.claim,
        kind=kind_of(anchoring),
        stored_copy=anchoring.stored_copy,
        body=body_of(anchoring),
        at=at,
    )
    return _note(news, words)


def tell_of_quotation(
    check: QuoteCheck, before: QuoteCheck | None, at: datetime.datetime
) -> NewInformation | None:
    """Note on a signed claim that a quotation no longer stands in a newer copy.

    ``before``: the current check until now. Only where the same words held there, and
    where the search for the passage has not told of it already. The caller has locked
    the claim.
    """
    if before is None or before.asked_sha256 != check.asked_sha256:
        return None
    if not before.holds or check.holds or before.stored_copy == check.stored_copy:
        return None
    citation = check.citation
    told = Anchoring.objects.filter(citation=citation, stored_copy=check.stored_copy)
    signed = citation.claim.assessments.filter(state__in=SIGNED_STATES)
    if told.exclude(state__in=STANDING).exists() or not signed.exists():
        return None
    news = NewInformation(
        claim=citation.claim,
        kind=NewsKind.QUOTATION,
        stored_copy=check.stored_copy,
        body=_body_of_check(check, before),
        at=at,
    )
    return _note(news, citation.quotation)


def _body_of_check(check: QuoteCheck, before: QuoteCheck) -> str:
    return _(
        "Copy %(number)s of “%(title)s” does not have the words quoted from copy "
        "%(earlier)s (%(verdict)s): “%(words)s”"
    ) % {
        "number": check.stored_copy.number,
        "title": check.stored_copy.document.title,
        "earlier": before.stored_copy.number,
        "verdict": check.get_verdict_display(),
        "words": check.citation.quotation,
    }


def _note(news: NewInformation, words: str) -> NewInformation | None:
    """Save news, or add it to what is unsettled of its kind; ``None``: it is known.

    ``words``: by which a note is known to tell of the same.
    """
    noted = NewInformation.objects.filter(
        claim=news.claim, kind=news.kind, stored_copy=news.stored_copy
    )
    if any(f"“{words}”" in row.body for row in noted):
        return None
    row: NewInformation | None = noted.unsettled().first()
    if row is None:
        row = news
    else:
        row.body = f"{row.body}\n\n{news.body}"
    row.save()
    return row


def kind_of(anchoring: Anchoring) -> NewsKind:
    return NewsKind.WORDS_CHANGED if anchoring.found else NewsKind.WORDS_GONE


def body_of(anchoring: Anchoring) -> str:
    """Say in plain words what a newer copy has in place of the words of a passage."""
    before, found = anchoring.base, anchoring.found
    words = {
        "number": anchoring.stored_copy.number,
        "title": anchoring.stored_copy.document.title,
        "earlier": before.stored_copy.number,
        "old": before.exact,
        "new": found.exact if found else "",
    }
    if found and anchoring.reads_otherwise:
        return (
            _(
                "Copy %(number)s of “%(title)s” reads otherwise.\n"
                "In copy %(earlier)s: “%(old)s”\nIn copy %(number)s: “%(new)s”"
            )
            % words
        )
    if found:
        return (
            _(
                "Copy %(number)s of “%(title)s” has these words in other surroundings: "
                "“%(new)s”"
            )
            % words
        )
    if anchoring.state == AnchoringState.GONE:
        return _("Copy %(number)s of “%(title)s” no longer has the words “%(old)s”") % (
            words
        )
    return (
        _(
            "In copy %(number)s of “%(title)s” these words were not found again: “%(old)s”"
        )
        % words
    )


def settle(
    news: NewInformation,
    actor: Any,
    conclusion: str,
    at: datetime.datetime | None = None,
) -> NewInformation:
    """Say what follows from new information; it leaves the queue.

    Raises ``MoveForbiddenError``, ``MoveRefusedError`` without a conclusion, or
    ``StaleMoveError`` when a colleague settled it.
    """
    if not actor.has_perm(SETTLING):
        raise MoveForbiddenError(_("You may not settle what came to be known."))
    if not conclusion.strip():
        raise MoveRefusedError(_("Say what follows for the finding."))
    at = at or timezone.now()
    with transaction.atomic():
        claim = Claim.objects.select_for_update(no_key=True).get(pk=news.claim_id)
        lock_head()  # before the row, as whoever tells of a basis does
        row: NewInformation = NewInformation.objects.select_for_update().get(pk=news.pk)
        if row.settled_at is not None:
            raise StaleMoveError(
                _("%(name)s settled this meanwhile: “%(conclusion)s”")
                % {"name": row.settled_by, "conclusion": row.conclusion}
            )
        row.settled_by, row.settled_at = actor, at
        row.conclusion = conclusion.strip()
        row.save()
        details = {"news": row.public_id, "kind": row.kind}
        append_event(
            "news_settled", "claim", claim.public_id, Actor.of(actor), at, details
        )
    return row
