"""New information since sign-off: noted by whatever learns it, settled by a person."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Anchoring, Claim, NewInformation
from claims.models.events import Actor, append_event, lock_head
from claims.workflow.desk_words import AnchoringState, NewsKind

from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError

SETTLING = "claims.change_claim"


def tell_of_place(anchoring: Anchoring, at: datetime.datetime) -> NewInformation | None:
    """Note on a claim what a newer copy did to its words; ``None``: it is noted already.

    The caller has locked the claim and knows that it is signed. One unsettled row for
    each claim, kind and copy: a further passage is added to its words.
    """
    kind = kind_of(anchoring)
    noted = NewInformation.objects.filter(
        claim=anchoring.claim, kind=kind, stored_copy=anchoring.stored_copy
    )
    body = body_of(anchoring)
    if any(_tells(row, anchoring) for row in noted):
        return None
    row = noted.unsettled().first()
    if row is None:
        copy = anchoring.stored_copy
        row = NewInformation(
            claim=anchoring.claim, kind=kind, stored_copy=copy, body=body, at=at
        )
    else:
        row.body = f"{row.body}\n\n{body}"
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


def _tells(row: NewInformation, anchoring: Anchoring) -> bool:
    """Whether a note has the words already that there would be to tell."""
    words = anchoring.found.exact if anchoring.found else anchoring.base.exact
    return f"“{words}”" in row.body


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
