"""Article pages: the text with its claims, or excerpts of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import PublishedArticle
from tests.factories import (
    SENTENCES,
    fresh_from_database,
    make_article,
    make_claim,
    make_copy,
    release_article,
)
from tests.views.conftest import page_of, town_article

FULL = {"display": "full", "display_reason": "Our own text."}


def page_for(client, article) -> str:
    return page_of(client, reverse("article_detail", args=[article.slug]))


def test_every_claim_is_marked_at_its_passage_and_linked_both_ways(town):
    article = town_article()
    body = page_of(town, article.get_absolute_url())
    for claim in article.claims.listed():
        assert body.count(f'id="claim-{claim.pk}"') == 1
        assert body.count(f'id="listed-{claim.pk}"') == 1
        assert f'href="#claim-{claim.pk}"' in body
        assert f'href="#listed-{claim.pk}"' in body
        assert f'href="{claim.get_absolute_url()}"' in body


def test_overlapping_passages_are_marked_deeper(town):
    body = page_of(town, town_article().get_absolute_url())
    assert '<mark class="depth-2">built in 1871</mark>' in body


def test_headline_captions_and_credits_keep_their_roles(town):
    body = page_of(town, town_article().get_absolute_url())
    for role in ("headline", "deck", "body", "caption", "credit"):
        assert f'class="block-{role}"' in body


def test_progress_is_told_with_both_sums(town):
    body = page_of(town, town_article().get_absolute_url())
    assert "22 claims: 14 decided (5 verified, 1 correct in part" in body


@pytest.mark.django_db
def test_excerpts_show_the_passage_with_a_little_context_and_not_the_text(client):
    article = make_article()
    claim = make_claim(article, SENTENCES[2])
    release_article(article)
    body = page_for(client, article)
    assert f"<mark>{SENTENCES[2]}</mark>" in body
    assert SENTENCES[5] not in body
    assert f'id="claim-{claim.public_id}"' in body


@pytest.mark.django_db
def test_a_passage_in_an_earlier_copy_is_listed_apart(client):
    article = make_article(**FULL)
    claim = make_claim(article, SENTENCES[0])
    make_copy(article.document, "Quite another text.")
    release_article(fresh_from_database(article))
    body = page_for(client, article)
    assert "Claims from another version of the text" in body
    assert "Quite another text." in body
    assert f"<mark>{SENTENCES[0]}</mark>" in body
    assert f'id="listed-{claim.public_id}"' not in body


@pytest.mark.django_db
@pytest.mark.parametrize("display", [{}, FULL])
def test_an_article_costs_the_same_at_one_claim_as_at_thirty(client, display):
    counts = []
    for number in (1, 30):
        article = make_article(**display)
        for _index in range(number):
            make_claim(article)
        release_article(article)
        with CaptureQueriesContext(connection) as queries:
            page_for(client, article)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


@pytest.mark.django_db
def test_an_open_article_answers_like_one_that_never_was(client):
    article = make_article()
    assert not PublishedArticle.objects.exists()
    secret = client.get(reverse("article_detail", args=[article.slug]))
    never = client.get(reverse("article_detail", args=["never"]))
    assert secret.status_code == never.status_code == 404
    assert secret.content == never.content
