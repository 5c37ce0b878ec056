"""How others cite a page."""

import pytest

from claims.models import PublishedClaim
from claims.reading.citing import page_citation
from claims.reading.status_page import status_page_from_record
from tests.factories import make_claim, publish_claim, release_article

pytestmark = pytest.mark.django_db

ADDRESS = "https://claims.example/claims/abc/"


def citation_of(claim) -> str:
    row = PublishedClaim.objects.get(pk=claim.public_id)
    return page_citation(status_page_from_record(row), "The Desk", ADDRESS)


def test_a_decided_claim_is_cited_with_its_finding_and_day():
    claim = publish_claim(status="refuted").claim
    cited = citation_of(claim)
    assert cited.startswith(f"“{claim.text}” Refuted. The Desk, ")
    assert cited.endswith(f". {ADDRESS}")


def test_an_open_claim_is_cited_without_a_day():
    claim = make_claim()
    release_article(claim.article)
    assert citation_of(claim) == f"“{claim.text}” Not checked yet. The Desk. {ADDRESS}"
