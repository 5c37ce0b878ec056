"""Quotations compared with stored copies: when, what is kept, what follows."""

import datetime
from typing import Any

import pytest
from django.db import transaction

from claims.checking.quotes import VERSION
from claims.jobs.fixtures.loading import LoadOptions, load
from claims.jobs.quotation_places import passage_of
from claims.jobs.quotations import (
    check_citations,
    check_soon,
    quoting,
    unchecked,
)
from claims.jobs.sealing import seal
from claims.models import Citation, Event, NewInformation, PublishedClaim, QuoteCheck
from claims.models.claims import Claim
from claims.models.copies import StoredCopy
from claims.moves import record_edit
from claims.workflow.roles import EDITORS
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
    make_user,
    publish_claim,
)

pytestmark = pytest.mark.django_db

#: A sentence of the copy, and a quotation that changes its number.
SAID = SENTENCES[0]
ALTERED = SAID.replace("5,000", "8,000")


def copy_of(text: str = TEXT, **fields: Any) -> StoredCopy:
    return make_copy(text=text, **{"provenance": "captured", **fields})


def quoted(copy: StoredCopy, words: str = SAID, **fields: Any) -> Citation:
    return make_citation(
        fields.pop("claim", None),
        document=copy.document,
        quotation=words,
        **{"locator_kind": "paragraph", "locator": "1", **fields},
    )


def check(rows: Any = None) -> list[QuoteCheck]:
    every = Citation.objects.all() if rows is None else rows
    return list(check_citations(every, at=NOON))


def current(citation: Citation) -> QuoteCheck | None:
    return citation.quote_checks.current().first()


# What is kept


@pytest.mark.parametrize(
    ("words", "verdict", "reasons", "accepted"),
    [
        (SAID, "exact", [], True),
        (SAID.replace(" ", "\N{NO-BREAK SPACE}"), "typographic", [], True),
        (ALTERED, "altered", ["number"], False),
        ("The moon is made of green cheese, said the mayor.", "absent", [], False),
    ],
)
def test_a_check_is_kept_with_verdict_and_place(words, verdict, reasons, accepted):
    citation = quoted(copy_of(), words)
    [row] = check()
    assert (row.verdict, row.reasons, row.is_accepted) == (verdict, reasons, accepted)
    assert row.checker_version == VERSION
    assert row.is_current
    assert row.is_of(citation)
    if row.start is not None:
        assert TEXT[row.start : row.end].startswith("Elmbrook")


def test_the_same_words_are_compared_with_a_copy_once():
    quoted(copy_of())
    assert len(check()) == 1
    assert check() == []
    assert not unchecked().exists()


def test_other_words_add_a_check_and_the_earlier_one_stays():
    citation = quoted(copy_of())
    [first] = check()
    Citation.objects.filter(pk=citation.pk).update(quotation=ALTERED)
    [second] = check()
    assert list(citation.quote_checks.order_by("pk")) == [first, second]
    assert current(citation) == second
    assert not QuoteCheck.objects.get(pk=first.pk).is_current


def test_words_that_come_back_are_known_already():
    citation = quoted(copy_of())
    [first] = check()
    for words in (ALTERED, SAID):
        Citation.objects.filter(pk=citation.pk).update(quotation=words)
        check()
    assert citation.quote_checks.count() == 2
    assert current(citation) == first


def test_the_newest_copy_with_a_text_counts():
    older = copy_of()
    newer = copy_of(TEXT.replace("5,000", "8,000"), document=older.document)
    copy_of("", document=older.document)
    quoted(older)
    [row] = check()
    assert row.stored_copy == newer
    assert row.verdict == "altered"


def test_a_copy_without_text_cannot_be_checked_by_machine():
    citation = quoted(copy_of(""))
    [row] = check()
    assert (row.verdict, row.reasons) == ("uncheckable", ["no_text"])
    assert QuoteCheck.objects.to_look_at().get() == current(citation)


def test_our_retelling_is_compared_with_nothing():
    quoted(copy_of(provenance="retold"))
    assert check() == []
    assert not unchecked().exists()


def test_a_check_of_a_copy_that_was_sealed_is_no_longer_current(
    django_capture_on_commit_callbacks,
):
    copy = copy_of()
    citation = quoted(copy)
    check()
    with django_capture_on_commit_callbacks(execute=True):
        seal(copy, make_user(EDITORS), "By law.")
    assert current(citation) is None
    assert citation.quote_checks.count() == 1
    assert not unchecked().exists()


