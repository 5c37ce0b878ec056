"""What only a demonstration uses or names is marked as one, and unmarked again."""

import pytest

from claims.models import PublishedDocument, PublishedSource
from claims.models.documents import Contribution
from claims.models.sources import Affiliation
from claims.publishing.rebuild import rebuild
from tests.factories import (
    make_article,
    make_citation,
    make_claim,
    make_document,
    make_source,
    publish_claim,
    release_article,
)

pytestmark = pytest.mark.django_db


def cited_study(article):
    """Publish a claim that cites a study by an author of an institute."""
    institute = make_source(kind="organisation")
    author, publisher = make_source(), make_source(kind="outlet")
    Affiliation.objects.create(source=author, organisation=institute, role="fellow")
    heard_from = make_document()
    study = make_document(publisher=publisher, known_only_from=heard_from)
    Contribution.objects.create(document=study, source=author)
    claim = make_claim(article)
    make_citation(claim, document=study)
    publish_claim(claim)
    return [author, publisher, institute], [study, heard_from]


def flags(sources, documents) -> set[bool]:
    ids = [row.public_id for row in (*sources, *documents)]
    marked = PublishedSource.objects.filter(pk__in=ids).values_list(
        "is_demo", flat=True
    )
    shown = PublishedDocument.objects.filter(pk__in=ids).values_list(
        "is_demo", flat=True
    )
    assert len(marked) + len(shown) == len(ids)
    return {*marked, *shown}


@pytest.mark.parametrize("is_demo", [True, False])
def test_what_a_cited_study_names_is_marked_as_its_article_is(is_demo: bool) -> None:
    sources, documents = cited_study(make_article(is_demo=is_demo))

    assert flags(sources, documents) == {is_demo}
    assert rebuild(fix=False) == []


def test_a_real_claim_on_the_same_study_unmarks_all_it_names() -> None:
    sources, documents = cited_study(make_article(is_demo=True))
    real = make_claim(make_article())
    make_citation(real, document=documents[0])

    publish_claim(real)

    assert flags(sources, documents) == {False}
    assert rebuild(fix=False) == []


def test_an_article_no_longer_a_demonstration_unmarks_what_it_named() -> None:
    article = make_article(is_demo=True)
    sources, documents = cited_study(article)
    article.is_demo = False
    article.save(update_fields=["is_demo"])

    release_article(article, listed=[])

    assert flags(sources, documents) == {False}
    assert rebuild(fix=False) == []
