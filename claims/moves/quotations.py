"""What a person says of a quotation check: seen by eye, and what follows from it."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import AttributionLink, Claim, QuoteCheck
from claims.models.events import Actor, append_event
from claims.publishing.quotations import refresh_quotations
from claims.workflow.desk_words import EyeFinding
from claims.workflow.proposals import proposed_check
from claims.workflow.words import AttributionCheck, ClaimState

from .edits import record_edit
from .errors import MoveForbiddenError, MoveRefusedError, StaleMoveError

#: Both: what was seen is noted on the check, and may be told to readers.
LOOKING = ("claims.change_quotecheck", "claims.change_claim")
TAKING_OVER = "claims.change_claim"


def confirm_by_eye(
    check: QuoteCheck,
    actor: Any,
    eye: EyeFinding,
    note: str,
    at: datetime.datetime | None = None,
) -> QuoteCheck:
    """Note what a person saw who compared the quotation with its source.

    It goes before what the program found, for the desk and for readers, and is an
    event. Against the program it needs a note. Raises ``MoveForbiddenError``,
    ``MoveRefusedError``, or ``StaleMoveError`` when a colleague looked meanwhile, or
    the quotation is another by now.
    """
    if not actor.has_perms(LOOKING):
        raise MoveForbiddenError(_("You may not confirm quotations."))
    if eye == EyeFinding.NONE:
        raise MoveRefusedError(_("Say what you saw."))
    if (eye == EyeFinding.SAME) != check.is_accepted and not note.strip():
        raise MoveRefusedError(
            _("The program finds otherwise: say what you looked at, and what you saw.")
        )
    at = at or timezone.now()
    with transaction.atomic():
        claim, row = _locked(check)
        if row.eye != EyeFinding.NONE:
            raise StaleMoveError(
                _("%(name)s looked at this meanwhile: %(eye)s.")
                % {"name": row.confirmed_by, "eye": row.get_eye_display()}
            )
        row.eye, row.note = eye, note.strip()
        row.confirmed_by, row.confirmed_at = actor, at
        row.save(update_fields=["eye", "note", "confirmed_by", "confirmed_at"])
        details = {"citation": row.citation.public_id, "check": row.public_id}
        details |= {"eye": str(eye), "verdict": str(row.verdict)}
        append_event(
            "quotation_seen", "claim", claim.public_id, Actor.of(actor), at, details
        )
        refresh_quotations({claim.public_id})
    return row


def take_over_check(
    check: QuoteCheck,
    actor: Any,
    link: AttributionLink | None,
    proposed: str,
    at: datetime.datetime | None = None,
) -> AttributionCheck:
    """Set *did they say it?* as the comparison proposes it; an edit by this person.

    ``link``: of the claim's chain; ``None``: its own source. ``proposed``: what the
    person was shown. Raises ``MoveForbiddenError``, ``MoveRefusedError`` or
    ``StaleMoveError``.
    """
    if not actor.has_perm(TAKING_OVER):
        raise MoveForbiddenError(_("You may not change this claim."))
    at = at or timezone.now()
    with transaction.atomic():
        claim, row = _locked(check)
        citation = row.citation
        value = proposed_check(citation.stance, row.verdict, holds=row.holds)
        if value is None or value != proposed:
            raise StaleMoveError(_("The comparison proposes something else by now."))
        checked: Any = link or claim
        if link is not None and link.claim_id != claim.pk:
            raise MoveRefusedError(_("That link belongs to another claim."))
        checked.attribution_check = value
        checked.attribution_checked_by = actor
        checked.attribution_checked_on = timezone.localdate(at)
        checked.attribution_citation = citation
        checked.full_clean()
        claim._history_user = actor  # type: ignore[attr-defined]
        checked.save()
        Claim.raise_version(claim.pk)
        name = "attributionlink" if link else "claim"
        fields = ("check", "checked_on", "citation")
        record_edit(
            claim, actor, [f"{name}.attribution_{each}" for each in fields], at=at
        )
    return value


def _locked(check: QuoteCheck) -> tuple[Claim, QuoteCheck]:
    """Lock the claim first, as every move does; refuse a check that is outdated."""
    claim = Claim.objects.select_for_update(no_key=True).get(pk=check.citation.claim_id)
    row = QuoteCheck.objects.select_related("citation").get(pk=check.pk)
    if not row.is_current or not row.is_of(row.citation):
        raise StaleMoveError(_("The quotation was changed or compared anew meanwhile."))
    if claim.state != ClaimState.WORKING:
        raise MoveRefusedError(
            _("The claim is %(state)s.") % {"state": claim.get_state_display()}
        )
    return claim, row