def test_a_page_that_is_named_is_compared_with_the_place():
    time = "Mayor at 00:10:00. Elmbrook counts 5,000 people. At 00:11:00 he left."
    copy = copy_of(time)
    right = quoted(copy, locator_kind="timecode", locator="00:10:10")
    wrong = quoted(copy, locator_kind="timecode", locator="00:42:00")
    other = quoted(copy, locator_kind="paragraph", locator="00:42:00")
    check()
    assert "wrong_locator" in current(wrong).flags
    assert "wrong_locator" not in current(right).flags
    assert "wrong_locator" not in current(other).flags


def test_a_long_copy_is_left_to_another_run_and_old_words_lose_their_check():
    citation = quoted(copy_of())
    check()
    Citation.objects.filter(pk=citation.pk).update(quotation=ALTERED)
    assert list(check_citations(Citation.objects.all(), longest=10)) == []
    assert current(citation) is None
    assert unchecked().get() == citation


def test_discarded_claims_and_citations_without_a_quotation_are_left_out():
    copy = copy_of()
    claim = make_claim()
    quoted(copy, claim=claim)
    make_citation(document=copy.document, quotation="")
    Claim.objects.filter(pk=claim.pk).update(state="discarded")
    assert not quoting().exists()
    assert not unchecked().exists()


def test_progress_counts_the_citations():
    copies = [copy_of(), copy_of()]
    for copy in (copies[0], copies[0], copies[1]):
        quoted(copy)
    told: list[int] = []
    list(check_citations(Citation.objects.all(), progress=told.append))
    assert sorted(told) == [1, 2]


# When


def test_a_newer_copy_has_its_quotations_compared(django_capture_on_commit_callbacks):
    citation = quoted(copy_of())
    with django_capture_on_commit_callbacks(execute=True):
        add_text(citation.document, TEXT.replace("5,000", "8,000"))
    assert current(citation).verdict == "altered"


def test_nothing_is_compared_before_the_save_is_final(
    django_capture_on_commit_callbacks,
):
    citation = quoted(copy_of())
    with django_capture_on_commit_callbacks() as later:
        check_soon(Citation.objects.filter(pk=citation.pk))
        assert current(citation) is None
    for work in later:
        work()
    assert current(citation).verdict == "exact"


def test_a_save_that_is_rolled_back_has_nothing_compared(
    django_capture_on_commit_callbacks,
):
    citation = quoted(copy_of())
    with (
        django_capture_on_commit_callbacks(execute=True) as later,
        transaction.atomic(),
    ):
        check_soon(Citation.objects.filter(pk=citation.pk))
        transaction.set_rollback(True)
    assert later == []
    assert current(citation) is None


