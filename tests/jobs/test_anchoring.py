"""A newer copy of a document: every passage found again, asked about, or given up."""

import threading
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from claims.intake import read_text
from claims.jobs.anchoring import Finder, anchor_passages
from claims.jobs.intake import Stated, store
from claims.jobs.originals import Original
from claims.models import (
    Anchoring,
    Appearance,
    Claim,
    Event,
    NewInformation,
    Passage,
    StoredCopy,
)
from claims.models.events import verify_chain
from claims.moves import decide_anchor
from claims.workflow.roles import EDITORS, RESEARCHERS
from claims.workflow.words import Provenance
from tests.admin.pages import address_of, client_of
from tests.checking.anchors.editing import SENTENCES as LINES
from tests.checking.anchors.editing import Ledger, edits
from tests.factories import (
    NOON,
    SENTENCES,
    TEXT,
    add_text,
    make_article,
    make_assessment,
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_passage,
    make_source,
    make_user,
    publish_claim,
)
from tests.properties import tried

REWORDED = TEXT.replace("Nobody was hurt.", "Nobody got hurt.")
GONE = TEXT.replace("Nobody was hurt.", "")
OTHER_MARKS = "He said “no” – twice. Then he left the room and the house."


@pytest.fixture
def claim(db: None) -> Claim:
    return make_claim(wording="Nobody was hurt.")


def document_of(claim: Claim) -> Any:
    return claim.article.document


def newest(claim: Claim) -> Anchoring:
    return Anchoring.objects.filter(appearance__claim=claim).latest("pk")


def events() -> list[dict[str, Any]]:
    return [event.details for event in Event.objects.filter(verb="anchored")]


# What is certain, and what is asked


@pytest.mark.parametrize(
    ("text", "verdict", "state", "words"),
    [
        (TEXT, "unchanged", "certain", "Nobody was hurt."),
        (f"News. {TEXT}", "mapped", "certain", "Nobody was hurt."),
        (REWORDED, "suggested", "to_decide", "Nobody got hurt."),
        (GONE, "orphaned", "to_decide", None),
    ],
)
def test_a_passage_is_found_again_or_asked_about(
    claim: Claim, text: str, verdict: str, state: str, words: str | None
) -> None:
    appearance = claim.appearances.get()
    copy = add_text(document_of(claim), text)

    row = newest(claim)
    assert (row.verdict, row.state, row.stored_copy) == (verdict, state, copy)
    assert row.base == appearance.passage
    assert (row.found.exact if row.found else None) == words
    assert row.reason
    assert events() == [{"copy": 2, verdict: 1}]
    appearance.refresh_from_db()
    assert (appearance.passage, appearance.wording) == (row.base, "Nobody was hurt.")


def test_other_typography_is_certain_and_no_news(db: None) -> None:
    claim = make_claim(make_article(text=OTHER_MARKS), "He said “no” – twice.")
    publish_claim(claim)
    add_text(document_of(claim), OTHER_MARKS.replace("“", '"').replace("”", '"'))
    row = newest(claim)
    assert (row.verdict, row.state) == ("typographic", "certain")
    assert row.words_changed
    assert not row.reads_otherwise
    assert not NewInformation.objects.exists()


def test_what_is_cited_from_another_document_is_found_again(claim: Claim) -> None:
    passage = make_passage()
    document = passage.stored_copy.document
    citation = make_citation(claim, document=document, passage=passage)
    add_text(document, f"First. {TEXT}")
    row = Anchoring.objects.get()
    assert (row.citation, row.appearance, row.state) == (citation, None, "certain")
    citation.refresh_from_db()
    assert citation.passage == passage


@pytest.mark.parametrize("state", ["discarded", "taken_down"])
def test_claims_that_are_over_are_not_looked_for(claim: Claim, state: str) -> None:
    Claim.objects.filter(pk=claim.pk).update(state=state)
    add_text(document_of(claim), REWORDED)
    assert not Anchoring.objects.exists()
    assert events() == []


def test_a_copy_without_a_text_is_not_compared(claim: Claim) -> None:
    add_text(document_of(claim), "")
    assert not Anchoring.objects.exists()
    assert events() == []


def test_passages_of_a_sealed_copy_are_counted_and_not_compared(claim: Claim) -> None:
    seal(claim.article.newest_copy)
    add_text(document_of(claim), REWORDED)
    assert not Anchoring.objects.exists()
    assert events() == [{"copy": 2, "not_compared": 1}]


def seal(copy: StoredCopy) -> None:
    copy.text, copy.blocks = "", []
    copy.sealed_at, copy.sealed_reason = NOON, "A court says so."
    copy.save(update_fields=["text", "blocks", "sealed_at", "sealed_reason"])


