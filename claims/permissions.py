"""Who may do what beyond Django's model permissions. Used by every door."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from claims.models.claim_imports import ImportRow
from claims.models.claims import Claim
from claims.models.events import Event
from claims.workflow.moves import Move
from claims.workflow.roles import PERMISSIONS

#: Verbs of events that make somebody an editor of the claim they are about.
EDITING_VERBS = frozenset({"created", "edited", "loaded"})
#: Verbs of events on an import that make somebody an editor of each claim in it.
IMPORTING_VERBS = frozenset({"imported", "import_undone"})
#: Verbs after which earlier edits no longer bar: the claim was published so.
PUBLISHED_VERBS = frozenset({"published"})
#: For listing an open claim, an earlier listing counts as well.
SHOWN_VERBS = frozenset({"published", "listed"})


def permission_refusal(user: Any, move: Move) -> str:
    """Say in one sentence why a user may not make a move at all; "" if they may."""
    if not user.is_active:
        return _("This account is deactivated.")
    if user.has_perm(f"claims.{move.permission}"):
        return ""
    return _("“%(move)s” is for %(groups)s. Ask one of them.") % {
        "move": move.label,
        "groups": _groups_with(move.permission),
    }


def _groups_with(codename: str) -> str:
    names = [name for name, codenames in PERMISSIONS.items() if codename in codenames]
    return _(" and ").join(names)


def editors_of(claim: Claim, since: frozenset[str] = PUBLISHED_VERBS) -> set[str]:
    """Return the ids of those who edited a claim since it was last shown so.

    Read from the claim's events, newest first, back to one whose verb is in
    ``since``. Loading a fixture counts for the loader and the authors it names. An
    import has one event for many claims: whoever imported this one counts too.
    """
    editors: set[str] = set()
    events = Event.objects.of("claim", claim.public_id).order_by("-sequence")
    for event in events.values("verb", "actor_id", "body").iterator(chunk_size=200):
        if event["verb"] in since:
            break
        if event["verb"] in EDITING_VERBS:
            editors.add(event["actor_id"])
            editors.update(json.loads(event["body"])["details"].get("authors", []))
    else:
        editors.update(_importers_of(claim))
    return editors - {""}


def _importers_of(claim: Claim) -> Iterable[str]:
    """Return who imported a claim; no import writes to one that readers have seen."""
    rows = ImportRow.objects.filter(
        claim_public_id=claim.public_id, batch__isnull=False
    )
    events = Event.objects.filter(
        subject_type="claimimport",
        subject_id__in=rows.values("claim_import__public_id"),
        verb__in=IMPORTING_VERBS,
    )
    return events.order_by().values_list("actor_id", flat=True).distinct()


def four_eyes_refusal(
    user: Any,
    claim: Claim,
    author_id: int | None = None,
    since: frozenset[str] = PUBLISHED_VERBS,
) -> str:
    """Say why this user's eyes are not a second pair for this claim; "" if they are.

    Superusers are not exempt. ``TRACKER_FOUR_EYES=off`` lifts the rule for a
    one-person desk, and public pages then say so.
    """
    if not settings.TRACKER_FOUR_EYES:
        return ""
    if author_id is not None and author_id == user.pk:
        return _("You wrote this assessment: somebody else must take this step.")
    if str(user.pk) in editors_of(claim, since):
        return _(
            "You edited this claim since it was last published: somebody else must "
            "take this step."
        )
    return ""