def test_a_fixture_that_was_loaded_has_its_quotations_compared(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks(execute=True):
        load(["town_demo"], LoadOptions())
    assert not unchecked().exists()
    assert QuoteCheck.objects.current().exists()
    shown = PublishedClaim.objects.exclude(quotations={})
    assert shown.exists()


# What follows


def test_what_no_longer_holds_is_news_for_a_signed_claim():
    claim = make_claim()
    first = copy_of()
    citation = quoted(first, claim=claim)
    check()
    make_assessment(claim, "signed_off")
    copy_of(TEXT.replace("5,000", "8,000"), document=first.document)
    check()
    news = NewInformation.objects.get()
    assert (news.claim, news.kind) == (claim, "quotation")
    assert news.stored_copy == citation.document.newest_copy
    assert f"“{SAID}”" in news.body
    assert "altered" in news.body
    check()
    assert NewInformation.objects.count() == 1


@pytest.mark.parametrize("signed", [True, False])
def test_words_that_still_hold_or_nobody_signed_for_are_no_news(signed):
    claim = make_claim()
    first = copy_of()
    quoted(first, claim=claim)
    check()
    if signed:
        make_assessment(claim, "signed_off")
    changed = TEXT.replace("5,000", "5,000" if signed else "8,000")
    copy_of(f"New. {changed}", document=first.document)
    check()
    assert not NewInformation.objects.exists()


def test_what_the_search_for_the_passage_told_is_not_told_twice():
    claim = make_claim()
    first = copy_of()
    citation = quoted(first, claim=claim, passage=first.passage(0, len(SAID)))
    check()
    make_assessment(claim, "signed_off")
    add_text(citation.document, TEXT.replace(SAID, ""))
    check()
    assert [news.kind for news in claim.news.all()] == ["words_gone"]


def test_an_edit_of_the_quotation_is_no_news():
    claim = make_claim()
    first = copy_of()
    citation = quoted(first, claim=claim)
    check()
    make_assessment(claim, "signed_off")
    Citation.objects.filter(pk=citation.pk).update(quotation=ALTERED)
    copy_of(f"New. {TEXT}", document=first.document)
    check()
    assert not NewInformation.objects.exists()


# What readers learn


@pytest.fixture
def published() -> Claim:
    claim = make_claim(make_article(state="open"))
    copy = copy_of()
    quoted(copy, claim=claim)
    return publish_claim(claim).claim


def facts_of(claim: Claim) -> dict[str, Any]:
    return PublishedClaim.objects.get(pk=claim.public_id).quotations


def test_readers_learn_what_was_found(published):
    citation = published.citations.get(quotation=SAID)
    assert facts_of(published) == {}
    check()
    assert facts_of(published)[citation.public_id] == {
        "verdict": "exact",
        "reasons": [],
        "flags": ["short"],
        "holds": True,
        "by_eye": False,
        "pages": [],
        "copy": 1,
        "retrieved_on": "2026-03-02",
        "not_in": "",
    }


def test_readers_are_told_of_the_copy_that_has_the_words_and_of_one_that_lost_them(
    published,
):
    citation = published.citations.get(quotation=SAID)
    check()
    later = NOON + datetime.timedelta(days=9)
    lost = {"document": citation.document, "retrieved_at": later}
    copy_of(TEXT.replace("5,000", "8,000"), **lost)
    check()
    told = facts_of(published)[citation.public_id]
    assert (told["verdict"], told["holds"], told["copy"]) == ("exact", True, 1)
    assert told["not_in"] == "2026-03-11"
    copy_of(f"New. {TEXT}", **lost)
    check()
    told = facts_of(published)[citation.public_id]
    assert (told["copy"], told["not_in"]) == (3, "")


def test_a_check_of_words_that_are_not_public_tells_readers_nothing(published):
    check()
    shown = facts_of(published)
    citation = published.citations.get(quotation=SAID)
    Citation.objects.filter(pk=citation.pk).update(quotation=ALTERED)
    record_edit(published, "somebody", ["citation.quotation"])
    check()
    assert facts_of(published) == shown


# Where it stands


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (SAID, SAID),
        (SAID.replace(" ", "\N{NO-BREAK SPACE}"), SAID),
        (ALTERED, None),
        ("", None),
        (f"{SENTENCES[0]} … {SENTENCES[2]}", None),
    ],
)
def test_the_passage_of_a_quotation_is_where_its_words_stand(words, found):
    passage = passage_of(words, copy_of())
    assert (passage.exact if passage else None) == found


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (SAID, SAID),
        (SAID.replace(" ", "\N{NO-BREAK SPACE}"), SAID),
        (ALTERED, None),
        (f"{SENTENCES[0]} … {SENTENCES[2]}", None),
    ],
)
def test_a_copy_that_comes_later_gives_the_citation_its_passage(words, place):
    citation = quoted(copy_of(), words)
    check()
    citation.refresh_from_db()
    assert (citation.passage.exact if citation.passage else None) == place
    edits = Event.objects.filter(verb="edited", actor_name="check_quotations")
    assert edits.exists() == (place is not None)


@pytest.mark.parametrize("state", ["signed_off", "published"])
def test_no_machine_gives_a_passage_to_what_is_signed(state):
    claim = make_claim()
    citation = quoted(copy_of(), claim=claim)
    assessment = make_assessment(claim, state)
    check()
    citation.refresh_from_db()
    assessment.refresh_from_db()
    assert citation.passage is None
    assert assessment.state == state


def test_a_passage_that_was_marked_stays_where_it_is():
    copy = copy_of(f"{TEXT} {TEXT}")
    second = copy.passage(len(TEXT) + 1, len(TEXT) + 1 + len(SAID))
    citation = quoted(copy, passage=second)
    check()
    citation.refresh_from_db()
    assert citation.passage == second


def test_words_that_stand_twice_have_no_passage():
    twice = "It is “so”, said one. It is “so”, said one."
    assert passage_of('It is "so", said one.', copy_of(twice)) is None
    assert passage_of(SAID, None) is None
    assert passage_of(SAID, copy_of("")) is None


def test_a_document_without_a_copy_waits_for_one():
    make_citation(document=make_document())
    assert not unchecked().exists()
    assert check() == []
