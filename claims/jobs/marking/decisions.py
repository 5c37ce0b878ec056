"""What a person decides: a passage is a claim, a suggestion is one, or it is none."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.checking.attribution import source_kind
from claims.models import Article, Claim, StoredCopy, Suggestion
from claims.workflow.desk_words import SuggestionState

from .claims import Marking, claim_at
from .errors import MarkingError
from .locking import lock_article
from .naming import NamedSource
from .proposals import Proposal, proposal_of
from .suggestions import drop_proposed


def mark_claim(
    article: Article,
    copy: StoredCopy,
    marking: Marking,
    actor: Any,
    at: datetime.datetime | None = None,
) -> Claim:
    """Make a claim of a passage somebody selected; what was proposed there goes.

    Raises ``ValidationError``, ``MarkingError`` or ``NewSourceError``.
    """
    with transaction.atomic():
        lock_article(article)
        claim = claim_at(article, copy, marking, actor, at)
        drop_proposed(article, copy, marking.place)
    return claim


def accept(
    suggestion: Suggestion,
    actor: Any,
    marking: Marking | None = None,
    at: datetime.datetime | None = None,
) -> Claim:
    """Make a claim of a suggestion, as proposed or as ``marking`` says.

    Raises what ``mark_claim`` does, and ``MarkingError`` when it is decided already.
    """
    at = at or timezone.now()
    with transaction.atomic():
        row = _undecided(suggestion)
        copy = row.passage.stored_copy
        wanted = marking or as_proposed(proposal_of(row))
        row.claim = claim = claim_at(row.article, copy, wanted, actor, at)
        _decide(row, SuggestionState.ACCEPTED, actor, at)
        drop_proposed(row.article, copy, wanted.place)
    return claim


def reject(
    suggestion: Suggestion, actor: Any, at: datetime.datetime | None = None
) -> None:
    """Note that a suggestion is no claim: it is not suggested again."""
    with transaction.atomic():
        row = _undecided(suggestion)
        _decide(row, SuggestionState.REJECTED, actor, at or timezone.now())


def take_back(suggestion: Suggestion) -> None:
    """Let a rejected suggestion be decided again."""
    with transaction.atomic():
        row = _locked(suggestion)
        if row.state != SuggestionState.REJECTED:
            raise MarkingError(_already(row))
        row.state = SuggestionState.PROPOSED
        row.decided_by = row.decided_at = None
        row.save()


def as_proposed(proposal: Proposal) -> Marking:
    """Take a proposal as it is; sources that are new get the kind that was guessed."""
    name = proposal.source_name
    return Marking(
        place=proposal.place,
        text=proposal.text,
        kind=proposal.kind,
        voice=proposal.voice,
        source=NamedSource(name, proposal.source_kind) if name else None,
        relays=tuple(
            NamedSource(relay, source_kind(relay)) for relay in proposal.relays
        ),
        said_words=proposal.said_words,
        said_edtf=proposal.said_edtf,
        said_basis=proposal.said_basis,
    )


def _locked(suggestion: Suggestion) -> Suggestion:
    lock_article(suggestion.article)
    rows = Suggestion.objects.select_related(
        "article__document", "passage__stored_copy"
    )
    row: Suggestion = rows.select_for_update(of=("self",)).get(pk=suggestion.pk)
    return row


def _undecided(suggestion: Suggestion) -> Suggestion:
    row = _locked(suggestion)
    if row.state != SuggestionState.PROPOSED:
        raise MarkingError(_already(row))
    return row


def _already(row: Suggestion) -> str:
    return _("This suggestion is decided already: %(state)s.") % {
        "state": row.get_state_display()
    }


def _decide(row: Suggestion, state: str, actor: Any, at: datetime.datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, actor, at
    row.save()
