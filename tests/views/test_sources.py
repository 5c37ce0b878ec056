"""Source pages: counts with denominators, no scores, protected names kept."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import PublishedSource
from tests.factories import (
    make_claim,
    make_link,
    make_source,
    publish_claim,
    release_article,
)
from tests.views.conftest import page_of


@pytest.mark.django_db
def test_said_by_and_relayed_by_are_counted_apart(client):
    source = make_source()
    release_article(make_claim(source=source).article)
    publish_claim(make_claim(source=source))
    relayed = make_claim()
    make_link(relayed, source=source)
    publish_claim(relayed)
    body = page_of(client, reverse("source_detail", args=[source.slug]))
    said, relied = body.split("Relied on, further along the chain")
    assert "2 claims are attributed to this source; decided: 1." in said
    assert "1 claim of others rests on what this source said; decided: 1." in relied
    assert relayed.text in relied
    assert relayed.text not in said


@pytest.mark.parametrize(("decided", "is_drawn"), [(9, False), (10, True)])
def test_a_chart_needs_ten_decided_claims(town, decided, is_drawn):
    source = PublishedSource.objects.filter(said_by__gt=0)[0]
    PublishedSource.objects.filter(pk=source.pk).update(
        said_by_decided=decided, tallies={"verified": decided}
    )
    body = page_of(town, source.get_absolute_url())
    assert ("Decided claims by status" in body) is is_drawn


@pytest.mark.django_db
def test_a_protected_source_has_a_page_under_its_label_only(client):
    source = make_source(
        name="Greta Tarnow", is_protected=True, aliases=["G. T."], description="Nurse"
    )
    claim = make_claim(source=source)
    release_article(claim.article)
    row = PublishedSource.objects.get(pk=source.public_id)
    body = page_of(client, row.get_absolute_url())
    assert source.public_label in body
    assert "protect the name" in body
    for secret in ("Greta", "Tarnow", "G. T.", "Nurse"):
        assert secret not in body


@pytest.mark.django_db
def test_a_source_costs_the_same_at_one_claim_as_at_thirty(client):
    counts = []
    for number in (1, 30):
        source = make_source()
        claims = [make_claim(source=source) for _index in range(number)]
        relayed = make_claim()
        make_link(relayed, source=source)
        for claim in [*claims, relayed]:
            release_article(claim.article)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, reverse("source_detail", args=[source.slug]))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7
