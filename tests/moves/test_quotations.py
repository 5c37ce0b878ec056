"""What a person says of a quotation check: by eye, and taken over for the claim."""

from typing import Any

import pytest

from claims.models import Event, QuoteCheck
from claims.moves import (
    MoveForbiddenError,
    MoveRefusedError,
    StaleMoveError,
    confirm_by_eye,
    take_over_check,
)
from claims.permissions import editors_of
from claims.workflow.desk_words import EyeFinding
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.factories import (
    DAY,
    NOON,
    make_citation,
    make_claim,
    make_link,
    make_quote_check,
    make_user,
)

pytestmark = pytest.mark.django_db

SAME, OTHER = EyeFinding.SAME, EyeFinding.OTHER


def of_attribution(verdict: str = "exact", **fields: Any) -> QuoteCheck:
    claim = make_claim(attribution_check="unchecked")
    citation = make_citation(claim, question="attribution")
    is_accepted = verdict == "exact"
    return make_quote_check(
        citation, verdict=verdict, reasons=[], is_accepted=is_accepted, **fields
    )


# By eye


def test_what_was_seen_is_kept_with_a_name_beside_what_the_program_found() -> None:
    check, ada = make_quote_check(), make_user(RESEARCHERS)
    seen = confirm_by_eye(check, ada, SAME, " The scan, page 12. ", at=NOON)
    check.refresh_from_db()
    assert check == seen
    assert (check.eye, check.note) == ("same", "The scan, page 12.")
    assert (check.confirmed_by, check.confirmed_at) == (ada, NOON)
    assert (check.verdict, check.is_accepted) == ("altered", False)
    assert check.holds
    assert not QuoteCheck.objects.to_look_at().exists()


def test_it_is_an_event_without_words_and_no_edit() -> None:
    check, ada = make_quote_check(), make_user(RESEARCHERS)
    confirm_by_eye(check, ada, OTHER, "")
    event = Event.objects.latest("sequence")
    assert (event.verb, event.subject_id) == ("quotation_seen", check.claim.public_id)
    assert event.details == {
        "citation": check.citation.public_id,
        "check": check.public_id,
        "eye": "other",
        "verdict": "altered",
    }
    assert str(ada.pk) not in editors_of(check.claim)


@pytest.mark.parametrize(("accepted", "eye"), [(False, SAME), (True, OTHER)])
def test_against_the_program_it_needs_what_was_looked_at(accepted, eye) -> None:
    check = make_quote_check(is_accepted=accepted)
    with pytest.raises(MoveRefusedError, match="say what you looked at"):
        confirm_by_eye(check, make_user(EDITORS), eye, " ")
    check.refresh_from_db()
    assert check.eye == ""


def test_the_second_to_look_is_told_of_the_first() -> None:
    check = make_quote_check()
    confirm_by_eye(check, make_user(EDITORS, username="ada"), OTHER, "")
    with pytest.raises(StaleMoveError, match="ada looked at this meanwhile"):
        confirm_by_eye(check, make_user(EDITORS), SAME, "The scan.")


def test_a_quotation_that_was_edited_since_is_not_confirmed() -> None:
    check = make_quote_check()
    check.citation.quotation = "Other words by now."
    check.citation.save()
    with pytest.raises(StaleMoveError, match="changed or compared anew"):
        confirm_by_eye(check, make_user(EDITORS), OTHER, "")


def test_nothing_seen_is_no_finding() -> None:
    with pytest.raises(MoveRefusedError, match="what you saw"):
        confirm_by_eye(make_quote_check(), make_user(EDITORS), EyeFinding.NONE, "x")


def test_whoever_only_looks_confirms_nothing() -> None:
    with pytest.raises(MoveForbiddenError):
        confirm_by_eye(make_quote_check(), make_user(OBSERVERS), OTHER, "")


# Taken over


def test_the_claims_own_check_is_taken_over_as_an_edit() -> None:
    check, ada = of_attribution(), make_user(RESEARCHERS)
    assert take_over_check(check, ada, None, "confirmed", at=NOON) == "confirmed"
    claim = check.claim
    claim.refresh_from_db()
    assert claim.attribution_check == "confirmed"
    assert claim.attribution_checked_by == ada
    assert claim.attribution_checked_on == DAY
    assert claim.attribution_citation == check.citation
    assert str(ada.pk) in editors_of(claim)
    assert claim.history.latest().history_user == ada


def test_a_link_of_the_chain_is_taken_over_alone() -> None:
    check = of_attribution("altered")
    link = make_link(check.claim)
    before = check.claim.attribution_check
    take_over_check(check, make_user(EDITORS), link, "altered")
    link.refresh_from_db()
    check.claim.refresh_from_db()
    assert link.attribution_check == "altered"
    assert check.claim.attribution_check == before
    event = Event.objects.latest("sequence")
    assert "attributionlink.attribution_check" in event.details["fields"]


def test_a_person_s_eye_decides_what_is_proposed() -> None:
    check = of_attribution("uncheckable")
    confirm_by_eye(check, make_user(EDITORS), SAME, "The recording, minute 3.")
    assert take_over_check(check, make_user(EDITORS), None, "confirmed") == "confirmed"


def test_what_is_proposed_no_longer_is_refused() -> None:
    check = of_attribution("altered")
    with pytest.raises(StaleMoveError, match="proposes something else"):
        take_over_check(check, make_user(EDITORS), None, "confirmed")
    check.claim.refresh_from_db()
    assert check.claim.attribution_check != "confirmed"


def test_a_link_of_another_claim_is_refused() -> None:
    with pytest.raises(MoveRefusedError, match="another claim"):
        take_over_check(of_attribution(), make_user(EDITORS), make_link(), "confirmed")


def test_a_claim_that_is_not_worked_on_takes_nothing_over() -> None:
    check = of_attribution()
    type(check.claim).objects.filter(pk=check.claim.pk).update(state="discarded")
    with pytest.raises(MoveRefusedError, match="discarded"):
        take_over_check(check, make_user(EDITORS), None, "confirmed")


def test_whoever_only_looks_takes_nothing_over() -> None:
    with pytest.raises(MoveForbiddenError):
        take_over_check(of_attribution(), make_user(OBSERVERS), None, "confirmed")
