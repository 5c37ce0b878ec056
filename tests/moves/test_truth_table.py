"""Every state × move × role: allowed only where the design says so.

The tables here are written out from the design, not derived from the code. What is
not allowed changes nothing and says why in a sentence.
"""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Article, Assessment, Claim, Event
from claims.moves import (
    MoveForbiddenError,
    MoveRefusedError,
    ReleaseDetails,
    make_move,
    record_edit,
    shown_digest,
)
from claims.workflow.moves import MOVES
from claims.workflow.roles import DESK_MANAGERS, EDITORS, OBSERVERS, RESEARCHERS
from claims.workflow.words import ArticleState, AssessmentState, ClaimState
from tests.factories import (
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_user,
    move,
    publish_claim,
)
from tests.moves.snapshots import everything

#: (subject, move) → state it may start from → state it leads to.
ROADS: dict[tuple[str, str], dict[str, str]] = {
    ("assessment", "submit"): {"draft": "submitted", "returned": "submitted"},
    ("assessment", "return"): {"submitted": "returned", "signed_off": "returned"},
    ("assessment", "sign_off"): {"submitted": "signed_off"},
    ("assessment", "publish"): {"signed_off": "published"},
    ("assessment", "withdraw"): {"published": "withdrawn"},
    ("assessment", "discard"): {
        "draft": "discarded",
        "submitted": "discarded",
        "returned": "discarded",
    },
    ("article", "release"): {
        "open": "released",
        "released": "released",
        "cleared": "released",
    },
    ("article", "clear"): {"released": "cleared"},
    ("claim", "hold_back"): {"working": "working"},
    ("claim", "stop_holding"): {"working": "working"},
    ("claim", "recheck"): {"working": "working"},
    ("claim", "end_recheck"): {"working": "working"},
    ("claim", "retract"): {"working": "retracted"},
    ("claim", "take_down"): {"working": "taken_down", "retracted": "taken_down"},
    ("claim", "discard"): {"working": "discarded"},
    ("claim", "restore"): {"discarded": "working"},
    ("source", "release"): {"": ""},
    ("document", "release"): {"": ""},
}
STATES = {
    "assessment": AssessmentState.values,
    "article": ArticleState.values,
    "claim": ClaimState.values,
    "source": [""],
    "document": [""],
}
#: Moves up to *submit*; all others are for editors.
FOR_RESEARCHERS = {
    ("assessment", "submit"),
    ("assessment", "discard"),
    ("claim", "discard"),
    ("claim", "restore"),
}
#: Moves that ask for a second pair of eyes.
FOUR_EYES = {
    ("assessment", "sign_off"),
    ("assessment", "publish"),
    ("article", "release"),
}

RESEARCHER_ROLES = ("researcher who wrote it", "researcher who did not")
BARRED_ROLES = (
    "editor who edited it",
    "editor who wrote it",
    "superuser who edited it",
    "superuser who wrote it",
)
CLEAN_ROLES = ("editor who did not touch it", "superuser who did not touch it")
ROLES = (
    *RESEARCHER_ROLES,
    *BARRED_ROLES,
    *CLEAN_ROLES,
    "observer",
    "desk manager",
    "member of no group",
    "deactivated editor",
    "deactivated superuser",
)
#: The moves that are tried on the same row: how a claim is made depends on the move.
TRIED_TOGETHER = [
    (subject, [name for kind, name in ROADS if kind == subject])
    for subject in ("assessment", "article")
] + [
    (subject, [name])
    for subject, name in ROADS
    if subject not in ("assessment", "article")
]
CASES = [
    pytest.param(subject, state, names, id="-".join([subject, state, *names]))
    for subject, names in TRIED_TOGETHER
    for state in STATES[subject]
]


def expected(subject: str, state: str, name: str, role: str) -> str:
    """Say what the design says: "forbidden", "refused" or the state it leads to."""
    key = (subject, name)
    if role not in RESEARCHER_ROLES + BARRED_ROLES + CLEAN_ROLES:
        return "forbidden"
    if role in RESEARCHER_ROLES and key not in FOR_RESEARCHERS:
        return "forbidden"
    if state not in ROADS[key]:
        return "refused"
    if key in FOUR_EYES and role in BARRED_ROLES:
        return "forbidden"
    return ROADS[key][state]


def test_the_table_has_every_move():
    assert set(ROADS) == set(MOVES)
    tried = {(subject, name) for subject, names in TRIED_TOGETHER for name in names}
    assert tried == set(MOVES)


@pytest.mark.parametrize(("subject", "state", "names"), CASES)
def test_every_role_gets_what_the_design_says(db, subject, state, names):
    row = SITUATIONS[subject](state, names[0])
    assert getattr(row, "state", "") == state
    seen = shown_digest(row)
    found, wanted = {}, {}
    for name, role in itertools.product(names, ROLES):
        with transaction.atomic():
            user = user_in(role, row)
            fresh = fresh_from_database(row)
            found[name, role] = outcome(name, fresh, user, seen)
            transaction.set_rollback(True)
        wanted[name, role] = expected(subject, state, name, role)
    assert found == wanted


