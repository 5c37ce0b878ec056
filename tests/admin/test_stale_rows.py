"""Two editors, rows of one claim: each row compared with its own, none lost."""

import pytest
from django.contrib.auth.models import User

from claims.models import AttributionLink, Citation, Claim
from claims.workflow.roles import RESEARCHERS
from tests import factories
from tests.admin.pages import add_row, client_of, errors_on, form_on, open_form, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def first() -> User:
    return factories.make_user(RESEARCHERS)


@pytest.fixture
def second() -> User:
    return factories.make_user(RESEARCHERS)


def add_as(user: User, claim: Claim, prefix: str, /, **typed: object) -> None:
    client = client_of(user)
    form = add_row(open_form(client, claim), prefix, **typed)
    assert save(client, claim, form).status_code == 302


def groups_on(response) -> dict[str, object]:
    return {group.title: group for group in response.context["groups"]}


def roles_by_position(claim: Claim) -> list[tuple[int, str]]:
    return list(claim.chain.order_by("position").values_list("position", "role"))


def test_row_the_colleague_added_is_shown_and_stays_as_it_is(first, second):
    claim = factories.make_claim(text="As it was.")
    opened = open_form(client_of(second), claim)
    document = factories.make_document()
    add_as(
        first,
        claim,
        "citations",
        document=document.pk,
        question="truth",
        stance="supports",
        form="passage",
        quotation="By the first.",
    )

    refused = save(client_of(second), claim, opened, text="By the second.")

    group = groups_on(refused)["Citation: new, your colleague’s"]
    assert ("quotation", "By the first.") in [
        (label.lower(), words) for label, words in group.lines
    ]
    assert group.note == "It stays as it is."
    assert save(client_of(second), claim, form_on(refused)).status_code == 302
    assert Claim.objects.get(pk=claim.pk).text == "By the second."
    assert claim.citations.get().quotation == "By the first."


def test_both_added_a_row(first, second):
    claim = factories.make_claim()
    typed = {"looked_for": "it", "searched_on": "2026-03-02", "result": "Nothing."}
    form = add_row(
        open_form(client_of(second), claim), "searches", looked_in="Mine", **typed
    )
    add_as(first, claim, "searches", looked_in="Theirs", **typed)

    refused = save(client_of(second), claim, form)

    assert {
        "Evidence search: new, your colleague’s",
        "Evidence search: new, yours",
    } <= {*groups_on(refused)}
    assert save(client_of(second), claim, form_on(refused)).status_code == 302
    places = claim.searches.order_by("pk").values_list("looked_in", flat=True)
    assert list(places) == ["Theirs", "Mine"]


def test_two_new_links_at_one_place_end_in_a_sentence_and_a_choice(first, second):
    claim = factories.make_claim()
    form = add_row(
        open_form(client_of(second), claim), "chain", position=1, role="mine"
    )
    add_as(first, claim, "chain", position=1, role="theirs")

    refused = save(client_of(second), claim, form)
    again = save(client_of(second), claim, form_on(refused))

    assert again.status_code == 200
    assert any("position" in sentence.lower() for sentence in errors_on(again))
    assert roles_by_position(claim) == [(1, "theirs")]
    moved = form_on(again)
    mine = next(n for n, v in moved.items() if n.startswith("chain-") and v == "mine")
    moved[mine.replace("role", "position")] = "2"
    assert save(client_of(second), claim, moved).status_code == 302
    assert roles_by_position(claim) == [(1, "theirs"), (2, "mine")]


def test_links_the_colleague_put_in_another_order_keep_it(first, second):
    claim = factories.make_claim()
    for role in ("spokesperson", "minister"):
        factories.make_link(claim, role=role)
    opened = open_form(client_of(second), claim)
    swap = {"chain-0-position": "2", "chain-1-position": "1"}
    assert save(client_of(first), claim, **swap).status_code == 302

    refused = save(client_of(second), claim, opened, **{"chain-0-role": "envoy"})

    verdicts = {
        (field.stored, field.posted): field.verdict
        for group in refused.context["groups"]
        for field in group.fields
    }
    assert verdicts == {
        ("2", "1"): "Only your colleague changed it: theirs is proposed.",
        ("1", "2"): "Only your colleague changed it: theirs is proposed.",
        ("spokesperson", "envoy"): "Only you changed it.",
    }
    assert save(client_of(second), claim, form_on(refused)).status_code == 302
    assert roles_by_position(claim) == [(1, "minister"), (2, "envoy")]


def test_link_removed_by_the_colleague_is_not_mistaken_for_the_next(first, second):
    claim = factories.make_claim()
    for role in ("spokesperson", "minister", "king"):
        factories.make_link(claim, role=role)
    opened = open_form(client_of(second), claim)
    assert save(client_of(first), claim, **{"chain-0-DELETE": "on"}).status_code == 302

    refused = save(client_of(second), claim, opened, **{"chain-1-role": "premier"})

    changed = {
        title: [(field.stored, field.posted) for field in group.fields if field.verdict]
        for title, group in groups_on(refused).items()
    }
    assert ("minister", "premier") in [
        pair for pairs in changed.values() for pair in pairs
    ]
    assert not any(("minister", "spokesperson") in pairs for pairs in changed.values())
    assert save(client_of(second), claim, form_on(refused)).status_code == 302
    assert roles_by_position(claim) == [(2, "premier"), (3, "king")]


