"""The pages that ask whether a claim was checked before, and the lines that lead there."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from claims.jobs.checked_before import suggest_soon
from claims.models import Assessment, Claim, ClaimPair
from claims.search import write_desk
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests.admin.pages import client_of, form_on
from tests.factories import (
    NOON,
    make_claim,
    make_pair,
    make_suggestion,
    make_user,
    publish_claim,
)

pytestmark = pytest.mark.django_db
FLOOD = "18,000 people were without water after the flood in Harrowdale."


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(RESEARCHERS, username="ada"))


def written(*texts: str) -> list[Claim]:
    claims = [make_claim(text=text) for text in texts]
    with transaction.atomic():
        write_desk([claim.public_id for claim in claims])
    return claims


def page_of(claim: Claim) -> str:
    return reverse("admin:claims_claim_alike", args=[claim.pk])


def shown(response: Any) -> str:
    return " ".join(response.content.decode().split())


def decide(desk: Any, claim: Claim, other: Claim, **given: str) -> Any:
    return desk.post(page_of(claim), {"other": other.public_id, "seen": "", **given})


def test_a_text_is_compared_with_the_claims_of_the_desk(desk):
    written(FLOOD, "The mill bridge was closed.")
    typed = {"text": "5,000 people without water in #Harrowdale after the flood!"}
    page = shown(desk.get(reverse("admin:claims_claim_ask"), typed))
    assert FLOOD in page
    assert "5,000 / 18,000" in page
    assert "mill bridge" not in page


def test_a_text_like_nothing_is_told_so_and_no_text_is_no_answer(desk):
    address = reverse("admin:claims_claim_ask")
    assert "No claim of the desk" in shown(desk.get(address, {"text": "zzz"}))
    assert "No claim of the desk" not in shown(desk.get(address))
    assert "at most 4000" in shown(desk.get(address, {"text": "z" * 4001}))


def test_the_page_of_a_claim_shows_what_is_like_it_and_not_itself(desk):
    older, newer = written(FLOOD, FLOOD.replace("18,000", "5,000"))
    page = shown(desk.get(page_of(newer)))
    assert page.count(older.text) == 1
    assert "5,000 / 18,000" in page
    assert not ClaimPair.objects.exists()  # looking writes nothing


def test_what_is_decided_there_is_noted_and_shown_on_both_claims(desk):
    older, newer = written(FLOOD, FLOOD)
    answer = decide(desk, newer, older, decision="same", note="Word for word.")
    assert answer.status_code == 302
    pair = ClaimPair.objects.get()
    assert (pair.state, pair.decided_by.username) == ("same", "ada")
    for claim in (older, newer):
        page = shown(desk.get(reverse("admin:claims_claim_change", args=[claim.pk])))
        assert "Word for word." in page
        assert "the same claim" in page


def test_what_says_nothing_comes_back_with_what_was_typed(desk):
    older, newer = written(FLOOD, FLOOD)
    answer = decide(desk, newer, older, decision="same", note="")
    assert answer.status_code == 422
    assert "Say why the two are the same claim" in shown(answer)
    answer = decide(desk, newer, older, note="Typed with care.")
    assert answer.status_code == 422
    assert "Typed with care." in shown(answer)
    assert not ClaimPair.objects.exists()


def test_a_colleagues_decision_is_shown_and_not_overwritten(desk):
    older, newer = written(FLOOD, FLOOD)
    emil = make_user(username="emil")
    decided = {"decided_by": emil, "decided_at": NOON}
    make_pair(newer, older=older, state="rejected", **decided)
    answer = decide(desk, newer, older, decision="related")
    assert answer.status_code == 409
    assert "emil decided this meanwhile" in shown(answer)


def test_an_unknown_claim_is_not_there_and_observers_only_look(desk):
    older, newer = written(FLOOD, FLOOD)
    sent = {"other": "0" * 10, "decision": "related"}
    assert desk.post(page_of(newer), sent).status_code == 404
    observer = client_of(make_user(OBSERVERS))
    assert "Is it the same claim?" not in shown(observer.get(page_of(newer)))
    assert decide(observer, newer, older, decision="related").status_code == 403


def test_the_finding_of_the_same_claim_is_taken_over_as_a_draft(desk):
    older, newer = written(FLOOD, FLOOD)
    publish_claim(older)
    decide(desk, newer, older, decision="same", note="Word for word.")
    pair = ClaimPair.objects.get()
    share = reverse("admin:claims_claim_share", args=[newer.pk, pair.public_id])
    assert share in shown(desk.get(page_of(newer)))
    assert share not in shown(desk.get(page_of(older)))
    answer = desk.post(share)
    draft = Assessment.objects.get(claim=newer)
    assert answer.url == reverse("admin:claims_assessment_change", args=[draft.pk])
    again = desk.post(share, follow=True)
    assert "no other assessment is open" in shown(again)
    assert desk.post(share.replace(pair.public_id, "0" * 10)).status_code == 404
    assert client_of(make_user(OBSERVERS)).post(share).status_code == 403


def test_the_queue_holds_the_newer_claim_until_it_is_decided(desk):
    pair = make_pair()
    index = reverse("admin:index")
    queue = reverse("admin:claims_claim_changelist") + "?queue=checked-before"
    assert "Checked before?" in shown(desk.get(index))
    page = shown(desk.get(queue))
    assert pair.other.text in page
    assert pair.one.text not in page
    decide(desk, pair.other, pair.one, decision="related", seen="suggested")
    assert pair.other.text not in shown(desk.get(queue))


def test_the_list_of_claims_leads_to_the_page_that_asks(desk):
    page = shown(desk.get(reverse("admin:claims_claim_changelist")))
    assert reverse("admin:claims_claim_ask") in page


def test_a_claim_entered_at_the_desk_is_compared_and_its_page_says_so(
    desk, django_capture_on_commit_callbacks
):
    (older,) = written(FLOOD)
    form = form_on(desk.get(reverse("admin:claims_claim_add")))
    form |= {"text": FLOOD, "kind": "figure", "article": older.article_id}
    form |= {"source": older.source_id}
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(reverse("admin:claims_claim_add"), form)
    newer = Claim.objects.exclude(pk=older.pk).get()
    assert answer.status_code == 302
    assert ClaimPair.objects.suggested().get().other == newer
    page = shown(desk.get(reverse("admin:claims_claim_change", args=[newer.pk])))
    assert "Checked before?" in page
    assert "to be decided" in page


def test_an_accepted_suggestion_says_in_a_line_that_it_may_be_checked_already(
    desk, django_capture_on_commit_callbacks
):
    written(FLOOD)
    suggestion = make_suggestion()
    workspace = reverse("admin:claims_article_workspace", args=[suggestion.article_id])
    asked = {"suggestion": suggestion.public_id}
    panel = desk.get(f"{workspace}panel/", asked).context["panel"]
    form = panel.forms["mark"]
    fields = {name: form[name].value() or "" for name in form.fields}
    fields |= {"text": FLOOD, "who": "unclear", "relays": ""}
    desk.post(f"{workspace}mark/", fields)
    claim = Claim.objects.get(article=suggestion.article)
    with django_capture_on_commit_callbacks(execute=True):
        suggest_soon(claim)
    lines = shown(desk.get(f"{workspace}panel/", {"claim": claim.public_id}))
    assert page_of(claim) in lines
    assert "1 claim is much like this one" in lines
