"""Document pages: where used, what became of the link, how to cite."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import PublishedArticle, PublishedDocument
from claims.publishing.facts import refresh_facts
from tests.factories import make_citation, make_claim, make_document, release_article
from tests.views.conftest import page_of


def test_a_dead_link_is_told_in_words_with_its_date(town):
    document = PublishedDocument.objects.filter(link_state="dead")[0]
    body = page_of(town, document.get_absolute_url())
    assert "The page was offline on" in body


def test_a_document_known_only_from_another_says_so(town):
    document = next(
        row for row in PublishedDocument.objects.all() if row.content["known_only_from"]
    )
    body = page_of(town, document.get_absolute_url())
    assert "Nobody here has seen this document. We know it only from:" in body


def test_a_copy_in_our_re_telling_says_so(town):
    article = PublishedArticle.objects.get(is_demo=False)
    body = page_of(town, article.document.get_absolute_url())
    assert "in our re-telling" in body
    assert article.document.content["copies"][0]["text_sha256"] in body


def test_the_archived_copy_comes_first_once_the_page_is_gone(town):
    document = PublishedDocument.objects.filter(link_state="dead")[0]
    archive = document.content["archive_url"]
    body = page_of(town, document.get_absolute_url())
    links = re.findall(r'<a class="address" href="([^"]+)"([^>]*)>', body)
    assert [href for href, _rest in links] == [archive, document.content["url"]]
    for _href, rest in links:
        assert f'data-originalurl="{document.content["url"]}"' in rest
        assert f'data-versionurl="{archive}"' in rest
        assert f'data-versiondate="{document.content["archived_on"]}"' in rest


@pytest.mark.django_db
def test_an_address_that_is_perhaps_somebody_elses_is_text(client):
    claim = make_claim()
    document = make_citation(
        claim, document=make_document(link_state="suspect")
    ).document
    release_article(claim.article)
    refresh_facts([document])
    body = page_of(client, reverse("document_detail", args=[document.public_id]))
    assert document.url in body
    assert f'"{document.url}"' not in body
    assert "Address, not linked:" in body


@pytest.mark.django_db
def test_a_document_says_where_it_is_used_and_how_to_cite_it(client):
    document = make_document(
        title="The register", published_edtf="2024-05", published_basis="its cover"
    )
    claim = make_claim()
    make_citation(claim, document=document)
    release_article(claim.article)
    body = page_of(client, reverse("document_detail", args=[document.public_id]))
    assert claim.text in body
    assert "1 claim cites it or rests on it." in body
    assert f"“The register”. May 2024. {document.url}" in body


@pytest.mark.django_db
def test_a_document_costs_the_same_at_one_use_as_at_thirty(client):
    counts = []
    for number in (1, 30):
        document = make_document()
        for _index in range(number):
            claim = make_claim()
            make_citation(claim, document=document)
            release_article(claim.article)
        with CaptureQueriesContext(connection) as queries:
            page_of(client, reverse("document_detail", args=[document.public_id]))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
