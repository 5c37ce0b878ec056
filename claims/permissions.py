"""Who may do what beyond Django's model permissions. Used by every door."""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
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
#: So many claims are named in one query for their events.
CLAIMS_AT_ONCE = 500


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
    events = Event.objects.of("claim", claim.public_id).order_by("-sequence")
    columns = events.values("verb", "actor_id", "body")
    editors, was_shown = _editors_in(columns.iterator(chunk_size=200), since)
    if not was_shown:
        editors |= _importers_of([claim.public_id])[claim.public_id]
    return editors


def editors_of_each(
    claims: Iterable[Claim], since: frozenset[str] = PUBLISHED_VERBS
) -> dict[str, set[str]]:
    """Return ``editors_of`` for many claims, by their public ids; in a few queries."""
    public_ids = [claim.public_id for claim in claims]
    editors: dict[str, set[str]] = {}
    for start in range(0, len(public_ids), CLAIMS_AT_ONCE):
        editors |= _editors_of_portion(
            public_ids[start : start + CLAIMS_AT_ONCE], since
        )
    return editors


def _editors_of_portion(
    public_ids: list[str], since: frozenset[str]
) -> dict[str, set[str]]:
    editors = _importers_of(public_ids)
    events = Event.objects.filter(subject_type="claim", subject_id__in=public_ids)
    rows = events.order_by("subject_id", "-sequence")
    columns = rows.values("subject_id", "verb", "actor_id", "body")
    for public_id, its in groupby(columns.iterator(), itemgetter("subject_id")):
        found, was_shown = _editors_in(its, since)
        editors[public_id] = found if was_shown else found | editors[public_id]
    return editors


def _editors_in(
    events: Iterable[dict[str, Any]], since: frozenset[str]
) -> tuple[set[str], bool]:
    """Read the editors from events of one claim, newest first; was it shown before?"""
    editors: set[str] = set()
    for event in events:
        if event["verb"] in since:
            return editors - {""}, True
        if event["verb"] in EDITING_VERBS:
            editors.add(event["actor_id"])
            editors.update(json.loads(event["body"])["details"].get("authors", []))
    return editors - {""}, False


def _importers_of(public_ids: list[str]) -> dict[str, set[str]]:
    """Return who imported each claim; no import writes to one that readers have seen."""
    rows = ImportRow.objects.filter(claim_public_id__in=public_ids, batch__isnull=False)
    imported = rows.order_by().values_list("claim_public_id", "claim_import__public_id")
    events = Event.objects.filter(
        subject_type="claimimport",
        subject_id__in=rows.values("claim_import__public_id"),
        verb__in=IMPORTING_VERBS,
    )
    actors: dict[str, set[str]] = defaultdict(set)
    for imports, actor in events.order_by().values_list("subject_id", "actor_id"):
        actors[imports].add(actor)
    importers: dict[str, set[str]] = {public_id: set() for public_id in public_ids}
    for public_id, imports in imported:
        importers[public_id] |= actors[imports] - {""}
    return importers


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
    return _edited_it(user, editors_of(claim, since))


def four_eyes_refusals(
    user: Any, claims: Iterable[Claim], since: frozenset[str] = PUBLISHED_VERBS
) -> dict[str, str]:
    """Return ``four_eyes_refusal`` of many claims, by their public ids."""
    if not settings.TRACKER_FOUR_EYES:
        return {claim.public_id: "" for claim in claims}
    editors = editors_of_each(claims, since)
    return {public_id: _edited_it(user, of_it) for public_id, of_it in editors.items()}


def _edited_it(user: Any, editors: set[str]) -> str:
    if str(user.pk) not in editors:
        return ""
    return _(
        "You edited this claim since it was last published: somebody else must "
        "take this step."
    )
