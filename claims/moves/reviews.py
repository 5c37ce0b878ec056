"""The next look at a published finding: its day, from which rule, told to readers.

Counted from the day of the look itself, the publication or the end of the re-check, and
not from the as-of date of the finding: that may lie years back, and what grows old is
our look.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from claims.checking.reviews import (
    EXAMPLES,
    NEVER,
    ReviewRule,
    RuleError,
    next_review,
    read_rule,
    read_rules,
)
from claims.models.claims import Claim
from claims.models.events import Actor, append_event, lock_head
from claims.models.fields import validate_review_rule
from claims.publishing.facts import refresh_reviews
from claims.workflow.words import ClaimKind

from .errors import MoveRefusedError
from .steps import ReviewDetails, Step

#: Moves that end a look at the claim, and so set the day of the next one.
SETTING_MOVES = frozenset({("assessment", "publish"), ("claim", "end_recheck")})
#: What of the claim a change of the next look touches; no signature covers it.
FIELDS = ("next_review_on", "review_rule")


@dataclass(frozen=True)
class NextLook:
    """When a claim will be looked at again (``on=None``: never), and why then."""

    on: datetime.date | None
    why: str
    rules: tuple[str, ...] = EXAMPLES

    @property
    def typed(self) -> str:
        """The same as a person would type it."""
        return self.on.isoformat() if self.on else str(NEVER)


def next_look(claim: Claim, today: datetime.date) -> NextLook:
    """Return the next look if one ended today: the day given, the rule, the kind's."""
    given = claim.next_review_on
    if given is not None and given > today:
        return NextLook(given, _("The day that stands on the claim."))
    if claim.review_rule:
        rule = read_rule(claim.review_rule)
        return NextLook(next_review(rule, today), _rule_in_words(rule))
    rule = _rule_of_kind(claim.kind)
    kind = {"kind": ClaimKind(claim.kind).label, "rule": rule}
    return NextLook(
        next_review(rule, today),
        _("As for every claim of the kind “%(kind)s”: %(rule)s.") % kind,
    )


def _rule_in_words(rule: ReviewRule) -> str:
    return _("By the rule of the claim: %(rule)s.") % {"rule": rule}


def _rule_of_kind(kind: str) -> ReviewRule:
    rules = read_rules(settings.TRACKER_REVIEW_AFTER, ClaimKind.values)
    return rules.get(kind, NEVER)


def set_next_look(claim: Claim, step: Step) -> None:
    """Write on the claim when to look again; whoever moves may have typed it.

    The caller saves. Raises ``MoveRefusedError`` for what cannot be read, for a day
    that has passed, and where a colleague set another day meanwhile.
    """
    today = timezone.localdate(step.at)
    usual = next_look(claim, today)
    details = step.details if isinstance(step.details, ReviewDetails) else None
    typed = details.next_look.strip() if details else ""
    if not details or typed in ("", details.shown):
        claim.next_review_on = usual.on
        return
    if details.shown and details.shown != usual.typed:
        raise MoveRefusedError(
            _("The next look was set to %(day)s meanwhile. Look at it, then confirm.")
            % {"day": usual.typed}
        )
    _take_typed(claim, typed, today)


def _take_typed(claim: Claim, typed: str, today: datetime.date) -> None:
    """Take a day for this once, or a rule for this time and every later one."""
    try:
        day = datetime.date.fromisoformat(typed)
    except ValueError:
        claim.review_rule = _spelled(typed)
        claim.next_review_on = next_review(read_rule(claim.review_rule), today)
        return
    if day <= today:
        raise MoveRefusedError(_("The next look must lie ahead: give a later day."))
    claim.next_review_on = day


def _spelled(typed: str) -> str:
    try:
        validate_review_rule(typed)
    except ValidationError as error:
        raise MoveRefusedError(
            [*error.messages, _("A day is written as 2027-05-28.")]
        ) from error
    return str(read_rule(typed))


def follow_rule(claim: Claim) -> None:
    """Set the day by a rule that was just given to a published claim; not saved."""
    published = claim.published_assessment
    if published is None or not claim.review_rule:
        return
    try:
        rule = read_rule(claim.review_rule)
    except RuleError:
        return
    last = timezone.localdate(published.published_at)
    claim.next_review_on = next_review(rule, last)


def record_review(
    claim: Claim, actor: Any, fields: list[str], at: datetime.datetime | None = None
) -> None:
    """Tell readers of a changed next look, and leave an event that bars nobody.

    Call it last in the transaction of the save. It is no *edited* event: when to look
    again is planning, and whoever plans may sign.
    """
    with transaction.atomic():
        lock_head()
        refresh_reviews([claim.public_id])
        append_event(
            "review_set",
            "claim",
            claim.public_id,
            Actor.of(actor),
            at or timezone.now(),
            {"fields": [f"claim.{field}" for field in sorted(fields)]},
        )


def in_words(look: NextLook) -> str:
    """Return a next look as one sentence for the desk."""
    if look.on is None:
        return _("No further look is planned.")
    return _("The next look is on %(day)s.") % {"day": date_format(look.on)}