def test_done_again_nothing_is_added(claim: Claim) -> None:
    copy = add_text(document_of(claim), REWORDED)
    before = Event.objects.count(), Passage.objects.count()
    assert not anchor_passages(copy, "somebody")
    assert Anchoring.objects.count() == 1
    assert (Event.objects.count(), Passage.objects.count()) == before


def test_no_word_of_the_text_is_in_the_log(claim: Claim) -> None:
    publish_claim(claim)
    add_text(document_of(claim), REWORDED)
    bodies = " ".join(Event.objects.values_list("body", flat=True))
    assert "hurt" not in bodies


# From copy to copy


def test_the_search_starts_where_the_passage_was_last_known_to_stand(
    claim: Claim,
) -> None:
    add_text(document_of(claim), f"News. {TEXT}")
    second = newest(claim)
    add_text(document_of(claim), f"More news. {TEXT}")
    third = newest(claim)
    assert third.base == second.found
    assert third.state == "certain"


def test_what_was_undecided_can_be_decided_by_the_next_copy(claim: Claim) -> None:
    add_text(document_of(claim), REWORDED)
    assert Anchoring.objects.waiting().get().state == "to_decide"
    add_text(document_of(claim), TEXT)
    row = newest(claim)
    assert (row.state, row.base) == ("certain", claim.appearances.get().passage)
    assert not Anchoring.objects.waiting().exists()


def test_confirmed_words_are_what_is_looked_for_next(claim: Claim) -> None:
    publish_claim(claim)
    add_text(document_of(claim), REWORDED)
    row = newest(claim)
    decide_anchor(row, make_user(EDITORS), row.found, "to_decide")
    add_text(document_of(claim), f"News. {REWORDED}")
    assert (newest(claim).state, newest(claim).base) == ("certain", row.found)
    assert NewInformation.objects.count() == 1


def test_what_is_gone_stays_gone_until_the_same_words_are_back(claim: Claim) -> None:
    document = document_of(claim)
    add_text(document, GONE)
    editor = make_user(EDITORS)
    decide_anchor(newest(claim), editor, None, "to_decide")

    add_text(document, REWORDED)
    row = newest(claim)
    assert (row.state, row.found, row.decided_by) == ("gone", None, editor)
    assert row.reason == "it was gone from copy 2 already"

    add_text(document, f"Again. {TEXT}")
    assert newest(claim).state == "certain"
    assert not Anchoring.objects.waiting().exists()


def test_a_sealed_copy_in_between_is_passed_over(claim: Claim) -> None:
    seal(add_text(document_of(claim), f"News. {TEXT}"))
    add_text(document_of(claim), f"Newer. {TEXT}")
    row = newest(claim)
    assert (row.state, row.base) == ("certain", claim.appearances.get().passage)


# New information


def test_a_signed_claim_whose_words_changed_gets_new_information(claim: Claim) -> None:
    make_assessment(claim, state="signed_off")
    copy = add_text(document_of(claim), REWORDED)
    news = NewInformation.objects.get()
    assert (news.claim, news.kind, news.stored_copy) == (claim, "words_changed", copy)
    assert news.body == (
        f"Copy 2 of “{document_of(claim).title}” reads otherwise.\n"
        "In copy 1: “Nobody was hurt.”\n"
        "In copy 2: “Nobody got hurt.”"
    )
    assert claim.assessments.get().state == "signed_off"


def test_a_published_claim_whose_words_are_missing_gets_new_information(
    claim: Claim,
) -> None:
    publish_claim(claim)
    add_text(document_of(claim), GONE)
    news = NewInformation.objects.get()
    assert news.kind == "words_gone"
    assert "were not found again: “Nobody was hurt.”" in news.body


def test_the_same_words_in_other_surroundings_are_news_too(claim: Claim) -> None:
    publish_claim(claim)
    add_text(document_of(claim), "Quite other words. Nobody was hurt. And others.")
    assert newest(claim).verdict == "suggested"
    assert "in other surroundings" in NewInformation.objects.get().body


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "withdrawn"])
def test_a_claim_that_nobody_signed_for_gets_none(claim: Claim, state: str) -> None:
    make_assessment(claim, state=state)
    add_text(document_of(claim), REWORDED)
    assert not NewInformation.objects.exists()


def test_two_passages_of_a_claim_are_one_piece_of_news(claim: Claim) -> None:
    words = "Its mayor says the bridge is safe."
    Appearance.objects.create(
        claim=claim,
        article=claim.article,
        wording=words,
        passage=make_passage(claim.article.newest_copy, words),
        is_first=False,
    )
    publish_claim(claim)
    changed = REWORDED.replace("bridge is safe", "bridge is quite safe")
    add_text(document_of(claim), changed)
    news = NewInformation.objects.get()
    assert "got hurt" in news.body
    assert "quite safe" in news.body


