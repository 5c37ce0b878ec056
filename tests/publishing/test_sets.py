"""Many claims are written in as few statements as one, and come to the same."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.models import (
    PublishedClaim,
    PublishedClaimSource,
    PublishedTally,
    Source,
)
from claims.models.record import ClaimLink, Listing
from claims.publishing.rebuild import rebuild
from claims.publishing.record import Rewriter
from tests.factories import (
    fresh_from_database,
    make_article,
    make_claim,
    make_full_claim,
    make_link,
    make_topic,
    make_user,
    move,
    publish_claim,
    release_article,
)

pytestmark = pytest.mark.django_db


def statements_for(ids: list[str]) -> int:
    rewriter = Rewriter()
    for public_id in ids:
        rewriter.touch("claim", public_id)
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        rewriter.write()
    return len(asked)


def test_nine_claims_take_as_many_statements_as_two():
    article, source = make_article(), make_full_claim().source
    claims = [make_claim(article, source=source) for _ in range(9)]
    release_article(article)
    ids = [claim.public_id for claim in claims]
    assert statements_for(ids) == statements_for(ids[:2])
    assert rebuild(fix=False) == []


def test_what_links_repeat_follows_the_claim():
    claim = make_full_claim()
    publish_claim(claim)
    row = PublishedClaim.objects.get()
    for table in ("article_links", "source_links", "document_links"):
        for link in getattr(row, table).all():
            for name in ClaimLink.REPEATED:
                assert getattr(link, name) == getattr(row, name), (table, name)


def test_a_new_name_of_a_source_reaches_the_lists_of_others():
    claim = make_full_claim()
    publish_claim(claim)
    Source.objects.filter(pk=claim.source.pk).update(name="The New Name")
    move("release", fresh_from_database(claim.source), make_user("Editors"))
    assert PublishedClaim.objects.get().source_name == "The New Name"
    links = PublishedClaimSource.objects.values_list("source_name", flat=True)
    assert set(links) == {"The New Name"}
    assert rebuild(fix=False) == []


def test_who_relays_a_claim_twice_has_it_once_in_the_list():
    claim = make_claim()
    source = make_link(claim).source
    make_link(claim, source=source)
    publish_claim(claim)
    listings = PublishedClaimSource.objects.filter(source=source.public_id)
    assert sorted(listings.values_list("listing", flat=True)) == [
        Listing.NONE,
        Listing.RELAYED,
    ]


def test_what_is_counted_goes_with_the_claim():
    claim = publish_claim(make_claim(topics=[make_topic(slug="water")])).claim
    facets = set(PublishedTally.objects.values_list("facet", flat=True))
    assert {"", "status=verified", "topic=water"} <= facets
    move("take_down", claim, make_user("Editors"), reason="It must go.")
    assert not PublishedTally.objects.exists()
