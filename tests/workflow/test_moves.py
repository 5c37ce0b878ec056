"""The table of moves stands on states, acts and permissions that exist."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from claims.models import Article, Assessment, Claim, Document, Source
from claims.moves import engine
from claims.workflow.moves import EVERY_STATE, MOVES, moves_from
from claims.workflow.roles import (
    ACCOUNT_PERMISSIONS,
    DESK_MANAGERS,
    DESK_MODELS,
    EDITORS,
    OBSERVERS,
    PERMISSIONS,
    REFERENCE_MODELS,
    RESEARCHERS,
)
from claims.workflow.words import ArticleState, AssessmentState, ClaimState
from tests.factories import make_user

MODELS = {
    "assessment": Assessment,
    "article": Article,
    "claim": Claim,
    "source": Source,
    "document": Document,
}
STATES = {
    "assessment": AssessmentState,
    "article": ArticleState,
    "claim": ClaimState,
}
#: What the design gives to researchers; every other move is an editor's.
FOR_RESEARCHERS = {
    ("assessment", "submit"),
    ("assessment", "discard"),
    ("claim", "discard"),
    ("claim", "restore"),
}
every_move = pytest.mark.parametrize(
    "move", MOVES.values(), ids=lambda m: "-".join(m.key)
)


@every_move
def test_it_has_an_act_and_a_verb_of_its_own(move):
    assert move.key in engine._ACTS
    assert move.name in engine._VERBS


def test_there_are_no_acts_or_verbs_without_a_move():
    assert set(engine._ACTS) == set(MOVES)
    assert set(engine._VERBS) == {name for _subject, name in MOVES}


@every_move
def test_its_states_are_states_of_its_subject(move):
    states = set(STATES[move.subject].values) if move.subject in STATES else set()
    if move.sources != EVERY_STATE:
        assert move.sources <= states
    assert move.target is None or move.target in states


@every_move
def test_its_permission_is_declared_by_its_model(move):
    declared = dict(MODELS[move.subject]._meta.permissions)
    assert move.permission in declared


@every_move
def test_its_permission_is_given_to_whom_the_design_names(move):
    holders = {
        name for name, codenames in PERMISSIONS.items() if move.permission in codenames
    }
    wanted = {EDITORS, RESEARCHERS} if move.key in FOR_RESEARCHERS else {EDITORS}
    assert holders == wanted


@every_move
def test_it_is_labelled(move):
    assert str(move.label)[0].isupper()


@pytest.mark.parametrize("key", [("assessment", "sign_off"), ("assessment", "publish")])
def test_signing_and_publishing_take_four_eyes(key):
    assert MOVES[key].four_eyes


@pytest.mark.parametrize(
    "key",
    [
        ("assessment", "withdraw"),
        ("claim", "retract"),
        ("claim", "take_down"),
        ("claim", "recheck"),
        ("assessment", "return"),
    ],
)
def test_what_readers_or_authors_must_be_told_needs_a_reason(key):
    assert MOVES[key].needs_reason


#: Of acts that bring no row from state to state.
BESIDE_THE_MOVES = {"seal_storedcopy"}


def test_every_declared_permission_beyond_djangos_belongs_to_a_move():
    declared = {
        codename
        for model in apps.get_app_config("claims").get_models()
        for codename, _name in model._meta.permissions
        if not model.__name__.startswith("Historical")
    }
    moves = {move.permission for move in MOVES.values()}
    assert declared == moves | BESIDE_THE_MOVES


@pytest.mark.parametrize(
    ("subject", "state", "names"),
    [
        ("assessment", "draft", ["submit", "discard"]),
        ("assessment", "submitted", ["return", "sign_off", "discard"]),
        ("assessment", "returned", ["submit", "discard"]),
        ("assessment", "signed_off", ["return", "publish"]),
        ("assessment", "published", ["withdraw"]),
        ("assessment", "superseded", []),
        ("assessment", "withdrawn", []),
        ("assessment", "discarded", []),
        ("article", "open", ["release"]),
        ("article", "released", ["release", "clear"]),
        ("article", "cleared", ["release"]),
        (
            "claim",
            "working",
            [
                "hold_back",
                "stop_holding",
                "recheck",
                "end_recheck",
                "retract",
                "take_down",
                "discard",
            ],
        ),
        ("claim", "discarded", ["restore"]),
        ("claim", "retracted", ["take_down"]),
        ("claim", "taken_down", []),
        ("source", "", ["release"]),
        ("document", "", ["release"]),
    ],
)
def test_each_state_offers_these_moves(subject, state, names):
    assert [move.name for move in moves_from(subject, state)] == names


class TestGroups:
    def test_observers_only_look(self):
        assert all(name.startswith("view_") for name in PERMISSIONS[OBSERVERS])

    def test_nobody_may_change_the_log_or_the_releases(self):
        given = set().union(*PERMISSIONS.values())
        for model in ("event", "release"):
            assert (
                given & {f"{verb}_{model}" for verb in ("add", "change", "delete")}
                == set()
            )

    def test_nobody_may_delete_what_is_never_deleted(self):
        given = set().union(*PERMISSIONS.values(), *ACCOUNT_PERMISSIONS.values())
        kept = ("claim", "source", "document", "article", "assessment", "passage")
        for model in (*kept, "storedcopy", "note", "quotecheck", "user"):
            assert f"delete_{model}" not in given

    def test_editors_may_all_that_researchers_may(self):
        assert PERMISSIONS[RESEARCHERS] < PERMISSIONS[EDITORS]

    def test_only_desk_managers_keep_accounts_statuses_and_methodology(self):
        assert set(ACCOUNT_PERMISSIONS) == {DESK_MANAGERS}
        for codename in ("change_verificationstatus", "change_methodology"):
            holders = {name for name, given in PERMISSIONS.items() if codename in given}
            assert holders == {DESK_MANAGERS}

    def test_desk_managers_make_no_move(self):
        moves = {move.permission for move in MOVES.values()}
        assert not PERMISSIONS[DESK_MANAGERS] & moves

    def test_every_model_of_the_desk_can_be_seen_by_everyone(self):
        looks = {f"view_{model}" for model in DESK_MODELS + REFERENCE_MODELS}
        assert all(looks <= given for given in PERMISSIONS.values())

    @pytest.mark.parametrize("name", PERMISSIONS)
    def test_a_group_is_installed_with_exactly_its_permissions(self, db, name):
        found = Group.objects.get(name=name).permissions.values_list(
            "codename", flat=True
        )
        wanted = PERMISSIONS[name] | ACCOUNT_PERMISSIONS.get(name, frozenset())
        assert sorted(found) == sorted(wanted)

    def test_a_member_may_what_the_group_may(self, db):
        assert make_user(EDITORS).has_perm("claims.sign_assessment")
        assert not make_user(RESEARCHERS).has_perm("claims.sign_assessment")
