"""The origin of a citation: typed freely, with what is known offered beside it."""

import pytest
from django.urls import reverse

from claims.admin.origins import known_origins
from claims.models import Citation
from claims.workflow.roles import EDITORS
from tests.admin.pages import address_of, client_of, form_on, open_form, save
from tests.factories import make_citation, make_claim, make_document, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return client_of(make_user(EDITORS))


def shown(response) -> str:
    return response.content.decode()


def test_what_is_offered_are_origins_and_then_documents():
    claim = make_claim()
    make_citation(claim, document=make_document(title="Zeta"), origin="Wire report")
    make_citation(claim, document=make_document(title="Alpha"), origin="Zeta")
    make_citation(make_claim(), origin="Of another claim")
    assert known_origins([claim.pk]) == ["Wire report", "Zeta", "Alpha"]
    assert known_origins([]) == []


def test_the_claim_page_takes_an_origin_and_counts_it_once(desk):
    claim = make_claim()
    first, second = make_citation(claim), make_citation(claim)
    assert "Independent sources: 2" in shown(desk.get(address_of(claim)))
    form = open_form(desk, claim)
    form |= {f"citations-{index}-origin": "Wire report" for index in (0, 1)}
    assert save(desk, claim, form).status_code == 302
    page = shown(desk.get(address_of(claim)))
    assert "Independent sources: 1" in page
    assert "2 of the 2 pieces of evidence go back to one origin:" in page
    assert '<option value="Wire report">' in page
    assert {first.pk, second.pk} == set(
        Citation.objects.filter(origin="Wire report").values_list("pk", flat=True)
    )


def test_a_citations_own_page_offers_what_its_claim_knows(desk):
    other = make_citation(origin="Wire report")
    citation = make_citation(other.claim)
    page = shown(desk.get(address_of(citation)))
    assert 'list="known-origins"' in page
    assert '<option value="Wire report">' in page
    add = reverse("admin:claims_citation_add")
    assert "Wire report" in shown(desk.get(add, {"claim": other.claim_id}))
    assert "Wire report" not in shown(desk.get(add, {"claim": "x"}))


def test_an_origin_is_shared_by_all_claims_that_are_cited_for_at_once(desk):
    claims = [make_claim(), make_claim()]
    make_citation(claims[0], origin="Wire report")
    address = f"{reverse('admin:claims_claim_cite')}?ids=" + ",".join(
        str(claim.pk) for claim in claims
    )
    page = desk.get(address)
    assert '<option value="Wire report">' in shown(page)
    form = form_on(page) | {
        "document": make_document().pk,
        "stance": "supports",
        "quotation": "Words.",
        "locator_kind": "page",
        "locator": "1",
        "origin": "Wire report",
    }
    assert desk.post(address, form).status_code == 302
    for claim in claims:
        assert claim.citations.latest("pk").origin == "Wire report"