def test_first_appearance_chosen_by_the_colleague_stays_theirs(first, second):
    article = factories.make_article()
    claim = factories.make_claim(article)
    factories.make_appearance(claim)
    opened = open_form(client_of(second), claim)
    client = client_of(first)
    form = open_form(client, claim)
    form.pop("appearances-0-is_first")
    other = {"appearances-1-is_first": "on"}
    assert save(client, claim, form, **other).status_code == 302

    typed = {"appearances-0-placement": "caption"}
    refused = save(client_of(second), claim, opened, **typed)
    assert save(client_of(second), claim, form_on(refused)).status_code == 302

    rows = claim.appearances.order_by("pk").values_list("is_first", "placement")
    assert list(rows) == [(False, "caption"), (True, "body")]


def test_new_appearance_that_the_colleague_made_first_leaves_no_dead_end(first, second):
    claim = factories.make_claim(wording=factories.SENTENCES[0])
    opened = open_form(client_of(second), claim)
    client = client_of(first)
    form = add_row(
        open_form(client, claim),
        "appearances",
        wording=factories.SENTENCES[1],
        is_first="on",
    )
    form.pop("appearances-0-is_first")
    assert save(client, claim, form).status_code == 302

    refused = save(client_of(second), claim, opened, text="By the second.")
    assert refused.status_code == 409
    assert save(client_of(second), claim, form_on(refused)).status_code == 302

    assert Claim.objects.get(pk=claim.pk).text == "By the second."
    firsts = claim.appearances.filter(is_first=True).values_list("wording", flat=True)
    assert list(firsts) == [factories.SENTENCES[1]]


@pytest.mark.parametrize("kept", [False, True])
def test_row_i_remove_is_asked_about_again_when_the_colleague_changed_it(
    first, second, kept
):
    claim = factories.make_claim()
    factories.make_search(claim, result="As it was.")
    opened = open_form(client_of(second), claim)
    changed = {"searches-0-result": "By the first."}
    assert save(client_of(first), claim, **changed).status_code == 302

    refused = save(client_of(second), claim, opened, **{"searches-0-DELETE": "on"})

    assert b"Untick \xe2\x80\x9cDelete\xe2\x80\x9d to keep it." in refused.content
    answer = form_on(refused)
    assert answer["searches-0-DELETE"] == "on"
    if kept:
        answer.pop("searches-0-DELETE")
    assert save(client_of(second), claim, answer).status_code == 302
    results = list(claim.searches.values_list("result", flat=True))
    assert results == (["By the first."] if kept else [])


def test_older_citations_that_the_page_leaves_out_are_nobodys_news(first, second):
    claim = factories.make_claim()
    for _ in range(23):
        factories.make_citation(claim)
    opened = open_form(client_of(second), claim)
    save(client_of(first), claim, text="Changed meanwhile.")

    refused = save(client_of(second), claim, opened, role="mayor")

    assert not [title for title in groups_on(refused) if "colleague" in title]
    assert save(client_of(second), claim, form_on(refused)).status_code == 302
    assert Citation.objects.filter(claim=claim).count() == 23


def test_note_of_the_colleague_is_shown(first, second):
    claim = factories.make_claim()
    opened = open_form(client_of(second), claim)
    add_as(first, claim, "notes", body="Please wait for the census.")

    refused = save(client_of(second), claim, opened, text="By the second.")

    assert b"Please wait for the census." in refused.content
    assert save(client_of(second), claim, form_on(refused)).status_code == 302
    assert claim.notes.count() == 1


def test_words_that_differ_are_marked_for_eyes_and_ears(first, second):
    claim = factories.make_claim(text="The mill burned down in May 1911.")
    opened = open_form(client_of(second), claim)
    save(client_of(first), claim, text="The mill burned down in June 1911.")

    typed = "The mill burned down in May 1912."
    page = save(client_of(second), claim, opened, text=typed).content.decode()

    hidden = '<span class="visually-hidden">[{} </span>{}<span'
    assert f"<del>{hidden.format('only stored:', 'June 1911')}" in page
    assert f"<ins>{hidden.format('only yours:', 'May 1912')}" in page


def test_texts_that_share_no_word_are_shown_beside_each_other_only(first, second):
    claim = factories.make_claim(text="Alpha.")
    opened = open_form(client_of(second), claim)
    save(client_of(first), claim, text="Beta")

    page = save(client_of(second), claim, opened, text="Gamma").content

    assert b"<del>" not in page
    assert AttributionLink.objects.count() == 0
