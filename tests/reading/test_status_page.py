"""The status page as values: what the desk previews is what readers get."""

import dataclasses

import pytest

from claims.models import Assessment, Claim, Document, PublishedClaim
from claims.publishing.facts import refresh_facts
from claims.reading.status_page import status_page_from_desk, status_page_from_record
from tests.factories import (
    DAY,
    fresh_from_database,
    make_assessment,
    make_citation,
    make_claim,
    make_copy,
    make_full_claim,
    make_passage,
    make_source,
    publish_claim,
)

pytestmark = pytest.mark.django_db

#: What only publication itself can fill in.
OF_THE_RECORD = {"decided_at", "changed_at", "released_at", "is_preview"}


def values_of(page) -> dict:
    return {
        field.name: getattr(page, field.name)
        for field in dataclasses.fields(page)
        if field.name not in OF_THE_RECORD
    }


def record_page(claim: Claim):
    return status_page_from_record(PublishedClaim.objects.get(pk=claim.public_id))


def test_the_preview_of_a_published_claim_is_its_page():
    assessment = publish_claim(make_full_claim())
    claim = fresh_from_database(assessment.claim)
    preview = status_page_from_desk(claim, fresh_from_database(assessment))
    assert values_of(preview) == values_of(record_page(claim))
    assert preview.is_preview


def test_a_preview_links_only_to_what_is_public():
    assessment = make_assessment(make_full_claim())
    page = status_page_from_desk(assessment.claim, assessment)
    assert page.source.url == ""
    assert {row.document.url for row in page.citations} == {""}


def test_a_preview_of_a_correction_shows_its_notice_first():
    claim = publish_claim().claim
    correction = make_assessment(fresh_from_database(claim), status="refuted")
    page = status_page_from_desk(correction.claim, correction)
    assert page.notices[0].text == correction.notice
    assert page.status.slug == "refuted"
    assert record_page(claim).notices == ()


def test_an_open_claim_has_a_page_without_a_finding():
    claim = make_full_claim()
    page = status_page_from_desk(claim, None)
    assert page.status.slug == "unverified"
    assert not page.is_decided
    assert page.summary == ""


def test_a_preview_names_a_protected_source_by_its_label():
    source = make_source(name="Greta Tarnow", is_protected=True)
    assessment = make_assessment(make_full_claim(source=source))
    page = status_page_from_desk(assessment.claim, assessment)
    assert page.source.name == source.public_label


def test_a_page_of_a_desk_of_one_says_so(settings):
    settings.TRACKER_FOUR_EYES = False
    assessment: Assessment = make_assessment(make_full_claim())
    page = status_page_from_desk(assessment.claim, assessment)
    assert not page.is_second_person


def test_the_chain_begins_with_whom_the_article_names():
    assessment = publish_claim(make_full_claim())
    page = record_page(assessment.claim)
    assert [link.position for link in page.chain] == [0, 1]
    assert page.chain[0].source == page.source
    assert page.chain[0].citation_anchor == page.citations[0].anchor or (
        page.chain[0].citation_anchor in {row.anchor for row in page.citations}
    )


def test_a_quotation_at_a_passage_shows_what_stands_around_it():
    page = record_page(publish_claim(make_full_claim()).claim)
    assert any(row.exact and row.context.after for row in page.citations)


@pytest.mark.parametrize("state", ["usurped", "suspect"])
def test_an_address_taken_over_by_somebody_else_is_not_linked(state):
    claim = publish_claim(make_full_claim()).claim
    document = record_page(claim).citations[0].document
    assert [link.href for link in document.links] == [document.content["url"]]
    assert document.unlinked_url == ""
    usurped = dataclasses.replace(document, link_state=state)
    assert usurped.links == ()
    assert usurped.unlinked_url == document.content["url"]


@pytest.mark.parametrize(
    ("state", "provenance", "is_told"),
    [
        ("dead", "captured", True),
        ("deviated", "uploaded", True),
        ("ok", "captured", False),
        ("dead", "retold", False),
    ],
)
def test_our_copy_is_told_where_readers_have_no_other(state, provenance, is_told):
    claim = make_claim()
    copy = make_copy(provenance=provenance)
    make_citation(claim, document=copy.document, passage=make_passage(copy))
    Document.objects.filter(pk=copy.document_id).update(link_state=state)
    publish_claim(claim)
    refresh_facts(Document.objects.filter(pk=copy.document_id))
    (citation,) = record_page(claim).citations
    assert citation.kept_on == (DAY if is_told else None)
