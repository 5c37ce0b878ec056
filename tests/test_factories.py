"""The factories make what they say, and rows that would pass at the desk."""

import pytest

from claims.models import Appearance, Citation, Claim, Passage, Source, StoredCopy
from claims.publishing.rebuild import rebuild
from tests.factories import (
    ROADS,
    make_article,
    make_assessment,
    make_citation,
    make_claim,
    make_inquiry,
    make_link,
    make_note,
    make_search,
    make_source,
    publish_claim,
)

FINAL_STATUSES = (
    "verified",
    "partly-verified",
    "misleading",
    "refuted",
    "disputed",
    "outdated",
    "unverifiable",
    "not-rated",
)


@pytest.mark.parametrize("state", ROADS)
def test_an_assessment_gets_to_every_state(db, state):
    assert make_assessment(state=state).state == state


@pytest.mark.parametrize("state", ["open", "released", "cleared"])
def test_an_article_gets_to_every_state(db, state):
    assert make_article(state=state).state == state


@pytest.mark.parametrize("status", FINAL_STATUSES)
def test_a_claim_is_published_with_every_final_status(db, status):
    assert publish_claim(status=status).claim.status_id == status
    assert rebuild(fix=False) == []


def test_rows_are_as_the_desk_would_accept_them(db):
    claim = make_claim()
    make_source(kind="report")
    make_source(kind="unnamed_person")
    make_source(is_protected=True)
    for make in (make_citation, make_link, make_search, make_inquiry, make_note):
        make(claim).full_clean()
    for model in (Claim, Appearance, Citation, Passage, Source, StoredCopy):
        for row in model.objects.all():
            row.full_clean()


def test_two_claims_of_an_article_stand_at_different_sentences(db):
    first = make_claim()
    second = make_claim(first.article)
    assert first.appearances.get().wording != second.appearances.get().wording