def outcome(name: str, row: Any, user: User, seen: str) -> str:
    """Try the move; say what came of it and assert what must be so in any case."""
    before = everything()
    events = Event.objects.count()
    given = {"seen": seen, "reason": "For a reason.", "details": details_for(row)}
    try:
        after = make_move(name, row, user, **given)
    except (MoveForbiddenError, MoveRefusedError) as error:
        assert_sentences(error.reasons)
        assert everything() == before
        kind = type(error)
        return "forbidden" if kind is MoveForbiddenError else "refused"
    assert Event.objects.count() > events
    assert Event.objects.order_by("sequence").last().actor_id == str(user.pk)
    assert after.version == row.version + 1
    return getattr(fresh_from_database(row), "state", "")


def assert_sentences(reasons: list[str]) -> None:
    assert reasons
    for reason in reasons:
        assert reason[0].isupper() or reason[0] in "“0123456789"
        assert reason.endswith(".")


def user_in(role: str, row: Any) -> User:
    """Make the user of a role; who "edited" left an event, who "wrote" is author."""
    if role == "deactivated superuser":
        return make_user(is_superuser=True, is_active=False)
    if role == "deactivated editor":
        return make_user(EDITORS, is_active=False)
    if role.startswith("superuser"):
        user = make_user(is_superuser=True)
    else:
        user = make_user(GROUPS[role.split()[0]])
    if role.endswith("who edited it"):
        record_edit(claim_of(row), user, ["claim.text"])
    if role.endswith("who wrote it"):
        make_author(user, row)
    return user


GROUPS = {
    "researcher": RESEARCHERS,
    "editor": EDITORS,
    "observer": OBSERVERS,
    "desk": DESK_MANAGERS,
    "member": None,
}


def make_author(user: User, row: Any) -> None:
    if isinstance(row, Assessment):
        Assessment.objects.filter(pk=row.pk).update(author=user)
    else:
        record_edit(claim_of(row), user, ["claim.text"], verb="created")


def claim_of(row: Any) -> Claim:
    if isinstance(row, Claim):
        return row
    if isinstance(row, Assessment):
        return Claim.objects.get(pk=row.claim_id)
    if isinstance(row, Article):
        return row.claims.get(text="To be listed.")
    return Claim.objects.latest("pk")


def details_for(row: Any) -> ReleaseDetails | None:
    if not isinstance(row, Article):
        return None
    return ReleaseDetails(((claim_of(row).public_id, "unverified"),))


def an_assessment(state: str, name: str) -> Assessment:
    if state != AssessmentState.SUPERSEDED:
        assessment = make_assessment(make_claim_of_released_article(), state=state)
        return fresh_from_database(assessment)
    earlier = publish_claim()
    publish_claim(Claim.objects.get(pk=earlier.claim_id))
    return fresh_from_database(earlier)


def make_claim_of_released_article() -> Claim:
    return make_claim(make_article(state="released"))


def an_article(state: str, name: str) -> Article:
    article = make_article(state=state)
    make_claim(article, text="To be listed.")
    return fresh_from_database(article)


def a_claim(state: str, name: str) -> Claim:
    editor = make_user(EDITORS)
    wants_public = name in ("recheck", "end_recheck", "retract", "take_down")
    if state in (ClaimState.RETRACTED, ClaimState.TAKEN_DOWN) or wants_public:
        claim = publish_claim().claim
    else:
        claim = make_claim()
    for step in CLAIM_ROADS[state]:
        if step == "discard" and wants_public:
            claim = make_claim()
        claim = move(step, claim, editor, reason="For a reason.")
    if state == ClaimState.WORKING and name == "stop_holding":
        claim = move("hold_back", claim, editor, reason="For a reason.")
    if state == ClaimState.WORKING and name == "end_recheck":
        claim = move("recheck", claim, editor, reason="For a reason.")
    return fresh_from_database(claim)


CLAIM_ROADS = {
    ClaimState.WORKING: (),
    ClaimState.DISCARDED: ("discard",),
    ClaimState.RETRACTED: ("retract",),
    ClaimState.TAKEN_DOWN: ("take_down",),
}


def a_source(state: str, name: str) -> Any:
    source = publish_claim().claim.source
    source.name += ", renamed"
    source.save()
    return fresh_from_database(source)


def a_document(state: str, name: str) -> Any:
    document = publish_claim().claim.citations.get().document
    document.title += ", renamed"
    document.save()
    return fresh_from_database(document)


SITUATIONS: dict[str, Callable[[str, str], Any]] = {
    "assessment": an_assessment,
    "article": an_article,
    "claim": a_claim,
    "source": a_source,
    "document": a_document,
}
