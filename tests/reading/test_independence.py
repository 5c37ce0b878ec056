"""What readers and the desk are told of independent sources is one count."""

import pytest

from claims.models import Citation, Claim, PublishedClaim
from claims.publishing import content as contents
from claims.reading.independence import independence_at_desk
from claims.reading.status_page import status_page_from_desk, status_page_from_record
from claims.workflow.independence import Independence, Shared
from tests.factories import (
    fresh_from_database,
    make_citation,
    make_claim,
    make_document,
    make_link,
    make_source,
    publish_claim,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim() -> Claim:
    """A claim of a report, with three reprints, the report itself, and its article."""
    report = make_source(kind="report")
    claim = make_claim(source=report, voice="attributed")
    relayed = make_document()
    make_link(claim, document=relayed)
    for _reprint in range(3):
        make_citation(claim, origin="AP report of 3 March 2016")
    make_citation(claim, stance="contradicts")
    for in_chain in (report.document, claim.article.document, relayed):
        make_citation(claim, document=in_chain)
    make_citation(claim, origin=f" {relayed.title.upper()}")
    return claim


def for_readers(claim: Claim) -> Independence:
    publish_claim(claim)
    row = PublishedClaim.objects.get(pk=claim.public_id)
    return status_page_from_record(row).independence


def test_reprints_count_once_and_the_chain_not_at_all(claim):
    found = for_readers(claim)
    assert (found.supporting.sources, found.contradicting.sources) == (1, 1)
    assert found.supporting.shared == (Shared("AP report of 3 March 2016", 3),)


def test_desk_preview_and_readers_get_the_same_count(claim):
    at_desk = independence_at_desk(claim)
    previewed = status_page_from_desk(claim, None).independence
    assert at_desk == previewed == for_readers(claim)


def test_a_source_that_is_no_report_is_no_document():
    claim = make_claim(source=make_source())
    make_citation(claim)
    assert for_readers(claim).supporting.sources == 1


def test_an_empty_origin_is_not_part_of_what_is_signed():
    """So what was signed before the field existed keeps its digest."""
    claim = make_claim()
    make_citation(claim)
    before = contents.claim_content(claim, None)
    assert "origin" not in before["claim"]["citations"][0]
    Citation.objects.filter(claim=claim).update(origin="A leaflet")
    after = contents.claim_content(fresh_from_database(claim), None)
    assert after["claim"]["citations"][0]["origin"] == "A leaflet"


def test_readers_are_told_what_a_citation_goes_back_to(claim, client):
    publish_claim(claim)
    body = client.get(f"/claims/{claim.public_id}/").content.decode()
    assert "Independent sources that support it: 1" in body
    assert "3 of the 3 pieces of evidence go back to one origin:" in body
    assert "Independent sources that contradict it: 1" in body
    assert "It goes back to:" in body


def test_one_side_is_one_number(client):
    claim = publish_claim().claim
    body = client.get(f"/claims/{claim.public_id}/").content.decode()
    assert "Independent sources: 1" in body
    assert "one origin" not in body