def test_each_copy_tells_anew(claim: Claim) -> None:
    publish_claim(claim)
    add_text(document_of(claim), REWORDED)
    add_text(document_of(claim), TEXT.replace("was hurt.", "was hurt!"))
    numbers = NewInformation.objects.values_list("stored_copy__number", flat=True)
    assert sorted(numbers) == [2, 3]


# By every door


def test_an_import_a_paste_and_a_file_look_for_the_passages(claim: Claim) -> None:
    document = document_of(claim)
    document.url = "https://news.example/town"
    document.save()
    raw = f"News. {TEXT}".encode()
    original = Original(raw, Provenance.CAPTURED, NOON, document.url, document.url)
    store(original, read_text(raw), Stated(), "somebody")
    assert newest(claim).stored_copy.number == 2

    desk = client_of(make_user(RESEARCHERS))
    typed = {"text": f"Two. {TEXT}", "provenance": "pasted"}
    typed["retrieved_at"] = "2026-05-03T12:00"
    desk.post(address_of(document, "paste"), typed)
    assert newest(claim).stored_copy.number == 3

    file = SimpleUploadedFile("three.txt", f"Three. {TEXT}".encode())
    given = {"file": file, "retrieved_at": "2026-05-04T12:00"}
    desk.post(address_of(document, "attach"), given)
    assert newest(claim).stored_copy.number == 4
    assert {row.state for row in Anchoring.objects.all()} == {"certain"}


def test_what_was_found_before_is_not_looked_for_again(claim: Claim) -> None:
    passage = claim.appearances.get().passage
    finder = Finder(REWORDED)
    found = finder.find([passage])
    with CaptureQueriesContext(connection) as queries:
        assert finder.find([passage, passage]) == found
    assert [query for query in queries if "text" in query["sql"]] == []


def test_more_passages_cost_no_more_queries(db: None) -> None:
    costs = []
    for number in (1, 5):
        article = make_article(text=TEXT)
        for each in range(number):
            make_claim(article, SENTENCES[each], source=make_source())
        document = article.document
        with CaptureQueriesContext(connection) as queries:
            add_text(document, f"News. {TEXT}")
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_two_copies_at_once_each_find_every_passage(own_database: Any) -> None:
    claim = make_claim(wording="Nobody was hurt.")
    publish_claim(claim)
    document = document_of(claim)
    gate = threading.Barrier(2)

    def add(text: str) -> None:
        gate.wait()
        try:
            add_text(document, text)
        finally:
            connection.close()

    texts = (f"News. {TEXT}", REWORDED)
    threads = [threading.Thread(target=add, args=[text]) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    rows = Anchoring.objects.order_by("stored_copy__number")
    assert sorted(document.copies.values_list("number", flat=True)) == [1, 2, 3]
    assert [row.stored_copy.number for row in rows] == [2, 3]
    assert sorted(row.state for row in rows) == ["certain", "to_decide"]
    assert NewInformation.objects.count() == 1
    assert verify_chain()[1] is None


# Whatever an editor does to the text


# The 500 of tests/checking/anchors try the comparison itself.
@tried(30, HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
@given(
    st.permutations(LINES),
    st.lists(st.lists(edits, min_size=1, max_size=4), min_size=1, max_size=3),
    st.lists(st.tuples(st.floats(0, 1), st.integers(8, 60)), min_size=1, max_size=3),
)
def test_from_copy_to_copy_no_passage_is_ever_taken_for_another(
    db: None, order: list[str], rounds: list[list[Any]], places: list[Any]
) -> None:
    text = " ".join(order)
    document = make_document()
    first = make_copy(document, text)
    claims = [cite_place(document, first, *place) for place in places]
    ledgers = {first.number: Ledger(text)}
    for changes in rounds:
        for ledger in ledgers.values():
            for change in changes:
                ledger.edit(*change)
        copy = add_text(document, ledgers[first.number].text)
        if copy.text:
            assert_each_is_right(copy, claims, ledgers)
        ledgers[copy.number] = Ledger(copy.text)


def cite_place(document: Any, copy: StoredCopy, at: float, length: int) -> Claim:
    start = min(int(at * len(copy.text)), len(copy.text) - 1)
    passage = copy.passage(start, min(start + length, len(copy.text)))
    claim = make_claim()
    make_citation(claim, document=document, passage=passage)
    return claim


def assert_each_is_right(
    copy: StoredCopy, claims: list[Claim], ledgers: dict[int, Ledger]
) -> None:
    rows = Anchoring.objects.filter(stored_copy=copy, citation__claim__in=claims)
    assert rows.count() == len(claims)
    for row in rows:
        found = row.found
        if found is not None:
            assert copy.text[found.start : found.end] == found.exact
        if row.state == "certain":
            ledger = ledgers[row.base.stored_copy.number]
            changed = row.words_changed
            ledger.assert_right(row.base, found, words_changed=changed)
        else:
            assert row.state == "to_decide"
