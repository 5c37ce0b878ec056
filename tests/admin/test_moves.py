"""Moves as pages: full content, what was seen, and everyone kept to their role."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin.carried import packed, unpacked
from claims.admin.gate import CLAIMS_SHOWN
from claims.models import Claim, Event, PublishedClaim
from claims.moves import shown_digest
from claims.workflow.moves import MOVES
from claims.workflow.roles import (
    DESK_MANAGERS,
    EDITORS,
    OBSERVERS,
    PERMISSIONS,
    RESEARCHERS,
)
from tests import factories
from tests.admin.pages import address_of, client_of, form_on, move_address, save

pytestmark = pytest.mark.django_db


def subject_for(key: tuple[str, str]) -> Any:
    """Return a subject that this move may start from."""
    return READY[key]()


def rechecked() -> Claim:
    claim = factories.publish_claim().claim
    return factories.move("recheck", claim, factories.make_user(EDITORS), reason="Due.")


def held_back() -> Claim:
    claim = factories.make_claim()
    return factories.move(
        "hold_back", claim, factories.make_user(EDITORS), reason="No."
    )


def discarded() -> Claim:
    claim = factories.make_claim()
    return factories.move("discard", claim, factories.make_user(EDITORS), reason="No.")


def renamed_source() -> Any:
    source = factories.publish_claim().claim.source
    source.name = "Another name"
    source.save()
    return source


def renamed_document() -> Any:
    document = factories.publish_claim().claim.citations.first().document
    document.title = "Another title"
    document.save()
    return document


def signed_and_released() -> Any:
    claim = factories.make_claim(factories.make_article(state="released"))
    return factories.make_assessment(claim, state="signed_off")


READY: dict[tuple[str, str], Any] = {
    ("assessment", "submit"): lambda: draft_ready(),
    ("assessment", "return"): lambda: factories.make_assessment(state="submitted"),
    ("assessment", "sign_off"): lambda: factories.make_assessment(state="submitted"),
    ("assessment", "publish"): signed_and_released,
    ("assessment", "withdraw"): factories.publish_claim,
    ("assessment", "discard"): factories.make_assessment,
    ("article", "release"): factories.make_article,
    ("article", "clear"): lambda: factories.make_article(state="released"),
    ("claim", "hold_back"): factories.make_claim,
    ("claim", "stop_holding"): held_back,
    ("claim", "recheck"): lambda: factories.publish_claim().claim,
    ("claim", "end_recheck"): rechecked,
    ("claim", "retract"): lambda: factories.publish_claim().claim,
    ("claim", "take_down"): lambda: factories.publish_claim().claim,
    ("claim", "discard"): factories.make_claim,
    ("claim", "restore"): discarded,
    ("source", "release"): renamed_source,
    ("document", "release"): renamed_document,
}


def draft_ready() -> Any:
    assessment = factories.make_assessment()
    factories.give_evidence(assessment.claim, assessment.status_id)
    return assessment


def test_every_move_has_a_row_here():
    assert set(READY) == set(MOVES)


@pytest.mark.parametrize("key", MOVES, ids="-".join)
def test_move_is_shown_confirmed_and_done(key):
    subject = subject_for(key)
    client = client_of(factories.make_user(EDITORS))
    address = move_address(subject, key[1])
    page = client.get(address)
    assert page.status_code == 200
    events = Event.objects.count()

    response = client.post(address, {**form_on(page), "reason": "Because it is so."})

    assert response.status_code == 302, response.context["reasons"]
    assert response["Location"] == address_of(subject)
    assert Event.objects.count() > events


@pytest.mark.parametrize("key", MOVES, ids="-".join)
def test_move_page_is_open_to_its_roles_alone(key):
    subject = subject_for(key)
    version = type(subject).objects.get(pk=subject.pk).version
    address = move_address(subject, key[1])
    typed = {"seen": shown_digest(subject), "reason": "Because."}
    for group in [None, *PERMISSIONS]:
        client = client_of(factories.make_user(group))
        if group is not None and MOVES[key].permission in PERMISSIONS[group]:
            assert client.get(address).status_code == 200, group
        else:
            assert client.get(address).status_code == 403, group
            assert client.post(address, typed).status_code == 403, group
    assert type(subject).objects.get(pk=subject.pk).version == version


@pytest.mark.parametrize("key", MOVES, ids="-".join)
def test_anonymous_is_sent_to_the_login(key):
    address = move_address(subject_for(key), key[1])
    for response in (Client().get(address), Client().post(address)):
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(
    "key", [key for key, move in MOVES.items() if move.needs_reason], ids="-".join
)
def test_move_that_needs_a_reason_is_not_made_without(key):
    subject = subject_for(key)
    client = client_of(factories.make_user(EDITORS))
    address = move_address(subject, key[1])
    version = type(subject).objects.get(pk=subject.pk).version

    response = client.post(address, {**form_on(client.get(address)), "reason": "  "})

    assert response.status_code == 422
    assert b"Give a reason." in response.content
    assert type(subject).objects.get(pk=subject.pk).version == version


def test_content_changed_after_it_was_shown_is_refused_field_by_field():
    author = factories.make_user(RESEARCHERS)
    assessment = factories.make_assessment(state="submitted", author=author)
    editor = client_of(factories.make_user(EDITORS))
    address = move_address(assessment, "sign_off")
    shown = form_on(editor.get(address))
    save(client_of(author), assessment, summary="Quite another summary.")

    response = editor.post(address, shown)

    assert response.status_code == 409
    changes = response.context["changes"]
    assert [(change.label, change.after) for change in changes] == [
        ("Summary", "Quite another summary.")
    ]
    assessment.refresh_from_db()
    assert assessment.state == "submitted"
    assert editor.post(address, form_on(response)).status_code == 302


@pytest.mark.parametrize("shown", ["", "{", "[]", '{"claim":' * 2000, '{"claim": 3}'])
def test_seen_content_that_was_tampered_with_only_costs_the_comparison(shown):
    assessment = factories.make_assessment(state="submitted")
    editor = client_of(factories.make_user(EDITORS))

    response = editor.post(
        move_address(assessment, "sign_off"), {"seen": "0", "shown": shown}
    )
    again = editor.post(
        move_address(assessment, "sign_off"), {"seen": "0", "shown": packed(shown)}
    )

    assert response.status_code == again.status_code == 409


def test_incomplete_draft_is_told_everything_that_is_missing():
    author = factories.make_user(RESEARCHERS)
    claim = factories.make_claim()
    assessment = factories.make_assessment(
        claim, author=author, summary="", rationale="", as_of=None
    )
    claim.citations.all().delete()
    client = client_of(author)
    address = move_address(assessment, "submit")

    response = client.post(address, form_on(client.get(address)))

    assert response.status_code == 422
    assert len(response.context["reasons"]) > 2


def test_author_sees_why_the_move_is_not_theirs():
    author = factories.make_user(EDITORS)
    assessment = factories.make_assessment(state="submitted", author=author)

    page = client_of(author).get(address_of(assessment.claim)).content.decode()
    refused = client_of(author).get(move_address(assessment, "sign_off"))

    assert "You wrote this assessment" in page
    assert move_address(assessment, "sign_off") not in page
    assert refused.status_code == 403


def test_page_of_a_move_not_possible_now_has_no_button():
    draft = factories.make_assessment()
    editor = client_of(factories.make_user(EDITORS))
    address = move_address(draft, "publish")

    page = editor.get(address)

    assert page.status_code == 200
    assert "This is not possible now" in page.content.decode()
    assert "seen" not in form_on(page)
    assert editor.post(address, {"seen": shown_digest(draft)}).status_code == 422


def test_page_links_only_the_moves_this_user_may_make():
    claim = factories.publish_claim().claim
    editor = client_of(factories.make_user(EDITORS)).get(address_of(claim))
    observer = client_of(factories.make_user(OBSERVERS)).get(address_of(claim))
    manager = client_of(factories.make_user(DESK_MANAGERS)).get(address_of(claim))

    assert move_address(claim, "retract") in editor.content.decode()
    for page in (observer, manager):
        assert "/move/" not in page.content.decode()


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        (("claim", "hold_back"), {"hold_back", "discard"}),
        (("claim", "stop_holding"), {"stop_holding", "discard"}),
        (("claim", "recheck"), {"recheck", "retract", "take_down"}),
        (("claim", "end_recheck"), {"end_recheck", "retract", "take_down"}),
        (("claim", "restore"), {"restore"}),
        (("source", "release"), {"release"}),
        (("document", "release"), {"release"}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_page_offers_what_would_change_something(key, offered):
    subject = subject_for(key)
    page = client_of(factories.make_user(EDITORS)).get(address_of(subject))
    assert {offer.move.name for offer in page.context["offers"]} == offered


def test_unchanged_source_has_nothing_to_release():
    source = factories.publish_claim().claim.source
    page = client_of(factories.make_user(EDITORS)).get(address_of(source))
    assert page.context["offers"] == []


def test_page_tells_before_the_click_what_is_missing():
    draft = factories.make_assessment(summary="")
    client = client_of(factories.make_user(RESEARCHERS))
    page = client.get(move_address(draft, "submit"))
    assert b"Write a summary of at most 280 characters." in page.content

    signed = factories.make_assessment(state="signed_off")
    editor = client_of(factories.make_user(EDITORS))
    page = editor.get(move_address(signed, "publish")).content.decode()
    assert "Release the article" in page


def test_article_is_released_with_the_ticked_claims_and_their_statuses():
    article = factories.make_article()
    listed, other = factories.make_claim(article), factories.make_claim(article)
    editor = client_of(factories.make_user(EDITORS))
    address = move_address(article, "release")
    form = form_on(editor.get(address))

    response = editor.post(
        address,
        {**form, "list": [listed.public_id], f"status_{listed.public_id}": "in-review"},
    )

    assert response.status_code == 302
    assert PublishedClaim.objects.get(pk=listed.public_id).status == "in-review"
    assert not PublishedClaim.objects.filter(pk=other.public_id).exists()


def test_of_many_claims_the_first_are_shown_field_by_field_and_all_compared():
    source = factories.make_source()
    article = factories.make_article()
    claims = Claim.objects.bulk_create(
        Claim(text="It has doors.", kind="state", article=article, source=source)
        for _ in range(CLAIMS_SHOWN + 2)
    )
    address = move_address(article, "release")
    editor = client_of(factories.make_user(EDITORS))
    response = editor.get(address)
    page = response.content.decode()
    assert page.count('name="list"') == CLAIMS_SHOWN + 2
    sheet = reverse("admin:claims_article_sheet", args=[article.pk])
    assert f'<a href="{sheet}">2 more claims: the sheet has all of them</a>' in page
    texts = [line.text for line in response.context["lines"]]
    assert texts.count("It has doors.") == CLAIMS_SHOWN

    last = max(claims, key=lambda claim: claim.public_id)
    Claim.objects.filter(pk=last.pk).update(text="It has no door.")
    stale = editor.post(address, form_on(response))

    assert stale.status_code == 409
    assert [change.after for change in stale.context["changes"]] == ["It has no door."]


def test_what_a_page_carries_comes_back_as_it_was():
    text = '{"claim":"Misé 😀 <"&>"}' * 50
    assert unpacked(packed(text)) == text
    assert len(packed(text)) < len(text)
    whole = packed(text)
    for broken in ("", "é", "AAAA", whole[:-8], f"{whole[:-1]}é", f"!{whole}"):
        assert unpacked(broken) == ""
    assert unpacked(whole, most=len(text.encode()) - 1) == ""


def test_editor_cannot_list_a_claim_they_wrote_and_is_told_beforehand():
    editor = factories.make_user(EDITORS)
    article = factories.make_article()
    claim = factories.make_claim(article, by=editor)
    address = move_address(article, "release")
    form = form_on(client_of(editor).get(address))
    assert f"status_{claim.public_id}" not in form

    response = client_of(editor).post(address, {**form, "list": [claim.public_id]})

    assert response.status_code == 403
    assert not PublishedClaim.objects.exists()


def test_ticks_and_statuses_survive_a_refusal():
    article = factories.make_article(text="")
    claim = factories.make_claim(article)
    editor = client_of(factories.make_user(EDITORS))
    address = move_address(article, "release")
    form = {**form_on(editor.get(address)), "list": claim.public_id}
    form[f"status_{claim.public_id}"] = "in-review"

    response = editor.post(address, form)

    assert response.status_code == 422
    again = form_on(response)
    assert again["list"] == claim.public_id
    assert again[f"status_{claim.public_id}"] == "in-review"


@pytest.mark.parametrize("path", ["999999/move/retract/", "x/move/retract/"])
def test_move_of_nothing_is_not_found(path):
    editor = client_of(factories.make_user(EDITORS))
    assert editor.get(f"/admin/claims/claim/{path}").status_code == 404


def test_move_that_does_not_exist_is_not_found():
    claim = factories.make_claim()
    editor = client_of(factories.make_user(EDITORS))
    assert editor.get(address_of(claim, "change") + "../move/fly/").status_code == 404


def test_move_page_takes_get_and_post_alone():
    claim = factories.make_claim()
    editor = client_of(factories.make_user(EDITORS))
    assert editor.put(move_address(claim, "discard")).status_code == 405


def test_nul_characters_in_what_is_posted_are_no_crash():
    claim, article = factories.make_claim(), factories.make_article()
    editor = client_of(factories.make_user(EDITORS))
    address = move_address(claim, "discard")
    form = form_on(editor.get(address)) | {"reason": "No\0thing."}
    assert editor.post(address, form).status_code == 302

    address = move_address(article, "release")
    form = form_on(editor.get(address)) | {"list": ["\0"]}
    assert editor.post(address, form).status_code == 302


def test_nul_character_in_a_field_is_an_error_of_the_form():
    claim = factories.make_claim()
    editor = client_of(factories.make_user(EDITORS))
    response = save(editor, claim, text="a\0b", said_words="\0")
    assert response.status_code == 200
    assert Claim.objects.get(pk=claim.pk).text == claim.text
