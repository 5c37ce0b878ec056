"""The page of the passages in a newer copy: decided row by row, stale ones refused."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Anchoring, Claim, Event, Passage
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.admin.pages import address_of, client_of, move_address
from tests.factories import (
    NOON,
    SENTENCES,
    TEXT,
    add_text,
    make_article,
    make_citation,
    make_claim,
    make_document,
    make_passage,
    make_user,
    publish_claim,
)

pytestmark = pytest.mark.django_db

OLD, NEW = "Nobody was hurt.", "Nobody got hurt."
CHANGED = TEXT.replace(OLD, NEW)


@pytest.fixture
def desk() -> Any:
    return client_of(make_user(RESEARCHERS, username="rosa"))


@pytest.fixture
def claim() -> Claim:
    return make_claim(wording=OLD)


def page_of(claim: Claim) -> str:
    return address_of(claim.article.document, "passages")


def undecided(claim: Claim, text: str = CHANGED) -> Anchoring:
    add_text(claim.article.document, text)
    return Anchoring.objects.get(appearance__claim=claim)


def send(desk: Any, row: Anchoring, decision: str, **typed: str) -> Any:
    address = f"{address_of(row.stored_copy.document, 'passages')}{row.public_id}/"
    return desk.post(address, {"seen": "to_decide", "decision": decision, **typed})


def shown(response: Any) -> str:
    return response.content.decode()


def test_old_words_new_words_and_what_differs_are_on_one_page(desk, claim):
    undecided(claim)
    page = shown(desk.get(page_of(claim)))
    assert "Passages: 1 (1 to decide)." in page
    assert f"<mark>{OLD}</mark>" in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "Similar words in the same context; to be confirmed." in page
    assert claim.text in page


def test_it_stands_here(desk, claim):
    row = undecided(claim)
    response = send(desk, row, "here")
    assert (response.status_code, response["Location"]) == (302, page_of(claim))
    row.refresh_from_db()
    assert (row.state, row.decided_by.username) == ("confirmed", "rosa")
    assert claim.appearances.get().wording == NEW
    page = shown(desk.get(page_of(claim)))
    assert "Passages: 1 (1 confirmed by eye)." in page
    assert "Nothing is to be decided here." in page


def test_it_is_gone_and_can_be_found_after_all(desk, claim):
    row = undecided(claim)
    assert send(desk, row, "gone").status_code == 302
    assert "No longer there, says rosa" in shown(desk.get(page_of(claim)))

    response = send(desk, row, "words", words="The old mill", seen="gone")
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.found.exact) == ("confirmed", "The old mill")


def test_words_typed_are_found_letter_by_letter(desk, claim):
    row = undecided(claim, f"{CHANGED}\nAll of\nthem are well.")
    response = send(desk, row, "words", words="All of\r\nthem are well.")
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.found.exact == "All of\nthem are well."


def test_words_that_do_not_stand_there_are_refused_and_kept(desk, claim):
    row = undecided(claim)
    passages = Passage.objects.count()
    response = send(desk, row, "words", words="Nobody at all.")
    assert response.status_code == 422
    assert "letter for letter" in shown(response)
    assert ">\nNobody at all.</textarea>" in shown(response)
    assert Passage.objects.count() == passages
    row.refresh_from_db()
    assert row.state == "to_decide"


def test_words_that_stand_twice_ask_which_place(desk, claim):
    row = undecided(claim, f"{CHANGED} It was well. Then it was well. It was well.")
    response = send(desk, row, "words", words="It was well.")
    assert response.status_code == 422
    assert "These words stand in 2 places: choose which." in shown(response)
    start = row.stored_copy.text.rindex("It was well.")

    chosen = send(desk, row, "words", words="It was well.", place=str(start))
    assert chosen.status_code == 302
    row.refresh_from_db()
    assert row.found.start == start


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [("", "Choose one of the buttons."), ("here", "No place is proposed")],
)
def test_a_button_must_make_sense(desk, claim, decision, sentence):
    row = undecided(claim, TEXT.replace(OLD, ""))
    response = send(desk, row, decision)
    assert response.status_code == 422
    assert sentence in shown(response)
    row.refresh_from_db()
    assert row.state == "to_decide"


def test_what_a_colleague_decided_meanwhile_is_said(desk, claim):
    row = undecided(claim)
    send(client_of(make_user(EDITORS, username="ada")), row, "here")
    events = Event.objects.count()
    response = send(desk, row, "gone")
    assert response.status_code == 409
    assert "ada decided this meanwhile" in shown(response)
    assert Event.objects.count() == events
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_signed_words_stay_and_the_page_says_so(desk, claim):
    publish_claim(claim)
    row = undecided(claim)
    assert "Signed or published words stay" in shown(desk.get(page_of(claim)))
    send(desk, row, "here")
    assert claim.appearances.get().wording == OLD
    assert claim.news.unsettled().exists()


def test_cited_passages_are_on_the_page_of_their_document(desk, claim):
    passage = make_passage(words=OLD)
    document = passage.stored_copy.document
    make_citation(claim, document=document, passage=passage)
    add_text(document, CHANGED)
    page = shown(desk.get(address_of(document, "passages")))
    assert "Cited as evidence." in page
    assert send(desk, Anchoring.objects.get(), "here").status_code == 302


def test_everything_that_was_found_is_counted_and_listed(desk):
    article = make_article()
    for words in SENTENCES[:4]:
        make_claim(article, words)
    text = f"News. {TEXT}".replace("Its mayor says", "Its mayor now says")
    add_text(article.document, text)
    page = shown(desk.get(address_of(article.document, "passages")))
    assert "Passages: 4 (3 unchanged, 1 to decide)." in page
    assert "3 found again" in page
    assert SENTENCES[0] in page


def test_what_was_not_looked_for_is_said(desk, claim):
    add_text(claim.article.document, TEXT)
    Claim.objects.filter(pk=make_claim(claim.article).pk).update(state="discarded")
    late = make_claim(claim.article, OLD)
    late.appearances.update(passage=claim.appearances.get().passage)
    assert "1 passage of an older copy was not looked for" in shown(
        desk.get(page_of(claim))
    )


def test_a_document_without_a_text_says_so(desk):
    page = shown(desk.get(address_of(make_document(), "passages")))
    assert "There is no stored copy with a text." in page


def test_the_pages_of_document_article_and_claim_lead_there(desk, claim):
    undecided(claim)
    for row in (claim, claim.article, claim.article.document):
        page = shown(desk.get(address_of(row)))
        assert page_of(claim) in page, row
        assert "1 to decide" in page or row is claim


def test_both_queues_lead_to_the_claim(desk, claim):
    publish_claim(claim)
    undecided(claim)
    queues = {each.queue.slug: each for each in desk.get("/admin/").context["queues"]}
    for slug in ("new-information", "passages-to-decide"):
        assert queues[slug].count == "1"
        assert [row.words for row in queues[slug].rows] == [claim.text]
        assert queues[slug].oldest


def test_a_cited_passage_waits_since_it_was_missed(desk, claim):
    passage = make_passage(words=OLD)
    document = passage.stored_copy.document
    make_citation(claim, document=document, passage=passage)
    add_text(document, CHANGED)
    Anchoring.objects.update(made_at=NOON)
    queues = {each.queue.slug: each for each in desk.get("/admin/").context["queues"]}
    assert queues["passages-to-decide"].oldest not in ("", "today")


def test_who_looks_only_sees_no_button_and_decides_nothing(claim):
    row = undecided(claim)
    observer = client_of(make_user(OBSERVERS))
    page = observer.get(page_of(claim))
    assert page.status_code == 200
    assert "It stands here" not in shown(page)
    assert send(observer, row, "gone").status_code == 403
    row.refresh_from_db()
    assert row.state == "to_decide"


def test_a_passage_of_another_document_is_not_found(desk, claim):
    row = undecided(claim)
    other = address_of(make_document(), "passages")
    given = {"seen": "to_decide", "decision": "gone"}
    assert desk.post(f"{other}{row.public_id}/", given).status_code == 404
    assert desk.post(f"{page_of(claim)}0000000000/", given).status_code == 404
    assert desk.get(f"{page_of(claim)}{row.public_id}/").status_code == 405
    missing = "/admin/claims/document/999999/passages/"
    assert desk.get(missing).status_code == 404


def test_more_passages_cost_no_more_queries(desk):
    costs = []
    for number in (1, 5):
        article = make_article()
        for words in SENTENCES[:number]:
            make_claim(article, words)
        add_text(article.document, CHANGED.replace("Elmbrook", "Elmbruck"))
        with CaptureQueriesContext(connection) as queries:
            desk.get(address_of(article.document, "passages"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


# One line where the desk shows the passage


@pytest.mark.parametrize(
    ("text", "decision", "line"),
    [
        (f"News. {TEXT}", None, ""),
        (CHANGED, None, "not found again for certain in copy 2"),
        (CHANGED, "here", f"copy 2 reads: “{NEW}”"),
        (CHANGED, "gone", "no longer in copy 2"),
    ],
)
def test_claim_page_and_sheet_say_what_the_newest_copy_reads(
    desk, claim, text, decision, line
):
    publish_claim(claim)
    row = undecided(claim, text)
    if decision:
        send(desk, row, decision)
    page, sheet = (
        shown(desk.get(address_of(claim))),
        shown(desk.get(address_of(claim.article, "sheet"))),
    )
    if line:
        assert f'<span class="desk-late">{line}</span>' in page
        assert f"{OLD} ({line})" in sheet
    else:
        assert "copy 2" not in sheet


def test_the_release_page_tells_where_readers_will_find_the_claims(claim):
    publish_claim(claim)
    row = undecided(claim)
    editor = client_of(make_user(EDITORS))
    send(editor, row, "here")
    page = shown(editor.get(move_address(claim.article, "release")))
    assert "Standing" in page
    assert "changed" in page
