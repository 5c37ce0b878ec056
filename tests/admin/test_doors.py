"""The truth table again, through the desk's doors: what a page posts changes no rule.

Same states and moves as ``tests/moves/test_truth_table.py``; the move is tried
by posting to its confirmation page, and submitting and signing off also by the sheet.
"""

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse

from claims.moves import shown_digest
from tests.admin.pages import client_of, move_address
from tests.factories import fresh_from_database
from tests.moves.snapshots import everything
from tests.moves.test_truth_table import (
    CASES,
    SITUATIONS,
    STATES,
    claim_of,
    expected,
    user_in,
)

pytestmark = pytest.mark.django_db


def by_page(client: Client, row: Any, name: str, seen: str) -> Any:
    posted = {"seen": seen, "shown": "", "reason": "For a reason."}
    if row._meta.model_name == "article":
        claim = claim_of(row).public_id
        posted |= {"list": [claim], f"status_{claim}": "unverified"}
    return client.post(move_address(row, name), posted)


def by_sheet(client: Client, row: Any, name: str, seen: str) -> Any:
    address = reverse("admin:claims_assessment_sheet", args=[name])
    posted = {"confirm": [row.pk], f"seen_{row.pk}": seen}
    return client.post(f"{address}?ids={row.pk}", posted)


def attempt(
    door: Callable[..., Any], row: Any, name: str, user: User, seen: str
) -> tuple[int, str]:
    """Try the move by a door; return its answer and where it led, or "nothing"."""
    before = everything()
    status = door(client_of(user), row, name, seen).status_code
    assert status in (200, 302, 403, 409, 422)
    if everything() == before:
        return status, "nothing"
    return status, getattr(fresh_from_database(row), "state", "")


#: One of each kind: the rules themselves are tried with every role elsewhere.
ROLES = (
    "researcher who wrote it",
    "editor who edited it",
    "superuser who wrote it",
    "editor who did not touch it",
    "deactivated editor",
)
SHEETS = ("submit", "sign_off")
ATTEMPTS = [
    *(pytest.param(by_page, *case.values, id=f"page-{case.id}") for case in CASES),
    *(
        pytest.param(by_sheet, "assessment", state, SHEETS, id=f"sheet-{state}")
        for state in STATES["assessment"]
    ),
]


@pytest.mark.parametrize(("door", "subject", "state", "names"), ATTEMPTS)
def test_no_door_lets_through_what_the_table_refuses(door, subject, state, names):
    row = SITUATIONS[subject](state, names[0])
    seen = shown_digest(row)
    found, wanted = {}, {}
    for name, role in itertools.product(names, ROLES):
        told = expected(subject, state, name, role)
        with transaction.atomic():
            user = user_in(role, row)
            fresh = fresh_from_database(row)
            status, found[name, role] = attempt(door, fresh, name, user, seen)
            transaction.set_rollback(True)
        wanted[name, role] = "nothing" if told in ("forbidden", "refused") else told
        if told == "forbidden" and door is by_page:
            assert status in (302, 403)
    assert found == wanted
