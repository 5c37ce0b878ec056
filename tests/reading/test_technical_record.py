"""What lets others verify a page."""

import hashlib

import pytest

from claims.models import PublishedClaim, Release, StoredCopy
from claims.reading.technical_record import technical_record
from tests.factories import make_appearance, make_article, make_full_claim
from tests.factories import publish_claim as publish

pytestmark = pytest.mark.django_db


def record_of(claim):
    return technical_record(PublishedClaim.objects.get(pk=claim.public_id))


def test_the_text_shown_is_the_text_that_was_hashed():
    claim = publish(make_full_claim()).claim
    record = record_of(claim)
    newest = Release.objects.newest("claim", claim.public_id)
    assert record.text == newest.content
    assert hashlib.sha256(record.text.encode()).hexdigest() == record.digest
    assert record.is_whole


def test_a_place_in_an_article_not_yet_public_is_left_out_and_said_so():
    claim = make_full_claim()
    elsewhere = make_article()
    make_appearance(claim, elsewhere)
    publish(claim)
    record = record_of(claim)
    assert elsewhere.public_id not in record.text
    assert not record.is_whole


def test_stored_copies_are_told_with_hashes_extractor_and_places():
    claim = publish(make_full_claim()).claim
    passage = claim.citations.exclude(passage=None).first().passage
    copy = StoredCopy.objects.get(pk=passage.stored_copy_id)
    row = next(row for row in record_of(claim).copies if row.places)
    assert row.text_sha256 == copy.text_sha256
    assert row.extractor == f"{copy.extractor} {copy.extractor_version}".strip()
    assert (passage.start, passage.end) in row.places
    assert row.retrieved_at == copy.retrieved_at
    assert row.sealed_at is None


def test_every_release_is_listed_in_order():
    claim = publish(make_full_claim()).claim
    publish(claim, status="refuted")
    acts = [release.act for release in record_of(claim).releases]
    assert acts == ["published", "published"]
